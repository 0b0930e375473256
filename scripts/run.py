"""`./yangguang run`: the demo district on a server of its own."""

import contextlib
import os
import secrets
import time

from passlib.context import CryptContext

from . import fake_wechat, odoo_process, templates
from .cluster import DURABLE
from .console import CommandError, phase, say
from .settings import base_digest, installed_digest, manifests

_LOOPBACK = ("127.0.0.1", "::1", "localhost")


def add_arguments(parser) -> None:
    """Arguments of the call."""
    parser.add_argument(
        "--listen", default="127.0.0.1", metavar="ADDRESS", help="default: %(default)s"
    )
    parser.add_argument("--port", type=int, default=os.environ.get("PORT", "8069"))
    parser.add_argument("--database", default="yangguang", metavar="NAME")
    parser.add_argument(
        "--fake-wechat",
        nargs="?",
        type=int,
        const=fake_wechat.DEFAULT_PORT,
        metavar="PORT",
        help="start a fake WeChat too, and point the demo at it; default port: %(const)s",
    )


def main(arguments) -> int:
    """Make or update the database, serve it until Ctrl-C, stop all that was started."""
    started = float(os.environ.get("YANGGUANG_STARTED", time.time()))
    odoo_process.check_port(arguments.listen, arguments.port)
    with DURABLE.running():
        templates.drop_abandoned(DURABLE)
        prepare(arguments.database)
        log = DURABLE.home / "server.log"
        with (
            _fake_wechat(arguments) as fake,
            odoo_process.server(
                DURABLE, arguments.database, arguments.port, arguments.listen, log
            ) as process,
        ):
            _report(arguments, time.time() - started, log, fake)
            process.wait()
    raise CommandError(
        f"The Odoo server ended by itself; see {log}.", "Odoo 服务意外退出,详见日志。"
    )


def _fake_wechat(arguments):
    """The fake WeChat, where it is asked for."""
    if arguments.fake_wechat is None:
        return contextlib.nullcontext()
    server = f"http://127.0.0.1:{arguments.port}"
    return fake_wechat.running(DURABLE, arguments.database, arguments.fake_wechat, server)


def prepare(database: str) -> None:
    """Make the database from the demo template, or bring it up to the addons as they are now."""
    if not DURABLE.exists(database):
        template = templates.demo(DURABLE)
        with phase("database"), DURABLE.dropped_on_error(database):
            templates.clone(DURABLE, template, database)
            _draw_password(database)
    elif DURABLE.comment(database) != installed_digest():
        with phase("update"):
            _update(database)
        DURABLE.set_comment(database, installed_digest())


def _update(database: str) -> None:
    ours = ",".join(manifests())
    same_base = DURABLE.comment(database).startswith(base_digest()[:12])
    odoo_process.install(
        DURABLE,
        database,
        DURABLE.home / "update.log",
        f"--init={ours}",
        f"--update={ours if same_base else 'base'}",
    )


def _draw_password(database: str) -> None:
    """Give the administrator a password of this database alone, first in its table of logins."""
    password = secrets.token_urlsafe(9)
    hashed = CryptContext(["pbkdf2_sha512"]).hash(password)
    DURABLE.query(
        "UPDATE res_users SET password = %s WHERE login = 'admin'", [hashed], database=database
    )
    table = templates.logins(DURABLE, database)
    rows = table.read_text() if table.exists() else ""
    table.parent.mkdir(exist_ok=True)
    table.write_text(f"admin\t{password}\tadministrator 系统管理员\n{rows}")
    table.chmod(0o600)


def _report(arguments, seconds: float, log, fake: str | None) -> None:
    host = "localhost" if arguments.listen in _LOOPBACK else arguments.listen
    address = f"http://{host}:{arguments.port}"
    megabytes = int(os.environ.get("YANGGUANG_DOWNLOADED", 0)) / 1e6
    table = templates.logins(DURABLE, arguments.database)
    say("\n阳光村务 Sunshine Village Affairs")
    say(f"  ready 就绪       {seconds:.1f} s, {megabytes:.1f} MB downloaded 已下载")
    say(f"  staff 工作人员   {address}/web")
    say(f"  public 公开页面  {address}/v")
    if fake:
        say(f"  fake WeChat 模拟微信  {fake}")
    say(f"  server log 日志  {log}")
    if table.exists():
        say("\nlogin, password, who 账号、密码、身份:")
        say("".join(f"  {line}\n" for line in table.read_text().splitlines()).expandtabs(28))
    if arguments.listen not in _LOOPBACK:
        say("The demo's passwords are known to everybody. 演示口令是公开的,请勿对公网开放。")
    say("Ctrl-C stops everything. 按 Ctrl-C 停止。")
