"""Comments that set findings aside: what they cover, and what is said of those that are wrong."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

import govlint
from govlint.cli.commands import main
from govlint.document import Comment, Document, Span
from govlint.linting.examples import model_report
from govlint.linting.linter import check
from govlint.linting.registry import all_rules
from govlint.linting.settings import Settings
from govlint.linting.suppression import Meant, Suppression
from govlint.text.remarks import without_comments

MODEL = model_report("ogi-2021")
ROW = "行政许可 | 156"
UNIT = MODEL.replace(ROW, "行政许可 | 156件")


def codes(text: str, **arguments: object) -> tuple[list[str], list[str]]:
    """The codes that count, and those that are set aside."""
    result = govlint.check(text.encode(), name="a.md", config=None, **arguments)  # type: ignore[arg-type]
    assert result.document is not None
    assert len(result.document.text) == len(text)
    return [found.code for found in result.findings], [each.finding.code for each in result.suppressed]


def comment(words: str) -> str:
    return f"<!-- govlint: {words} -->"


@pytest.mark.parametrize(
    ("text", "counting", "aside"),
    [
        (UNIT, ["T006"], []),
        (UNIT.replace("156件", "156件 " + comment("ignore T006 系统如此导出")), [], ["T006"]),
        (UNIT.replace("行政许可", comment("ignore T006 系统如此导出") + "\n行政许可"), [], ["T006"]),
        (UNIT.replace("行政许可", comment("ignore T006 系统如此导出") + "\n\n行政许可"), [], ["T006"]),
        (comment("ignore T006 系统如此导出") + "\n" + UNIT, [], ["T006"]),
        ("\n" + comment("ignore T006 系统\n如此导出") + "\n\n" + UNIT, [], ["T006"]),
        (UNIT.replace("156件", "156件" + comment("ignore T 系统如此导出")), [], ["T006"]),
        (UNIT.replace("156件", "156件" + comment("ignore not-a-count exported so")), [], ["T006"]),
        (UNIT.replace("156件", "156件" + comment("IGNORE t006：系统如此导出")), [], ["T006"]),
        (UNIT.replace("156件", "156件" + comment("ignore N, T006，E002 系统如此导出")), ["E005", "E005"], ["T006"]),
        (UNIT.replace("行政处罚", comment("ignore T006 写错了地方") + "\n行政处罚"), ["T006", "E005"], []),
        (MODEL.replace(ROW, ROW + comment("ignore T006 已改正")), ["E005"], []),
        (UNIT.replace("156件", "156件" + comment("ignore T006")), ["T006", "E006"], []),
        (UNIT.replace("156件", "156件" + comment("ignore")), ["T006", "E006"], []),
        (UNIT.replace("156件", "156件" + comment("ignore 系统如此导出")), ["T006", "E006"], []),
        (UNIT.replace("156件", "156件" + comment("ignored T006 系统如此导出")), ["T006", "E006"], []),
        (UNIT.replace("156件", "156件" + comment("ignore T6 系统如此导出")), ["T006", "E007"], []),
        (UNIT.replace("156件", "156件" + comment("ignore T006, X 系统如此导出")), ["E007"], ["T006"]),
        (UNIT.replace("156件", "156件 <!-- 核对过 -->"), ["T006"], []),
        (comment("ignore E003 一直如此") + "\n" + MODEL, ["E005"], []),
    ],
)  # fmt: skip
def test_suppression(text: str, counting: list[str], aside: list[str]) -> None:
    found, suppressed = codes(text)
    assert sorted(found) == sorted(counting)
    assert suppressed == aside


def test_a_whole_document_that_is_no_report() -> None:
    notice = "关于公布年度报告的通知\n请各单位于1月31日前公布。\n"
    assert codes(notice)[0] == ["E002"]
    assert codes(comment("ignore E002, N003 此为通知") + "\n" + notice) == ([], ["E002"])


def test_a_comment_for_a_rule_that_was_not_applied_is_not_unused() -> None:
    text = MODEL.replace(ROW, ROW + comment("ignore T006 已改正"))
    assert codes(text, ignore=["T006"])[0] == []
    assert codes(text, select=["N"])[0] == []


def test_the_comment_is_no_text_of_the_report() -> None:
    text = MODEL.replace("10 | 2 | 0", f"10 {comment('ignore N001 第12行 3 | 4')} | 2 | 0")
    result = govlint.check(text.encode(), name="a.txt", config=None)
    assert result.report is not None
    assert [
        result.report.value(f"applications.new_received.{column}") for column in ("natural_person", "total")
    ] == [
        10,
        13,
    ]
    assert [found.code for found in result.findings] == ["E005"]


def test_a_comment_attached_to_words_covers_their_paragraphs() -> None:
    """As Word has it: the comment is no part of the text, and stands on some of it."""
    start = UNIT.index("156件")
    document = Document("a.docx", "docx", UNIT)
    document.comments = [Comment("govlint: ignore T006 系统如此导出", Span(start, start + 3))]
    result = check(document, Settings())
    assert (list(result.findings), len(result.suppressed)) == ([], 1)
    title = Span(0, 5)
    document = Document("a.docx", "docx", UNIT)
    document.comments = [Comment("govlint: ignore T006 系统如此导出", title)]
    assert sorted(found.code for found in check(document, Settings()).findings) == ["E005", "T006"]


def test_what_is_set_aside_does_not_count(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.md"
    path.write_text(UNIT.replace("156件", "156件" + comment("ignore T006 系统如此导出")), "utf-8")
    assert main(["check", str(path), "--format", "json"]) == 0
    (document,) = json.loads(capsys.readouterr().out)["documents"]
    assert (document["verdict"], document["findings"]) == ("pass", [])
    (aside,) = document["suppressed"]
    assert (aside["code"], aside["reason"]) == ("T006", "系统如此导出")
    assert main(["check", str(path), "--format", "sarif"]) == 0
    (result,) = json.loads(capsys.readouterr().out)["runs"][0]["results"]
    assert result["suppressions"] == [
        {"kind": "inSource", "status": "accepted", "justification": "系统如此导出"}
    ]
    assert main(["check", str(path)]) == 0
    assert "T006" not in capsys.readouterr().out


@pytest.mark.parametrize(
    "text",
    [
        "<!--" * 100_000,
        "<!-- govlint: ignore N003 " * 50_000,
        comment("ignore " + "N003," * 100_000),
        comment("ignore N003" + " " * 500_000 + ","),
        comment("ignore N003 好") * 20_000,
        comment("ignore") + "\n" * 500_000,
    ],
    ids=["openings", "unclosed", "codes", "blanks", "many", "lines"],
)
def test_adversarial_comments(text: str) -> None:
    blank, comments = without_comments(text)
    assert len(blank) == len(text)
    document = Document("a.md", "markdown", blank, comments=comments[:200])
    check(document, Settings())


def page(row: str, top: str = "") -> bytes:
    """The model report as a web page, with the row of licences as given."""
    body, inside = top, False
    for line in MODEL.splitlines():
        if (" | " in line) != inside:
            inside = not inside
            body += "<table>" if inside else "</table>"
        cells = "".join(f"<td>{cell}</td>" for cell in line.split(" | "))
        body += row if line == ROW else f"<tr>{cells}</tr>" if inside else f"<p>{line}</p>"
        body += "\n"
    return f'<html><head><meta charset="utf-8"></head><body>{body}</body></html>'.encode()


HTML = "<tr><td>行政许可</td><td>156件{}</td></tr>"


@pytest.mark.parametrize(
    ("data", "counting", "aside"),
    [
        (page(HTML.format("")), ["T006"], []),
        (page(HTML.format(comment("ignore T006 系统如此导出"))), [], ["T006"]),
        (page(comment("ignore T006 系统如此导出") + HTML.format("")), [], ["T006"]),
        (page(HTML.format(""), top=comment("ignore T006 系统如此导出")), [], ["T006"]),
        (
            page(HTML.replace("<td>", comment("ignore T006 系统如此导出") + "<td>", 1).format("")),
            [],
            ["T006"],
        ),
        (page(HTML.format("") + comment("ignore T006 写错了地方")), ["T006", "E005"], []),
        (page(HTML.format(comment("ignore T006"))), ["T006", "E006"], []),
    ],
)
def test_web_pages(data: bytes, counting: list[str], aside: list[str]) -> None:
    result = govlint.check(data, name="a.html", config=None)
    assert sorted(found.code for found in result.findings) == sorted(counting)
    assert [each.finding.code for each in result.suppressed] == aside


@pytest.mark.parametrize(
    ("words", "anchor", "counting", "aside"),
    [
        ("govlint: ignore T006 系统如此导出", "156件", [], ["T006"]),
        ("govlint: ignore T006 系统如此导出", "行政许可", [], ["T006"]),
        ("govlint: ignore T006 写错了地方", "总体情况", ["E005", "T006"], []),
        ("govlint: ignore T006", "156件", ["E006", "T006"], []),
        ("请核对 govlint: ignore T006 不是写给工具的", "156件", ["T006"], []),
    ],
)
def test_word_comments(
    tmp_path: Path, words: str, anchor: str, counting: list[str], aside: list[str]
) -> None:
    import docx

    document = docx.Document()
    lines = UNIT.splitlines()
    at = 0
    while at < len(lines):
        if " | " not in lines[at]:
            document.add_paragraph(lines[at])
            at += 1
            continue
        rows = []
        while at < len(lines) and " | " in lines[at]:
            rows.append(lines[at].split(" | "))
            at += 1
        table = document.add_table(len(rows), max(map(len, rows)))
        for row, cells in enumerate(rows):
            for column, text in enumerate(cells):
                table.cell(row, column + table._column_count - len(cells)).text = text
    paragraphs = [*document.paragraphs, *(p for t in document.tables for c in t._cells for p in c.paragraphs)]
    runs = next(paragraph for paragraph in paragraphs if anchor in paragraph.text).runs
    document.add_comment(runs, words, "审核", "审")
    path = tmp_path / "a.docx"
    document.save(str(path))
    result = govlint.check(path, config=None, select=["E", "T006"])
    assert sorted(found.code for found in result.findings) == counting
    assert [each.finding.code for each in result.suppressed] == aside


def test_comments_that_lie_over_each_other() -> None:
    """As in Word, where one stands at ten paragraphs and another within them: the first that covers a place is found."""
    rule = next(rule for rule in all_rules() if rule.code == "T006")
    drawn = random.Random(1)
    for _ in range(50):
        spans = [Span(start, start + drawn.choice((0, 3, 30))) for start in drawn.choices(range(40), k=6)]
        comments = [Suppression(Comment("", covers), ("T006",), "", covers) for covers in spans]
        meant = Meant(rule, comments)
        for at in range(75):
            covering = [each.covers.start for each in comments if each.includes(Span(at, at)) and each.covers]
            first = meant.first(Span(at, at))
            assert (first and first.covers and first.covers.start) == min(covering, default=None)
        assert meant.first(None) is None
