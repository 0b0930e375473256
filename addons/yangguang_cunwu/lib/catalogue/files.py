"""Editions in YAML: one text to exchange, or the directory the addon ships."""

from dataclasses import replace
from pathlib import Path

from . import yaml_text
from .edition import Edition

_PARTS = ("departments", "shared", "cross_checks")


def dump(edition: Edition) -> str:
    """`edition` as one YAML text."""
    return yaml_text.dump(edition.to_dict())


def load(source: str) -> Edition:
    """The edition in a YAML text, the inverse of `dump`; ValueError when it is none."""
    return Edition.from_dict(yaml_text.load(source))


def read_directory(directory: Path, division_kind: str) -> Edition:
    """The edition for `division_kind` (village, community) that `directory` holds.

    Departments, shared definitions and cross-checks have files of their own, and the edition gets
    of them what its items need; each template has one in templates/.
    """
    data = {}
    for name in (*_PARTS, f"edition_{division_kind}"):
        data |= _read(directory / f"{name}.yaml")
    codes = [item["template_code"] for item in data["items"] if item.get("template_code")]
    data["templates"] = [_read(directory / "templates" / f"{code}.yaml") for code in codes]
    edition = Edition.from_dict(data)
    tables = {template.item_code for template in edition.templates}
    guides = {code for item in edition.items for code in item.department_codes}
    return replace(
        edition,
        departments=tuple(each for each in edition.departments if each.code in guides),
        cross_checks=tuple(
            check
            for check in edition.cross_checks
            if {check.left.item_code, check.right.item_code} <= tables
        ),
    )


def _read(path):
    return yaml_text.load(path.read_text(encoding="utf-8"))
