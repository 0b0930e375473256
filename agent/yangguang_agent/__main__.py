"""What the installer and systemd call."""

import argparse
import logging
import sys
from pathlib import Path

from . import check
from .loop import Agent
from .server import RevokedError, Server
from .settings import Settings, SettingsError
from .store import Store

# systemd is told not to start it again
STOPPED = 78


def main() -> int:
    """Run until the token is revoked."""
    parser = argparse.ArgumentParser(prog="yangguang-agent", description="村里大屏的代理程序")
    parser.add_argument("config", type=Path, help="配置文件")
    parser.add_argument("--check", action="store_true", help="逐项检查能不能用，不改动任何东西")
    arguments = parser.parse_args()
    logging.basicConfig(format="%(message)s", level=logging.INFO, stream=sys.stderr)
    if arguments.check:
        return check.run(arguments.config)
    try:
        settings = Settings.read(arguments.config)
        server = Server(settings)
        Agent(server, Store(settings.directory)).run()
    except (SettingsError, RevokedError) as error:
        print(error, file=sys.stderr)
        return STOPPED
    except KeyboardInterrupt:
        return 0
