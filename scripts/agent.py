"""`./yangguang agent FILE`: the agent for screens, as one Python file to copy to a village."""

import hashlib
import io
import zipfile
from pathlib import Path

from .console import CommandError, say
from .settings import ADDONS, ROOT

_SOURCE = ROOT / "agent" / "yangguang_agent"
_LIBRARY = ADDONS / "yangguang_led" / "lib"
# the same modules as the server's, under the same names
_SHARED = [
    *sorted((_LIBRARY / "drivers").rglob("*.py")),
    *(
        _LIBRARY / f"{name}.py"
        for name in ("connections", "exchange", "programme", "rotation", "sending", "timetable")
    ),
    ADDONS / "yangguang_cunwu" / "lib" / "canonical.py",
]
_START = b"#!/usr/bin/env python3\n"
_MAIN = """import sys

from yangguang_agent.__main__ import main

sys.exit(main())
"""
# ZIP knows no earlier time
_EPOCH = (1980, 1, 1, 0, 0, 0)


def add_arguments(parser) -> None:
    """Arguments of the call."""
    parser.add_argument("file", type=Path, help="such as yangguang-agent.pyz")


def main(arguments) -> int:
    """Write the file and say its digest."""
    content = build()
    try:
        arguments.file.write_bytes(content)
    except OSError as error:
        raise CommandError(f"{arguments.file}: {error.strerror}.", "文件写不了。") from error
    arguments.file.chmod(0o755)
    say(f"{arguments.file}: {len(content) / 1e3:.0f} kB, SHA-256 {_digest(content)}")
    return 0


def build() -> bytes:
    """The file's content: always the same bytes for the same sources."""
    files = {"__main__.py": _MAIN.encode()}
    files |= {f"yangguang_agent/{path.name}": path.read_bytes() for path in _SOURCE.glob("*.py")}
    files |= {f"odoo/addons/{path.relative_to(ADDONS)}": path.read_bytes() for path in _SHARED}
    for name in list(files):
        for directory in list(Path(name).parents)[:-1]:
            files.setdefault(f"{directory}/__init__.py", b"")
    target = io.BytesIO(_START)
    target.seek(0, io.SEEK_END)
    # stored, as compressed bytes differ from one zlib to the next
    with zipfile.ZipFile(target, "a", zipfile.ZIP_STORED) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, files[name])
    return target.getvalue()


def _digest(content):
    return hashlib.sha256(content).hexdigest()
