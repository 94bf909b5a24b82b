"""Which figures are wrong when identities break: the fewest cells whose change makes every identity hold.

This is the error-localisation problem of official statistics (Fellegi and Holt, A Systematic Approach to
Automatic Edit and Imputation, JASA 71, 1976). Cells are changed one after another, each by what some broken
identity lacks; sets of one, two, three, ... cells are searched in full until one suffices. Independent
mistakes come out as separate faults. Corrected figures are never negative.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from msgspec import Struct

from govlint.document import Number
from govlint.numbers.identities import Identity, Values, check

_STEPS = 12_000
"""Changes tried on one table, of some microseconds each."""
_WEIGHED = 400
"""Changes tried where readings are only compared."""
_MANY = 4
"""Mistakes beyond which those that leave no doubt are set aside before the search."""
_FEW = 3
"""Cells corrected in one network up to which a correction is taken for certain where no other is as small."""
_AT_ONCE = 2
"""Cells of one mistake up to which its correction may be certain; of three at once, one in eight was wrong."""
_RIVALS = 12
"""Larger corrections as likely, up to which the smallest is taken for certain where there are others in its network:
``benchmarks/certainty.py`` counts how many of both are right."""
_MOST = 64
"""Equally small corrections kept of one table."""

Correction = Mapping[str, Number]
"""Right figures by address, in the template's order."""


class Fault(NamedTuple):
    """One mistake: the identities that it breaks and the corrections that mend them, the best first.

    ``corrections`` is empty where the search was given up or only an inequality is broken; ``cells`` are then
    those of the identities, the likeliest first.
    """

    broken: tuple[Identity, ...]
    cells: tuple[str, ...]
    corrections: tuple[Correction, ...]
    certain: bool

    @property
    def code(self) -> str:
        return min(identity.code for identity in self.broken)

    def moved(self, values: Values) -> bool:
        """Whether the best correction moves one number from a column to another in one row."""
        if not self.corrections or len(self.corrections[0]) != 2:
            return False
        rows = {cell.rsplit(".", 1)[0] for cell in self.cells}
        return (
            len(rows) == 1 and sum(right - (values[c] or 0) for c, right in self.corrections[0].items()) == 0
        )


def localise(identities: Sequence[Identity], values: Values, steps: int = _STEPS) -> list[Fault]:
    """The faults in figures, by code and in the order of ``values``, which are as for :func:`identities.check`."""
    checked = check(identities, values)
    if not checked.broken:
        return []
    unknown = {identity for identity, _ in checked.unchecked}
    usable = tuple(identity for identity in identities if identity not in unknown)
    faults: list[Fault] = []
    for network in networks(usable):
        if not any(identity in network for identity in checked.broken):
            continue
        scale, figures = _integers(network, values)
        faults += (
            fault._replace(corrections=tuple(_unscaled(each, scale) for each in fault.corrections))
            for fault in _Network(network, figures, steps).faults()
        )
    order = {cell: at for at, cell in enumerate(values)}
    return sorted(faults, key=lambda fault: (fault.code, min(order[cell] for cell in fault.cells)))


def burden(identities: Sequence[Identity], values: Values) -> tuple[int, int]:
    """How much would have to be changed: cells, and the sum of the changes. To compare readings by."""
    cells = change = 0
    for fault in localise(identities, values, _WEIGHED):
        if fault.corrections:
            cells += len(fault.corrections[0])
            change += sum(abs(int(right) - int(values[c] or 0)) for c, right in fault.corrections[0].items())
        else:
            cells += len(fault.broken)
            change += sum(abs(int(identity.difference(values))) for identity in fault.broken)
    return cells, change


def _integers(identities: Iterable[Identity], values: Values) -> tuple[int, dict[str, int]]:
    """The figures of a network as whole numbers of the smallest unit written: (units in 1, figures)."""
    cells = {cell for identity in identities for cell in identity.cells}
    found = {cell: value or 0 for cell, value in values.items() if cell in cells}
    places = [-int(v.as_tuple().exponent) for v in found.values() if isinstance(v, Decimal)]
    scale = 10 ** max(0, *places) if places else 1
    return scale, {
        cell: v * scale if isinstance(v, int) else int(v.scaleb(_places(scale))) for cell, v in found.items()
    }


def _places(scale: int) -> int:
    return len(str(scale)) - 1


def _unscaled(correction: Correction, scale: int) -> Correction:
    """In the units of the report; what comes out whole is a whole number, as counts are."""
    if scale == 1:
        return correction
    places = _places(scale)
    return {
        cell: Decimal(f"{right}E-{places}") if int(right) % scale else int(right) // scale
        for cell, right in correction.items()
    }


@lru_cache(256)
def networks(identities: tuple[Identity, ...]) -> tuple[tuple[Identity, ...], ...]:
    """Groups of identities that share cells, directly or through others."""
    parent = list(range(len(identities)))

    def root(at: int) -> int:
        while parent[at] != at:
            parent[at] = at = parent[parent[at]]
        return at

    holder: dict[str, int] = {}
    for at, identity in enumerate(identities):
        for cell in identity.cells:
            parent[root(at)] = root(holder.setdefault(cell, at))
    groups: defaultdict[int, list[Identity]] = defaultdict(list)
    for at, identity in enumerate(identities):
        groups[root(at)].append(identity)
    return tuple(map(tuple, groups.values()))


def _layered(equalities: tuple[Identity, ...]) -> tuple[list[int], int]:
    """A layer for each equality, such that those of one layer share no cell, and the number of layers."""
    layers: list[set[str]] = []
    of = []
    for identity in equalities:
        cells = set(identity.cells)
        at = next((at for at, layer in enumerate(layers) if layer.isdisjoint(cells)), len(layers))
        layers[at:] = layers[at:] or [set()]
        layers[at] |= cells
        of.append(at)
    return of, len(layers)


class _Ties(Struct, frozen=True):
    """How identities that hang together are tied, whatever their figures."""

    equalities: tuple[Identity, ...]
    bounds: tuple[Identity, ...]
    lone: frozenset[str]
    """The totals of the equalities."""
    holding: Mapping[str, Mapping[int, int]]
    """For each cell the numbers of the equalities that it stands in, and its sign there."""
    footprint: Mapping[str, frozenset[int]]
    """For each cell those numbers alone."""
    layer: Sequence[int]
    """Of each equality, such that those of one layer share no cell."""
    layers: int


@lru_cache(256)
def _ties(identities: tuple[Identity, ...]) -> _Ties:
    equalities = tuple(identity for identity in identities if identity.relation == "=")
    holding: dict[str, dict[int, int]] = {cell: {} for identity in identities for cell in identity.cells}
    for number, identity in enumerate(equalities):
        for cell, sign in identity.terms:
            holding[cell][number] = sign
    return _Ties(
        equalities,
        tuple(identity for identity in identities if identity.relation != "="),
        frozenset(cell for identity in equalities for cell in identity.lone),
        holding,
        {cell: frozenset(held) for cell, held in holding.items()},
        *_layered(equalities),
    )


Changes = tuple[tuple[str, int], ...]
"""(cell, what is added to it), in the order of the cells."""


class _Network:
    """Identities that hang together, and the search for the fewest changes that make them hold."""

    def __init__(self, identities: tuple[Identity, ...], values: Mapping[str, int], steps: int) -> None:
        self.identities = identities
        self.values = values
        ties = _ties(identities)
        self.equalities, self.bounds, self.lone = ties.equalities, ties.bounds, ties.lone
        self.holding = ties.holding
        self.order = {cell: at for at, cell in enumerate(values) if cell in ties.holding}
        self.footprints: dict[frozenset[int], list[str]] = defaultdict(list)
        for cell in self.order:
            self.footprints[ties.footprint[cell]].append(cell)
        self.layer, self.layers = ties.layer, ties.layers
        self.budget = self.steps = steps
        self.seen: set[frozenset[tuple[str, int]]] = set()
        self.found: dict[Changes, None] = {}

    def difference(self, identity: Identity, changes: Mapping[str, int] = {}) -> int:
        return sum([sign * (self.values[cell] + changes.get(cell, 0)) for cell, sign in identity.terms])

    def faults(self) -> list[Fault]:
        gaps = [self.difference(identity) for identity in self.equalities]
        faults = self.weighed(self.of_equalities({number: gap for number, gap in enumerate(gaps) if gap}))
        mended: dict[str, int] = {}
        for fault in faults:
            for cell, right in (fault.corrections[0] if fault.corrections else {}).items():
                mended[cell] = int(right) - self.values[cell]
        for bound in self.bounds:
            if not bound.holds(self.difference(bound)) and not bound.holds(self.difference(bound, mended)):
                faults.append(Fault((bound,), bound.cells, (), False))
        return faults

    def weighed(self, faults: list[Fault]) -> list[Fault]:
        """Certain no longer where another set, not quite as small, is nearly as likely."""
        changed = sum(len(each.corrections[0]) if each.corrections else len(each.broken) for each in faults)
        return [each._replace(certain=each.certain and not self.doubtful(each, changed)) for each in faults]

    def doubtful(self, fault: Fault, changed: int) -> bool:
        """Whether a correction is one of many, is of many cells, is not borne out by two identities for each of its
        cells, or among others adds only 1, is no slip of the pen or has rivals: mistakes elsewhere would look the same.

        A number moved to another column is borne out by the total of its row too, where nothing else is wrong."""
        best = fault.corrections[0]
        alone = changed == len(best)
        moved = alone and len(fault.broken) == len(best) and fault.moved(self.values)
        if changed > _FEW or len(best) > _AT_ONCE or (len(fault.broken) < 2 * len(best) and not moved):
            return True
        if alone:
            return False
        figures = [(self.values[cell], int(right)) for cell, right in best.items()]
        plain = all(is_slip(str(wrong), str(right)) and abs(right - wrong) > 1 for wrong, right in figures)
        return (changed == _FEW and not plain) or self.rivals(fault) > _RIVALS

    def rivals(self, fault: Fault) -> int:
        """How many corrections of three cells, all of them slips of the pen, would do instead of one."""
        if len(fault.broken) != 2:
            return 0
        first, second = (self.equalities.index(identity) for identity in fault.broken)
        lacking = {number: self.difference(self.equalities[number]) for number in (first, second)}
        found = 0
        for cell, added in self.slips(first, lacking):
            still = self.changed(lacking, cell, added)
            for other, more in self.slips(second, still) if len(still) == 2 else ():
                after = self.changed(still, other, more)
                for last, rest in self.slips(min(after), after) if len(after) == 2 else ():
                    found += not self.changed(after, last, rest)
        return found

    def slips(self, number: int, lacking: Mapping[int, int]) -> Iterator[tuple[str, int]]:
        """The changes that make an equality hold and are slips of the pen."""
        for cell, sign in self.equalities[number].terms:
            added = -lacking[number] * sign
            right = self.values[cell] + added
            if right >= 0 and is_slip(str(self.values[cell]), str(right)):
                yield cell, added

    def of_equalities(self, lacking: Mapping[int, int]) -> list[Fault]:
        if not lacking:
            return []
        many = self.least(lacking) > _MANY
        solutions = [] if many and self.obvious(lacking) else self.smallest(lacking)
        if solutions:
            return [self.fault(part, solutions, lacking) for part in self.parts(solutions[0])]
        clear = self.obvious(lacking)
        if clear is None:
            return self.unexplained(lacking)
        if not many:
            self.steps = self.budget = self.budget // 2
        fault = self.fault(clear, [clear], lacking)
        return [fault, *self.of_equalities(self.changed(lacking, *clear[0]))]

    def smallest(self, lacking: Mapping[int, int]) -> list[Changes]:
        """The corrections of the fewest cells, the likeliest first; none where the search was given up."""
        for size in range(self.least(lacking), len(lacking) + 1):
            self.seen.clear()
            self.search(lacking, {}, size)
            if self.found or self.steps <= 0:
                break
        return sorted(self.found, key=self.cost)

    def least(self, lacking: Iterable[int]) -> int:
        """No fewer changes can do: identities of one layer share no cell, so each needs its own."""
        counts = [0] * self.layers
        for number in lacking:
            counts[self.layer[number]] += 1
        return max(counts)

    def search(self, lacking: Mapping[int, int], changes: Mapping[str, int], left: int) -> None:
        """Find every set of ``left`` further changes after which no equality lacks anything."""
        if left == 1:
            self.last(lacking, changes)
            return
        for number, gap in lacking.items():
            for cell, sign in self.equalities[number].terms:
                added = -gap * sign
                if cell in changes or self.values[cell] + added < 0:
                    continue
                after = {**changes, cell: added}
                state = frozenset(after.items())
                if state in self.seen:
                    continue
                self.steps -= 1
                if self.steps <= 0 or len(self.found) >= _MOST:
                    return
                self.seen.add(state)
                still = self.changed(lacking, cell, added)
                if still and self.least(still) < left:
                    self.search(still, after, left - 1)

    def last(self, lacking: Mapping[int, int], changes: Mapping[str, int]) -> None:
        """The cells that stand in just the equalities that still lack something, and lack the same in all."""
        number, gap = next(iter(lacking.items()))
        for cell in self.footprints.get(frozenset(lacking), ()):
            added = -gap * self.holding[cell][number]
            if cell in changes or self.values[cell] + added < 0 or self.changed(lacking, cell, added):
                continue
            solution = {**changes, cell: added}
            if self.lawful(solution):
                self.found[tuple(sorted(solution.items(), key=lambda change: self.order[change[0]]))] = None

    def changed(self, lacking: Mapping[int, int], cell: str, added: int) -> dict[int, int]:
        """What the equalities lack after a change."""
        after = dict(lacking)
        for number, sign in self.holding[cell].items():
            gap = after.pop(number, 0) + sign * added
            if gap:
                after[number] = gap
        return after

    def lawful(self, solution: Mapping[str, int]) -> bool:
        """Whether the changes break no inequality that held."""
        return all(
            not bound.holds(self.difference(bound)) or bound.holds(self.difference(bound, solution))
            for bound in self.bounds
        )

    def cost(self, solution: Changes) -> tuple[int, ...]:
        """The likelier correction costs less: slips of the pen, small changes, not of a 0, of totals."""
        after = dict(solution)
        bounds = sum(not bound.holds(self.difference(bound, after)) for bound in self.bounds)
        figures = [(self.values[cell], self.values[cell] + added) for cell, added in solution]
        return (
            bounds,
            sum(not is_slip(str(wrong), str(right)) for wrong, right in figures),
            sum(abs(added) for _, added in solution),
            sum(wrong == 0 for wrong, _ in figures),
            sum(cell not in self.lone for cell, _ in solution),
            *(self.order[cell] for cell, _ in solution),
        )

    def parts(self, solution: Changes) -> list[Changes]:
        """A correction as its independent mistakes: changes that share no equality."""
        parts: list[tuple[set[int], list[tuple[str, int]]]] = []
        for cell, added in solution:
            touched, members = set(self.holding[cell]), [(cell, added)]
            for part in [part for part in parts if part[0] & touched]:
                parts.remove(part)
                touched |= part[0]
                members = part[1] + members
            parts.append((touched, members))
        return [tuple(members) for _, members in parts]

    def fault(self, part: Changes, solutions: Sequence[Changes], lacking: Mapping[int, int]) -> Fault:
        touched = {number for cell, _ in part for number in self.holding[cell] if number in lacking}
        others = [
            tuple(change for change in solution if not touched.isdisjoint(self.holding[change[0]]))
            for solution in solutions
        ]
        distinct = list(dict.fromkeys([part, *others]))
        return Fault(
            tuple(self.equalities[number] for number in sorted(touched)),
            tuple(cell for cell, _ in part),
            tuple({cell: self.values[cell] + added for cell, added in other} for other in distinct),
            len(distinct) == 1 and self.steps > 0,
        )

    def obvious(self, lacking: Mapping[int, int]) -> Changes | None:
        """A cell that alone mends two or more equalities, all that it stands in, and has no rival."""
        for number, gap in lacking.items():
            rivals = []
            for cell, sign in self.equalities[number].terms:
                held, added = self.holding[cell], -gap * sign
                mends = all(n in lacking and lacking[n] + s * added == 0 for n, s in held.items())
                if mends and len(held) > 1 and self.values[cell] + added >= 0 and self.lawful({cell: added}):
                    rivals.append((cell, added))
            if len(rivals) == 1:
                return tuple(rivals)
        return None

    def unexplained(self, lacking: Mapping[int, int]) -> list[Fault]:
        """Where no correction was found: the broken equalities that share cells, those cells first."""
        faults = []
        for group in networks(tuple(self.equalities[number] for number in lacking)):
            counts = Counter(cell for identity in group for cell in identity.cells)
            most = max(counts.values())
            cells = sorted((cell for cell in counts if counts[cell] == most), key=self.order.__getitem__)
            faults.append(Fault(tuple(group), tuple(cells), (), False))
        return faults


def is_slip(wrong: str, right: str) -> bool:
    """Whether one slip of the pen makes the other figure: a digit changed, dropped, added, or two swapped."""
    if len(wrong) == len(right):
        differing = [at for at in range(len(wrong)) if wrong[at] != right[at]]
        if len(differing) == 2:
            first, second = differing
            return second == first + 1 and wrong[first] == right[second] and wrong[second] == right[first]
        return len(differing) == 1
    longer, shorter = (wrong, right) if len(wrong) > len(right) else (right, wrong)
    at = next((at for at, digit in enumerate(shorter) if digit != longer[at]), len(shorter))
    return longer[:at] + longer[at + 1 :] == shorter
