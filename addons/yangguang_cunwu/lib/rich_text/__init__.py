"""Formatted text: headings, paragraphs, bold, lists and simple tables, and nothing else.

Whatever HTML comes in is read into blocks, and only what blocks can say is written out again. So
there is no list of what is dangerous: scripts, styles, links, pictures and attributes have no
block, hence no way through. Words stay, links lose their address.
"""

from .blocks import (
    Item,
    List,
    Paragraph,
    Run,
    Table,
    from_plain,
    is_plain,
    to_html,
    to_plain,
    words,
)
from .reader import read as blocks
from .reader import refuse_length


def clean(html: str) -> str:
    """Return `html` in its one canonical writing; "" when it says nothing.

    Cleaning what was cleaned changes nothing. Raises ValueError with a sentence when it is too
    large, too deep or too long.
    """
    return to_html(blocks(html))


def plain(html: str) -> str:
    """Return what `html` says, without any markup: a line for each paragraph, item and row.

    Raises ValueError as `clean` does.
    """
    return to_plain(blocks(html))
