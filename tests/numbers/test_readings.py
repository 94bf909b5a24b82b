"""Run-together digits: what is read as certain is right, and no digits are too strange to be read."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from making.figures import tables

from govlint.numbers.identities import check
from govlint.numbers.localise import localise
from govlint.numbers.readings import Readings, read
from govlint.numbers.splits import Run
from govlint.template import loader as template

TEMPLATE = template.load("ogi-2021")
IDENTITIES = TEMPLATE.identities
ROWS = TEMPLATE.tables["applications"].rows


def run_of(prefix: str, *parts: str) -> Run:
    """A run for every cell of a table or row."""
    return Run(tuple(cell for cell in TEMPLATE.addresses if cell.startswith(f"{prefix}.")), parts)


def read_table(**rows: str) -> Readings:
    """Read a table 3 whose other rows have no applications; spaces are borders."""
    digits = [rows.get(row, "0000000") for row in ROWS]
    runs = [run_of(f"applications.{row}", *text.split()) for row, text in zip(ROWS, digits, strict=True)]
    return read(runs, {}, IDENTITIES)


def figures(readings: Readings, row: str) -> list[int]:
    return [value for cell, value in readings.values.items() if cell.startswith(f"{row}.")]


def uncertain(readings: Readings) -> set[str]:
    return {cell.removeprefix("applications.") for cell in readings.uncertain}


@pytest.mark.parametrize(
    ("digits", "expected"),
    [
        ("0000000", [0, 0, 0, 0, 0, 0, 0]),
        ("841000287", [84, 1, 0, 0, 0, 2, 87]),
        ("10 00000 10", [10, 0, 0, 0, 0, 0, 10]),
        ("12 340 0 0 0 46", [12, 34, 0, 0, 0, 0, 46]),
    ],
)
def test_a_row_by_its_own_total(digits: str, expected: list[int]) -> None:
    run = run_of("applications.granted", *digits.split())
    readings = read([run], {}, IDENTITIES)
    assert sum(readings.lengths[0]) == len("".join(run.parts))
    assert figures(readings, "applications.granted") == expected
    assert not readings.uncertain


OPEN = "2340011139"
"""Alone it is 23, 4, 0, 0, 1, 11, 39 or 23, 4, 0, 0, 11, 1, 39."""


def test_columns_settle_what_a_row_leaves_open() -> None:
    readings = read_table(new_received=OPEN, granted="23 4 0 0 1 11 39", outcome_total=OPEN)
    assert figures(readings, "applications.new_received") == [23, 4, 0, 0, 1, 11, 39]
    assert not readings.uncertain
    assert not readings.others


def test_rows_open_in_different_columns_are_settled_apart() -> None:
    readings = read_table(
        new_received="24 15 0 0 1 11 51",
        granted=OPEN,
        declined_repeated="111000012",
        outcome_total="24 15 0 0 1 11 51",
    )
    assert figures(readings, "applications.granted") == [23, 4, 0, 0, 1, 11, 39]
    assert figures(readings, "applications.declined_repeated") == [1, 11, 0, 0, 0, 0, 12]
    assert not readings.uncertain


def test_what_columns_leave_open_is_uncertain() -> None:
    readings = read_table(new_received=OPEN, granted=OPEN, outcome_total=OPEN)
    rows = ("new_received", "granted", "outcome_total")
    assert uncertain(readings) == {f"{row}.{kind}" for row in rows for kind in ("legal_service", "other")}
    assert check(IDENTITIES, readings.values).broken == []
    assert [len(others) for others in readings.others.values()] == [1, 1, 1]


def test_of_many_readings_the_first_is_one_that_holds() -> None:
    """Three of six rows have 1 and 11, three 11 and 1: which is open."""
    total = "138 24 0 0 36 36 234"
    rows = list(ROWS)[2:8]
    readings = read_table(**dict.fromkeys(rows, OPEN), outcome_total=total, new_received=total)
    assert check(IDENTITIES, readings.values).broken == []
    assert uncertain(readings) == {f"{row}.{kind}" for row in rows for kind in ("legal_service", "other")}


def test_unbalanced_tables_are_read_with_the_smallest_correction() -> None:
    readings = read_table(new_received=OPEN, granted="2340001239", outcome_total="2340001239")
    assert figures(readings, "applications.new_received") == [23, 4, 0, 0, 1, 11, 39]
    assert uncertain(readings) == {"new_received.legal_service", "new_received.other"}
    assert list(readings.others.values()) == [[(23, 4, 0, 0, 11, 1, 39)]]
    (fault,) = localise(IDENTITIES, readings.values)
    assert (fault.code, fault.moved(readings.values)) == ("N003", True)


@pytest.mark.parametrize("row", ["granted", "new_received", "outcome_total"])
@pytest.mark.parametrize("wrong", ["2340001238", "2340001139", "2440001239", "23400012390"])
def test_a_wrong_figure_in_a_run_is_found(row: str, wrong: str) -> None:
    rows = dict.fromkeys(("granted", "new_received", "outcome_total"), "2340001239")
    readings = read_table(**{**rows, row: wrong})
    (fault,) = localise(IDENTITIES, readings.values)
    assert len(fault.corrections[0]) == 1
    assert fault.cells[0].startswith(f"applications.{row}.")


def test_readings_that_need_as_much_corrected_stay_open() -> None:
    readings = read_table(new_received="1100112", other_reason="11100013")
    assert figures(readings, "applications.other_reason") == [1, 11, 0, 0, 0, 1, 3]
    assert uncertain(readings) == {"other_reason.natural_person", "other_reason.business"}


def test_known_figures_take_part() -> None:
    known: dict[str, int | None] = dict.fromkeys(TEMPLATE.addresses, 0)
    columns = list(TEMPLATE.tables["applications"].columns)
    for row in ("granted", "outcome_total"):
        known |= {
            f"applications.{row}.{c}": v for c, v in zip(columns, (23, 4, 0, 0, 1, 11, 39), strict=True)
        }
    known["applications.carried_in.business"] = None
    run = run_of("applications.new_received", OPEN)
    for cell in run.cells:
        del known[cell]
    readings = read([run], known, IDENTITIES)
    assert figures(readings, "applications.new_received") == [23, 4, 0, 0, 1, 11, 39]
    assert not readings.uncertain


def test_one_run_over_three_rows() -> None:
    readings = read([run_of("review_litigation", "1200315" + "11024" + "00000")], {}, IDENTITIES)
    assert figures(readings, "review_litigation.review") == [12, 0, 0, 3, 15]
    assert figures(readings, "review_litigation.litigation_direct") == [1, 1, 0, 2, 4]
    assert not readings.uncertain


def test_without_equalities_nothing_is_certain() -> None:
    run = run_of("proactive.normative_documents", "2913")
    readings = read([run], {}, IDENTITIES)
    assert figures(readings, "proactive.normative_documents") == [2, 9, 13]
    assert readings.uncertain == set(run.cells)
    readings = read([run_of("proactive.regulations", "000")], {}, IDENTITIES)
    assert not readings.uncertain


@settings(max_examples=40, deadline=None)
@given(tables())
def test_a_flattened_table_is_read_right_or_declared_uncertain(values: dict[str, int]) -> None:
    runs = [
        run_of(f"applications.{row}", "".join(str(values[f"applications.{row}.{c}"]) for c in spec.columns))
        for row, spec in ROWS.items()
    ]
    readings = read(runs, {}, IDENTITIES)
    wrong = {cell for cell, value in values.items() if readings.values[cell] != value}
    assert wrong <= readings.uncertain
    assert check(IDENTITIES, readings.values).broken == []


DIGITS = st.text("0123456789", min_size=1, max_size=30)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(DIGITS, min_size=1, max_size=7), min_size=1, max_size=6))
def test_any_digits_are_read(rows: list[list[str]]) -> None:
    runs = [run_of(f"applications.{row}", *parts) for row, parts in zip(ROWS, rows, strict=False)]
    readings = read(runs, {}, IDENTITIES)
    assert set(readings.values) == {cell for run in runs for cell in run.cells}
    for run, lengths in zip(runs, readings.lengths, strict=True):
        assert sum(lengths) == len("".join(run.parts))
        ends = {sum(lengths[: at + 1]) for at in range(len(lengths))}
        if len("".join(run.parts)) >= len(run.cells):
            assert {len("".join(run.parts[: at + 1])) for at in range(len(run.parts))} <= ends


@pytest.mark.parametrize(
    "digits",
    ["9" * 60, "10" * 30, "1230012314", "0" * 60, "8" * 1_000_000, "1" * 5_000],
    ids=lambda d: str(len(d)),
)
def test_what_is_too_much_to_search_is_uncertain(digits: str) -> None:
    runs = [run_of(f"applications.{row}", digits) for row in list(ROWS)[:: 1 if len(digits) < 100 else 12]]
    readings = read(runs, {}, IDENTITIES)
    assert readings.uncertain == {cell for run in runs for cell in run.cells}
    assert all(sum(lengths) == len(digits) for lengths in readings.lengths)


@pytest.mark.parametrize(("digits", "is_number"), [(4000, True), (4001, False)])
def test_a_figure_of_very_many_digits_among_others(digits: int, is_number: bool) -> None:
    """What is too long to be a number says nothing of the other rows."""
    readings = read_table(new_received=OPEN, granted="1" * digits + " 4 0 0 1 11 39", outcome_total=OPEN)
    first, *others = figures(readings, "applications.granted")
    assert others == [4, 0, 0, 1, 11, 39]
    assert readings.lengths[2] == (digits, 1, 1, 1, 1, 2, 2)
    assert first == (int("1" * digits) if is_number else 0)
    assert ("granted.natural_person" in uncertain(readings)) is not is_number
    assert ("new_received.other" in uncertain(readings)) is not is_number


def test_a_run_that_nothing_ties_comes_before_those_that_are_tied() -> None:
    loose = run_of("proactive.normative_documents", "2913")
    tied = [run_of(f"applications.{row}", OPEN) for row in ("granted", "outcome_total")]
    known = dict.fromkeys(TEMPLATE.addresses, 0)
    columns = list(TEMPLATE.tables["applications"].columns)
    row = zip(columns, (23, 4, 0, 0, 1, 11, 39), strict=True)
    known |= {f"applications.new_received.{column}": value for column, value in row}
    readings = read([loose, *tied], known, IDENTITIES)
    assert readings.uncertain == set(loose.cells)
