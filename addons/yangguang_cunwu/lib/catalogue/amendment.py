"""An edition with one form or check made anew: what staff change without issuing a new list."""

from collections.abc import Iterable
from dataclasses import replace

from ..tables.crosscheck import CrossCheck
from ..tables.template import Column, Template
from .edition import Edition, Item

# what every form of the district carries above and below its table
_HEADER = (
    "village",
    "period",
    "publish_date",
    "publish_to",
    "preparer",
    "reviewer",
    "secretary",
    "complaint",
)


def blank_template(edition: Edition, item: Item) -> Template:
    """A form to begin with, for an item that has none."""
    ending = "_C" if edition.division_kind == "community" else ""
    return Template(
        code=f"T_{item.code}{ending}",
        item_code=item.code,
        title=item.name,
        title_en=item.name_en,
        columns=(Column("content", "内容", "text", label_en="Content", required=True),),
        header=tuple(field for field in edition.header_fields if field.key in _HEADER),
    )


def with_template(edition: Edition, template: Template) -> Edition:
    """`edition` with `template` as the form of its item, which may have had none.

    Header fields that the edition does not know yet are registered.
    """
    known = {field.key for field in edition.header_fields}
    items = tuple(
        replace(
            item,
            template_code=template.code,
            forms=item.forms if "table" in item.forms else ("table", *item.forms),
        )
        if item.code == template.item_code
        else item
        for item in edition.items
    )
    others = [each for each in edition.templates if each.item_code != template.item_code]
    places = {each.item_code: place for place, each in enumerate(edition.templates)}
    others.insert(places.get(template.item_code, len(others)), template)
    return replace(
        edition,
        items=items,
        templates=tuple(others),
        header_fields=(
            *edition.header_fields,
            *(field for field in template.header if field.key not in known),
        ),
    )


def with_cross_checks(edition: Edition, checks: Iterable[CrossCheck]) -> Edition:
    """`edition` with `checks` after its own."""
    return replace(edition, cross_checks=(*edition.cross_checks, *checks))
