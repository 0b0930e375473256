"""`./yangguang test`: all parts, one closing line."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from . import lint, templates
from .cluster import SCRATCH
from .console import CommandError, phase, say
from .settings import ADDONS, ADDONS_PATH, CONFIG, ROOT, STATE

_REPORTS = STATE / "reports"
_BLACK_BOX = ROOT / "tests"
_MINI_PROGRAM = ROOT / "miniprogram" / "tests"
_NOTHING_COLLECTED = 5


@dataclass(frozen=True)
class Result:
    """How many tests of a part passed and how many did not."""

    passed: int = 0
    failed: int = 0

    def __add__(self, other: "Result") -> "Result":
        return Result(self.passed + other.passed, self.failed + other.failed)

    def __str__(self) -> str:
        return f"{self.passed} passed, {self.failed} failed"


def add_arguments(parser) -> None:
    """Arguments of the call."""
    parser.add_argument("path", nargs="?", help="a file or directory of tests; pytest's :: works")
    parser.add_argument("-k", dest="words", help="only tests whose names match these words")
    parser.add_argument("--slow", action="store_true", help="with the tests marked slow")


def main(arguments) -> int:
    """Run the parts that the arguments ask for; a part that breaks counts as one failed test."""
    total = Result()
    parts = _chosen_parts(arguments)
    with SCRATCH.running():
        templates.drop_abandoned(SCRATCH)
        for label, part in parts:
            say(f"== {label}")
            try:
                with phase(label):
                    total += part()
            except CommandError as failure:
                say(str(failure))
                total += Result(failed=1)
    if total == Result():
        say("No test matches. 没有匹配的测试。")
    say(str(total))
    return 0 if total.passed and not total.failed else 1


def summed(report: Path, status: int) -> Result:
    """The result of one pytest run, from its JUnit file and its exit status.

    Whatever did not pass has failed, a skipped test too. A run that ended badly without naming a
    test counts as one.
    """
    passed = failed = 0
    if report.exists():
        for case in ElementTree.parse(report).iter("testcase"):
            if any(child.tag in ("failure", "error", "skipped") for child in case):
                failed += 1
            else:
                passed += 1
    if status not in (0, _NOTHING_COLLECTED) and not failed:
        failed = 1
    return Result(passed, failed)


def _chosen_parts(arguments) -> Iterator[tuple[str, Callable[[], Result]]]:
    options = ["-k", arguments.words] if arguments.words else []
    options += [] if arguments.slow else ["-m", "not slow"]
    chosen = Path(arguments.path.split("::")[0]).resolve() if arguments.path else ROOT
    if not chosen.exists():
        raise CommandError(f"There is no {arguments.path}.", "没有这个文件或目录。")
    whole = chosen == ROOT and not arguments.words
    if whole:
        # databases are made one after the other, beside what needs none; what fails there is told
        # by the part that needs them
        beside = ThreadPoolExecutor(1)
        installed = beside.submit(_install)
        beside.submit(templates.demo, SCRATCH)
        yield "lint", _lint
        yield "mini-program", lambda: run_mini_program(_MINI_PROGRAM)
    elif chosen.is_relative_to(_MINI_PROGRAM.parent):
        yield "mini-program", lambda: run_mini_program(chosen)
        return
    workers = [] if chosen.is_file() else ["-n", "2", "--dist", "loadfile"]
    # these wait for browsers, cards and clocks more than they compute
    waiting_workers = workers and ["-n", "3", *workers[2:]]
    named = [arguments.path] if chosen != ROOT else []
    library, odoo = _in_addons(chosen, named)
    if library:
        yield "tests without database", lambda: _run_library([*options, *workers, *library])
    if whole:
        yield "installation", installed.result
    if odoo:
        yield "tests of the addons", lambda: _run_addons([*options, *workers, *odoo])
    if not chosen.is_relative_to(ADDONS):
        black_box = named or [_BLACK_BOX]
        yield "black-box tests", lambda: _run_black_box([*options, *waiting_workers, *black_box])


def _in_addons(chosen: Path, named: list) -> tuple[list, list]:
    """What to give pytest for the tests without and with a database."""
    tests = [path for path in ADDONS.glob("*/tests/**/test_*.py") if path.is_relative_to(chosen)]
    library = [path for path in tests if "lib" in path.relative_to(ADDONS).parts]
    if len(library) == len(tests):
        return named if tests else [], []
    return sorted({path.parent for path in library}), named or [ADDONS]


def _lint() -> Result:
    return Result(failed=1) if lint.main() else Result(passed=1)


def _install() -> Result:
    templates.addons(SCRATCH, again=True)
    complaints = templates.complaints()
    for line in complaints:
        say(line)
    return Result(failed=1) if complaints else Result(passed=1)


def _run_library(arguments: list) -> Result:
    return _pytest("library", "-p", "no:odoo", *arguments)


def _run_addons(arguments: list) -> Result:
    template = templates.addons(SCRATCH)
    database = f"test_{os.getpid()}"
    templates.clone(SCRATCH, template, database)
    try:
        return _pytest(
            "addons",
            f"--odoo-database={database}",
            f"--odoo-config={CONFIG}",
            "--odoo-http",
            f"--odoo-extra=addons-path={','.join(map(str, ADDONS_PATH))}",
            f"--odoo-extra=data-dir={SCRATCH.odoo_data}",
            f"--odoo-extra=screenshots={STATE / 'screenshots'}",
            "--ignore-glob=*/tests/lib",
            *arguments,
        )
    finally:
        SCRATCH.drop(database)


def _run_black_box(arguments: list) -> Result:
    return _pytest("black-box", "-p", "no:odoo", *arguments)


def run_mini_program(chosen: Path) -> Result:
    """The tests in `chosen`, a file or directory of the mini-program, which Node runs."""
    _REPORTS.mkdir(exist_ok=True)
    report, log = _REPORTS / "mini-program.xml", _REPORTS / "mini-program.txt"
    report.unlink(missing_ok=True)
    tests = [chosen] if chosen.is_file() else sorted(_MINI_PROGRAM.rglob("*.test.mjs"))
    command = ["node", "--test"]
    for reporter, destination in (("junit", report), ("spec", log)):
        command += [f"--test-reporter={reporter}", f"--test-reporter-destination={destination}"]
    done = subprocess.run([*command, *tests])
    if done.returncode and log.exists():
        say(log.read_text("utf-8"))
    return summed(report, done.returncode)


def _pytest(name: str, *arguments) -> Result:
    _REPORTS.mkdir(exist_ok=True)
    report = _REPORTS / f"{name}.xml"
    report.unlink(missing_ok=True)
    command = [sys.executable, "-m", "pytest", f"--junitxml={report}", *arguments]
    command += ["-c", ROOT / "pytest.ini", f"--rootdir={ROOT}"]
    done = subprocess.run(command, env=SCRATCH.environment | {"CI": "true"})
    return summed(report, done.returncode)
