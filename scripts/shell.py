"""`./yangguang shell`: Odoo's shell on a database of the durable cluster."""

import subprocess

from . import odoo_process
from .cluster import DURABLE
from .console import CommandError


def add_arguments(parser) -> None:
    """Arguments of the call."""
    parser.add_argument("--database", default="yangguang")


def main(arguments) -> int:
    """Hand the terminal, or a script on standard input, to Odoo's shell."""
    with DURABLE.running():
        if not DURABLE.exists(arguments.database):
            raise CommandError(
                f"There is no database {arguments.database}; `./yangguang run` makes one.",
                "数据库不存在,请先执行 ./yangguang run。",
            )
        command = odoo_process.command(DURABLE, arguments.database, "--no-http", call="shell")
        return subprocess.run(command, env=DURABLE.environment).returncode
