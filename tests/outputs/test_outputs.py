"""The output formats: hand-built results written in each, compared with the files in ``snapshots``.

``GOVLINT_UPDATE_SNAPSHOTS=1 pytest tests/test_outputs.py`` writes the files anew.
"""

from __future__ import annotations

import io
import json
import os
import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from rich.cells import cell_len

from govlint import __version__, outputs
from govlint.document import Document, Note, Origin, Span, Words
from govlint.outputs import catalogue
from govlint.outputs.formats import rich_ as console
from govlint.report import Cell, Report, Section
from govlint.result import FailLevel, Result
from govlint.rule import Example, Finding, Reference, Related, Rule, Suggestion, Unchecked
from govlint.template import loader as template

SNAPSHOTS = Path(__file__).parents[1] / "snapshots"
SCHEMAS = Path(__file__).parents[2] / "docs" / "schema"
FORMAT = Reference("政府信息公开工作年度报告格式（国办公开办函〔2021〕30号）", "第三部分表格勾稽关系")

BALANCE = Rule(
    code="N003",
    name="applications-balance",
    title=Words("申请数量不平衡", "applications do not balance"),
    severity="error",
    message=Words(
        "“{column}”列：新收加结转不等于办理结果加结转下年。一件申请在收件时计入“{column}”，办理时计入“{other}”。",
        "Column “{column}”: new plus carried in is not handled plus carried out; "
        "one application was counted under “{column}” on arrival and under “{other}” when handled.",
    ),
    why=Words("读者据此判断申请是否都已办理。", "Readers judge by it whether every application was handled."),
    reference=FORMAT,
    needs="identities",
)
WORDS = Rule(
    code="W004",
    name="confused-words",
    title=Words("易混词", "confused words"),
    severity="warning",
    message=Words("“截止”应为“截至”。", "“截止” should be “截至”."),
    why=Words("“截止”不带时间宾语。", "“截止” takes no date."),
    reference=Reference("党政机关公文处理工作条例", "第十九条"),
)
ASPECTS = Rule(
    code="D001",
    name="overview-aspects",
    title=Words("总体情况的五个方面", "five aspects of the overview"),
    severity="info",
    message=Words("总体情况没有写到：监督保障。", "The overview does not cover supervision."),
    why=Words("格式要求写五个方面。", "The format asks for five."),
    reference=Reference("政府信息公开工作年度报告格式（国办公开办函〔2021〕30号）", "一、总体情况"),
    needs="sections",
)
UNREADABLE = Rule(
    code="E001",
    name="unreadable-document",
    title=Words("文件不能读取", "unreadable document"),
    severity="error",
    message=Words("{reason}", "{reason}"),
    why=Words("没有读到的文件不能算检查过。", "What was not read was not checked."),
    reference=FORMAT,
    needs="document",
)

FIGURES = {
    "new_received": (30, 4, 0, 0, 1, 11, 46),
    "carried_in": (2, 0, 0, 0, 0, 0, 2),
    "granted": (20, 3, 0, 0, 0, 12, 35),
    "refused_state_secret": (0, 0, 0, 0, 0, 0, 0),
    "unavailable_not_held": (8, 1, 0, 0, 0, 0, 9),
    "outcome_total": (28, 4, 0, 0, 0, 12, 44),
    "carried_out": (4, 0, 0, 0, 0, 0, 4),
}
PROSE = "截止2023年12月31日，云川市档案局共收到政府信息公开申请46件，均已依法办理。"


def report(separator: str = " | ", path: str = "报告/云川市档案局.txt") -> Result:
    """A report whose prose and applications table are written with ``separator`` between the cells."""
    spec = template.load("ogi-2021")
    text = f"云川市档案局2023年度政府信息公开工作年度报告\n一、总体情况\n{PROSE}\n"
    overview = Section(
        "overview", "总体情况", "一、", Span(text.index("一、"), text.index("一、") + 6), Span(0, 0)
    )
    cells: dict[str, Cell] = {}
    table = spec.tables["applications"]
    for row, figures in FIGURES.items():
        text += table.rows[row].label
        for column, value in zip(table.columns, figures, strict=True):
            text += separator
            address = f"applications.{row}.{column}"
            span = Span(len(text), len(text) + len(str(value)))
            cells[address] = Cell(address, "number", value, str(value), span)
            text += str(value)
        text += "\n" if separator else ""
    fees = "proactive.fees.amount"
    cells[fees] = Cell(fees, "number", Decimal("251.30"), "251.30", Span(0, 0))
    doubtful = cells["applications.new_received.other"]
    cells[doubtful.address] = replace(doubtful, uncertain=True)
    document = Document(path, "text", text, sha256="0" * 64)
    read = Report(
        document, spec, "云川市档案局", 2023, date(2024, 1, 15), sections={"overview": overview}, cells=cells
    )
    return Result(path, document.sha256, document=document, report=read)


def span(result: Result, words: str) -> Span:
    assert result.document is not None
    start = result.document.text.index(words)
    return Span(start, start + len(words))


def moved_unit(result: Result) -> Finding:
    assert result.report is not None
    wrong = ("applications.new_received.legal_service", "applications.new_received.other")
    rows = ("carried_in", "outcome_total", "carried_out")
    operands = [f"applications.{row}.{column}" for row in rows for column in ("legal_service", "other")]
    cells = result.report.cells
    return BALANCE.finding(
        cells[wrong[0]].span,
        cells=wrong,
        section="applications",
        expected="1+0=1",
        actual="0+0=0",
        suggestion=Suggestion(cells={wrong[0]: 0, wrong[1]: 12}),
        evidence=[Words("1+0≠0+0", "1+0≠0+0"), Words("11+0≠12+0", "11+0≠12+0")],
        related=[Related("operand", address, cells[address].span) for address in operands],
        column="法律服务机构",
        other="其他",
    )


def checked(**kwargs: str) -> Result:
    """A report with a finding of each severity, and a rule that could not be applied."""
    result = report(**kwargs)
    result.findings = [
        WORDS.finding(
            span(result, "截止"),
            section="overview",
            actual="截止",
            expected="截至",
            suggestion=Suggestion(text="截至"),
        ),
        ASPECTS.finding(span(result, "一、总体情况"), section="overview", certainty="likely"),
        moved_unit(result),
    ]
    result.unchecked = [Unchecked("N004", Words("第四部分没有表格。", "Section 4 has no table."))]
    return result


def unreadable() -> Result:
    words = Words("文件已加密，请解除密码后再检查。", "The file is encrypted; remove its password.")
    finding = UNREADABLE.finding(None, reason=words.zh)
    return Result("报告/加密.docx", "1" * 64, "unreadable", words, findings=[finding])


def clean() -> Result:
    return report(path="报告/无误.txt")


def written(name: str, results: list[Result], lang: str = "zh", **options: object) -> str:
    out = io.StringIO()
    outputs.load(name).write(results, out, lang, **options)
    return out.getvalue()


def matches(name: str, text: str) -> None:
    path = SNAPSHOTS / name
    text = text.replace(f'"{__version__}"', '"VERSION"').replace(f"govlint {__version__}", "govlint VERSION")
    text = re.sub(r"<style>.*?</style>|'sha256-[^']*'", "STYLE", text, flags=re.DOTALL)
    if os.environ.get("GOVLINT_UPDATE_SNAPSHOTS"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
    assert text == path.read_text("utf-8")


# People at a terminal


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("width", [40, 80, 120])
def test_console(width: int, lang: str) -> None:
    text = written("rich", [checked(), unreadable(), clean()], lang, width=width, colour=False)
    matches(f"rich-{width}-{lang}.txt", text)
    lines = text.split("\n")
    assert [line for line in lines if cell_len(line) > width or line != line.rstrip()] == []


def test_console_colours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    for name in ("NO_COLOR", "COLORTERM", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    coloured = written("rich", [checked(), clean()], width=80, colour=True)
    matches("rich-80-colour.txt", coloured)
    plain = "\n".join(line.rstrip() for line in re.sub(r"\x1b\[[\d;]*m", "", coloured).split("\n"))
    assert plain == written("rich", [checked(), clean()], width=80, colour=False)


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("stream", "environment", "coloured"),
    [
        (Terminal, {"TERM": "xterm"}, True),
        (Terminal, {"TERM": "xterm", "NO_COLOR": "1"}, False),
        (Terminal, {"TERM": "dumb"}, False),
        (io.StringIO, {"TERM": "xterm"}, False),
        (io.StringIO, {"TERM": "xterm", "FORCE_COLOR": "1"}, True),
    ],
)
def test_colour_follows_the_environment(
    stream: type[io.StringIO], environment: dict[str, str], coloured: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("TERM", "NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    out = stream()
    console.write([checked()], out)
    assert ("\x1b[" in out.getvalue()) == coloured


def test_quiet_shows_only_what_needs_a_person() -> None:
    text = written("rich", [clean(), checked(), clean()], quiet=True)
    assert "无误" not in text
    assert "云川市档案局.txt" in text
    assert written("rich", [clean()], quiet=True) == ""


def test_run_together_figures_are_shown_around_the_place() -> None:
    result = report(separator="")
    result.findings = [moved_unit(result)]
    text = written("rich", [result], width=60, colour=False)
    matches("rich-run-together.txt", text)


def test_a_place_in_a_format_without_lines() -> None:
    result = checked()
    assert result.document is not None
    result.document.origins = [
        (0, Origin(paragraph=1)),
        (result.document.text.index("一、本年"), Origin(table=2, row=3, column=6)),
    ]
    result.document.notes = [
        Note(Words("文件含有修订，按接受后检查。", "Tracked changes were taken as accepted."))
    ]
    matches("rich-origins.txt", written("rich", [result], width=80, colour=False))
    found = json.loads(written("jsonl", [result]))["findings"][2]
    assert found["line"] is None
    assert found["place"].startswith("第2个表格第3行第6列，第三部分表格")


HOSTILE = "\x1b[31m红\x1b]0;标题\x07\u202e反\u2066\u200b\x9b2J\udcff[bold red]粗[/bold red] :smile:"


@pytest.mark.parametrize("colour", [False, True])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_hostile_text_stays_text(lang: str, colour: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    result = report(path=f"目录/{HOSTILE}.txt")
    assert result.document is not None
    assert result.report is not None
    result.report.agency = HOSTILE
    result.document.text = HOSTILE + "\n" + result.document.text
    words = Words(HOSTILE, HOSTILE)
    result.findings = [
        WORDS.finding(
            Span(0, len(HOSTILE)),
            message=words,
            actual=HOSTILE,
            expected=HOSTILE,
            evidence=[words],
            cells=[HOSTILE],
            suggestion=Suggestion(text=HOSTILE + "\n"),
        )
    ]
    result.unchecked = [Unchecked("N001", words)]
    text = written("rich", [result], lang, width=80, colour=colour)
    if colour:
        text = re.sub(r"\x1b\[[\d;]*m", "", text)
        assert "红" in text
    assert (
        re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", text)
        is None
    )
    assert "<U+001B>[31m红" in text
    assert "[bold red]粗" in text
    record = json.loads(written("jsonl", [result], lang))
    assert record["agency"] == HOSTILE
    assert written("jsonl", [result], lang).isprintable() is False
    assert len(written("jsonl", [result], lang).splitlines()) == 1
    written("jsonl", [result], lang).encode("utf-8")


def set_value(result: Result, address: str, value: int) -> None:
    assert result.report is not None
    result.report.cells[address] = replace(result.report.cells[address], value=value)


@settings(max_examples=60, deadline=None)
@given(
    st.text(max_size=300),
    st.integers(0, 320),
    st.integers(0, 320),
    st.integers(24, 130),
    st.sampled_from(["zh", "en"]),
)
def test_no_line_is_wider_than_the_terminal(
    text: str, start: int, length: int, width: int, lang: str
) -> None:
    result = report()
    assert result.document is not None
    document = Document("a.txt", "text", text + "\n" + result.document.text)
    result.document = document
    begin = min(start, len(text))
    end = min(begin + length, len(document.text))
    said = Words(text, text)
    found = Finding(WORDS, said, Span(begin, end), actual=text, evidence=(said,), cells=(text,))
    result.findings = [found, moved_unit(result)]
    result.unchecked = [Unchecked("N004", said)]
    assert result.report is not None
    set_value(result, "applications.new_received.other", 10 ** (length % 40))
    lines = written("rich", [result], lang, width=width, colour=False).split("\n")
    assert [line for line in lines if cell_len(line) > width] == []


# Scripts


def test_json_keeps_numbers_exact() -> None:
    result = report()
    assert result.report is not None
    huge = 10**6000 + 7
    set_value(result, "applications.granted.total", huge)
    text = written_extract("json", [result])
    cells = json.loads(text, parse_float=Decimal, parse_int=Decimal)["documents"][0]["cells"]
    assert cells["applications.granted.total"] == Decimal(huge)
    assert '"proactive.fees.amount": 251.30' in text
    assert cells["review_litigation.review.total"] is None


def written_extract(name: str, results: list[Result], lang: str = "zh") -> str:
    out = io.StringIO()
    outputs.load(name, outputs.EXTRACTS).write(results, out, lang)
    return out.getvalue()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_json(lang: str) -> None:
    matches(f"check-{lang}.json", written("json", [checked(), unreadable(), clean()], lang))


def test_jsonl_is_one_document_a_line_as_each_is_done() -> None:
    out = io.StringIO()
    seen: list[int] = []

    def results() -> object:
        for result in (checked(), unreadable()):
            seen.append(out.getvalue().count("\n"))
            yield result

    outputs.load("jsonl").write(results(), out, "zh")  # type: ignore[arg-type]
    assert seen == [0, 1]
    whole = json.loads(written("json", [checked(), unreadable()]))["documents"]
    assert [json.loads(line) for line in out.getvalue().splitlines()] == whole


def test_extract_csv() -> None:
    result = report(path="=cmd.txt")
    text = written_extract("csv", [result, unreadable()])
    assert text.startswith("\ufeffpath,agency,year,address,section,row,column,value,uncertain\n'=cmd.txt,")
    lines = text.splitlines()
    assert result.report is not None
    assert len(lines) == 1 + len(result.report.template.addresses)
    assert next(line for line in lines if "new_received.other" in line).endswith("其他,11,1")
    assert next(line for line in lines if "fees" in line).endswith(",251.30,0")


def schema(name: str) -> object:
    jsonschema = pytest.importorskip("jsonschema")
    return jsonschema.Draft202012Validator(json.loads((SCHEMAS / name).read_text("utf-8")))


@pytest.mark.parametrize("results", [[], [checked(), unreadable(), clean()], [report(separator="")]])
def test_json_follows_the_schema(results: list[Result]) -> None:
    schema("check.schema.json").validate(json.loads(written("json", results)))  # type: ignore[attr-defined]
    schema("extract.schema.json").validate(json.loads(written_extract("json", results)))  # type: ignore[attr-defined]


def test_every_format_loads() -> None:
    for formats in (outputs.FORMATS, outputs.EXTRACTS):
        assert all(callable(outputs.load(name, formats).write) for name in formats)
    with pytest.raises(KeyError):
        outputs.load("yaml")


# Other programs


def in_word() -> Result:
    """The report as a Word document, which has no lines."""
    result = checked(path="报告/云川市档案局 (终稿).docx")
    assert result.document is not None
    result.document.origins = [(0, Origin(paragraph=1)), (40, Origin(table=2, row=3, column=6))]
    return result


def hostile() -> Result:
    result = report(path=f"目录/{HOSTILE}.txt")
    words = Words(f"{HOSTILE}\n::error::假的 <img>%0A", HOSTILE)
    assert result.document is not None
    result.document.metadata = {"title": HOSTILE}
    result.findings = [
        Finding(WORDS, words, Span(0, 3), actual=HOSTILE, evidence=(words,), cells=(HOSTILE,))
    ] * 2
    result.unchecked = [Unchecked("N001", words)]
    return result


FOREIGN = {
    "sarif": "sarif",
    "github": "txt",
    "gitlab": "json",
    "junit": "xml",
    "markdown": "md",
    "html": "html",
}


@pytest.mark.parametrize("name", FOREIGN)
def test_other_formats(name: str) -> None:
    results = [checked(), in_word(), unreadable(), clean()]
    matches(f"{name}.{FOREIGN[name]}", written(name, results))


@pytest.mark.parametrize("name", FOREIGN)
def test_other_formats_of_nothing_and_of_hostile_text(name: str) -> None:
    for results in ([], [hostile()]):
        text = written(name, list(results))
        text.encode("utf-8")
        assert re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text) is None
        if name in ("sarif", "gitlab"):
            json.loads(text)
        elif name == "junit":
            ElementTree.fromstring(text.encode("utf-8"))
        elif name == "github":
            assert text.count("\n") == 3 * len(results)
            assert all(line.startswith("::") for line in text.splitlines())
        assert "<img>" not in text or name in ("sarif", "gitlab", "github")


def test_sarif_gives_every_region_in_full() -> None:
    run = json.loads(written("sarif", [checked(), in_word(), unreadable()]))["runs"][0]
    regions = [result["locations"][0]["physicalLocation"]["region"] for result in run["results"]]
    assert all(set(region) == {"startLine", "startColumn", "endLine", "endColumn"} for region in regions)
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert all(rules[result["ruleIndex"]] == result["ruleId"] for result in run["results"])
    word = run["results"][5]
    assert word["message"]["text"].startswith("第2个表格第3行第6列，第三部分表格")
    uri = word["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert uri.endswith(".docx")
    assert uri.isascii()
    assert " " not in uri


def test_gitlab_fingerprints_are_unique() -> None:
    issues = json.loads(written("gitlab", [hostile(), checked(), clean(), in_word()]))
    assert len({issue["fingerprint"] for issue in issues}) == len(issues) == 8


@pytest.mark.parametrize(
    ("fail_on", "failures"), [("error", "1"), ("warning", "2"), ("info", "3"), ("never", "0")]
)
def test_junit_fails_at_the_fail_level(fail_on: FailLevel, failures: str) -> None:
    result = checked()
    result.fail_on = fail_on
    suite = ElementTree.fromstring(written("junit", [result]).encode("utf-8"))[0]
    assert (suite.get("failures"), suite.get("skipped"), suite.get("tests")) == (failures, "1", "4")


# The rules themselves


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_rules_and_explain(lang: str) -> None:
    rule = Rule(
        code="Z001",
        name="invented-rule",
        title=Words("示例规则", "an invented rule"),
        severity="warning",
        message=Words("写的是“{actual}”。", "It reads “{actual}”."),
        why=Words("说明这条规则的用处。", "Says what the rule is for."),
        reference=FORMAT,
        templates=("ogi-2021",),
        default=False,
        bad=[Example("行政许可 | 12件", "行政许可 | 12", cells=("proactive.licensing.decisions",))],
        good=[Example("行政许可 | 12")],
    )
    out = io.StringIO()
    catalogue.write_rules([BALANCE, rule], out, lang, width=80)
    catalogue.write_rules([BALANCE, rule], out, lang, width=40)
    catalogue.write_rule(rule, out, lang, width=60)
    matches(f"rules-{lang}.txt", out.getvalue())
    out = io.StringIO()
    catalogue.write_rules([BALANCE, rule], out, lang, "json")
    listed = json.loads(out.getvalue())["rules"]
    out = io.StringIO()
    catalogue.write_rule(rule, out, lang, "json")
    assert [found["code"] for found in listed] == ["N003", "Z001"]
    assert listed[1] == json.loads(out.getvalue())
