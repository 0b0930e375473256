"""Where things are, and the digests by which a template database is known to be current."""

import ast
import functools
import hashlib
import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
STATE = Path(os.environ.get("YANGGUANG_STATE", ROOT / ".run"))
LOGS = STATE / "log"
ODOO = Path(os.environ.get("YANGGUANG_ODOO", STATE / "odoo/usr/lib/python3/dist-packages"))
CONFIG = ROOT / "config" / "odoo.conf"
ADDONS = ROOT / "addons"
# the scripts that make the demo district, each addon's after those it builds on
DEMOS = sorted(ADDONS.glob("*/demo/build.py"))
LANGUAGE = "zh_CN"

# A source checkout keeps most modules beside the package; Debian's tree has all of them inside.
ADDONS_PATH = [path for path in (ADDONS, ODOO / "addons") if path == ADDONS or path.is_dir()]

_NOT_INSTALLED = {"__pycache__", "tests", "readme"}


def manifests() -> dict[str, dict]:
    """The manifests of our addons, by addon."""
    return {
        path.parent.name: ast.literal_eval(path.read_text("utf-8"))
        for path in sorted(ADDONS.glob("*/__manifest__.py"))
    }


def core_modules() -> list[str]:
    """The modules of Odoo itself on which our addons build."""
    ours = manifests()
    wanted = {name for manifest in ours.values() for name in manifest.get("depends", [])}
    return sorted(wanted - ours.keys()) or ["base"]


@functools.cache
def base_digest() -> str:
    """Changes with Odoo, the Python packages, the core modules, and how the databases are made."""
    version = STATE / "odoo" / "VERSION"
    parts = [
        (ODOO / "odoo" / "release.py").read_bytes(),
        version.read_bytes() if version.exists() else str(ODOO).encode(),
        (ROOT / "config" / "requirements.lock").read_bytes(),
        (ROOT / "scripts" / "templates.py").read_bytes(),
        " ".join(core_modules()).encode(),
    ]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


@functools.cache
def addons_digest() -> str:
    """Changes with `base_digest` and with every file of our addons that an installation reads."""
    digest = hashlib.sha256(base_digest().encode())
    for path in sorted(ADDONS.rglob("*")):
        if path.is_file() and not _NOT_INSTALLED & set(path.relative_to(ADDONS).parts):
            digest.update(f"{path.relative_to(ADDONS)}\0".encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def installed_digest() -> str:
    """Kept with a database as its comment: what its tables and data were last brought up to."""
    return f"{base_digest()[:12]} {addons_digest()[:12]}"
