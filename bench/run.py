"""Runs one bench module in a process of its own: `python -m bench.run NAME`."""

import importlib
import sys

from . import harness


def main(name: str) -> int:
    """1 when a figure came out short of its limit, or none was reported."""
    importlib.import_module(f".{name}", __package__).main()
    return 0 if harness.all_ok() else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
