"""Rules N001 to N006 and T008, entered through ``linter.check``."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pathlib import Path

import pytest

from govlint.document import Document
from govlint.linting import linter
from govlint.linting.settings import Settings
from govlint.parsing.parser import parse
from govlint.result import Result
from govlint.rule import Example, Finding, Rule
from govlint.template import loader as template

MODEL = Path(__file__).parents[2] / "grammars" / "model-ogi-2021.txt"
RULES = {
    "N001": "numbers.n001_row_total",
    "N002": "numbers.n002_outcome_total",
    "N003": "numbers.n003_applications_balance",
    "N004": "numbers.n004_review_total",
    "N005": "numbers.n005_in_force_too_small",
    "T008": "tables.t008_ambiguous_digits",
}


def rule_of(code: str) -> Rule:
    rule = import_module(f"govlint.rules.{RULES[code]}").rule
    assert isinstance(rule, Rule)
    return rule


@cache
def model() -> str:
    return MODEL.read_text("utf-8")


def check(text: str) -> Result:
    return linter.check_bytes(text.encode(), "report.txt", Settings())


def of_numbers(result: Result) -> list[Finding]:
    return [finding for finding in result.findings if finding.code in ("T008", *RULES, "N006")]


def changed(*changes: tuple[str, str]) -> str:
    text = model()
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def row(label: str, figures: str) -> str:
    """The model's line of a label, with other figures."""
    line = next(line for line in model().splitlines() if f"{label} |" in line)
    return line[: line.index(label) + len(label)] + " | " + " | ".join(figures.split())


def with_rows(**rows: str) -> str:
    text = model()
    for key, figures in rows.items():
        label = template.load("ogi-2021").tables["applications"].rows[key].label
        line = next(line for line in model().splitlines() if f"{label} |" in line)
        text = text.replace(line, row(label, figures))
    return text


def test_the_model_has_no_finding_of_numbers() -> None:
    result = check(model())
    assert of_numbers(result) == []
    assert [u for u in result.unchecked if u.code[0] == "N"] == []


@pytest.mark.parametrize(
    ("code", "example"), [(code, example) for code in RULES for example in rule_of(code).bad]
)
def test_bad_examples(code: str, example: Example) -> None:
    found = of_numbers(check(changed((example.instead_of, example.text))))
    assert [finding.code for finding in found] == [code]
    assert found[0].cells[: len(example.cells)] == example.cells
    span = found[0].span
    assert span is not None
    assert (example.marks or "") in changed((example.instead_of, example.text))[span.start : span.end]


@pytest.mark.parametrize(
    ("code", "example"), [(code, example) for code in RULES for example in rule_of(code).good]
)
def test_good_examples(code: str, example: Example) -> None:
    assert of_numbers(check(changed((example.instead_of, example.text)))) == []


def test_one_cell_that_breaks_three_identities_is_one_certain_finding() -> None:
    (found,) = of_numbers(check(with_rows(outcome_total="11 2 0 0 1 0 15")))
    assert (found.code, found.certainty) == ("N001", "certain")
    assert found.cells == ("applications.outcome_total.total",)
    assert found.suggestion is not None
    assert found.suggestion.cells == {"applications.outcome_total.total": 14}
    assert len([words for words in found.evidence if words.zh[0] == "N"]) == 3
    assert (found.expected, found.actual) == ("14", "15")


def test_independent_mistakes_are_findings_of_their_own() -> None:
    text = with_rows(carried_in="2 0 0 0 0 0 5", declined_petition="0 4 0 0 0 0 0")
    found = of_numbers(check(text))
    assert [(f.code, f.cells, f.certainty) for f in found] == [
        ("N001", ("applications.carried_in.total",), "certain"),
        ("N001", ("applications.declined_petition.business",), "certain"),
    ]


def test_moved_unit_names_both_columns() -> None:
    (found,) = of_numbers(check(with_rows(new_received="10 2 0 0 0 1 13")))
    assert (found.code, found.certainty) == ("N003", "certain")
    assert "法律服务机构" in found.words.zh
    assert "“其他”" in found.words.zh


def test_ambiguous_correction_is_likely_and_lists_the_others() -> None:
    old = "1 | 0 | 0 | 1 | 2 | 0 | 0 | 1 | 0 | 1"
    (found,) = of_numbers(check(changed((old, "1 | 0 | 0 | 1 | 7 | 0 | 0 | 1 | 0 | 1"))))
    assert (found.code, found.certainty) == ("N004", "likely")
    assert found.cells == ("review_litigation.review.total",)
    assert len(found.evidence) > 2


def test_what_is_shown_beside_the_identities() -> None:
    """Nothing beside a broken bound; beside a correction that is not certain, why."""
    (bound,) = of_numbers(check(changed(("行政规范性文件 | 2 | 1 | 9", "行政规范性文件 | 20 | 1 | 9"))))
    assert len(bound.evidence) == 1
    many = with_rows(
        granted="5 1 0 0 0 0 7",
        declined_petition="0 0 4 0 0 0 0",
        declined_repeated="0 0 0 3 0 0 0",
        carried_out="1 0 0 0 0 0 9",
    )
    for found in of_numbers(check(many)):
        identities = [words for words in found.evidence if words.zh[0] == "N"]
        assert (found.certainty, len(found.evidence)) == ("likely", len(identities) + 1)


@pytest.mark.parametrize("figures", ["0 0 0 0 0 0", "0 0 0 0 0 0 0 0"])
def test_a_row_that_cannot_be_read_leaves_its_identities_unchecked(figures: str) -> None:
    result = check(with_rows(declined_repeated=figures))
    assert of_numbers(result) == []
    assert {u.code for u in result.unchecked} == {"N001", "N002"}
    assert len(result.unchecked) == 2


def test_blank_total_is_unknown_and_blank_summand_counts_nothing() -> None:
    blank = changed(("（七）总计 | 11 | 2 | 0 | 0 | 1 | 0 | 14", "（七）总计 | 11 | | 0 | 0 | 1 | 0 | 14"))
    result = check(blank)
    assert of_numbers(result) == []
    assert {u.code for u in result.unchecked} == {"N001", "N002", "N003"}


@pytest.mark.parametrize("digits", ["9134", "90110"])
def test_bound_of_ambiguous_digits_is_not_reported(digits: str) -> None:
    text = changed(("行政规范性文件 | 2 | 1 | 9", f"行政规范性文件{digits}"))
    assert [finding.code for finding in of_numbers(check(text))] == ["T008"]


def test_run_together_tables_read_as_bordered_ones() -> None:
    lines = []
    for line in model().splitlines():
        figures = [part for part in line.split(" | ") if part.strip().isdigit()]
        label = line[: len(line) - len(" | ".join(figures))].removesuffix(" | ")
        lines.append(label + "".join(figures) if len(figures) == 7 else line)
    flat = check("\n".join(lines))
    assert flat.report is not None
    assert of_numbers(flat) == []
    bordered = check(model()).report
    assert bordered is not None
    assert [c.value for c in flat.report.cells.values()] == [c.value for c in bordered.cells.values()]


FORM = """
// document: 试行报表格式
// title: 读者服务年度报表
// years: 2020-
%declare TEXT COUNTS AMOUNT
start: service_table
service_table: service_header visits online desk answered
service_header: ("项目" | count)+
count: "数量（次）"
visits: "读者来访总数" COUNTS
online: "其中线上来访" COUNTS
desk: "其中到馆来访" COUNTS
answered: "已答复来访" COUNTS
"""
FORM_IDENTITIES = """
N006 for column in service: visits = online + desk
X001: service.answered.count <= service.visits.count   # 没有自己规则的编号
"""


@pytest.mark.parametrize(
    ("figures", "cells"),
    [
        ((30, 10, 20, 30), []),
        ((31, 10, 20, 30), [("service.visits.count",)]),
        ((30, 10, 20, 41), [("service.answered.count", "service.visits.count")]),
    ],
)
def test_forms_with_identities_of_their_own(
    tmp_path: Path, figures: tuple[int, ...], cells: list[tuple[str, ...]]
) -> None:
    (tmp_path / "service.lark").write_text(FORM, "utf-8")
    (tmp_path / "service.identities").write_text(FORM_IDENTITIES, "utf-8")
    labels = ("读者来访总数", "其中线上来访", "其中到馆来访", "已答复来访")
    rows = [f"{label} | {figure}" for label, figure in zip(labels, figures, strict=True)]
    text = "\n".join(["河湾市图书馆2022年读者服务年度报表", "项目 | 数量（次）", *rows, ""])
    report = parse(Document("form.txt", "text", text), template.load("service", (tmp_path,)))
    assert [cell.value for cell in report.cells.values()] == list(figures)
    rule = import_module("govlint.rules.numbers.n006_form_identity").rule
    assert [finding.cells for finding in rule.apply(report)] == cells
