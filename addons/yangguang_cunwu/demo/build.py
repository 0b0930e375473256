"""Makes the demo district in the database at hand: `odoo shell -d NAME --no-http < build.py`.

Prints the table of logins; with YANGGUANG_LOGINS it goes to the file of that name as well. Progress
goes to standard error. `./yangguang run` does all this for its own database.
"""

import os
import sys
from pathlib import Path

from odoo.addons.yangguang_cunwu.demo.builder import build

table = build(env)  # noqa: F821 (the shell's)
print(table, end="")
print("admin keeps its password: change it. 请修改 admin 的密码。", file=sys.stderr)
if table and (path := os.environ.get("YANGGUANG_LOGINS")):
    Path(path).write_text(table, "utf-8")
