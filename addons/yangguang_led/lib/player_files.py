"""The web player's own files, as they are sent to browsers."""

import hashlib
import json
from pathlib import Path

PAGE = "/led/player"
_DIRECTORY = Path(__file__, "../../static/src/player").resolve()
_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
}
_INDEX, _WORKER = "index.html", "worker.js"
_FILES = {path.name: path.read_bytes() for path in sorted(_DIRECTORY.iterdir())}


def get(path: str) -> tuple[bytes, dict[str, str]] | None:
    """The content and the headers of what lies at an address of the player, None for nothing."""
    name = _INDEX if path == PAGE else path.removeprefix(f"{PAGE}/")
    content = _FILES.get(name)
    if content is None:
        return None
    headers = {"Content-Type": _TYPES[Path(name).suffix]}
    if name == _WORKER:
        content = _shell() + content
        headers["Service-Worker-Allowed"] = PAGE
    return content, headers


def _shell():
    """What the service worker keeps, and a version that makes browsers take a changed one."""
    parts = [f"{PAGE}/{name}" for name in _FILES if name not in (_WORKER, _INDEX)]
    version = hashlib.sha256(b"\0".join(_FILES.values())).hexdigest()[:16]
    shell = {"version": version, "files": [PAGE, *parts]}
    return f"const SHELL = {json.dumps(shell)};\n".encode()
