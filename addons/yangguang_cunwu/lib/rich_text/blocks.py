"""The blocks of a formatted text, and how they are written as HTML and as plain text."""

from dataclasses import dataclass
from html import escape
from itertools import count

BULLET = "·"
# between the cells of a row in plain text: wide enough to be seen, and no more than a space to
# whoever looks for numbers
CELL_GAP = "\u3000"


@dataclass(frozen=True, slots=True)
class Run:
    """Words in one weight; a line break in them is one."""

    text: str
    bold: bool = False


Runs = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; a heading when `level` is 1 or 2."""

    runs: Runs
    level: int = 0


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a list, with the lists below it."""

    runs: Runs
    lists: tuple["List", ...] = ()


@dataclass(frozen=True, slots=True)
class List:
    """A list; the numbers begin with `start`, which is None when it has bullets."""

    items: tuple[Item, ...]
    start: int | None = None

    def marked(self) -> list[tuple[str, Item]]:
        """The items with what stands before them: "1." or a bullet."""
        if self.start is None:
            return [(BULLET, item) for item in self.items]
        return [(f"{number}.", item) for number, item in zip(count(self.start), self.items)]


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose rows are of one length; the first is its head when `has_head`."""

    rows: tuple[tuple[Runs, ...], ...]
    has_head: bool = False


Block = Paragraph | List | Table


def words(runs: Runs) -> str:
    """The text of `runs`, whatever its weight."""
    return "".join(run.text for run in runs)


def is_plain(blocks: tuple[Block, ...]) -> bool:
    """Whether plain text says the same: paragraphs without a heading or a bold word."""
    return all(
        isinstance(block, Paragraph) and not block.level and not any(r.bold for r in block.runs)
        for block in blocks
    )


def from_plain(text: str) -> str:
    """Return the lines of `text` as paragraphs of HTML."""
    lines = filter(str.strip, text.split("\n"))
    return "".join(f"<p>{escape(line, quote=False)}</p>" for line in lines)


def to_html(blocks: tuple[Block, ...]) -> str:
    """Return the canonical HTML of `blocks`."""
    return "".join(map(_block, blocks))


def to_plain(blocks: tuple[Block, ...]) -> str:
    """Return the text of `blocks`, a line for each paragraph, item and row."""
    return "\n".join(line for block in blocks for line in _lines(block))


def _block(block):
    if isinstance(block, Paragraph):
        tag = ("p", "h3", "h4")[block.level]
        return f"<{tag}>{_runs(block.runs)}</{tag}>"
    return _list(block) if isinstance(block, List) else _table(block)


def _runs(runs):
    return "".join(
        f"<strong>{_words(run.text)}</strong>" if run.bold else _words(run.text) for run in runs
    )


def _words(text):
    return escape(text, quote=False).replace("\n", "<br>")


def _list(block):
    items = "".join(
        f"<li>{_runs(item.runs)}{''.join(map(_list, item.lists))}</li>" for item in block.items
    )
    if block.start is None:
        return f"<ul>{items}</ul>"
    start = "" if block.start == 1 else f' start="{block.start}"'
    return f"<ol{start}>{items}</ol>"


def _table(block):
    rows = "".join(
        _row(row, "th" if block.has_head and number == 0 else "td")
        for number, row in enumerate(block.rows)
    )
    return f"<table><tbody>{rows}</tbody></table>"


def _row(row, tag):
    return f"<tr>{''.join(f'<{tag}>{_runs(cell)}</{tag}>' for cell in row)}</tr>"


def _lines(block):
    if isinstance(block, Paragraph):
        yield words(block.runs)
    elif isinstance(block, List):
        for mark, item in block.marked():
            yield f"{mark} {words(item.runs)}"
            for inner in item.lists:
                yield from _lines(inner)
    else:
        for row in block.rows:
            yield CELL_GAP.join(words(cell).replace("\n", " ") for cell in row).rstrip()
