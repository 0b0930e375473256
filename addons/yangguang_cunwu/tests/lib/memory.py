"""Runs a function on a file in a process of its own: `python memory.py NAME FILE`.

Prints as JSON what came of it and by how many megabytes the process grew."""

import json
import resource
import sys
from datetime import date
from pathlib import Path

import odoo.addons

odoo.addons.__path__.append(str(Path(__file__).parents[3]))

from odoo.addons.yangguang_cunwu.lib import excel, files  # noqa: E402
from odoo.addons.yangguang_cunwu.lib.tables import Column, Template  # noqa: E402

TEMPLATE = Template(
    code="T_X",
    item_code="X",
    title="名册",
    columns=(Column("name", "姓名", "text"), Column("amount", "金额", "money", unit="元")),
)


def _peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(name, path):
    content = Path(path).read_bytes()
    before = _peak()
    if name == "form":
        problems = [str(problem) for problem in excel.read(TEMPLATE, content).problems]
    else:
        problems = files.inspect(name, content, date(2026, 3, 31)).problems
    print(json.dumps({"problems": problems, "grown": _peak() - before}))


if __name__ == "__main__":
    main(*sys.argv[1:])
