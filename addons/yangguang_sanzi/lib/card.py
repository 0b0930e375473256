"""What everybody reads of an asset or a contract, when somebody shows it on purpose.

A card says what the published ledgers (T_SZ02, T_SZ04, T_SZ05) say of the same thing, by the same
masks: the other party of a contract is masked when it is a person. Who looks after an asset, votes
and arrears are not on it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from odoo.addons.yangguang_cunwu.lib.amounts import yuan
from odoo.addons.yangguang_cunwu.lib.masking import mask
from odoo.addons.yangguang_cunwu.lib.privacy import KINDS, scan


@dataclass(frozen=True)
class Line:
    """A label and its value as they are shown; a line without value is left out."""

    label: str
    value: str | None
    mask: str = "none"


class PersonalDataError(ValueError):
    """Something on the card must not be shown; the message says where."""


def content(title: str, lines: Sequence[Line], today: date) -> dict:
    """Return the card as a document of strings.

    Raises PersonalDataError when a title or a value holds what nobody may read.
    """
    shown = [
        Line(line.label, mask(line.value, line.mask)) for line in lines if line.value is not None
    ]
    problems = [
        f"「{line.label}」中有{KINDS[hit.kind].label}（{hit.shown}），不能公开。"
        for line in (Line("名称", title), *shown)
        for hit in scan(line.value, today, line.label)
    ]
    if problems:
        raise PersonalDataError("\n".join(problems))
    return {"title": title, "lines": [[line.label, line.value] for line in shown]}


def money(amount: Decimal | None) -> str | None:
    """Return an amount as it is shown on a card; nothing for none."""
    return f"{yuan(amount)} 元" if amount else None


def area(value: Decimal | None) -> str | None:
    """Return an area in 亩 without idle zeros; nothing for none."""
    return f"{value.normalize():f} 亩" if value else None


def day(value: date | None) -> str | None:
    """Return a day as people write it."""
    return f"{value.year}年{value.month}月{value.day}日" if value else None
