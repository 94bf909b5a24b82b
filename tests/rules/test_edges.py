"""Where rules turn: one more or one less, the last day, what is offered, and how certain it is."""

from __future__ import annotations

import pytest

import govlint
from govlint.linting.examples import model_report
from govlint.rule import Finding

MODEL = model_report("ogi-2021")


def findings(code: str, text: str, before: str = "二、主动公开") -> list[Finding]:
    """What one rule says of the model with some words in front of others."""
    assert before in MODEL
    changed = MODEL.replace(before, text + before, 1)
    return govlint.check(changed.encode(), name="a.txt", config=None, select=[code]).findings


@pytest.mark.parametrize(
    ("code", "slip", "most"), [("W002", "情况,好。", 2), ("W002", "情况。。", 2), ("W002", "情况（好。", 0)]
)
def test_slips_up_to_so_many_are_findings_of_their_own(code: str, slip: str, most: int) -> None:
    counts = [len(findings(code, slip * times + "\n")) for times in range(1, 5)]
    assert counts == [times if times <= most else 1 for times in range(1, 5)]


ROWS = [line for line in MODEL.splitlines() if line.count(" | ") == 7]


@pytest.mark.parametrize(("rows", "found"), [(1, 1), (3, 3), (4, 1), (9, 1)])
def test_a_column_too_many_is_one_finding(rows: int, found: int) -> None:
    text = MODEL
    for row in [row for row in ROWS if row[0] in "（1234"][:rows]:
        text = text.replace(row, row + " | 0")
    result = govlint.check(text.encode(), name="a.txt", config=None, select=["T003"])
    assert len(result.findings) == found


@pytest.mark.parametrize(
    ("named", "meant"),
    [
        ("《政府信息公开条列》", "政府信息公开条例"),  # one slip in a short name
        ("《政府信息公开修例》", "政府信息公开条例"),
        ("《政府信息公共条列》", None),  # two
        ("《中华人民共和国政府信息公共条列》", "中华人民共和国政府信息公开条例"),  # two in a long one
        ("《中华人民共和国政府信息共公条列》", None),  # three
        ("国办公开办函〔2019〕60号", "国办公开办函〔2021〕30号"),
        ("国办公开办函〔2021〕30号", None),
        ("《行政诉颂法》", None),  # a law of another name, for all that is known
    ],
)
def test_slips_in_the_name_of_an_instrument(named: str, meant: str | None) -> None:
    assert [found.expected for found in findings("W001", f"根据{named}，\n")] == ([meant] if meant else [])


@pytest.mark.parametrize(
    ("code", "right", "wrong", "offered"),
    [
        ("S004", "二、主动公开", "2、主动公开", ["二、"]),
        ("S004", "二、主动公开", "（二）主动公开", ["二、"]),
        ("P002", "二、主动公开", "联系电话13800138000。\n二、主动公开", []),
        ("W004", "二、主动公开", "截止2022年12月31日，\n二、主动公开", ["截至"]),
    ],
)
def test_what_is_offered(code: str, right: str, wrong: str, offered: list[str]) -> None:
    assert right in MODEL
    changed = MODEL.replace(right, wrong, 1).encode()
    (found,) = govlint.check(changed, name="a.txt", config=None, select=[code]).findings
    assert [edit.text for edit in (found.suggestion.edits if found.suggestion else ())] == offered
    assert (found.suggestion is None) == (not offered)


@pytest.mark.parametrize(
    ("day", "codes"),
    [("2022-11-30", ["C005"]), ("2022-12-01", []), ("2023-01-31", []), ("2023-02-01", ["P001"])],
)
def test_days_of_publication(day: str, codes: list[str]) -> None:
    text = MODEL.replace("发布时间：2023-01-16", f"发布时间：{day}")
    result = govlint.check(text.encode(), name="a.txt", config=None, select=["C005", "P001"])
    assert [found.code for found in result.findings] == codes
    assert result.report is not None
    span = result.report.published_span
    assert span is None or day in result.report.text(span)


@pytest.mark.parametrize(("year", "found"), [(2016, 0), (2017, 1), (2020, 1), (2021, 1)])
def test_figures_of_another_year(year: int, found: int) -> None:
    assert len(findings("C005", f"{year}年，共受理申请9件。\n")) == found


@pytest.mark.parametrize(
    ("words", "certainty"),
    [
        (
            "本报告由城关镇人民政府编制。",
            ["certain"],
        ),  # a department's report, made by a township of its own word
        ("本街道办事处全年收到申请6件。", ["likely"]),
        ("城关镇人民政府2022年主动公开信息5条。", []),
    ],
)
def test_a_township_in_a_department_s_report(words: str, certainty: list[str]) -> None:
    assert [found.certainty for found in findings("C006", words + "\n")] == certainty


@pytest.mark.parametrize("head", ["", "云溪\n", "云溪县\n", "\n云溪县\n\n"])
@pytest.mark.parametrize("before", ["", "  ", "\u3000"])
def test_an_attachment_s_number_stands_where_it_is_told(head: str, before: str) -> None:
    text = f"{head}{before}附件2：\n{MODEL}"
    (found,) = govlint.check(text.encode(), name="a.txt", config=None, select=["W005"]).findings
    assert found.span is not None
    assert text[found.span.start : found.span.end] == "附件2："


@pytest.mark.parametrize(
    ("agency", "certainty"),
    [
        ("云溪县农业农村局", "certain"),
        ("云溪县人民政府办公室", "likely"),  # which may report for the county
        ("云溪县城关镇党政办公室", "certain"),
        ("人民政府办公室", "likely"),
    ],
)
def test_a_late_date_is_certain_where_it_is_plain_whose_it_is(agency: str, certainty: str) -> None:
    text = MODEL.replace("云溪县农业农村局", agency).replace("发布时间：2023-01-16", "发布时间：2023-04-03")
    (found,) = govlint.check(text.encode(), name="a.txt", config=None, select=["P001"]).findings
    assert found.certainty == certainty
