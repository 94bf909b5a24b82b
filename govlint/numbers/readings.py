"""Run-together digits read by the identities: the best reading of a table's runs, and what it leaves open.

Each run is first split so that the identities within it hold (a row's total); then the splits of all runs are
chosen together so that the identities between runs hold (the columns). Where no choice satisfies all, the one that
needs the fewest figures corrected is the best. Work is bounded: what is too much to be searched is read as well as
may be and declared uncertain.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from functools import cached_property
from itertools import combinations, islice, product
from typing import Any

from msgspec import Struct

from govlint.document import Number
from govlint.numbers.identities import Identity, totals
from govlint.numbers.localise import burden, networks
from govlint.numbers.splits import LONGEST, STEPS, Run, Split, Splits, consistent, near, only

__all__ = ["Readings", "Run", "read"]

_TABLE_STEPS = 80_000
"""Steps of search spent on splitting all runs of one table."""
_JOINT_STEPS = 60_000
"""Steps of search spent on choosing for all runs together."""
_SOLUTIONS = 64
"""Joint choices kept of runs that hang together."""
_SHOWN = 12
"""Other readings of a run that are given."""
_COMPARED = 16
"""Readings compared by what they would need corrected."""


class Readings(Struct, frozen=True):
    values: Mapping[str, int]
    """By address; 0, and uncertain, where the digits are too many to be a number."""
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
    alone = [only(run) for run in runs]
    if all(alone):  # nothing to choose
        fields = [_Field(run, (), splits) for run, splits in zip(runs, alone, strict=True) if splits]
        choices, complete = [list(field.splits.of) for field in fields], True
    else:
        usable = _usable(runs, known, identities)
        fields = _fields(runs, alone, usable)
        table = _Table(fields, known, usable)
        choices, complete = table.choices(), not table.gave_up
    values: dict[str, int] = {}
    uncertain: set[str] = set()
    others: dict[int, list[tuple[int, ...]]] = {}
    for at, (run, item, splits) in enumerate(zip(runs, fields, choices, strict=True)):
        best, *rest = splits
        values |= zip(run.cells, best.values, strict=True)
        if rest:
            others[at] = [split.values for split in rest[:_SHOWN]]
        if not item.splits.complete or (len(item.splits.of) > 1 and not complete):
            uncertain |= set(run.cells)
        columns = zip(run.cells, *(split.values for split in splits), strict=True) if rest else ()
        uncertain |= {cell for cell, *given in columns if len(set(given)) > 1}
    return Readings(values, [splits[0].lengths for splits in choices], frozenset(uncertain), others)


def _usable(
    runs: Sequence[Run], known: Mapping[str, Number | None], identities: Sequence[Identity]
) -> list[Identity]:
    """The identities that touch a run and have a whole number, or a blank that counts 0, in every other cell."""
    in_runs = {cell for run in runs for cell in run.cells}
    needed = totals(tuple(identities))

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


_Adds = dict[int, int]
"""What one split of a run adds to each equality, by number."""
_Options = list[tuple[Split, _Adds]]
_Reading = dict[int, Split]
"""A split for each run, by number."""
_Joint = list[list[_Reading]]
"""For each part of the table its solutions, the best first."""


class _Field(Struct):
    """A run and the ways to split it."""

    run: Run
    within: Sequence[Identity]
    """The identities all of whose cells are in the run."""
    splits: Splits

    @property
    def tied(self) -> bool:
        return any(identity.relation == "=" for identity in self.within)


def _fields(runs: Sequence[Run], alone: Sequence[Splits | None], usable: Sequence[Identity]) -> list[_Field]:
    holder = {cell: at for at, run in enumerate(runs) for cell in run.cells}
    within: list[list[Identity]] = [[] for _ in runs]
    for identity in usable:
        holders = {holder.get(cell) for cell in identity.cells}
        if len(holders) == 1 and (at := holders.pop()) is not None:
            within[at].append(identity)
    left = _TABLE_STEPS
    fields = []
    for run, splits, own in zip(runs, alone, within, strict=True):
        if splits is None:
            equalities = [identity for identity in own if identity.relation == "="]
            splits = consistent(run, equalities, min(STEPS, left))
        left = max(1, left - splits.spent)
        fields.append(_Field(run, own, splits))
    return fields


def _plausible(field: _Field, split: Split) -> tuple[Any, ...]:
    """Sorts the likelier split first: identities that hold, bounds that are not overshot, figures of like size."""
    values = dict(zip(field.run.cells, split.values, strict=True))
    gaps = [(identity, identity.difference(values)) for identity in field.within]
    larger = [identity.left if identity.relation == ">=" else identity.right for identity, _ in gaps]
    tops = [values[side[0].address] for side in larger if len(side) == 1]
    return (
        sum(1 for identity, gap in gaps if not identity.holds(gap)),
        sum(1 for top in tops if max(split.values) > top),
        sum(length * length for length in split.lengths),
        sum(abs(gap) for _, gap in gaps),
        tuple(-length for length in split.lengths),
    )


class _Table:
    """The runs of one table and the equalities between them, each of which must come to 0."""

    def __init__(
        self, fields: Sequence[_Field], known: Mapping[str, Number | None], usable: Sequence[Identity]
    ):
        self.fields = fields
        crude = {cell for field in fields if field.splits.crude for cell in field.run.cells}
        self.usable = [identity for identity in usable if crude.isdisjoint(identity.cells)]
        self.known = known
        own = {identity for field in fields for identity in field.within}
        self.between = [i for i in self.usable if i.relation == "=" and i not in own]
        self.base = [sum(sign * int(known.get(c) or 0) for c, sign in i.terms) for i in self.between]
        at = {cell: (f, c) for f, field in enumerate(fields) for c, cell in enumerate(field.run.cells)}
        self.weights: list[list[tuple[int, int, int]]] = [[] for _ in fields]
        """For each run: (cell, equality, sign)."""
        for number, identity in enumerate(self.between):
            for cell, sign in identity.terms:
                if cell in at:
                    self.weights[at[cell][0]].append((at[cell][1], number, sign))
        self.fixed: dict[int, _Adds] = {}
        """What the runs with one split add, which ``base`` includes."""
        self.steps = _JOINT_STEPS
        self.gave_up = False
        """Whether there may be readings that were not found."""

    def choices(self) -> list[list[Split]]:
        """For each run the splits of the best readings, the best reading's first."""
        domains = [field.splits.of for field in self.fields]
        if all(len(domain) == 1 for domain in domains):
            return [list(domain) for domain in domains]
        options = self.options()
        readings = self.solve(options, frozenset())
        if readings is None:
            readings = self.mended(options)
        return [self.ranked(at, readings) for at in range(len(domains))]

    def ranked(self, at: int, readings: _Joint) -> list[Split]:
        """The splits of one run that the best readings use, the best first."""
        used = [reading[at] for part in readings for reading in part if at in reading]
        if used:
            return list(dict.fromkeys(used))
        field = self.fields[at]
        ranks = sorted((_plausible(field, split), split) for split in field.splits.of)
        return [split for rank, split in ranks if not field.tied or rank[0] == ranks[0][0][0]]

    def options(self) -> dict[int, _Options]:
        """For each run with a choice its splits, with what each adds to the equalities."""
        found: dict[int, _Options] = {}
        for at, field in enumerate(self.fields):
            if not self.weights[at]:
                continue
            adds = [(split, self.adds(at, split)) for split in field.splits.of]
            if len(adds) > 1:
                found[at] = adds
            else:
                self.fixed[at] = adds[0][1]
                for number, value in adds[0][1].items():
                    self.base[number] += value
        return found

    def adds(self, at: int, split: Split) -> _Adds:
        found: _Adds = {}
        for cell, number, sign in self.weights[at]:
            found[number] = found.get(number, 0) + sign * split.values[cell]
        return found

    def solve(
        self, options: Mapping[int, _Options], waived: frozenset[int], enough: int = _SOLUTIONS
    ) -> _Joint | None:
        """The joint choices that satisfy every equality not waived; None where there is none or too much to do.

        Runs that hang together make a part: its solutions are one split for each of its runs.
        """
        need = list(self.base)
        open_ = dict(options)
        for at in [at for at in open_ if waived and len(open_[at]) > 1]:
            open_[at] = _without(open_[at], waived)
            self.steps -= len(open_[at])
        joint = self.settled(open_, need)
        if joint is None:
            return None
        for at, own in open_.items():  # what a run adds however it is split ties it to no other run
            fixed = {number: least for number, (least, most) in _reach(own).items() if least == most}
            for number, value in fixed.items():
                need[number] += value
            open_[at] = _without(own, fixed)
        reached = {number for own in open_.values() for number in own[0][1]}
        if any(need[n] for n in range(len(need)) if n not in waived and n not in reached):
            return None
        for part in _parts(open_):
            found = self.combine(part, need, enough)
            if not found:
                return None
            joint.append(found)
        return joint

    def settled(self, open_: dict[int, _Options], need: list[int]) -> _Joint | None:
        """Drop what no choice of the other runs can balance, until nothing changes.

        Runs left with one split move from ``open_`` into ``need`` and are returned; None where a run has none left.
        """
        settled: _Joint = []
        again = True
        while again:
            for at in [at for at, options in open_.items() if len(options) == 1]:
                split, adds = open_.pop(at)[0]
                settled.append([{at: split}])
                for number, value in adds.items():
                    need[number] += value
            again = False
            reach = {at: _reach(options) for at, options in open_.items()}
            low, high = list(need), list(need)
            for bounds in reach.values():
                for number, (least, most) in bounds.items():
                    low[number] += least
                    high[number] += most
            for at, bounds in reach.items():
                remaining = [option for option in open_[at] if _fits(option[1], bounds, low, high)]
                self.steps -= len(open_[at])
                self.gave_up |= self.steps <= 0
                if not remaining or self.steps <= 0:
                    return None
                again |= len(remaining) < len(open_[at])
                open_[at] = remaining
        return settled

    def combine(self, part: Mapping[int, _Options], need: Sequence[int], enough: int) -> list[_Reading]:
        """Every choice of one split a run under which all equalities of these runs come to 0."""
        order = sorted(part, key=lambda at: len(part[at]))
        rest: list[dict[int, tuple[int, int]]] = [{}]  # what the runs after each can still add
        for at in reversed(order):
            sums = dict(rest[-1])
            for number, (least, most) in _reach(part[at]).items():
                before = sums.get(number, (0, 0))
                sums[number] = (before[0] + least, before[1] + most)
            rest.append(sums)
        rest.reverse()
        found: list[_Reading] = []

        def choose(depth: int, need: dict[int, int], chosen: _Reading) -> None:
            if depth == len(order):
                found.append(chosen)
                return
            at, after = order[depth], rest[depth + 1]
            for split, adds in part[at]:
                self.steps -= 1
                if self.steps <= 0 or len(found) >= enough:
                    self.gave_up |= enough > 1
                    return
                left = {number: need[number] + value for number, value in adds.items()}
                if all(
                    value + after.get(n, (0, 0))[0] <= 0 <= value + after.get(n, (0, 0))[1]
                    for n, value in left.items()
                ):
                    choose(depth + 1, need | left, {**chosen, at: split})

        choose(0, {number: need[number] for number in rest[0]}, {})
        return sorted(found, key=_spread)

    def mended(self, options: dict[int, _Options]) -> _Joint:
        """Where no reading satisfies all: those that need the fewest figures corrected, the best first."""
        tried: dict[tuple[Split, ...], tuple[int, int]] = {}
        self.compare(options, tried, len(self.groups))
        bounds = self.bounds(options)
        for at, field in enumerate(self.fields):  # a run with a wrong figure may have been split to suit it
            if self.weights[at] and only(field.run) is None:
                loose = near(field.run, bounds[at], max(1, self.steps))
                self.steps -= loose.spent
                if not loose.crude:
                    fixed = self.fixed.get(at, {})
                    splits = [
                        (split, {n: v - fixed.get(n, 0) for n, v in self.adds(at, split).items()})
                        for split in loose.of
                    ]
                    self.compare({**options, at: splits}, tried, 1)
        if not tried:
            return []
        fewest = min(tried.values())[0]
        best = sorted((cost, splits) for splits, cost in tried.items() if cost[0] == fewest)
        return [[dict(enumerate(splits)) for _, splits in best]]

    def bounds(self, options: Mapping[int, _Options]) -> dict[int, list[tuple[int, int]]]:
        """For each run the least and the most that each of its figures may be for the other runs to balance it."""
        reach = {at: _reach(of) for at, of in options.items()}
        low, high = list(self.base), list(self.base)
        for own in reach.values():
            for number, (least, most) in own.items():
                low[number] += least
                high[number] += most
        reach |= {at: {n: (v, v) for n, v in adds.items()} for at, adds in self.fixed.items()}
        found = {}
        for at, own in reach.items():
            of_run = [(0, 10**LONGEST) for _ in self.fields[at].run.cells]
            for cell, number, sign in self.weights[at]:
                # the other runs and this figure must come to 0 together
                ends = (-sign * (low[number] - own[number][0]), -sign * (high[number] - own[number][1]))
                of_run[cell] = max(of_run[cell][0], min(ends)), min(of_run[cell][1], max(ends))
            found[at] = of_run
        return found

    def compare(
        self, options: Mapping[int, _Options], tried: dict[tuple[Split, ...], tuple[int, int]], most: int
    ) -> None:
        """Weigh the readings that leave as few groups of equalities broken as can be, if at most ``most``."""
        everything = frozenset(range(len(self.between)))
        bad: list[frozenset[int]] = []
        for group in list(self.groups):
            if self.solve(options, everything - group, enough=1) is None:
                bad.append(group)
                if len(bad) > most:
                    break
        self.groups.sort(key=lambda group: group not in bad)  # the likely to fail are tried first next time
        if len(bad) > most:
            return
        waived = frozenset[int]().union(*bad)
        rest = [group for group in self.groups if group not in bad]
        for more in range(min(2, most - len(bad)) + 1):
            joints = [self.solve(options, waived.union(*extra)) for extra in combinations(rest, more)]
            for joint in joints:
                if joint is not None:
                    self.weigh(joint, tried)
            if any(joint is not None for joint in joints):
                return

    def weigh(self, joint: _Joint, tried: dict[tuple[Split, ...], tuple[int, int]]) -> None:
        """Put into ``tried`` what the readings of a joint choice would need corrected."""
        first = {at: self.ranked(at, joint)[0] for at in range(len(self.fields))}
        for parts in islice(product(*joint), _COMPARED):
            reading = dict(first)
            for part in parts:
                reading |= part
            splits = tuple(reading[at] for at in range(len(self.fields)))
            if splits not in tried and len(tried) < 4 * _COMPARED:
                values = dict(self.known)
                for field, split in zip(self.fields, splits, strict=True):
                    values |= zip(field.run.cells, split.values, strict=True)
                tried[splits] = burden(self.usable, values)

    @cached_property
    def groups(self) -> list[frozenset[int]]:
        """The numbers of the equalities between runs that share cells."""
        number = {identity: at for at, identity in enumerate(self.between)}
        return [frozenset(number[identity] for identity in group) for group in networks(tuple(self.between))]


def _without(options: _Options, equalities: Container[int]) -> _Options:
    return [(split, {n: v for n, v in adds.items() if n not in equalities}) for split, adds in options]


def _reach(options: _Options) -> dict[int, tuple[int, int]]:
    """The least and the most that a run can add to each equality."""
    columns = {number: [adds[number] for _, adds in options] for number in options[0][1]}
    return {number: (min(values), max(values)) for number, values in columns.items()}


def _fits(adds: _Adds, own: Mapping[int, tuple[int, int]], low: Sequence[int], high: Sequence[int]) -> bool:
    """Whether the other runs can balance what one split adds."""
    for number, value in adds.items():
        least, most = own[number]
        if not low[number] - least + value <= 0 <= high[number] - most + value:
            return False
    return True


def _parts(open_: Mapping[int, _Options]) -> list[dict[int, _Options]]:
    """Runs that hang together through an equality to which both can add one thing or another."""
    parts: list[tuple[set[int], dict[int, _Options]]] = []
    for at, options in open_.items():
        live = set(options[0][1])
        members = {at: options}
        for part in [part for part in parts if part[0] & live]:
            parts.remove(part)
            live |= part[0]
            members = part[1] | members
        parts.append((live, members))
    return [members for _, members in parts]


def _spread(reading: _Reading) -> tuple[Any, ...]:
    """Sorts joint choices: figures of like size, then the longer ones first."""
    lengths = [length for _, split in sorted(reading.items()) for length in split.lengths]
    return sum(length * length for length in lengths), [-length for length in lengths]
