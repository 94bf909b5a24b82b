"""The quality benchmark measures what it says: clean reports are clean, mistakes are mistakes, counts are right."""

from __future__ import annotations

from collections import Counter

import pytest

import govlint
from benchmarks.quality.build import build
from benchmarks.quality.cases import BY_NAME, HABIT_BY_NAME, LAYOUT_BY_NAME, Case, Made, Sizes, cases, make
from benchmarks.quality.defects import DEFECTS, Expected
from benchmarks.quality.facts import BOUND, bound
from benchmarks.quality.figures import broken
from benchmarks.quality.layouts import LAYOUTS, text
from benchmarks.quality.layouts.grid import boxes, size
from benchmarks.quality.page import Run, write_page
from benchmarks.quality.run import damaged
from benchmarks.quality.score import Alarm, Hit, Outcome, score
from benchmarks.quality.tally import by_rule, readings, total

SEEDS = [str(seed) for seed in range(40)]
RULES = {rule.code: rule for rule in govlint.all_rules()}


@pytest.mark.parametrize("seed", SEEDS)
def test_clean_reports_satisfy_the_identities_and_their_prose_says_what_the_tables_say(seed: str) -> None:
    report = build(seed)
    assert broken(report.figures, report.edition) == []
    assert report.written() == report.figures
    for slot in BOUND:
        for _, said in report.said(slot):
            _, cells = bound(slot, report.edition)
            assert int(said.text) == sum(report.figures[cell] for cell in cells), slot


def test_a_seed_names_a_report() -> None:
    assert text.bars(build("7")) == text.bars(build("7")) != text.bars(build("8"))


@pytest.mark.parametrize("name", [*BY_NAME, *HABIT_BY_NAME])
def test_every_kind_changes_the_document(name: str) -> None:
    kind = BY_NAME.get(name) or HABIT_BY_NAME[name]
    made, before = _first(name)
    after = text.bars(made.report).encode()
    assert damaged(made, after) != before
    assert bool(made.expected) == (name in BY_NAME)
    assert {code for e in made.expected for code in e.code.split("|")} <= set(RULES)
    for expected in made.expected:
        for cell in {cell for correction in expected.corrections for cell in correction}:
            assert cell in made.report.figures, cell
        if expected.at and not kind.damage:
            assert expected.at in after.decode()


def _first(name: str) -> tuple[Made, bytes]:
    """A report with the kind in it, and the same report's text without."""
    made = make(Case("single" if name in BY_NAME else "habit", "bars", (name,), "t"))
    attempt = next(n for n in range(400) if build(f"t/{n}").figures == made.report.figures)
    return made, text.bars(build(f"t/{attempt}")).encode()


def test_wrong_figures_break_an_identity_that_is_expected() -> None:
    for name in (name for name in BY_NAME if name.startswith("figure")):
        made, _ = _first(name)
        figures = {a: v for a, v in made.report.written().items() if v is not None}
        codes = {identity.code for identity in broken(figures, made.report.edition)}
        assert {expected.code for expected in made.expected} <= codes, name
        for expected in made.expected if len(made.expected) == 1 else []:
            for correction in expected.corrections:
                assert broken(figures | correction, made.report.edition) == [], name


@pytest.mark.parametrize("seed", SEEDS[:6])
def test_boxes_tile_the_grid(seed: str) -> None:
    report = build(seed)
    for key in ("proactive", "applications", "review_litigation"):
        drawn = boxes(report.table(key))
        height, width = size(drawn)
        places = Counter(
            (row, column)
            for box in drawn
            for row in range(box.row, box.row + box.height)
            for column in range(box.column, box.column + box.width)
        )
        assert set(places) == {(row, column) for row in range(height) for column in range(width)}
        assert set(places.values()) == {1}


@pytest.mark.parametrize(
    "layout", [layout for layout in LAYOUTS if not layout.needs], ids=lambda layout: layout.name
)
def test_layouts_are_read(layout) -> None:
    made = make(Case("clean", layout.name, (), "read"))
    (data,) = layout.draw([made.report])
    outcome = score(made, govlint.check(data, name=f"a{layout.suffix}", config=None))
    assert outcome.cells["right"] > 100
    assert outcome.metadata["year"] == "right"


# Scoring


def _finding(code: str, **said: object) -> govlint.Finding:
    return RULES[code].finding(None, message=govlint.Words("", ""), **said)


def _scored(expected: list[Expected], *findings: govlint.Finding) -> Outcome:
    made = make(Case("clean", "bars", (), "score"))
    made.expected = expected
    return score(made, govlint.Result("a.txt", findings=list(findings)))


CELL, OTHER = "applications.granted.total", "applications.granted.other"
RIGHT = Expected("N001", [{CELL: 5}])


@pytest.mark.parametrize(
    ("expected", "found", "hits", "alarms"),
    [
        (RIGHT, [], [Hit("N001", False)], []),
        (RIGHT, [("N001", (CELL,), 5)], [Hit("N001", True, True, "right")], []),
        (RIGHT, [("N001", (CELL,), 6)], [Hit("N001", True, True, "wrong")], []),
        (RIGHT, [("N001", (OTHER,), None)], [Hit("N001", True, False, "none")], []),
        (RIGHT, [("N002", (CELL,), 5)], [Hit("N001", False)], ["N002"]),
        (
            RIGHT,
            [("N001", (OTHER,), None), ("N001", (CELL,), 5)],
            [Hit("N001", True, True, "right")],
            ["N001"],
        ),
        (Expected("S005|T001"), [("T001", (), None)], [Hit("T001", True)], []),
    ],
)
def test_scoring(expected: Expected, found: list, hits: list[Hit], alarms: list[str]) -> None:
    from govlint.rule import Suggestion

    findings = [
        _finding(code, cells=cells, suggestion=None if value is None else Suggestion({cells[0]: value}))
        for code, cells, value in found
    ]
    outcome = _scored([expected], *findings)
    assert outcome.hits == hits
    assert [alarm.code for alarm in outcome.alarms] == alarms


def test_counts() -> None:
    case = Case("single", "bars", ("count-unit",), "")
    clean = Case("clean", "bars", (), "")
    outcomes = [
        Outcome(case, [Hit("N001", True, True, "right"), Hit("C001", False)], cells={"right": 3, "wrong": 1}),
        Outcome(case, [Hit("N001", True, False, "none")], [Alarm("N001", "")], {"right": 4}),
        Outcome(clean, [], [Alarm("W002", "")], {"right": 4}, {"agency": "wrong"}),
        Outcome(clean, passed=True),
    ]
    rules = by_rule(outcomes)
    assert (rules["N001"].recall, rules["N001"].precision) == (1, 2 / 3)
    assert (rules["N001"].placed, rules["N001"].right_values) == (1 / 2, 1 / 2)
    assert (rules["C001"].recall, rules["C001"].precision, rules["W002"].precision) == (0, None, 0)
    assert (total(outcomes).expected, total(outcomes).alarms) == (3, 2)
    reading = readings(outcomes)["bars"]
    assert (reading.clean, reading.alarmed, reading.passed, reading.cells["wrong"]) == (2, 1, 1, 1)
    assert reading.metadata["agency"] == {"wrong": 1}
    page = write_page(Run("python -m benchmarks.quality", "2030-01-01", "9", []), outcomes)
    assert "0.666" in page
    assert "python -m benchmarks.quality" in page


def test_every_kind_is_planned_once_in_each_layout_that_can_show_it() -> None:
    planned = list(cases([LAYOUT_BY_NAME["bars"], LAYOUT_BY_NAME["xlsx-tables"]], Sizes(2, 1, 1, 3), "1"))
    assert Counter(case.group for case in planned if case.layout == "bars") == {
        "clean": 2,
        "habit": len(HABIT_BY_NAME),
        "single": sum(not kind.suffixes for kind in DEFECTS),
        "several": 3,
    }
    names = {name for case in planned if case.layout == "xlsx-tables" for name in case.names}
    assert "blank-cell" in names
    assert "section-moved" not in names


def test_several_defects_touch_different_parts() -> None:
    for n in range(8):
        made = make(Case("several", "bars", (), f"several{n}"))
        assert len(made.defects) > 1
        parts = [part for kind in made.defects for part in kind.touches]
        assert len(parts) == len(set(parts))
        assert len(made.expected) >= len(made.defects)


def test_reports_differ_in_style() -> None:
    drawn = [build(seed) for seed in SEEDS]
    assert len({report.agency.kind for report in drawn}) >= 4
    assert {report.edition for report in drawn} == {"ogi-2019", "ogi-2021"}
