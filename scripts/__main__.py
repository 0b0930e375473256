"""Entry of the Python part: `python -m scripts CALL …`, started by ./yangguang alone."""

import argparse
import importlib
import signal
import sys

from .console import CommandError

_CALLS = ("run", "test", "lint", "shell", "bench", "backup", "restore", "agent")


def main() -> int:
    parser = argparse.ArgumentParser(prog="./yangguang")
    calls = parser.add_subparsers(dest="call", required=True)
    name = sys.argv[1] if sys.argv[1:2] and sys.argv[1] in _CALLS else None
    # only the module that is asked for: `lint` runs where PostgreSQL is not installed
    module = importlib.import_module(f".{name}", __package__) if name else None
    for call in _CALLS:
        subparser = calls.add_parser(call)
        if call == name and hasattr(module, "add_arguments"):
            module.add_arguments(subparser)
    arguments = parser.parse_args()
    for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(name, signal.default_int_handler)
    try:
        return module.main(arguments)
    except CommandError as failure:
        print(f"yangguang: {failure}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


sys.exit(main())
