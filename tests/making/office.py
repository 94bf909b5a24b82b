"""A Sample laid out as offices do it: the three tables with their merged cells, in Word and in Excel."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Sequence
from itertools import takewhile
from typing import NamedTuple

import docx
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
from making.corpus import Heading, Paragraph, Sample, Table
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Side

KINDS = 7
SIDE = 3
"""Columns of labels in table 3."""


class Box(NamedTuple):
    """A cell of a laid-out table: where it begins, from 0, and how many rows and columns it covers."""

    row: int
    column: int
    text: str
    height: int = 1
    width: int = 1


def boxes(rows: Sequence[Sequence[str]]) -> list[Box]:
    """The cells of one of a Sample's tables as the mandated form draws them."""
    first = rows[0][0]
    if "第二十条" in first:
        return list(_proactive(rows))
    return list(_applications(rows) if "勾稽" in first else _review(rows))


def _proactive(rows: Sequence[Sequence[str]]) -> Iterator[Box]:
    for at, row in enumerate(rows):
        for column, text in enumerate(row):
            last = column == len(row) - 1
            yield Box(at, column, text, 1, 4 - column if last else 1)


def _applications(rows: Sequence[Sequence[str]]) -> Iterator[Box]:
    yield Box(0, 0, rows[0][0], 3, SIDE)
    yield Box(0, SIDE, rows[0][1], 1, KINDS)
    yield Box(1, SIDE, rows[1][0], 2, 1)
    yield Box(1, SIDE + 1, rows[1][1], 1, KINDS - 2)
    yield Box(1, SIDE + KINDS - 1, rows[1][2], 2, 1)
    for column, text in enumerate(rows[2]):
        yield Box(2, SIDE + 1 + column, text)
    labels = [list(takewhile(re.compile("[㐀-鿿]").search, row)) for row in rows]
    starts = [at for at, row in enumerate(rows) if row[0].startswith("三、")]
    ends = [at for at, row in enumerate(rows) if row[0].startswith("四、")]
    for at, row in enumerate(rows[3:], 3):
        names = list(labels[at])
        figures = row[len(names) :]
        column = 0
        if names[0].startswith("三、"):
            yield Box(at, 0, names.pop(0), (ends[0] if ends else len(rows)) - at)
            column = 1
        elif starts and starts[0] < at and not names[0].startswith("四、"):
            column = 1
        if len(names) == 2:
            height = 1
            while at + height < len(rows) and labels[at + height][0][0].isdigit():
                height += 1
            yield Box(at, column, names.pop(0), height)
            column += 1
        elif column and names[0][0].isdigit():
            column += 1
        yield Box(at, column, names[0], 1, SIDE - column)
        for number, figure in enumerate(figures):
            yield Box(at, SIDE + number, figure)


def _review(rows: Sequence[Sequence[str]]) -> Iterator[Box]:
    yield Box(0, 0, rows[0][0], 1, 5)
    yield Box(0, 5, rows[0][1], 1, 10)
    for column, text in enumerate(rows[1][:5]):
        yield Box(1, column, text, 2)
    yield Box(1, 5, rows[1][5], 1, 5)
    yield Box(1, 10, rows[1][6], 1, 5)
    for column, text in enumerate(rows[2]):
        yield Box(2, 5 + column, text)
    for column, text in enumerate(rows[3]):
        yield Box(3, column, text)


# Word

Style = Callable[[WordDocument, Sequence[Box]], None]


def _sized(document: WordDocument, cells: Sequence[Box]) -> tuple[int, int]:
    height = max(cell.row + cell.height for cell in cells)
    return height, max(cell.column + cell.width for cell in cells)


def merged_table(document: WordDocument, cells: Sequence[Box]) -> None:
    """gridSpan and vMerge, as Word writes them."""
    height, width = _sized(document, cells)
    table = document.add_table(height, width, style="Table Grid")
    places = [list(row.cells) for row in table.rows]
    for cell in cells:
        here = places[cell.row][cell.column]
        if cell.height > 1 or cell.width > 1:
            here = here.merge(places[cell.row + cell.height - 1][cell.column + cell.width - 1])
        _write(here.paragraphs[0], cell.text)


def wps_table(document: WordDocument, cells: Sequence[Box]) -> None:
    """Every cell of the grid kept and joined by hMerge and vMerge, figures torn over runs, labels over paragraphs."""
    height, width = _sized(document, cells)
    table = document.add_table(height, width, style="Table Grid")
    places = [list(row.cells) for row in table.rows]
    for cell in cells:
        for row in range(cell.row, cell.row + cell.height):
            for column in range(cell.column, cell.column + cell.width):
                props = places[row][column]._tc.get_or_add_tcPr()
                if cell.width > 1:
                    _set(props, "w:hMerge", "restart" if column == cell.column else "continue")
                if cell.height > 1:
                    _set(props, "w:vMerge", "restart" if row == cell.row else None)
        here = places[cell.row][cell.column]
        half = len(cell.text) // 2
        if cell.text.replace(".", "").isdigit():
            for part in (cell.text[:half], cell.text[half:]):
                _write(here.paragraphs[0], part)
        else:
            _write(here.paragraphs[0], cell.text[:half])
            _write(here.add_paragraph(), cell.text[half:])


def split_table(document: WordDocument, cells: Sequence[Box]) -> None:
    """Broken over a page into two tables; the side cells go on in the second one."""
    height, _ = _sized(document, cells)
    if height < 20:
        merged_table(document, cells)
        return
    cut = 17
    upper = [cell._replace(height=min(cell.height, cut - cell.row)) for cell in cells if cell.row < cut]
    lower = [cell._replace(row=cell.row - cut) for cell in cells if cell.row >= cut]
    lower += [
        cell._replace(row=0, height=cell.row + cell.height - cut, text="")
        for cell in cells
        if cell.row < cut < cell.row + cell.height
    ]
    merged_table(document, upper)
    document.add_paragraph()
    merged_table(document, lower)


def header_again(document: WordDocument, cells: Sequence[Box]) -> None:
    """Broken over a page into two tables, the second with the header once more."""
    height, _ = _sized(document, cells)
    if height < 20:
        merged_table(document, cells)
        return
    cut = 19
    merged_table(document, [c._replace(height=min(c.height, cut - c.row)) for c in cells if c.row < cut])
    document.add_paragraph()
    goes_on = [
        c._replace(row=max(3, c.row - cut + 3), height=c.row + c.height - max(cut, c.row))
        for c in cells
        if c.row + c.height > cut
    ]
    merged_table(document, [c for c in cells if c.row + c.height <= 3] + goes_on)


def parted(document: WordDocument, cells: Sequence[Box]) -> None:
    """Table 2 as a table for each article."""
    starts = [cell.row for cell in cells if cell.text.startswith("第二十条")] or [0]
    for start, end in zip(starts, [*starts[1:], 99], strict=True):
        merged_table(document, [c._replace(row=c.row - start) for c in cells if start <= c.row < end])
        document.add_paragraph()


def odd_grid(document: WordDocument, cells: Sequence[Box]) -> None:
    """Drawn by hand: more columns in the grid than anybody sees."""
    merged_table(document, [cell._replace(column=2 * cell.column, width=2 * cell.width) for cell in cells])


def unmerged_sides(document: WordDocument, cells: Sequence[Box]) -> None:
    """Side cells drawn anew in each row, blank but for the first."""
    drawn: list[Box] = []
    for cell in cells:
        if cell.column < SIDE and cell.row >= 3 and cell.height > 1:
            drawn += [
                cell._replace(row=cell.row + n, height=1, text="" if n else cell.text)
                for n in range(cell.height)
            ]
        else:
            drawn.append(cell)
    merged_table(document, drawn)


STYLES: dict[str, Style] = {
    "Word": merged_table,
    "WPS": wps_table,
    "split": split_table,
    "unmerged sides": unmerged_sides,
    "header again": header_again,
    "parted": parted,
    "odd grid": odd_grid,
}


def _set(parent, name: str, value: str | None) -> None:
    element = OxmlElement(name)
    if value is not None:
        element.set(qn("w:val"), value)
    parent.append(element)


def _write(paragraph, text: str, size: float = 7.5) -> None:
    if text:
        run = paragraph.add_run(text)
        run.font.size = Pt(size)
        run.font.name = "SimSun"
        run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "Noto Serif CJK SC")


def word(made: Sample, style: str = "Word") -> WordDocument:
    """The document, still open for changes."""
    document = docx.Document()
    for text in [*made.head, *made.preamble]:
        _write(document.add_paragraph(), text, 12)
    document.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
    for block in made.blocks:
        match block:
            case Heading(ordinal, words):
                _write(document.add_paragraph(), ordinal + words, 14)
            case Paragraph(text):
                _write(document.add_paragraph(), text, 12)
            case Table(rows):
                STYLES[style](document, boxes(rows))
    for text in made.tail:
        _write(document.add_paragraph(), text, 12)
    return document


def framed(document: WordDocument) -> WordDocument:
    """The whole report in the one cell of a table, as pages pasted from a website come."""
    body = document.element.body
    content = [element for element in body if not element.tag.endswith("sectPr")]
    cell = document.add_table(1, 1).cell(0, 0)
    for element in content:
        cell._tc.append(element)
    return document


def saved(document: WordDocument) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


# Excel


def excel(made: Sample, sheets: bool = False, prose: bool = False) -> Workbook:
    """The tables under each other on one sheet, or each on its own; with ``prose`` the whole report."""
    book = Workbook()
    sheet = book.active
    row = 2
    sheet.cell(1, 1, made.head[0])
    for text in [*made.head[1:], *made.preamble] if prose else []:
        sheet.cell(row, 1, text)
        row += 1
    started = False
    for block in made.blocks:
        if isinstance(block, Table):
            if sheets and started:
                sheet, row = book.create_sheet(), 1
            started = True
            cells = boxes(block.rows)
            for cell in cells:
                number = (
                    float(cell.text)
                    if "." in cell.text and cell.text.replace(".", "").isdigit()
                    else cell.text
                )
                value = int(cell.text) if cell.text.isdigit() else number
                here = sheet.cell(row + cell.row, 1 + cell.column, value)
                here.alignment = Alignment(wrap_text=True, horizontal="center", vertical="center")
                here.border = Border(*(Side("thin"),) * 4)
                if cell.height > 1 or cell.width > 1:
                    sheet.merge_cells(
                        start_row=row + cell.row,
                        start_column=1 + cell.column,
                        end_row=row + cell.row + cell.height - 1,
                        end_column=cell.column + cell.width,
                    )
            row += max(cell.row + cell.height for cell in cells) + 1
        elif prose:
            sheet.cell(row, 1, block.ordinal + block.words if isinstance(block, Heading) else block.text)
            row += 1
    for text in made.tail if prose else []:
        sheet.cell(row, 1, text)
        row += 1
    return book


def saved_book(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
