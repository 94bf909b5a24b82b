"""The ways in which one run of digits parts into the figures of its cells.

A figure is ``0`` or starts with 1 to 9, has at most :data:`LONGEST` digits and never crosses a border. Where
the cells have a total, the search goes from the total to its summands and drops whatever cannot sum to it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from operator import itemgetter
from typing import NamedTuple

from msgspec import Struct

from govlint.numbers.identities import Identity

LONGEST = 12
"""Digits of the longest figure that a run may hold; the population of China has 10."""
_MOST = 2_000
"""Splits kept of one run."""
STEPS = 20_000
"""Steps of search spent on one run, of a microsecond each."""
_INTEGER = 4_000
"""Python refuses to convert more digits than about this."""

Lengths = tuple[int, ...]
"""Digits of each cell."""


class Run(Struct, frozen=True):
    """Digits of several cells: between two parts is a border, within a part there is none."""

    cells: tuple[str, ...]
    parts: tuple[str, ...]

    @property
    def digits(self) -> str:
        return "".join(self.parts)


class Split(Struct, frozen=True, order=True):
    lengths: Lengths
    values: tuple[int, ...]


class Splits(Struct, frozen=True):
    """``complete`` is False where the search was given up, ``crude`` True where no proper split exists."""

    of: Sequence[Split]
    complete: bool = True
    crude: bool = False
    spent: int = 0
    """Steps of search."""


def consistent(run: Run, within: Sequence[Identity], steps: int = STEPS) -> Splits:
    """The splits for which the equalities ``within`` the run hold, or as many of them as can."""
    forced = only(run)
    if forced:
        return forced
    search = _Search(run, steps)
    blocks = _blocks(run, within)
    found = search.chain(blocks, 0, 0)
    tied = [at for at, block in enumerate(blocks) if block.identities]
    if not found and len(tied) > 1:  # let one group of cells be wrong, not all
        for at in tied:
            search.known.clear()
            loose = [*blocks[:at], blocks[at]._replace(total="", identities=()), *blocks[at + 1 :]]
            found += search.chain(loose, 0, 0)
    if not found and tied and search.steps > 0:
        return every(run, search.steps)
    return search.result(found)


def every(run: Run, steps: int = STEPS) -> Splits:
    """Every split, whatever it sums to."""
    forced = only(run)
    if forced:
        return forced
    search = _Search(run, steps)
    found: list[Lengths] = []
    search.fill(0, len(search.text), len(run.cells), None, (), found)
    return search.result(found)


def near(run: Run, bounds: Sequence[tuple[int, int]], steps: int = STEPS) -> Splits:
    """The splits of which all figures but one lie within their bounds (least and most, a pair for each cell)."""
    search = _Search(run, steps)
    found: list[Lengths] = []
    search.within(bounds, 0, (), 1, found)
    return search.result(found)


def cut(text: str, lengths: Sequence[int]) -> Iterator[str]:
    at = 0
    for length in lengths:
        yield text[at : at + length]
        at += length


def only(run: Run) -> Splits | None:
    """The only split, where no search is needed, or a crude one where none would end."""
    size, text = len(run.cells), run.digits
    digits = len(text)
    if digits == size:
        return Splits([Split((1,) * size, tuple(map(int, text)))])
    if len(run.parts) == size and max(map(len, run.parts)) <= _INTEGER:
        return Splits([Split(tuple(map(len, run.parts)), tuple(map(int, run.parts)))])
    if len(run.parts) > size or not size < digits <= size * LONGEST:
        return Splits([_crude(run)], complete=False, crude=True)
    return None


def _crude(run: Run) -> Split:
    """Cells spread evenly over each part: something to show where nothing can be known."""
    parts = run.parts if len(run.parts) <= len(run.cells) else (run.digits,)
    spare = len(run.cells) - len(parts)
    lengths: list[int] = []
    for part in parts:
        more = spare if part is parts[-1] else min(spare, len(part) - 1)
        spare -= more
        each, longer = divmod(len(part), more + 1)
        lengths += [each + (at < longer) for at in range(more + 1)]
    values = tuple(int(text) if 0 < len(text) <= LONGEST else 0 for text in cut("".join(parts), lengths))
    return Split(tuple(lengths), values)


class _Block(NamedTuple):
    """Neighbouring cells that identities tie; ``total`` says where the total of all others stands."""

    first: int
    size: int
    total: str = ""
    """``first``, ``last``, or empty for any other shape."""
    identities: Sequence[Identity] = ()


def _blocks(run: Run, within: Sequence[Identity]) -> list[_Block]:
    at = {cell: index for index, cell in enumerate(run.cells)}
    spans = [(min(found), max(found), i) for i in within if (found := [at[c] for c in i.cells])]
    blocks: list[_Block] = []
    next_cell = 0
    for first, last, identity in sorted(spans, key=itemgetter(0, 1)):
        if blocks and first < next_cell:  # overlaps the block before: one block
            old = blocks.pop()
            last = max(last, next_cell - 1)
            blocks.append(_Block(old.first, last - old.first + 1, "", [*old.identities, identity]))
        else:
            blocks += [_Block(cell, 1) for cell in range(next_cell, first)]
            blocks.append(_Block(first, last - first + 1, _shape(identity, run, first, last), [identity]))
        next_cell = last + 1
    return blocks + [_Block(cell, 1) for cell in range(next_cell, len(run.cells))]


def _shape(identity: Identity, run: Run, first: int, last: int) -> str:
    for side, other in ((identity.left, identity.right), (identity.right, identity.left)):
        plain = all(term.sign > 0 for term in (*side, *other))
        if len(side) == 1 and plain and len(other) == last - first:
            if side[0].address == run.cells[last]:
                return "last"
            if side[0].address == run.cells[first]:
                return "first"
    return ""


class _Search:
    def __init__(self, run: Run, steps: int) -> None:
        self.run = run
        self.text = run.digits
        self.budget = self.steps = steps
        self.limit: list[int] = []
        """For each offset, how many digits a figure that starts there may have."""
        for part in run.parts:
            self.limit += [1 if part[at] == "0" else min(LONGEST, len(part) - at) for at in range(len(part))]
        self.known: dict[tuple[int, int], list[Lengths]] = {}

    def result(self, found: Sequence[Lengths]) -> Splits:
        spent = self.budget - self.steps
        if not found:
            return Splits([_crude(self.run)], complete=False, crude=True, spent=spent)
        splits = [Split(lengths, tuple([int(t) for t in cut(self.text, lengths)])) for lengths in found]
        return Splits(splits, self.steps > 0 and len(found) < _MOST, spent=spent)

    def fill(
        self, start: int, end: int, cells: int, total: int | None, head: Lengths, out: list[Lengths]
    ) -> None:
        """Part ``text[start:end]`` among ``cells`` figures, which sum to ``total`` where it is given."""
        text, limit = self.text, self.limit
        if cells == 1:
            if end - start <= limit[start] and (total is None or int(text[start:end]) == total):
                out.append((*head, end - start))
            return
        cells -= 1
        for length in range(1, min(limit[start], end - start - cells) + 1):
            self.steps -= 1
            if self.steps <= 0 or len(out) >= _MOST:
                return
            after = start + length
            rest, widest = None, LONGEST
            if total is not None:
                rest = total - int(text[start:after])
                if rest < 0:
                    return
                widest = len(str(rest))
                if widest > end - after - cells + 2:  # too few digits are left to reach it
                    continue
            if end - after <= cells * widest:
                self.fill(after, end, cells, rest, (*head, length), out)

    def within(
        self, bounds: Sequence[tuple[int, int]], start: int, head: Lengths, misses: int, out: list[Lengths]
    ) -> None:
        """Part the text from ``start``; at most ``misses`` figures lie outside their bounds."""
        left, cells = len(self.text) - start, len(bounds) - len(head)
        if not cells:
            out.append(head)
            return
        least, most = bounds[len(head)]
        lengths = range(1, min(self.limit[start], left - cells + 1) + 1) if cells > 1 else (left,)
        for length in lengths:
            self.steps -= 1
            if self.steps <= 0 or len(out) >= _MOST:
                return
            if length > self.limit[start] or left - length > (cells - 1) * LONGEST:
                continue
            missed = not least <= int(self.text[start : start + length]) <= most
            if missed <= misses:
                self.within(bounds, start + length, (*head, length), misses - missed, out)

    def block(self, block: _Block, start: int, end: int) -> list[Lengths]:
        """The lengths of a block's figures that fill ``text[start:end]`` and satisfy its identities."""
        found: list[Lengths] = []
        if not block.total:
            self.fill(start, end, block.size, None, (), found)
            return [lengths for lengths in found if self.satisfied(block, start, lengths)]
        summands = block.size - 1
        for length in range(1, min(LONGEST, end - start - summands) + 1):
            rest = end - start - length
            # the largest of the summands has at least about as many digits as their total
            if not length + summands - 2 - len(str(summands - 1)) + 1 <= rest <= summands * length:
                continue
            at = start if block.total == "first" else end - length
            if length > self.limit[at]:
                continue
            total = int(self.text[at : at + length])
            if block.total == "first":
                self.fill(start + length, end, summands, total, (length,), found)
            else:
                heads: list[Lengths] = []
                self.fill(start, at, summands, total, (), heads)
                found += [(*head, length) for head in heads]
        return found

    def satisfied(self, block: _Block, start: int, lengths: Sequence[int]) -> bool:
        if not block.identities:
            return True
        cells = self.run.cells[block.first : block.first + block.size]
        texts = cut(self.text[start:], lengths)
        values = {cell: int(text) for cell, text in zip(cells, texts, strict=True)}
        return all(identity.holds(identity.difference(values)) for identity in block.identities)

    def chain(self, blocks: Sequence[_Block], at: int, start: int) -> list[Lengths]:
        """The lengths of all figures from block ``at`` on, which fill the text from ``start`` to its end."""
        if (at, start) in self.known:
            return self.known[at, start]
        block = blocks[at]
        after = len(self.run.cells) - block.first - block.size
        size = len(self.text)
        found: list[Lengths] = []
        ends = range(max(start + block.size, size - after * LONGEST), size - after + 1) if after else (size,)
        for end in ends:
            if self.steps <= 0 or len(found) >= _MOST:
                break
            tails = self.chain(blocks, at + 1, end) if after else [()]
            if tails:
                heads = self.block(block, start, end)
                found += [head + tail for head in heads for tail in tails[: _MOST - len(found)]]
        self.known[at, start] = found[:_MOST]
        return found[:_MOST]
