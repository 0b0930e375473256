"""`python -m scripts.translations`: bring the Chinese of the addons up to date with the source.

Odoo exports the terms; what is translated already stays. A new term is left empty and named here,
and `./yangguang lint` complains until somebody has filled it.
"""

import sys

import polib

from . import odoo_process, templates
from .cluster import SCRATCH
from .console import CommandError, say
from .settings import ADDONS, LANGUAGE, ROOT, manifests

_EXPORT = """
import sys
from odoo.tools.translate import trans_export
trans_export({language!r}, [{addon!r}], sys.stdout.buffer, "po", env)
"""


def main() -> int:
    """Rewrite the file of each addon; 1 when a term lacks its translation."""
    missing = 0
    with SCRATCH.running():
        database = templates.addons(SCRATCH)
        for addon in manifests():
            path = ADDONS / addon / "i18n" / f"{LANGUAGE}.po"
            script = _EXPORT.format(language=LANGUAGE, addon=addon)
            exported = polib.pofile(odoo_process.run_script(SCRATCH, database, script))
            merge(exported, polib.pofile(path) if path.exists() else exported)
            path.parent.mkdir(exist_ok=True)
            path.write_text(str(exported), "utf-8")
            for entry in exported.untranslated_entries():
                say(f"{path.relative_to(ROOT)}: {entry.msgid}")
                missing += 1
    return 1 if missing else 0


def merge(exported: polib.POFile, present: polib.POFile) -> None:
    """Put the header and the translations of `present` into `exported`, in the order OCA wants."""
    exported.header, exported.metadata = present.header, present.metadata
    translations = {(entry.msgctxt, entry.msgid): entry.msgstr for entry in present}
    for entry in exported:
        entry.msgstr = translations.get((entry.msgctxt, entry.msgid), entry.msgstr)
    exported.sort(key=lambda entry: entry.msgid)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except CommandError as failure:
        sys.exit(f"yangguang: {failure}")
