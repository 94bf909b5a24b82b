"""Run-together digits read by the identities: the best reading of a table's runs, and what it leaves open.

Each run is first split so that the identities within it hold (a row's total); then the splits of all runs are
chosen together so that the identities between runs hold (the columns). Where no choice satisfies all, the one that
needs the fewest figures corrected is the best. Work is bounded: what is too much to be searched is read as well as
may be and declared uncertain.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, islice, product
from typing import NamedTuple

from govlint.identities import Identity, totals
from govlint.localise import burden
from govlint.rule import Number
from govlint.splits import STEPS, Run, Split, Splits, consistent, cut, every, integer

__all__ = ["Readings", "Run", "read"]

_TABLE_STEPS = 80_000
"""Steps of search spent on splitting all runs of one table."""
_JOINT_STEPS = 20_000
"""Steps spent on one joint choice."""
_SOLUTIONS = 64
"""Joint choices kept of runs that hang together."""
_COMPARED = 16
"""Readings compared by what they would need corrected."""


class Readings(NamedTuple):
    values: Mapping[str, int | None]
    """By address; None where the digits are too many to be a number."""
    lengths: Sequence[tuple[int, ...]]
    """For each run the digits of each cell, over the joined parts."""
    uncertain: frozenset[str]
    """Cells that another equally good reading gives otherwise."""
    others: Mapping[int, Sequence[tuple[int, ...]]]
    """By the number of the run: its other equally good readings, the likelier first."""


def read(runs: Sequence[Run], known: Mapping[str, Number | None], identities: Sequence[Identity]) -> Readings:
    """The best reading of one table's runs, and where it is not the only one.

    ``known`` are the table's other figures (None: blank; absent: not readable). Never raises, whatever the digits.
    """
    usable = _usable(runs, known, identities)
    fields = _fields(runs, usable)
    choices = _Table(fields, known, usable).choices()
    values: dict[str, int | None] = {}
    uncertain: set[str] = set()
    others: dict[int, list[tuple[int, ...]]] = {}
    for at, (run, field_, splits) in enumerate(zip(runs, fields, choices, strict=True)):
        best, *rest = splits
        values |= zip(run.cells, best.values or _integers(run, best), strict=True)
        if rest:
            others[at] = [split.values for split in rest]
        if not field_.splits.complete:
            uncertain |= set(run.cells)
        columns = zip(run.cells, *(split.values for split in splits), strict=True) if rest else ()
        uncertain |= {cell for cell, *given in columns if len(set(given)) > 1}
    return Readings(values, [splits[0].lengths for splits in choices], frozenset(uncertain), others)


def _integers(run: Run, split: Split) -> list[int | None]:
    return [integer(text) for text in cut(run.digits, split.lengths)]


def _usable(
    runs: Sequence[Run], known: Mapping[str, Number | None], identities: Sequence[Identity]
) -> list[Identity]:
    """The identities that touch a run and have a whole number, or a blank that counts 0, in every other cell."""
    in_runs = {cell for run in runs for cell in run.cells}
    needed = totals(identities)

    def given(cell: str) -> bool:
        if cell in in_runs:
            return True
        value = known.get(cell)
        return isinstance(value, int) or (value is None and cell in known and cell not in needed)

    return [
        identity
        for identity in identities
        if not in_runs.isdisjoint(identity.cells) and all(map(given, identity.cells))
    ]


@dataclass
class _Field:
    """A run and the ways to split it."""

    run: Run
    within: Sequence[Identity]
    """The identities all of whose cells are in the run."""
    splits: Splits


def _fields(runs: Sequence[Run], usable: Sequence[Identity]) -> list[_Field]:
    holder = {cell: at for at, run in enumerate(runs) for cell in run.cells}
    within: list[list[Identity]] = [[] for _ in runs]
    for identity in usable:
        holders = {holder.get(cell) for cell in identity.cells}
        if len(holders) == 1 and (at := holders.pop()) is not None:
            within[at].append(identity)
    left = _TABLE_STEPS
    fields = []
    for run, own in zip(runs, within, strict=True):
        splits = consistent(run, [identity for identity in own if identity.relation == "="], min(STEPS, left))
        left = max(1, left - splits.spent)
        fields.append(_Field(run, own, splits))
    return fields


def _plausible(field_: _Field, split: Split) -> tuple[object, ...]:
    """Sorts the likelier split first where no equality tells: bounds that hold, and figures of like size."""
    values = dict(zip(field_.run.cells, split.values, strict=True))
    gaps = [(bound, bound.difference(values)) for bound in field_.within if bound.relation != "="]
    largest = [
        values[bound.left[0].address] if bound.relation == ">=" else values[bound.right[0].address]
        for bound, _ in gaps
    ]
    return (
        sum(not bound.holds(gap) for bound, gap in gaps),
        sum(any(value > most for value in split.values) for most in largest),
        sum(length * length for length in split.lengths),
        sum(abs(gap) for _, gap in gaps),
        tuple(-length for length in split.lengths),
    )
