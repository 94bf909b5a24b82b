"""What the rules of family C say of sentences (tests/data/prose.txt), and how they read real layouts."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from making.corpus import LAYOUTS, sample

from govlint.checks.filed import filed
from govlint.document import Document
from govlint.linting.examples import model_report
from govlint.linting.linter import check
from govlint.linting.settings import Settings
from govlint.linting.which_template import read_report
from govlint.prose.statements import read_prose
from govlint.prose.words import phrase, words
from govlint.text.numerals import numeral

RULES = ("C001", "C002", "C003", "C004")
MODEL = model_report("ogi-2021")
AGENCY = "云溪县农业农村局"
HOLD = {
    "overview": "（五）监督保障。",
    "applications": "三、收到和处理政府信息公开申请情况\n",
    "review_litigation": "四、政府信息公开行政复议、行政诉讼情况\n",
    "problems": "改进情况：",
}


def cases() -> list:
    found = []
    for number, line in enumerate(
        (Path(__file__).parents[1] / "data/prose.txt").read_text("utf-8").split("\n"), 1
    ):
        if not line or line.startswith("#"):
            continue
        expected, *options, sentence = line.replace("\\n", "\n").split(" | ")
        wanted = (
            []
            if expected == "-"
            else [tuple(expected.split()[at : at + 3]) for at in range(0, len(expected.split()), 3)]
        )
        found.append(pytest.param(wanted, options, sentence, id=f"line{number}"))
    return found


def report_with(sentence: str, section: str = "overview", agency: str = AGENCY) -> str:
    hold = HOLD[section]
    text = MODEL.replace(hold, hold + sentence + "\n" if hold.endswith("\n") else f"{sentence}\n{hold}")
    assert sentence in text
    return text.replace(AGENCY, agency)


def findings(text: str) -> list:
    return list(check(Document("report.txt", "text", text), Settings(select=RULES)).findings)


def said(text: str) -> list[tuple[str, str, str]]:
    found = []
    for finding in findings(text):
        assert finding.span is not None
        words_ = text[finding.span.start : finding.span.end]
        found.append((finding.code, finding.cells[0] if finding.cells else "-", words_))
    return found


@pytest.mark.parametrize(("wanted", "options", "sentence"), cases())
def test_sentence(wanted: list, options: list[str], sentence: str) -> None:
    section = next((option[1:] for option in options if option[0] == "@"), "overview")
    agency = next((option[1:] for option in options if option[0] == "="), AGENCY)
    assert said(report_with(sentence, section, agency)) == wanted


@pytest.mark.parametrize(
    ("sentence", "certainty"),
    [
        ("全年新收政府信息公开申请19件。", ["certain"]),
        (
            "收到政府信息公开申请99件，其中予以公开9件。",
            ["certain", "likely"],
        ),  # a part is not said to be of it
        ("答复政府信息公开申请99件。", ["likely"]),  # the year's, or all that were ever
        ("办理政府信息公开申请99件。", ["likely"]),
        ("行政规范性文件制发7件。", ["certain"]),
        ("制发规范性文件7件。", ["likely"]),  # of whatever kind
        ("收取行政事业性收费77万元。", ["certain"]),
        ("未收取行政事业性收费。", ["likely"]),
    ],
)
def test_how_certain_a_contradiction_is(sentence: str, certainty: list[str]) -> None:
    assert [finding.certainty for finding in findings(report_with(sentence))] == certainty


def test_the_table_of_sentences_is_long_and_even() -> None:
    wanted = [bool(case.values[0]) for case in cases()]
    assert len(wanted) >= 150
    assert 0.25 < sum(wanted) / len(wanted) < 0.6


@pytest.mark.parametrize(("wanted", "options", "sentence"), [case for case in cases() if case.values[0]])
def test_the_edits_that_findings_offer_leave_nothing_to_find(
    wanted: list, options: list[str], sentence: str
) -> None:
    section = next((option[1:] for option in options if option[0] == "@"), "overview")
    agency = next((option[1:] for option in options if option[0] == "="), AGENCY)
    text = report_with(sentence, section, agency)
    for _ in range(9):  # a wrong number said twice in a sentence is found one at a time
        found = findings(text)
        edits = [edit for finding in found if finding.suggestion for edit in finding.suggestion.edits]
        if not edits:
            break
        assert not any(edit.safe for edit in edits)
        for edit in sorted(edits, reverse=True):
            assert re.fullmatch(r"[\d０-９.,，]+", text[edit.span.start : edit.span.end])
            text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    assert not edits
    for finding in findings(
        text
    ):  # numbers in words are not edited, yuan not made 万元, a fall not made a rise
        rest = finding.actual or ""
        assert rest.endswith("元") or not re.search(r"\d", rest) or (finding.expected or "")[0] in "+-"


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_wrong_number_is_found_in_every_layout(layout: str) -> None:
    made = next(made for made in map(sample, range(40, 99)) if _said_new(LAYOUTS["bars"](made)))
    text = LAYOUTS[layout](made)
    assert said(text) == []
    number = _said_new(text)
    assert number is not None
    wrong = str(int(number[1]) + 109)
    text = text[: number.start(1)] + wrong + text[number.end(1) :]
    (finding,) = findings(text)
    assert (finding.code, finding.cells[:1]) == ("C001", ("applications.new_received.total",))
    assert finding.span is not None
    assert (finding.span.start, finding.span.end) == (number.start(1), number.start(1) + len(wrong) + 1)
    assert finding.suggestion is not None
    assert [edit.text for edit in finding.suggestion.edits] == [finding.expected]


def _said_new(text: str) -> re.Match[str] | None:
    return re.search(r"政府信息公开申请(\d+)件", text)


@pytest.mark.parametrize(
    ("template", "sentence", "wanted"),
    [
        ("ogi-2019", "其他处理政府信息公开申请7件。", ["applications.other_handling.total"]),
        ("ogi-2019", "新制作规范性文件5件，现行有效44件。", ["proactive.normative_documents.produced"]),
        ("ogi-2019", "作出行政处罚决定240件，收取行政事业性收费77万元。", ["proactive.penalties.decisions"]),
        ("ogi-2019", "2020年收到政府信息公开申请13件，2021年收到20件。", []),
        ("website-annual", "收到政府信息公开申请13件，其中予以公开6件。", []),
    ],
)
def test_other_templates_are_held_to_their_own_cells(template: str, sentence: str, wanted: list[str]) -> None:
    text = model_report(template).replace("（二）依申请公开。", f"{sentence}\n（二）依申请公开。")
    text = text if sentence in text else f"{text}\n{sentence}\n"
    assert [cell for _, cell, _ in said(text)] == wanted


def test_a_number_over_two_lines_is_found_and_not_edited() -> None:
    head = "本局进一步规范政府信息公开申请的登记和办理，全年共收到政府信息公开申请1"
    (finding,) = findings(report_with(f"{head}\n9件，均已答复。"))
    assert (finding.actual, finding.suggestion and finding.suggestion.edits) == ("1\n9件", ())


NEW = "一、本年新收政府信息公开申请数量 | 10 | 2 | 0 | 0 | 1 | 0 | 13"


@pytest.mark.parametrize(
    ("row", "stated", "found"),
    [
        (
            "10 | 2 | 0 | 0 | 1 | 0 | 15",
            13,
            0,
        ),  # the table's own mistake, and what puts it right is what the prose says
        ("10 | 2 | 0 | 0 | 1 | 0 | 15", 15, 0),
        ("10 | 2 | 0 | 0 | 1 | 0 | 15", 27, 1),
        ("10 | 2 | 0 | 0 | 1 | 0 |", 27, 0),  # a blank total says nothing
        ("10 | 2 | 0 | 0 | 1 | 0 | 十三", 27, 0),
        ("10 | 2 | 0 | 0 | 1 | 0 | 1,300", 1300, 0),
    ],
)
def test_a_cell_that_is_in_doubt_holds_nothing_against_the_prose(row: str, stated: int, found: int) -> None:
    text = MODEL.replace(NEW, f"一、本年新收政府信息公开申请数量 | {row}").replace(
        "申请13件", f"申请{stated}件"
    )
    assert len(said(text)) == found


def test_one_slip_in_the_table_is_one_finding() -> None:
    text = MODEL.replace(NEW, NEW.replace("13", "15"))
    codes = [finding.code for finding in check(Document("report.txt", "text", text), Settings()).findings]
    assert [code for code in codes if code[0] in "NC"] == ["N001"]


def test_a_sentence_without_a_report_of_its_table_is_not_judged() -> None:
    start, end = MODEL.index("三、收到和处理"), MODEL.index("四、政府信息公开行政复议")
    text = (MODEL[:start] + MODEL[end:]).replace("申请13件", "申请99件")
    assert said(text) == []


def test_a_growth_is_held_to_last_years_report() -> None:
    report = read_report(
        Document("a", "text", report_with("收到政府信息公开申请13件，同比增长50%。")), Settings()
    )
    before = read_report(
        Document("b", "text", MODEL.replace("2022", "2021").replace("2023", "2022")), Settings()
    )
    assert report is not None
    c004 = next(rule for rule in Settings(select=("C004",)).rules())
    assert c004.apply is not None
    assert list(c004.apply(report)) == []
    assert before is not None
    report.previous = filed(before)
    assert [finding.expected for finding in c004.apply(report)] == ["0%"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("零", 0),
        ("两", 2),
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("一百零五", 105),
        ("一百二十", 120),
        ("三千四百", 3400),
        ("件", None),
    ],
)
def test_numerals(text: str, value: int | None) -> None:
    assert numeral(text) == value


@pytest.mark.parametrize(
    ("clause", "kind"),
    [
        ("收到政府信息公开申请", "received"),
        ("政府信息依申请公开新收", "new"),
        ("收到和办理依申请公开", "taken"),
        ("办理回复依申请公开事项", "answered"),
        ("因政府信息公开被申请行政复议、行政诉讼", "disputes"),
        ("行政复议维持", "results"),
        ("因不掌握而无法提供", "outcomes"),
        ("行政规范性文件制发", "issued"),
        ("作出行政许可、行政处罚决定", "decisions"),
        ("收到网民留言", None),
        ("行政许可申请", None),
    ],
)
def test_phrases(clause: str, kind: str | None) -> None:
    found = phrase(tuple(word.kind for word in words(clause) if word.kind != "FILLER"))
    assert (found and found[0]) == kind


def test_statements_know_their_place() -> None:
    report = read_report(Document("a", "text", MODEL), Settings())
    assert report is not None
    read = [(found.kind, report.text(found.span), found.section) for found in read_prose(report).statements]
    assert read == [
        ("issued", "2件", "overview"),
        ("new", "13件", "overview"),
        ("carried_in", "2件", "overview"),
        ("carried_out", "1件", "overview"),
    ]
