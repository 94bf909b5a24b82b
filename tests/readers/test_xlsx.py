"""Excel workbooks of the tables, as agencies collect them; and ``extract --format xlsx``, which writes them."""

from __future__ import annotations

import datetime
import io
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from making.corpus import LAYOUTS, sample
from making.mutations import MUTATIONS
from making.office import excel, saved_book
from making.packages import ENTITY, LAUGHS, LOCKED, OFFICE, PACKAGE, converted, stating, twice, zipped
from openpyxl import Workbook

from govlint import readers
from govlint.cli.commands import main
from govlint.document import Document
from govlint.linting.examples import model_report
from govlint.linting.linter import check_bytes
from govlint.linting.settings import Settings
from govlint.result import Result

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def checked(data: bytes, path: str = "tables.xlsx") -> Result:
    return check_bytes(data, path, Settings())


def to_act_on(result: Result) -> list[tuple[str, str]]:
    return [(f.code, f.words.zh) for f in result.findings if f.severity != "info"]


def values(result: Result) -> dict[str, object]:
    assert result.report is not None
    assert not any(cell.uncertain for cell in result.report.cells.values())
    return {address: cell.value for address, cell in result.report.cells.items()}


def read(book: Workbook) -> Document:
    return readers.read(saved_book(book), "a.xlsx")


def with_part(data: bytes, name: str, change: Callable[[str], str]) -> bytes:
    """A workbook with one of its parts changed."""
    source, out = zipfile.ZipFile(io.BytesIO(data)), io.BytesIO()
    assert name in source.namelist()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for each in source.namelist():
            content = source.read(each)
            target.writestr(each, change(content.decode()) if each == name else content)
    return out.getvalue()


def with_sheet(content: str) -> bytes:
    book = Workbook()
    return with_part(
        saved_book(book),
        "xl/worksheets/sheet1.xml",
        lambda _: f'<worksheet xmlns="{MAIN}">{content}</worksheet>',
    )


def cells(**content: str) -> str:
    return "".join(
        f'<row r="{name[1:]}"><c r="{name}"{" t=" + chr(34) + "str" + chr(34) if kind else ""}>{xml}</c></row>'
        for name, xml in content.items()
        for kind in [xml.startswith("<v>甲")]
    )


@pytest.mark.parametrize(
    "how", [{}, {"sheets": True}, {"prose": True}], ids=["one sheet", "sheets", "whole report"]
)
@pytest.mark.parametrize("seed", range(5))
def test_a_clean_workbook_reads_to_its_figures(how: dict[str, bool], seed: int) -> None:
    made = sample(seed)
    result = checked(saved_book(excel(made, **how)))
    assert to_act_on(result) == []
    assert values(result) == made.cells
    assert result.document is not None
    assert result.document.tables_only is not how.get("prose", False)
    assert not result.document.notes


@pytest.mark.parametrize(
    "name",
    ["missing row", "missing row of table 2", "reworded label", "blank cell", "negative", "unit in a cell", "wrong row total",
     "wrong outcome", "wrong review total", "swapped rows"],
)  # fmt: skip
def test_one_mistake_is_one_finding(name: str) -> None:
    mutation = MUTATIONS[name]
    made = sample(11)
    mutation.change(made)
    result = checked(saved_book(excel(made)))
    assert [code for code, _ in to_act_on(result)] == mutation.codes
    if mutation.cell:
        assert result.findings[0].cells[0] == mutation.cell


@pytest.mark.parametrize("name", ["blank cell", "wrong row total"])
@pytest.mark.parametrize("sheets", [False, True])
def test_a_finding_says_where(name: str, sheets: bool) -> None:
    made = sample(11)
    MUTATIONS[name].change(made)
    book = excel(made, sheets)
    result = checked(saved_book(book))
    (finding,) = [finding for finding in result.findings if finding.severity != "info"]
    assert result.document is not None
    assert finding.span is not None
    origin = result.document.origin(finding.span.start)
    assert origin is not None
    assert origin.sheet is not None
    sheet = book[origin.sheet]
    written = sheet[origin.cell].value
    assert written in (None, "") if name == "blank cell" else str(written) == finding.actual
    label = "二、上年结转" if name == "blank cell" else "要求提供公开出版物"
    assert any(label in str(cell.value) for cell in sheet[origin.row])


@pytest.mark.external
def test_libreoffice_writes_it_otherwise(tmp_path: Path) -> None:
    made = sample(3)
    ods = converted(saved_book(excel(made)), ".xlsx", ".ods", tmp_path)
    result = checked(converted(ods, ".ods", ".xlsx", tmp_path))
    assert to_act_on(result) == []
    assert values(result) == made.cells


# Values


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (3, "3"),
        (3.0, "3"),
        (12.3, "12.3"),
        (0.1 + 0.2, "0.3"),
        (1234567.89, "1234567.89"),
        (1e-7, "0.0000001"),
        (1e15, "1000000000000000"),
        ("12", "12"),
        (" 12 ", "12"),
        ("商业\n企业", "商业\v企业"),
        ("甲\t乙", "甲 乙"),
        (True, "TRUE"),
        (datetime.date(2023, 1, 16), "2023-01-16"),
        ("#REF!", "REF错误"),
    ],
)
def test_how_a_value_is_shown(value: object, text: str) -> None:
    book = Workbook()
    book.active["A1"], book.active["B1"] = "甲", value
    assert read(book).text == f"甲\t{text}\n"


def test_formulas_give_their_last_value() -> None:
    data = with_sheet(f"<sheetData>{cells(A1='<v>甲</v>', A2='<f>1+1</f><v>2</v>')}</sheetData>")
    document = readers.read(data, "a.xlsx")
    assert document.text == "甲\n2\n"
    assert not document.notes


def test_only_sheets_that_the_workbook_shows_are_read() -> None:
    book = excel(sample(1))
    book.create_sheet("hidden").sheet_state = "hidden"
    data = saved_book(book)
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as target:
        for number in range(60):
            target.writestr(f"xl/worksheets/sheet{100 + number}.xml", "<worksheet" + " " * 900_000)
    assert readers.read(out.getvalue(), "tables.xlsx").text == readers.read(data, "tables.xlsx").text


@pytest.mark.parametrize("format", ["[" * 50_000, "&quot;" * 2_001, "0" * 200_000])
def test_formats_longer_than_any_cost_nothing(format: str) -> None:
    def lengthened(xml: str) -> str:
        return xml.replace(
            "<fonts", f'<numFmts><numFmt numFmtId="200" formatCode="{format}"/></numFmts><fonts', 1
        )

    assert (
        readers.read(with_part(GOOD, "xl/styles.xml", lengthened), "a.xlsx").text
        == readers.read(GOOD, "a.xlsx").text
    )


def test_hidden_sheets_are_left_out() -> None:
    made = sample(4)
    book = excel(made)
    for state in ("hidden", "veryHidden"):
        old = book.copy_worksheet(book.active)
        old.sheet_state = state
        old["D20"] = 12345
    result = checked(saved_book(book))
    assert to_act_on(result) == []
    assert values(result) == made.cells


@pytest.mark.parametrize(
    ("lines", "alone"),
    [
        pytest.param(
            ["二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况"], True, id="headings of tables"
        ),
        pytest.param(
            ["填表说明：本表由各单位填报，数字应与年度报告一致，没有的填零。" * 3, "注：同上。" * 20],
            True,
            id="notes",
        ),
        pytest.param(["一、", "二、", "三、", "四、", "五、", "六、"], False, id="all headings"),
        pytest.param(
            ["本机关坚持以公开促落实、强监管，各项工作稳步推进，取得了新的进展，成效明显。" * 2] * 2,
            False,
            id="prose",
        ),
    ],
)
def test_what_is_the_tables_alone(lines: list[str], alone: bool) -> None:
    book = Workbook()
    for row, text in enumerate(lines, 1):
        book.active.cell(row, 1, text)
    assert read(book).tables_only is alone


def test_a_table_may_begin_anywhere_and_its_side_cells_be_blank() -> None:
    made = sample(6)
    book = excel(made)
    sheet = book.active
    merged = [
        each.coord for each in sheet.merged_cells.ranges if each.min_col < 3 and each.max_row > each.min_row
    ]
    for each in merged:
        if sheet[each.split(":")[0]].value and "勾稽" not in str(sheet[each.split(":")[0]].value):
            sheet.unmerge_cells(each)
    result = checked(saved_book(book))
    assert to_act_on(result) == []
    assert values(result) == made.cells
    sheet.insert_cols(1, 2)
    sheet.insert_rows(1, 3)


@pytest.mark.parametrize("dimension", ["A1", "A1:XFD1048576"])
def test_the_stated_size_of_a_sheet_is_not_believed(dimension: str) -> None:
    made = sample(2)
    data = with_part(
        saved_book(excel(made)),
        "xl/worksheets/sheet1.xml",
        lambda xml: xml[: (at := xml.index('ref="') + 5)] + dimension + xml[xml.index('"', at) :],
    )
    assert values(checked(data)) == made.cells


def test_styles_that_openpyxl_refuses() -> None:
    made = sample(2)
    data = with_part(
        saved_book(excel(made)),
        "xl/styles.xml",
        lambda xml: xml.replace("<fills", "<fills x='1'><odd/></fills><fills"),
    )
    assert values(checked(data)) == made.cells


def test_the_strict_form() -> None:
    made = sample(2)
    source, out = zipfile.ZipFile(io.BytesIO(saved_book(excel(made)))), io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name).replace(
                MAIN.encode(), b"http://purl.oclc.org/ooxml/spreadsheetml/main"
            )
            target.writestr(name, content)
    assert values(checked(out.getvalue())) == made.cells


# Bad files

GOOD = saved_book(excel(sample(1)))
FAR = (
    "<sheetData>"
    + cells(A1="<v>甲</v>", XFD1048576="<v>1</v>").replace('r="FD1048576"', 'r="1048576"')
    + "</sheetData>"
)


def test_cells_far_out_cost_nothing() -> None:
    assert readers.read(with_sheet(FAR), "a.xlsx").text.startswith("甲\n")


BAD = {
    "cut off": GOOD[: len(GOOD) // 2],
    "empty": saved_book(Workbook()),
    "encrypted": LOCKED,
    "no workbook": with_part(GOOD, "xl/workbook.xml", lambda _: "<x/>"),
    "binary workbook": zipped(
        ("_rels/.rels", f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" Type="{OFFICE}/officeDocument" Target="xl/workbook.bin"/></Relationships>'.encode()),
        ("xl/workbook.bin", bytes(99)),
    ),
    "sheets without end": with_part(GOOD, "xl/workbook.xml", lambda xml: xml.replace("<sheets>", "<sheets>" + '<sheet name="x"/>' * 1_001)),
    "no XML": with_part(GOOD, "xl/worksheets/sheet1.xml", lambda xml: xml[:500]),
    "bomb by ratio": with_sheet("<sheetData/>" + " " * 15_000_000),
    "bomb by size": stating(GOOD, 200_000_000),
    "two of one name": twice(GOOD, "xl/worksheets/sheet1.xml"),
    "entities": with_part(GOOD, "xl/styles.xml", lambda _: (ENTITY % (LAUGHS, MAIN.encode())).decode()),
    "rows without end": with_sheet("<sheetData>" + cells(A1="<v>甲</v>") + '<row r="999999999"><c r="A999999999"><v>1</v></c></row></sheetData>'),
    "merged without end": with_sheet(
        f"<sheetData>{cells(**{f'A{n}': '<v>1</v>' for n in range(1, 800)})}</sheetData><mergeCells>"
        + '<mergeCell ref="A1:XFD1048576"/>' * 300
        + "</mergeCells>"
    ),
    "too many values": with_sheet(f"<sheetData>{cells(**{f'A{n}': f'<v>{n * 7919}</v>' for n in range(1, 9000)})}</sheetData>"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_bad_files_are_e001(name: str) -> None:
    result = checked(BAD[name])
    if name == "rows without end":  # what lies behind Excel's last row is not there
        assert result.document is not None
        assert result.document.text == "甲\n"
    else:
        assert (result.status, [f.code for f in result.findings]) == ("unreadable", ["E001"])


# govlint extract --format xlsx


def extracted(tmp_path: Path, *texts: str) -> Path:
    for number, text in enumerate(texts):
        (tmp_path / f"{number}.txt").write_text(text, "utf-8")
    target = tmp_path / "out.xlsx"
    sources = [str(tmp_path / f"{number}.txt") for number in range(len(texts))]
    assert main(["extract", "--format", "xlsx", "--output", str(target), *sources]) == 0
    return target


@pytest.mark.parametrize("template", ["ogi-2021", "ogi-2019", "website-annual"])
def test_what_is_written_reads_back(template: str, tmp_path: Path) -> None:
    text = model_report(template)
    result = checked(extracted(tmp_path, text).read_bytes())
    assert to_act_on(result) == []
    before = check_bytes(text.encode(), "a.txt", Settings())
    assert values(result) == values(before)
    assert result.report is not None
    assert before.report is not None
    assert (result.report.agency, result.report.year) == (before.report.agency, before.report.year)


@pytest.mark.parametrize("seed", range(4))
def test_figures_are_numbers_in_the_mandated_form(seed: int, tmp_path: Path) -> None:
    made = sample(seed)
    sheet = openpyxl.load_workbook(extracted(tmp_path, LAYOUTS["bars"](made))).active
    written = {cell.coordinate: cell for row in sheet.iter_rows() for cell in row if cell.value is not None}
    numbers = [cell.value for cell in written.values() if cell.data_type == "n"]
    assert sorted(numbers) == sorted(map(float, made.cells.values()))
    words = {str(cell.value): cell for cell in written.values()}
    spans = {each.start_cell.coordinate: each.size for each in sheet.merged_cells.ranges}
    sizes = {word: spans.get(cell.coordinate, {"rows": 1, "columns": 1}) for word, cell in words.items()}
    for word, rows, columns in [
        ("申请人情况", 1, 7),
        ("法人或其他组织", 1, 5),
        ("自然人", 2, 1),
        ("三、本年度办理结果", 22, 1),
        ("（三）不予公开", 8, 1),
        ("（一）予以公开", 1, 2),
        ("一、本年新收政府信息公开申请数量", 1, 3),
        ("第二十条第（一）项", 1, 4),
        ("行政诉讼", 1, 10),
        ("复议后起诉", 1, 5),
    ]:
        assert sizes[word] == {"rows": rows, "columns": columns}, word


def test_words_are_never_formulas(tmp_path: Path) -> None:
    text = (
        model_report("ogi-2021")
        .replace("行政许可 | 156", "行政许可 | =1+1")
        .replace("行政处罚 | 24", "行政处罚 | -3")
    )
    sheet = openpyxl.load_workbook(extracted(tmp_path, text)).active
    suspicious = [
        cell for row in sheet.iter_rows() for cell in row if str(cell.value).startswith(("=", "-", "+", "@"))
    ]
    assert [(cell.value, cell.data_type, cell.quotePrefix) for cell in suspicious] == [
        ("=1+1", "s", True),
        ("-3", "s", True),
    ]


def test_several_documents_are_several_sheets(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(
        extracted(tmp_path, model_report("ogi-2021"), model_report("ogi-2021"), "晚饭吃什么？" * 20)
    )
    first, second, unread = book.sheetnames
    assert second == f"{first}(2)"
    assert book[unread]["A1"].value.endswith("2.txt")


def test_a_workbook_is_not_shown_on_a_terminal(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(model_report("ogi-2021"), "utf-8")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    assert main(["extract", "--format", "xlsx", str(tmp_path / "a.txt")]) == 2
