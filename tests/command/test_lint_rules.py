"""Each rule of our own finds what it is for, and leaves alone what looks alike."""

import pytest

from scripts.lint_rules import complaints

ADDON = "addons/yangguang_x"
# the words are cut so that the rules do not find them in this file
FOUND = {
    "sudo in a public controller": (f"{ADDON}/controllers/public.py", "x.env['a'].su" + "do()\n"),
    "sudo in a public package": (f"{ADDON}/controllers/public/api.py", "x.sudo()\n"),
    "odoo in lib": (f"{ADDON}/lib/a.py", "from odoo import fields\n"),
    "odoo in lib, plain import": (f"{ADDON}/lib/b/a.py", "import odoo.tools\n"),
    "eval": (f"{ADDON}/models/a.py", "eval('1')\n"),
    "exec": ("scripts/a.py", "exec('1')\n"),
    "clock moved by a model": (f"{ADDON}/models/b.py", "clock.travel(1)\n"),
    "machine path": ("docs/a.md", "see /ho" + "me/li/notes\n"),
    "registry": ("config/a.lock", "--index https://py" + "pi.org/simple\n"),
    "unfinished": ("bench/a.py", "# TO" + "DO\n"),
    "XML that is none": (f"{ADDON}/views/a.xml", "<odoo>\n"),
    "tab in XML": (f"{ADDON}/views/b.xml", "<odoo>\n\t<data/>\n</odoo>\n"),
    "no end of line in XML": (f"{ADDON}/views/c.xml", "<odoo/>"),
    "YAML that is none": ("docker-compose.yml", "a: [1\n"),
    "untranslated": (f"{ADDON}/i18n/zh_CN.po", 'msgid "Sign"\nmsgstr ""\n'),
    "Latin comma in Chinese": (f"{ADDON}/models/a.py", "x = f'已退回,{x}'\n"),
    "Latin brackets in Chinese": (f"{ADDON}/lib/a.py", "x = '（一）(隐藏)'\n"),
    "fuzzy": (f"{ADDON}/i18n/zh_CN.po", '#, fuzzy\nmsgid "Sign"\nmsgstr "签"\n'),
}
LEFT_ALONE = {
    "sudo elsewhere": (f"{ADDON}/controllers/staff.py", "x.sudo()\n"),
    "relative import in lib": (f"{ADDON}/lib/a.py", "from . import odoo\n"),
    "lib of another addon": (
        f"{ADDON}/lib/a.py",
        "from odoo.addons.yangguang_cunwu.lib import clock\n",
    ),
    "odoo in a test of lib": (f"{ADDON}/tests/lib/test_a.py", "from odoo.addons import a\n"),
    "method called eval": (f"{ADDON}/models/a.py", "expression.eval()\nsafe_eval('1')\n"),
    "clock moved by the demo": (f"{ADDON}/demo/build.py", "clock.travel(1)\n"),
    "address on the web": ("docs/a.md", "https://example.cn/home/page and {root}/home/a\n"),
    "translated": (f"{ADDON}/i18n/zh_CN.po", 'msgid "Sign"\nmsgstr "签"\n'),
    "pattern": (f"{ADDON}/lib/a.py", "x = '(?:日|月)', '[年,月]', '日?|月'\n"),
    "Chinese in a docstring": (f"{ADDON}/lib/a.py", '"""Of a day (日期, 时间)."""\n'),
    "marks between Latin words": (f"{ADDON}/lib/a.py", "x = '单位：mm, cm，tcp://主机:端口'\n"),
    "not ours": (".run/venv/a.py", "eval('1')\n"),
}


def check(root, path, text):
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(text)
    return [str(complaint) for complaint in complaints(root)]


@pytest.mark.parametrize("case", FOUND)
def test_found(tmp_path, case):
    path, text = FOUND[case]
    found = check(tmp_path, path, text)
    assert len(found) == 1, found
    assert found[0].startswith(f"{path}:")


@pytest.mark.parametrize("case", LEFT_ALONE)
def test_left_alone(tmp_path, case):
    assert check(tmp_path, *LEFT_ALONE[case]) == []
