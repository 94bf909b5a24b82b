"""The boxes of a form's fields within the cells of its table: they are no lines of that."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from govlint.readers.paper.rulings import Ruling

_SAME = 1.0
"""Points by which the ends of a box's sides may differ."""
_WITHIN = 0.3
"""Points by which a box stands within its cell, at least."""
_ROOM = 60.0
"""Points between a box and its cell's edge, and of its height, at most."""
_MOST = 4000


def fields(rulings: Sequence[Ruling]) -> set[Ruling]:
    """The sides of rectangles that stand each within four longer lines.

    The cells of a table that is drawn cell by cell touch each other: beside them there are no longer lines on all sides.
    """
    level = sorted((each for each in rulings if each.level), key=lambda each: each.at)
    upright = sorted((each for each in rulings if not each.level), key=lambda each: each.at)
    if not level or not upright or len(rulings) > _MOST:
        return set()
    rows, columns = [each.at for each in level], [each.at for each in upright]
    found: set[Ruling] = set()
    for top, bottom in _pairs(level):
        if not _is_within(level, rows, (top.at, bottom.at), (top.start, top.end)):  # as nearly all are not
            continue
        sides = [
            side
            for at in (top.start, top.end)
            for side in _near(upright, columns, at - _SAME, at + _SAME)
            if abs(side.start - top.at) <= _SAME and abs(side.end - bottom.at) <= _SAME
        ]
        lefts = [side for side in sides if abs(side.at - top.start) <= _SAME]
        if not lefts or len(lefts) == len(sides):
            continue
        left, right = min(each.at for each in sides), max(each.at for each in sides)
        if _is_within(upright, columns, (left, right), (top.at, bottom.at)):
            found.update((top, bottom, *sides))
    return found


def _pairs(level: Sequence[Ruling]) -> Iterator[tuple[Ruling, Ruling]]:
    """Level lines of one length above each other."""
    alike: dict[tuple[int, int], list[Ruling]] = defaultdict(list)
    for each in level:
        alike[round(each.start), round(each.end)].append(each)
    for lines in alike.values():
        yield from ((one, two) for one, two in pairwise(lines) if _SAME < two.at - one.at <= _ROOM)


def _near(lines: Sequence[Ruling], places: Sequence[float], low: float, high: float) -> Sequence[Ruling]:
    return lines[bisect_left(places, low) : bisect_right(places, high)]


def _is_within(
    lines: Sequence[Ruling],
    places: Sequence[float],
    across: tuple[float, float],
    along: tuple[float, float],
) -> bool:
    """Whether a box lies between two lines that are longer than it; the first on either side counts."""
    low, high = across
    before = _near(lines, places, low - _ROOM, low - _WITHIN)[::-1]
    return _is_longer(before, *along) and _is_longer(
        _near(lines, places, high + _WITHIN, high + _ROOM), *along
    )


def _is_longer(lines: Iterable[Ruling], start: float, end: float) -> bool:
    """Whether the first line that runs along a side is longer than it."""
    along = (each for each in lines if min(each.end, end) - max(each.start, start) > 0.5 * (end - start))
    first = next(along, None)
    return first is not None and first.start < start - _WITHIN and first.end > end + _WITHIN
