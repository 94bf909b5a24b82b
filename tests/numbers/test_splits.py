"""Run-together digits, held to brute force: every way to part them that there is, and no other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from govlint.numbers.identities import Identity, check
from govlint.numbers.localise import burden
from govlint.numbers.readings import read
from govlint.numbers.splits import Run, Splits, consistent, every, near
from govlint.template.identity_language import load
from govlint.template.model import RowSpec, TableSpec

NAMES = tuple("abcdef")
ROWS = ("one", "two", "all")
TABLE = {
    "t": TableSpec(
        "t", "t", {row: RowSpec(row, row, NAMES) for row in ROWS}, dict(zip(NAMES, NAMES, strict=True))
    )
}
TIES = {
    "the total last": "c = a + b",
    "the total first": "a = b + c",
    "a cell before, the total last": "d = b + c",
    "a cell before, the total first": "b = c + d",
    "of two, first": "a = b",
    "a difference": "a = b - c",
    "a total among its summands": "b = a + c",
    "two groups": "c = a + b; d = e + f",
    "two groups, the total last, with a cell between": "b = a; f = d + e",
    "groups that share a cell": "c = a + b; c = d + e",
    "one group within another": "f = a + e; d = b + c",
    "with a hole": "d = a + b",
}  # fmt: skip


def ties(told: str, row: str = "one") -> tuple[Identity, ...]:
    return load("\n".join(f"N001 for row in t[{row}]: {each}" for each in told.split("; ")), TABLE)


def parted(run: Run) -> Iterator[tuple[int, ...]]:
    """Every way to give each cell one or more digits, no leading zero and no border within."""
    borders = {sum(map(len, run.parts[:at])) for at in range(len(run.parts))}

    def rest(start: int, cells: int) -> Iterator[tuple[int, ...]]:
        if cells == 0:
            if start == len(run.digits):
                yield ()
            return
        for end in range(start + 1, len(run.digits) + 1):
            if (run.digits[start] == "0" and end > start + 1) or any(start < at < end for at in borders):
                break
            for more in rest(end, cells - 1):
                yield (int(run.digits[start:end]), *more)

    return rest(0, len(run.cells))


def values(splits: Splits) -> list[tuple[int, ...]]:
    assert splits.complete
    return sorted(split.values for split in splits.of)


def holding(run: Run, within: Sequence[Identity]) -> list[tuple[int, ...]]:
    def holds(figures: tuple[int, ...]) -> bool:
        return not check(within, dict(zip(run.cells, figures, strict=True))).broken

    return sorted(filter(holds, parted(run)))


def groups(run: Run, within: Sequence[Identity]) -> list[list[Identity]]:
    """Identities whose cells lie among each other's."""
    found: list[tuple[int, list[Identity]]] = []
    for first, last, each in sorted(
        (min(at), max(at), each) for each in within if (at := [run.cells.index(cell) for cell in each.cells])
    ):
        if found and first <= found[-1][0]:
            found[-1] = (max(last, found[-1][0]), [*found[-1][1], each])
        else:
            found.append((last, [each]))
    return [members for _, members in found]


@st.composite
def runs(draw: st.DrawFn, told: str = "c = a + b", row: str = "one") -> Run:
    """Figures that mostly come to their totals, with or without borders."""
    figures = dict.fromkeys(NAMES, 0) | {
        name: draw(st.one_of(st.integers(0, 12), st.integers(0, 130))) for name in NAMES
    }
    for each in told.split("; "):
        total, summands = each.split(" = ")
        if draw(st.integers(0, 5)):
            figures[total] = max(0, eval(summands, {}, figures))
    texts = [str(figures[name])[:3] for name in NAMES]
    assume(len("".join(texts)) <= 12)
    parts = [texts[0]]
    for text in texts[1:]:
        if draw(st.integers(0, 4)):
            parts[-1] += text
        else:
            parts.append(text)
    return Run(tuple(f"t.{row}.{name}" for name in NAMES), tuple(parts))


@pytest.mark.parametrize("told", TIES.values(), ids=TIES)
@settings(max_examples=20, deadline=None)
@given(data=st.data())
def test_the_splits_are_all_that_hold(told: str, data: st.DataObject) -> None:
    run, within = data.draw(runs(told)), ties(told)
    naive = sorted(parted(run))
    assert values(every(run)) == naive
    right = holding(run, within)
    if not right:  # one group of cells may be wrong, not all
        apart = groups(run, within)
        others = [[each for other in apart if other is not group for each in other] for group in apart]
        right = sorted(figures for rest in others if rest for figures in holding(run, rest))
    assert values(consistent(run, within)) == (right or naive)


@settings(max_examples=50, deadline=None)
@given(runs(), st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), min_size=6, max_size=6))
def test_all_but_one_figure_within_bounds(run: Run, drawn: list[tuple[int, int]]) -> None:
    bounds = [(min(pair), max(pair)) for pair in drawn]
    right = [
        figures
        for figures in parted(run)
        if sum(not least <= one <= most for one, (least, most) in zip(figures, bounds, strict=True)) <= 1
    ]
    found = near(run, bounds)
    assert values(found) == sorted(right) if right else found.crude


COLUMNS = ("a", "b", "c")
GRID = load(
    "N001 for row in t: c = a + b\nN002 for column in t: all = one + two",
    {"t": TableSpec("t", "t", {row: RowSpec(row, row, COLUMNS) for row in ROWS}, {c: c for c in COLUMNS})},
)


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.sampled_from([0, 0, 1, 1, 2, 9, 10, 11, 12, 21]), min_size=4, max_size=4),
    st.sampled_from([None, *product(range(3), range(3))]),
    st.lists(st.booleans(), min_size=6, max_size=6),
)
def test_the_readings_of_a_table_are_all_that_hold(
    figures: list[int], wrong: tuple[int, int] | None, borders: list[bool]
) -> None:
    """Where none does, one is the best that needs fewest figures corrected."""
    a, b, c, d = figures
    rows = [[a, b, a + b], [c, d, c + d], [a + c, b + d, a + b + c + d]]
    if wrong:
        rows[wrong[0]][wrong[1]] += 3
    runs = []
    for row, name in enumerate(ROWS):
        text = str(rows[row][0])
        for column in (1, 2):
            text += " " * borders[row * 2 + column - 1] + str(rows[row][column])
        runs.append(Run(tuple(f"t.{name}.{column}" for column in COLUMNS), tuple(text.split())))
    readings = read(runs, {}, GRID)
    ways = list(product(*(list(parted(run)) for run in runs)))
    exact = [way for way in ways if not check(GRID, figured(runs, way)).broken]
    found = tuple(tuple(readings.values[cell] for cell in run.cells) for run in runs)
    if not exact:
        weights = [burden(GRID, figured(runs, way))[0] for way in ways]
        assert burden(GRID, readings.values)[0] == min(weights)
        return
    assert found in exact
    for at, run in enumerate(runs):
        assert {found[at], *readings.others.get(at, ())} == {way[at] for way in exact}
        given = zip(run.cells, *(way[at] for way in exact), strict=True)
        assert readings.uncertain & set(run.cells) == {cell for cell, *each in given if len(set(each)) > 1}


def figured(runs: Sequence[Run], way: Sequence[Sequence[int]]) -> dict[str, int]:
    return {
        cell: one
        for run, row in zip(runs, way, strict=True)
        for cell, one in zip(run.cells, row, strict=True)
    }
