"""The yearly form of government websites: a template that is all table, in every layout, by its grammar alone."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import jsonschema
import pytest
from making.forms import FORMS

from govlint import outputs
from govlint.document import Document
from govlint.linting.examples import model_report
from govlint.linting.linter import check
from govlint.linting.settings import Settings
from govlint.result import Result

FORM = "website-annual"
SCHEMAS = Path(__file__).parents[2] / "docs" / "schema"
SPELLINGS = {
    "as mandated": lambda text: text,
    "units in brackets alone": lambda text: text.replace("（单位：", "（"),
    "ticks for boxes": lambda text: text.replace("☑是 □否", "√是  否").replace("☑", "√"),
    "half-width": lambda text: text.replace("（", "(").replace("）", ")").replace("：", ":"),
}


def checked(text: str) -> Result:
    return check(Document("form.txt", "text", text), Settings())


def read(result: Result) -> dict[str, object]:
    assert result.report is not None
    return {address: cell.value for address, cell in result.report.cells.items()}


MODEL = read(checked(model_report(FORM)))


@pytest.mark.parametrize("spelling", SPELLINGS)
@pytest.mark.parametrize("layout", FORMS)
def test_a_clean_form_reads_the_same(layout: str, spelling: str) -> None:
    result = checked(SPELLINGS[spelling](FORMS[layout]()))
    assert [(finding.code, finding.cells) for finding in result.findings] == []
    assert read(result) == MODEL
    assert result.report is not None
    assert (result.report.template.id, result.report.year) == (FORM, 2022)
    assert result.report.agency == "云溪县人民政府办公室"


def test_words_are_kept_as_written() -> None:
    report = checked(model_report(FORM)).report
    assert report is not None
    cells = {address: (cell.state, cell.raw) for address, cell in report.cells.items()}
    assert cells["site.home_page.value"] == ("text", "http://www.yunxi.example/")
    assert cells["site.has_drills.value"] == ("text", "☑是 □否")
    assert cells["site.weibo_name.value"] == ("text", "云溪发布")


@pytest.mark.parametrize(
    "written",
    [
        " | ☑搜索即服务\n□多语言版本 ☑无障碍浏览\n□其他",
        "\n☑搜索即服务 □多语言版本\n☑无障碍浏览",
        "：□搜索即服务\n\n☑其他",
        " | 智能问答",
        " |\n智能问答",
        "\n智能问答",
        "：\n  智能问答、一网通查",
        " | ",
        "",
        " | |",
    ],
)
def test_the_last_words_run_on_over_lines_of_boxes(written: str) -> None:
    text, old = model_report(FORM).rstrip(), "创新发展 | ☑搜索即服务 □多语言版本 ☑无障碍浏览 □千人千网 □其他"
    assert text.endswith(old)
    report = checked(f"{text.removesuffix(old)}创新发展{written}\n填表人\n").report
    assert report is not None
    assert report.cells["site.innovation.value"].raw == written.strip("：| \n")


@pytest.mark.parametrize(
    "behind",
    ["| |\n智能问答", "|\n云溪县人民政府办公室", "|\n2023年1月20日", "|\n\n智能问答", "|\n审核人：张三"],
)
def test_what_stands_below_the_form_is_not_its_last_cell(behind: str) -> None:
    text, _ = model_report(FORM).rstrip().rsplit("|", 1)
    report = checked(f"{text}{behind}\n").report
    assert report is not None
    assert report.cells["site.innovation.value"].raw == ""


@pytest.mark.parametrize("layout", [name for name in FORMS if name != "run together"])
@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        pytest.param("2874", "2847", ("N006", "site.posts_"), id="sum"),
        pytest.param("20117", "20171", ("N006", "site.cases_"), id="sum of another group"),
        pytest.param("1201", "1360", ("N006", "site."), id="part above the whole"),
        pytest.param("40312", "40312人", ("T006", "site.registered_users.value"), id="unit"),
        pytest.param("☑是 □否", "☑是 ☑否", ("T006", "site.has_catalogue.value"), id="both boxes"),
        pytest.param("新开设数量", "新开数量", ("T004", "site.topics_opened"), id="reworded"),
    ],
)
def test_one_mistake(layout: str, old: str, new: str, found: tuple[str, str]) -> None:
    code, cell = found
    (finding,) = checked(FORMS[layout]().replace(old, new, 1)).findings
    assert finding.code == code
    assert finding.cells[0].startswith(cell)


@pytest.mark.parametrize(
    ("lines", "code", "cells"),
    [
        pytest.param(["法人办件量 | 20117\n"], "T002", ("site.cases_organisations",), id="row"),
        pytest.param(
            ["信息发布（单位：条） | 总数 | 5210\n"],
            "T002",
            ("site.posts_total",),
            id="row of a repeated label",
        ),
        pytest.param(
            ["办件量（单位：件） | 总数 | 90417\n"], "T002", ("site.cases_total",), id="another such"
        ),
        pytest.param(["问题整改数量（单位：个） | 5\n"], "T002", ("site.problems_mended",), id="number"),
    ],
)
def test_a_missing_row_is_the_one_that_is_missing(
    lines: list[str], code: str, cells: tuple[str, ...]
) -> None:
    text = model_report(FORM)
    for line in lines:
        text = text.replace(line, "")
    found = [(f.code, f.cells) for f in checked(text).findings if f.code != "N006"]
    assert found == [(code, cells)]


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("□是 □否", ["T005"]),
        ("", ["T005"]),
        ("是/否", ["T005"]),
        ("是", []),
        ("□是 ■否", []),
        ("是√ 否□", []),
        ("是 □否", []),
        ("[√]是 [ ]否", []),
        ("√是 √否", ["T006"]),
    ],
)
def test_one_box_is_ticked(written: str, found: list[str]) -> None:
    text = model_report(FORM).replace("是否开展应急演练 | ☑是 □否", f"是否开展应急演练 | {written}")
    assert [f.code for f in checked(text).findings] == found


def test_what_the_form_finds_is_likely() -> None:
    """It rests on the notice's text alone."""
    (finding,) = checked(model_report(FORM).replace("2874", "2847", 1)).findings
    assert (finding.code, finding.certainty) == ("N006", "likely")


def test_a_blank_box_asks_for_no_0() -> None:
    text = model_report(FORM).replace("☑是 □否", "□是 □否", 1).replace("| 40312", "|")
    (finding,) = checked(text).findings
    assert finding.cells == ("site.has_catalogue.value", "site.registered_users.value")
    assert finding.suggestion is not None
    assert finding.suggestion.cells == {"site.registered_users.value": 0}


def test_words_may_be_left_out() -> None:
    text = model_report(FORM).replace("| 云溪发布", "| ").replace("其他 | 无", "其他 | ")
    assert checked(text).findings == []


def test_a_part_above_the_whole_only_warns() -> None:
    text = model_report(FORM).replace("办结留言数量（单位：条） | 418", "办结留言数量（单位：条） | 420")
    (finding,) = checked(text).findings
    assert (finding.code, finding.severity, finding.certainty) == ("N006", "warning", "likely")


def test_words_are_extracted_beside_the_figures() -> None:
    out = io.StringIO()
    outputs.load("json", outputs.EXTRACTS).write([checked(model_report(FORM))], out)
    extracted = json.loads(out.getvalue())
    schema = json.loads((SCHEMAS / "extract.schema.json").read_text("utf-8"))
    jsonschema.validate(extracted, schema)
    (document,) = extracted["documents"]
    assert document["texts"]["site.organiser.value"] == "云溪县人民政府"
    assert document["cells"]["site.organiser.value"] is None
    assert document["cells"]["site.handling_days.value"] == 3.5
    out = io.StringIO()
    outputs.load("csv", outputs.EXTRACTS).write([checked(model_report(FORM))], out)
    rows = {row["address"]: row for row in csv.DictReader(io.StringIO(out.getvalue().lstrip("\ufeff")))}
    assert rows["site.organiser.value"]["value"] == "云溪县人民政府"
    assert rows["site.cases_total.value"]["row"] == "办件量总数"
