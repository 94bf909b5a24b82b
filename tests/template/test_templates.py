"""Templates of a user's own: in a folder of the settings, as the guide says; what is wrong is said in one line."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest
from making.guide import from_the_guide

from govlint.document import Document
from govlint.linting.examples import model_report
from govlint.linting.linter import check
from govlint.linting.settings import Settings
from govlint.template.loader import load_all

FORM = """// document: 试行
// title: 读者服务年度报表
// years: 2020-
%declare COUNTS COUNT
start: service_table
service_table: visits loans
visits: "读者来访总数" COUNTS
loans: "图书借出总数" COUNTS
"""


def test_the_guide_shows_what_works(tmp_path: Path) -> None:
    text = from_the_guide(tmp_path)
    settings = Settings(template_folders=(tmp_path,))
    result = check(Document("report.txt", "text", text), settings)
    assert result.findings == []
    assert result.report is not None
    assert result.report.template.id == "library-service"
    assert (result.report.agency, result.report.year) == ("河湾市图书馆", 2023)
    assert len(result.report.cells) == len(result.report.template.addresses)


@pytest.mark.parametrize(
    ("old", "new", "code", "cell"),
    [
        ("| 5200 |", "| 5300 |", "N006", "service.visits.total"),
        ("办理借书证", "办借书证", "T004", "service.cards"),
        ("办理借书证 | 300 | 40 | 340\n", "", "T002", "service.cards"),
        ("一、基本情况", "一、情况", "S003", None),
        ("图书馆全年开放", "", "S005", None),
    ],
)
def test_structure_tables_and_numbers_of_the_guides_form(
    tmp_path: Path, old: str, new: str, code: str, cell: str | None
) -> None:
    text = from_the_guide(tmp_path)
    if code == "S005":
        old = text[text.index(old) : text.index("\n", text.index(old))]
    assert old in text
    result = check(Document("r.txt", "text", text.replace(old, new)), Settings(template_folders=(tmp_path,)))
    assert [finding.code for finding in result.findings] == [code]
    assert cell is None or cell in result.findings[0].cells


@pytest.mark.parametrize(
    ("old", "new", "identities", "said"),
    [
        pytest.param("// document: 试行\n", "", "", "mine.lark: 缺少“// document", id="no document"),
        pytest.param("2020-", "二〇二〇", "", "mine.lark: years", id="years"),
        pytest.param('"读者来访总数"', '"读者来访总数', "", "line 7 column 9", id="syntax"),
        pytest.param("visits loans", "visits loans fines", "", "'fines' used but not defined", id="undefined"),
        pytest.param("start:", "begin:", "", "start", id="no start"),
        pytest.param('"读者来访总数" COUNTS', '"读者来访总数" NUMBERS', "", "NUMBERS", id="undeclared"),
        pytest.param('"读者来访总数" COUNTS', '"读者来访总数" COUNT COUNT', "", "visits 一行有2格", id="cells"),
        pytest.param('"读者来访总数"', "/读者.*/", "", "/读者.*/", id="pattern"),
        pytest.param("visits loans", "visits* loans", "", "mine.lark", id="repeated"),
        pytest.param("visits loans", "visits service_table?", "", "mine.lark", id="recursive"),
        pytest.param("", "", "\nN006 for column in service: visits = loan", "mine.identities: line 2", id="cell"),
        pytest.param("", "", "N006 for columns", "mine.identities: line 1", id="identities"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_one_line(tmp_path: Path, old: str, new: str, identities: str, said: str) -> None:
    (tmp_path / "mine.lark").write_text(FORM.replace(old, new), "utf-8")
    (tmp_path / "mine.identities").write_text(identities, "utf-8")
    with pytest.raises(ValueError, match=re.escape(said)) as caught:
        Settings(template_folders=(tmp_path,)).templates()
    assert "\n" not in str(caught.value)


@pytest.mark.external
@pytest.mark.parametrize("template", sorted(load_all()))
def test_any_mixture_of_words_is_read(template: str) -> None:
    draw = random.Random(template)
    labels = [mark.label for made in load_all().values() for mark in made.landmarks]
    own = [mark.label for mark in load_all()[template].landmarks]
    junk = [
        "0",
        "12",
        "-3",
        "+4",
        "3.5",
        "1,204",
        "58万元",
        "□",
        "☑",
        "是",
        "（单位：条）",
        "：",
        "、",
        "。",
        "一、",
        "1.",
        "2022年",
        "http://a?b;c",
        "名称",
        "其他",
        "/",
        "—",
    ]
    model = model_report(template)
    for _ in range(60):
        words = [draw.choice(draw.choice([labels, own, junk])) for _ in range(draw.randint(1, 60))]
        mixed = "".join(word + draw.choice(["", "\n", " | ", "\t"]) for word in words)
        at = draw.randrange(len(model))
        for text in (mixed, model[:at] + mixed + model[at + draw.randint(0, 400) :]):
            result = check(Document("r.txt", "text", text), Settings(template=template))
            assert "E003" not in {finding.code for finding in result.findings}


def test_other_encodings_and_missing_folders(tmp_path: Path) -> None:
    (tmp_path / "mine.lark").write_bytes(FORM.encode("utf-8-sig").replace(b"\n", b"\r\n"))
    assert "mine" in load_all((tmp_path,))
    (tmp_path / "other.lark").write_bytes(FORM.encode("gb18030"))
    with pytest.raises(ValueError, match="other"):
        load_all((tmp_path, tmp_path))
    with pytest.raises(ValueError, match="nowhere"):
        load_all((tmp_path / "nowhere",))


STOCK = """// document: 试行
// title: 设备清单年度报表
// years: 2020-
%declare COUNT WORDS CHOICE
start: stock_table
stock_table: stock_header readers printers "合用" screens
stock_header: ("设备" | model | count | working)+
model: "型号"
count: "数量"
working: "是否完好"
readers: "自助借还机" WORDS COUNT CHOICE
printers: "打印机" WORDS COUNT CHOICE
screens: "显示屏" WORDS COUNT CHOICE
"""


@pytest.mark.parametrize("behind", ["", "填表人\n"])
@pytest.mark.parametrize("border", [" | ", "\t", "\n"])
def test_words_and_figures_in_one_row(tmp_path: Path, border: str, behind: str) -> None:
    (tmp_path / "stock.lark").write_text(STOCK, "utf-8")
    rows = [
        ["设备", "型号", "数量", "是否完好"],
        ["自助借还机", "JH-200 型（二〇二〇年）", "4", "☑是 □否"],
        ["打印机", "P3，双面", "12", "□是 ☑否"],
        ["合用"],
        ["显示屏", "X 55 寸", "2", "☑是 □否"],
    ]
    text = (
        "河湾市图书馆2023年设备清单年度报表\n" + "\n".join(border.join(row) for row in rows) + "\n" + behind
    )
    settings = Settings(template_folders=(tmp_path,))
    result = check(Document("r.txt", "text", text), settings)
    assert result.findings == []
    assert result.report is not None
    assert [cell.raw for cell in result.report.cells.values()] == [
        cell for row in rows[1:] for cell in row[1:]
    ]
    wrong = check(
        Document("r.txt", "text", text.replace("12", "若干").replace("□是 ☑否", "□是 □否")), settings
    )
    assert [(f.code, f.cells) for f in wrong.findings] == [
        ("T006", ("stock.printers.count",)),
        ("T005", ("stock.printers.working",)),
    ]


@pytest.mark.parametrize(
    ("template", "old", "new", "cites"),
    [
        ("ogi-2021", "五、存在的主要问题及改进情况", "五、存在问题及改进情况", "〔2021〕30号"),
        ("ogi-2019", "五、存在的主要问题及改进情况", "五、存在问题及改进情况", "〔2019〕60号"),
        ("website-annual", "5210", "5120", "〔2018〕12号"),
        ("library-service", "7800", "7900", "河湾市图书馆服务报告格式（试行）"),
    ],
)
def test_a_finding_cites_the_document_of_its_template(
    template: str, old: str, new: str, cites: str, tmp_path: Path
) -> None:
    guide = from_the_guide(tmp_path)
    text = guide if template == "library-service" else model_report(template)
    assert old in text
    settings = Settings(template_folders=(tmp_path,))
    (finding,) = check(Document("r.txt", "text", text.replace(old, new)), settings).findings
    assert cites in finding.reference.document
