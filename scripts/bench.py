"""`./yangguang bench [NAME]`: every bench module, each in a process of its own."""

import subprocess
import sys

from .cluster import DURABLE
from .console import CommandError, say
from .settings import ROOT

# parts of others, and what they share
_NO_BENCHES = {"__init__", "harness", "led_drawing", "led_player", "run", "sheets"}


def add_arguments(parser) -> None:
    """Arguments of the call."""
    parser.add_argument("name", nargs="?", help="one of the modules in bench/")


def main(arguments) -> int:
    """1 when a figure is short of its limit or a bench breaks."""
    names = sorted({path.stem for path in (ROOT / "bench").glob("*.py")} - _NO_BENCHES)
    if arguments.name and arguments.name not in names:
        raise CommandError(f"There is no bench {arguments.name}: {', '.join(names)}.", "无此测量。")
    failed = []
    with DURABLE.running():
        for name in [arguments.name] if arguments.name else names:
            command = [sys.executable, "-m", "bench.run", name]
            if subprocess.run(command, cwd=ROOT, env=DURABLE.environment).returncode:
                failed.append(name)
    say(f"bench: {', '.join(failed)} short 未达标" if failed else "bench: ok 达标")
    return 1 if failed else 0
