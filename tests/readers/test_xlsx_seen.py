"""What a workbook shows beside its values: formulas nobody worked out, hidden rows, pictures, struck-out words."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from making.corpus import sample
from making.office import excel, saved_book
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.drawing.image import Image
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
    assert any(code == "T005" and f"J{row}" in why.zh for code, why in result.unchecked)


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
