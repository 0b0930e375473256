"""The project's own rules, which no tool knows. Each one names what it found and where."""

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import polib
import yaml
from lxml import etree

_SKIPPED = {".git", ".run", "__pycache__", "node_modules", ".hypothesis", ".ruff_cache"}
_SKIPPED |= {".pytest_cache"}
_TEXT = {".py", ".sh", ".xml", ".js", ".ts", ".scss", ".css", ".wxml", ".wxss", ".json", ".csv"}
_TEXT |= {".md", ".yaml", ".yml", ".toml", ".ini", ".conf", ".in", ".lock", ".template", ".po", ""}

_OUR_LIBRARY = re.compile(r"odoo\.addons\.yangguang_\w+\.lib(?:\.|$)")

# a mark of Latin writing beside a Chinese character, and what tells a pattern from a sentence
_WRONG_MARK = re.compile("[\u4e00-\u9fff」）][,;:!?()]|[,;:!?()][\u4e00-\u9fff「（]")
_PATTERN = re.compile(r"[\\\[|]|\(\?|://|^=")

# the letters in brackets keep these patterns from finding themselves
_EVERYWHERE = {
    "a path of one machine": re.compile(r"(?<![\w./$}~-])/(?:home|root|tmp|Users|wor[k])/\w"),
    "the host of a package registry": re.compile(
        r"\b(?:pypi|pythonhosted|npmjs|npmmirror)\.(?:org|com)\b"
    ),
    "unfinished work": re.compile(r"\b(?:TO[D]O|FIX[M]E)\b"),
}


@dataclass(frozen=True)
class Complaint:
    """A place and what is wrong there."""

    path: Path
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}"


def complaints(root: Path) -> Iterator[Complaint]:
    """Everything the rules find under `root`, with paths relative to it."""
    for path in sorted(_files(root)):
        relative = path.relative_to(root)
        for line, message in _check(relative, path.read_text("utf-8")):
            yield Complaint(relative, line, message)


def _files(root: Path) -> Iterable[Path]:
    for path in root.rglob("*"):
        wanted = path.suffix in _TEXT and not _SKIPPED & set(path.relative_to(root).parts)
        if wanted and path.is_file():
            yield path


def _check(path: Path, text: str) -> Iterator[tuple[int, str]]:
    yield from _search(text, _EVERYWHERE)
    if path.suffix == ".py":
        yield from _check_python(path, ast.parse(text))
    elif path.suffix == ".xml":
        yield from _check_xml(text)
    elif path.suffix == ".po":
        yield from _check_translations(text)
    elif path.suffix in (".yaml", ".yml"):
        yield from _check_yaml(text)


def _search(text: str, patterns: dict[str, re.Pattern]) -> Iterator[tuple[int, str]]:
    for message, pattern in patterns.items():
        for match in pattern.finditer(text):
            yield text.count("\n", 0, match.start()) + 1, f"{message}: {match[0]}"


def _check_python(path: Path, tree: ast.AST) -> Iterator[tuple[int, str]]:
    places = set(path.parts[:-1])
    addon = path.parts[0] == "addons"
    public = "controllers" in places and any("public" in part for part in path.parts)
    library = addon and "lib" in places and "tests" not in places
    may_travel = not addon or places & {"demo", "tests", "lib"}
    speaks = addon and "tests" not in places
    described = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        name = _called_name(node)
        if name in ("eval", "exec"):
            yield node.lineno, f"{name}() runs text as code"
        if public and name.endswith(".sudo"):
            yield node.lineno, "a public controller reads as the public user, without sudo()"
        if not may_travel and name.endswith("clock.travel"):
            yield node.lineno, "only demo and tests move the clock"
        if speaks and id(node) not in described and (mark := _wrong_mark(node)):
            yield node.lineno, f"a Chinese sentence has Chinese marks: {mark}"
        if library and any(_is_odoo(module) for module in _imported(node)):
            yield node.lineno, "lib/ is plain Python and does not import odoo"


def _wrong_mark(node: ast.AST) -> str:
    """The place in a text of the program, which is no pattern, where a Latin mark stands beside
    Chinese; "" when there is none."""
    text = node.value if isinstance(node, ast.Constant) else None
    if not isinstance(text, str) or _PATTERN.search(text):
        return ""
    found = _WRONG_MARK.search(text)
    return found[0] if found else ""


def _called_name(node: ast.AST) -> str:
    """The dotted end of what a call calls: `x().sudo()` gives `.sudo`."""
    if not isinstance(node, ast.Call):
        return ""
    if isinstance(node.func, ast.Name):
        return node.func.id
    if isinstance(node.func, ast.Attribute):
        owner = node.func.value
        return f"{owner.id if isinstance(owner, ast.Name) else ''}.{node.func.attr}"
    return ""


def _imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom) and not node.level:
        return [node.module]
    return []


def _is_odoo(module: str) -> bool:
    """Whether importing it brings in Odoo; the plain `lib` of another of our addons does not."""
    return module.split(".")[0] == "odoo" and not _OUR_LIBRARY.match(module)


def _check_xml(text: str) -> Iterator[tuple[int, str]]:
    try:
        etree.fromstring(text.encode())
    except etree.XMLSyntaxError as error:
        yield error.lineno, str(error)
    for number, line in enumerate(text.splitlines(), start=1):
        if "\t" in line or line != line.rstrip():
            yield number, "tabs or blanks at the end of the line"
    if not text.endswith("\n"):
        yield text.count("\n") + 1, "no newline at the end of the file"


def _check_translations(text: str) -> Iterator[tuple[int, str]]:
    for entry in polib.pofile(text):
        if not entry.obsolete and (not entry.translated() or entry.fuzzy):
            yield entry.linenum, f"not translated: {entry.msgid}"


def _check_yaml(text: str) -> Iterator[tuple[int, str]]:
    try:
        yaml.safe_load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        yield (mark.line + 1 if mark else 1), f"not YAML: {getattr(error, 'problem', error)}"
