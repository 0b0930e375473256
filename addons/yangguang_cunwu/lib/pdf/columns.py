"""Decides the type size of a table, how wide its columns are and whether it must be divided."""

from dataclasses import dataclass
from itertools import accumulate, pairwise

from .fonts import Font
from .text import widest_unit

# points: from 五号 down to 小六, below which print is no longer read with ease
SIZES = (10.5, 10.0, 9.5, 9.0, 8.5, 8.0, 7.5, 7.0, 6.5)
# white space left and right of a cell, in em
PADDING = 0.4
# columns that every part of a divided table repeats
REPEATED = 2

# how many lines a cell of running text may take, and the sizes tried with that; a cell may run on
# once its column is so wide (em)
_TRIALS = ((2, SIZES[:6]), (3, SIZES))
_AMPLE = 12.0
# texts and heads so short (em) stay on one line, words longer than that may be cut
_SHORT, _SHORT_HEAD, _LONGEST_WORD = 4.0, 3.0, 14.0


@dataclass(frozen=True, slots=True)
class Part:
    """Columns printed side by side: their indexes, and their widths in em, padding included."""

    indexes: list[int]
    widths: list[float]


@dataclass(frozen=True, slots=True)
class Plan:
    """The size of type in points, and the parts of the table from top to bottom."""

    size: float
    parts: list[Part]


@dataclass(frozen=True, slots=True)
class _Measure:
    """What one column asks for, in em: with the least comfort, and with nothing wrapped."""

    least: float
    full: float


def plan(font: Font, columns: list[list[str]], width: float) -> Plan:
    """Return how to print `columns`, each a list of texts beginning with its head, in `width`.

    The largest type that holds all columns wins; when even the smallest does not, the table is
    divided into as few parts as possible, the first columns being repeated in each.
    """
    texts = [_Texts(font, head, cells) for head, *cells in columns]
    repeated = list(range(min(REPEATED, len(columns) - 1)))
    for lines, sizes in _TRIALS:
        measures = [each.measure(lines) for each in texts]
        if found := _fitting(measures, [list(range(len(columns)))], sizes, width):
            return found
    for count in range(2, len(columns)):
        if found := _fitting(measures, _divided(measures, repeated, count), SIZES, width):
            return found
    return _planned(measures, [list(range(len(columns)))], SIZES[-1], width)


def _fitting(measures, groups, sizes, width):
    widest = max(sum(measures[i].least for i in group) for group in groups)
    for size in sizes:
        if widest * size <= width:
            return _planned(measures, groups, size, width)
    return None


def _planned(measures, groups, size, width):
    return Plan(size, [_part(measures, group, width / size) for group in groups])


class _Texts:
    """The texts of one column, measured in em."""

    def __init__(self, font: Font, head: str, cells: list[str]):
        cells = {line for text in cells for line in text.split("\n")}
        self._head = font.width(head)
        self._full = max(map(font.width, cells), default=0.0)
        self._word = max(widest_unit(font, text) for text in (head, *cells))

    def measure(self, lines: int) -> _Measure:
        """What the column asks for when its cells may take `lines` lines, its head one more."""
        least = max(
            min(self._word, _LONGEST_WORD),
            min(self._full, _SHORT),
            min(self._full / lines + 1, self._full, _AMPLE),
            min(self._head, _SHORT_HEAD),
            self._head / (lines + 1),
        )
        full = max(self._full, least, min(self._head, _SHORT))
        return _Measure(least + 2 * PADDING, full + 2 * PADDING)


def _divided(measures, repeated, count):
    """Divide the columns into at most `count` groups, the widest of them as narrow as possible."""
    rest = list(range(len(repeated), len(measures)))
    sums = list(accumulate((measures[i].least for i in rest), initial=0.0))
    limits = sorted({end - start for start in sums for end in sums if end > start})
    for limit in limits:
        cuts = _cuts(sums, limit)
        if cuts and len(cuts) - 1 <= count:
            return [repeated + rest[start:end] for start, end in pairwise(cuts)]
    return [repeated + rest]


def _cuts(sums, limit):
    """Where to cut so that no piece exceeds `limit`; nothing when a single column does."""
    cuts = [0]
    for position, (before, after) in enumerate(pairwise(sums)):
        if after - before > limit + 1e-9:
            return []
        if after - sums[cuts[-1]] > limit + 1e-9:
            cuts.append(position)
    return [*cuts, len(sums) - 1]


def _part(measures, indexes, width):
    """Spread `width` over the columns: first to those that would wrap, then to all alike."""
    least = [measures[i].least for i in indexes]
    wanted = [measures[i].full - measures[i].least for i in indexes]
    spare = width - sum(least)
    share = max(0.0, min(1.0, spare / sum(wanted))) if sum(wanted) else 0.0
    widths = [base + share * more for base, more in zip(least, wanted, strict=True)]
    stretch = width / sum(widths)
    return Part(indexes, [size * stretch for size in widths])
