"""Where on the page stands what is known of a report: who, which year, which day."""

from __future__ import annotations

import pytest

import govlint
from govlint.linting.examples import model_report

MODEL = model_report("ogi-2021")
TITLE = "云溪县农业农村局2022年政府信息公开工作年度报告"
LINE = "发布时间：2023-01-16 来源：云溪县农业农村局 浏览次数：128"


@pytest.mark.parametrize(
    ("head", "agency", "title", "published"),
    [
        (f"{TITLE}\n{LINE}", "云溪县农业农村局", TITLE, "2023-01-16"),
        (f"云溪县农业农村局\n2022年政府信息公开工作年度报告\n{LINE}", "云溪县农业农村局", None, "2023-01-16"),
        (f"首页\n政务公开\n{TITLE}\n2023-01-16", "云溪县农业农村局", TITLE, "2023-01-16"),
        ("2022年政府信息公开工作年度报告", None, "2022年政府信息公开工作年度报告", None),
        # slips in the title's own words
        ("云溪县农业农村局2022年政府信息公开工作年度报吿", "云溪县农业农村局", None, None),
        ("2022年云溪县农业农村局政府信息公开年度报告", "云溪县农业农村局", None, None),
    ],
)  # fmt: skip
def test_the_head(head: str, agency: str | None, title: str | None, published: str | None) -> None:
    assert f"{TITLE}\n{LINE}" in MODEL
    report = govlint.check(MODEL.replace(f"{TITLE}\n{LINE}", head).encode(), name="a.txt", config=None).report
    assert report is not None
    spans = (report.agency_span, report.year_span, report.title_span, report.published_span)
    found = [report.text(span) if span else None for span in spans]
    assert (report.agency, report.year) == (agency, 2022)
    assert found[0] == agency
    assert (found[1] or "").startswith("2022")
    assert title is None or found[2] == title
    assert (found[3] or "").endswith(published or "")
    assert (found[3] is None) == (published is None)


@pytest.mark.parametrize(
    "end",
    [
        "云溪县农业农村局\n2023年1月16日",
        "云溪县农业农村局\n二〇二三年一月十六日",
        "（本页无正文）\n云溪县农业农村局\n2023年1月16日",
    ],
)
def test_the_foot(end: str) -> None:
    """A letter that names its sender and day below."""
    text = MODEL.replace(f"{TITLE}\n{LINE}", "2022年政府信息公开工作年度报告").rstrip() + "\n\n" + end + "\n"
    report = govlint.check(text.encode(), name="a.txt", config=None).report
    assert report is not None
    assert report.agency == "云溪县农业农村局"
    assert report.published is not None
    assert report.published.isoformat() == "2023-01-16"
    assert report.agency_span is not None
    assert report.text(report.agency_span) == "云溪县农业农村局"
    assert report.published_span is not None
    assert report.text(report.published_span) == end.splitlines()[-1]


ROW = "（一）予以公开 | 5 | 1 | 0 | 0 | 0 | 0 | 6"
LONG = ROW.replace("5 | 1", "52 | 10").replace("| 6", "| 62")


@pytest.mark.parametrize("between", [" | ", "|", "  |   ", "\t", "   ", " "])
def test_figures_stand_where_they_are_read(between: str) -> None:
    assert ROW in MODEL
    text = MODEL.replace(ROW, LONG.replace(" | ", between))
    report = govlint.check(text.encode(), name="a.txt", config=None).report
    assert report is not None
    cells = [
        report.cells[f"applications.granted.{column}"] for column in ("natural_person", "business", "total")
    ]
    assert [cell.value for cell in cells] == [52, 10, 62]
    assert [report.text(cell.span) for cell in cells if cell.span] == ["52", "10", "62"]


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("发布日期：2023年1月16日", "2023年1月16日"),
        ("发布时间： 2023/01/16 10:20", "2023/01/16"),
        ("日期:2023-1-16", "2023-1-16"),
    ],
)
def test_the_day_stands_without_its_label(line: str, day: str) -> None:
    report = govlint.check(MODEL.replace(LINE, line).encode(), name="a.txt", config=None).report
    assert report is not None
    assert report.published_span is not None
    assert report.text(report.published_span) == day


@pytest.mark.parametrize("ordinal", ["一、", "一 ", "一"])
def test_a_text_that_begins_with_its_first_heading(ordinal: str) -> None:
    text = ordinal + MODEL[MODEL.index("总体情况") :]
    report = govlint.check(text.encode(), name="a.txt", config=None).report
    assert report is not None
    assert next(iter(report.sections)) == "overview"
    assert report.sections["overview"].span.start == 0


@pytest.mark.parametrize("title", [TITLE, "2022年政府信息公开工作年度报告-云溪县人民政府"])
def test_the_title_of_a_page(title: str) -> None:
    body = "".join(f"<p>{line}</p>" for line in MODEL.splitlines()[1:])
    page = f"<html><head><meta charset=utf-8><title>{title}</title></head><body>{body}</body></html>"
    report = govlint.check(page.encode(), name="a.html", config=None).report
    assert report is not None
    assert (report.agency, report.year, report.title) == ("云溪县农业农村局", 2022, title)
