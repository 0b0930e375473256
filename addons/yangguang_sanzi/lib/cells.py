"""Values of registers as the cells of sheets hold them: canonical strings, None for unknown."""

from datetime import date
from decimal import Decimal


def money(amount: Decimal) -> str:
    """Return an amount with two places; nil is 0.00."""
    return f"{amount:.2f}"


def known_money(amount: Decimal) -> str | None:
    """Return an amount that nobody need have given: nil is unknown."""
    return money(amount) if amount else None


def area(value: float) -> str | None:
    """Return an area in 亩 without idle zeros; nil is unknown."""
    return f"{Decimal(f'{value:.4f}').normalize():f}" if value else None


def count(number: int) -> str | None:
    """Return a number that nobody need have given: nil is unknown."""
    return str(number) if number else None


def day(value: date | None) -> str | None:
    """Return a day as cells hold it."""
    return value.isoformat() if value else None


def yes(value: bool) -> str:
    """Return the option of a choice between yes and no."""
    return "yes" if value else "no"
