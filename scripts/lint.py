"""`./yangguang lint`: checks of code, data and translations."""

import subprocess
import sys
from pathlib import Path

from . import lint_rules
from .console import say
from .settings import ADDONS, ROOT

_TOOLS = Path(sys.executable).parent
_PYLINT = (
    "--load-plugins=pylint_odoo",
    "--disable=all",
    "--enable=odoolint",
    # wants OCA as author, README.rst, one class per model (ours are split by idea), no search([])
    "--disable=manifest-required-author,missing-readme",
    "--disable=consider-merging-classes-inherited,no-search-all",
    # plain Python and scripts for the shell, where Odoo's rules do not hold
    "--ignore-paths=.*/(lib|demo)/.*",
    "--valid-odoo-versions=19.0",
    "--score=no",
)


def main(arguments=None) -> int:
    """Run every check; 1 when one of them complains."""
    failed = [name for name, command in _commands() if _complains(command)]
    for complaint in lint_rules.complaints(ROOT):
        say(str(complaint))
        failed.append("rules")
    say(f"lint: {', '.join(dict.fromkeys(failed))} failed" if failed else "lint: ok")
    return 1 if failed else 0


def _commands():
    """The tools with their arguments; OCA's take files and complain when given none."""
    manifests = sorted(ADDONS.glob("*/__manifest__.py"))
    addons = [path.parent for path in manifests]
    translations = sorted(ADDONS.glob("*/i18n/*.po"))
    # ruff heeds .gitignore in a git repository alone
    ours = ["--quiet", "--config", 'extend-exclude = [".run"]', "."]
    yield "ruff check", ["ruff", "check", *ours]
    yield "ruff format", ["ruff", "format", "--check", *ours]
    if addons:
        yield "pylint-odoo", ["pylint", *_PYLINT, *addons]
        yield "oca-checks-odoo-module", ["oca-checks-odoo-module", *manifests]
    if translations:
        yield "oca-checks-po", ["oca-checks-po", *translations]


def _complains(command: list) -> bool:
    return bool(subprocess.run([_TOOLS / command[0], *command[1:]], cwd=ROOT).returncode)
