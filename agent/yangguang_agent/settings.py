"""The file that the installer fills in."""

import configparser
import os
import ssl
from dataclasses import dataclass
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

_LOCAL = ("localhost", "127.0.0.1", "::1")
_HERE = "/var/lib/yangguang-agent"


class SettingsError(Exception):
    """What is wrong with the file, in a sentence."""


@dataclass(frozen=True)
class Settings:
    """Where the server is, the token, and where the agent keeps what it needs. `context` is None
    on a line that is not encrypted, which goes nowhere but to this machine."""

    host: str
    port: int
    token: str
    directory: Path
    context: ssl.SSLContext | None

    @classmethod
    def read(cls, path: Path) -> Self:
        """The settings in the file; raises SettingsError."""
        parser = configparser.ConfigParser(interpolation=None)
        try:
            parser.read_string(path.read_text("utf-8-sig"))
            section = parser["agent"]
        except (OSError, UnicodeError) as error:
            raise SettingsError(f"读不了配置文件“{path}”：{error}。") from error
        except (configparser.Error, KeyError) as error:
            raise SettingsError(
                f"配置文件“{path}”写得不对：第一行是[agent]，下面每行“名称 = 值”。"
            ) from error
        token = section.get("token", "").strip()
        if not token.isascii() or len(token) < 20:
            raise SettingsError("配置文件里的token不对：请从后台重新复制一次口令。")
        directory = os.environ.get("STATE_DIRECTORY") or section.get("directory", _HERE)
        host, port, context = _server(section.get("server", "").strip(), section.get("ca"))
        return cls(host, port, token, Path(directory), context)


def _server(address, authority):
    parts = urlsplit(address)
    try:
        host, port = parts.hostname, parts.port
    except ValueError:
        host = port = None
    if parts.scheme not in ("http", "https") or not host or parts.path.strip("/"):
        raise SettingsError(f"服务器地址“{address}”写得不对：要写https://域名。")
    if parts.scheme == "http":
        if host not in _LOCAL:
            raise SettingsError("服务器地址要用https://：http://不加密，口令会被人看到。")
        return host, port or 80, None
    try:
        context = ssl.create_default_context(cafile=authority or None)
    except OSError as error:
        raise SettingsError(f"读不了证书文件“{authority}”：{error}。") from error
    return host, port or 443, context
