"""What a workbook shows beside its values: formulas nobody worked out, hidden rows, pictures, struck-out words."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest
from making.corpus import sample
from making.office import excel, saved_book
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.drawing.image import Image
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from govlint.linting.linter import check_bytes
from govlint.linting.settings import Settings
from govlint.result import Result

SEED = 4
TOTAL = 10
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001"
    "a5f645400000000049454e44ae426082"
)


def checked(book: Workbook) -> Result:
    return check_bytes(saved_book(book), "report.xlsx", Settings())


def codes(result: Result) -> list[str]:
    return [finding.code for finding in result.findings if finding.severity != "info"]


def row_of(sheet: Worksheet, label: str) -> int:
    return next(cell.row for (cell,) in sheet["A1:A99"] if str(cell.value).startswith(label))


def value(result: Result, address: str) -> object:
    assert result.report is not None
    return result.report.cells[f"applications.{address}"].value


@pytest.mark.parametrize(
    "formula",
    ["=SUM(D{0}:I{0})", "=D{0}+E{0}+F{0}+G{0}+H{0}+I{0}", "=SUM($D{0}:$F{0}, G{0}) + SUM(H{0}:I{0})", "=1 + SUM(D{0}:I{0}) - 1"],
)  # fmt: skip
def test_a_sum_that_nobody_worked_out_is_worked_out_and_said(formula: str) -> None:
    made = sample(SEED)
    book = excel(made)
    sheet = book.active
    row = row_of(sheet, "一、本年新收")
    for at in (row, row + 1, row + 2):
        sheet.cell(at, TOTAL).value = formula.format(at)
    result = checked(book)
    assert result.report is not None
    assert {address: cell.value for address, cell in result.report.cells.items()} == made.cells
    assert codes(result) == []
    assert any("按公式算出" in note.zh for note in result.notes)


@pytest.mark.parametrize(
    "formula", ["=VLOOKUP(A1,B:C,2)", "=SUM(D{0}:I{0}", "=D{0}*2", "=J{0}", "=SUM(Sheet2!A1)", '="甲"']
)
def test_what_cannot_be_worked_out_is_unread_and_not_blank(formula: str) -> None:
    book = excel(sample(SEED))
    row = row_of(book.active, "一、本年新收")
    book.active.cell(row, TOTAL).value = formula.format(row)
    result = checked(book)
    assert value(result, "new_received.total") is None
    assert codes(result) == []
    assert result.verdict == "incomplete"
    assert any(f"J{row}" in why.zh for _, why in result.unchecked)


def test_what_is_worked_out_when_the_file_is_opened_is_not_what_is_stored() -> None:
    made = sample(SEED)
    book = excel(made)
    row = row_of(book.active, "一、本年新收")
    book.active.cell(row, TOTAL).value = f"=SUM(D{row}:I{row})"
    book.active.cell(row + 1, TOTAL).value = "=VLOOKUP(A1,B:C,2)"
    stale = _changed(saved_book(book), "xl/worksheets/sheet1.xml", "<v></v>", "<v>0</v>", "<v/>", "<v>0</v>")
    result = check_bytes(stale, "report.xlsx", Settings())
    assert value(result, "new_received.total") == made.cells["applications.new_received.total"]
    assert value(result, "carried_in.total") is None
    assert codes(result) == []
    assert result.verdict == "incomplete"


def _changed(data: bytes, part: str, *pairs: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            text = source.read(name)
            for old, new in zip(pairs[::2], pairs[1::2], strict=True) if name == part else ():
                text = text.replace(old.encode(), new.encode())
            target.writestr(name, text)
    return out.getvalue()


# What is shown of a value


@pytest.mark.parametrize(
    ("code", "stored", "shown"),
    [
        ("0", 11.4, "11"),
        ("#,##0", 1203.6, "1204"),
        ("0.0", 3.04, "3.0"),
        ("0%", 0.11, "11%"),
        ("0,", 11000, "11"),
        ("0!.0,", 110000, "11.0"),
        ('0"件";-0"件";"无"', 4.2, "4件"),
        ("0.00", 11, "11"),
        ("000", 5, "5"),
        ("[Red]0;[Blue]-0", 7, "7"),
        ("General", 5 + 1e-13, "5"),
        ("General", 1e-13, "0"),
        (";;;", 5, ""),
        ("[<10]0;0.0", 5, "5"),
    ],
)
def test_a_figure_is_read_as_its_format_shows_it(code: str, stored: float, shown: str) -> None:
    book = excel(sample(SEED))
    cell = book.active.cell(row_of(book.active, "一、本年新收"), TOTAL)
    cell.value, cell.number_format = stored, code
    result = checked(book)
    assert result.report is not None
    found = result.report.cells["applications.new_received.total"]
    assert found.raw == shown
    differs = shown not in ("", str(stored)) and code not in ("0.00", "General")
    assert found.uncertain == differs
    assert any("显示的数和存储的数不同" in note.zh for note in result.notes) == differs
    assert any("看不见" in note.zh for note in result.notes) == (shown == "")


@pytest.mark.parametrize("code", ["#", '0;-0;"-"', "0;-0;;@", '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ '])
def test_noughts_that_a_format_hides_are_noughts_and_told_of(code: str) -> None:
    made = sample(SEED)
    book = excel(made)
    for row in book.active.iter_rows():
        for cell in row:
            if isinstance(cell.value, int):
                cell.number_format = code
    result = checked(book)
    assert result.report is not None
    assert {address: cell.value for address, cell in result.report.cells.items()} == made.cells
    assert codes(result) == []
    assert any("显示为空白或“-”" in note.zh for note in result.notes)


@pytest.mark.parametrize("font", [Font(strike=True), Font(color="FFFFFFFF")], ids=["struck", "white"])
def test_a_figure_that_does_not_count_is_not_read_and_told_of(font: Font) -> None:
    book = excel(sample(SEED))
    cell = book.active.cell(row_of(book.active, "一、本年新收"), TOTAL)
    cell.font = font
    result = checked(book)
    assert codes(result) == ["T005"]
    assert any("没有作为正文读取" in note.zh for note in result.notes)
    cell.fill = PatternFill("solid", fgColor="FF1F3864")
    assert (codes(checked(book)) == []) == (font.color is not None)


def test_the_raised_mark_of_a_note_is_no_digit() -> None:
    made = sample(SEED)
    book = excel(made)
    cell = book.active.cell(row_of(book.active, "一、本年新收"), TOTAL)
    mark = TextBlock(InlineFont(vertAlign="superscript"), "2")
    cell.value = CellRichText(TextBlock(InlineFont(), str(cell.value)), mark)
    result = checked(book)
    assert value(result, "new_received.total") == made.cells["applications.new_received.total"]
    assert codes(result) == []


def test_of_two_sheets_with_the_same_tables_the_first_is_read_and_said() -> None:
    made = sample(SEED)
    book = excel(made)
    other = book.copy_worksheet(book.active)
    other.title = "上年"
    other.cell(row_of(other, "一、本年新收"), TOTAL).value = 999
    result = checked(book)
    assert result.report is not None
    assert {address: cell.value for address, cell in result.report.cells.items()} == made.cells
    assert codes(result) == []
    assert any("上年" in why.zh for _, why in result.unchecked)


def _old_row(sheet: Worksheet) -> None:
    """Last year's figures above this year's, hidden."""
    row = row_of(sheet, "一、本年新收")
    sheet.insert_rows(row)
    for at, words in enumerate(["一、本年新收政府信息公开申请数量", None, None, *[3] * 7], 1):
        sheet.cell(row, at).value = words
    sheet.row_dimensions[row].hidden = True


def _hidden_row(sheet: Worksheet) -> None:
    sheet.row_dimensions[row_of(sheet, "二、上年结转")].hidden = True


def _pictured(sheet: Worksheet) -> None:
    """The third table is a picture."""
    row = row_of(sheet, "四、政府信息公开行政复议")
    first = row_of(sheet, "三、收到和处理") + 1
    sheet.delete_rows(first, row - first - 1)
    for merged in list(sheet.merged_cells.ranges):
        sheet.merged_cells.remove(merged)
    picture = Image(io.BytesIO(PNG))
    picture.width, picture.height = 600, 400
    sheet.add_image(picture, f"A{first}")


@pytest.mark.parametrize(
    ("change", "code", "told"),
    [(_hidden_row, "T002", "是隐藏的"), (_pictured, "T001", "图片")],
    ids=["hidden row", "picture"],
)
def test_what_lies_beside_the_cells_is_told_and_not_missing(
    change: Callable[[Worksheet], None], code: str, told: str
) -> None:
    pytest.importorskip("PIL") if change is _pictured else None
    book = excel(sample(SEED), prose=True)
    change(book.active)
    result = checked(book)
    assert code not in codes(result)
    assert any(each == code and told in why.zh for each, why in result.unchecked)


def test_a_hidden_row_is_not_read() -> None:
    made = sample(SEED)
    book = excel(made)
    _old_row(book.active)
    result = checked(book)
    assert (
        value(result, "new_received.natural_person") == made.cells["applications.new_received.natural_person"]
    )
    assert result.document is not None
    assert any("是隐藏的" in each.words.zh for each in result.document.unread)


def test_words_struck_out_beside_others_are_told_and_not_read() -> None:
    made = sample(SEED)
    book = excel(made)
    cell = book.active.cell(row_of(book.active, "一、本年新收"), 4)
    cell.value = CellRichText(
        TextBlock(InlineFont(strike=True), "7"), TextBlock(InlineFont(), str(cell.value))
    )
    result = checked(book)
    assert (
        value(result, "new_received.natural_person") == made.cells["applications.new_received.natural_person"]
    )
    assert codes(result) == []
    assert any("划掉的文字“7”" in note.zh for note in result.notes)
