"""Word through python-docx and Excel through openpyxl, with merged cells or without."""

from __future__ import annotations

import io
from collections.abc import Callable

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from benchmarks.quality.layouts.grid import boxes, matrix, size
from benchmarks.quality.model import Paragraph, Report, Table

DrawTable = Callable[[Document, Table], None]


def _merged(document: Document, table: Table) -> None:
    """gridSpan and vMerge, as Word writes them; python-docx's own ``merge`` takes ten times as long."""
    drawn = boxes(table)
    made = document.add_table(*size(drawn), style="Table Grid")
    places = [list(row._tr.tc_lst) for row in made.rows]
    for box in drawn:
        for at in range(box.height):
            first, *covered = places[box.row + at][box.column : box.column + box.width]
            for place in covered:
                place.getparent().remove(place)
            first.grid_span = box.width
            if box.height > 1:
                first.vMerge = "continue" if at else "restart"
        places[box.row][box.column].p_lst[0].add_r().text = box.text


def _whole(document: Document, table: Table) -> None:
    """No cell merged: the places that a label covers are empty cells; figures are torn into two runs."""
    rows = matrix(table, repeat=False)
    made = document.add_table(len(rows), len(rows[0]), style="Table Grid")
    for row, texts in zip(made.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            half = len(text) // 2
            for part in (text[:half], text[half:]):
                cell.paragraphs[0].add_run(part)


def _saved(document: Document) -> bytes:
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


def word(report: Report) -> bytes:
    """With a title and headings in Word's own styles."""
    document = docx.Document()
    for line in report.title:
        document.add_heading(line, 0)
    _body(document, report, lambda text: document.add_heading(text, 1), _merged)
    return _saved(document)


def word_direct(report: Report) -> bytes:
    """As most offices write: everything a paragraph, formatted by hand; tables without merged cells."""
    document = docx.Document()
    document.styles["Normal"].font.size = Pt(16)
    for line in report.title:
        made = document.add_paragraph()
        made.alignment = WD_ALIGN_PARAGRAPH.CENTER
        made.add_run(line).font.size = Pt(22)
    _body(
        document, report, lambda text: setattr(document.add_paragraph().add_run(text), "bold", True), _whole
    )
    return _saved(document)


def word_numbered(report: Report) -> bytes:
    """The headings' numbers are Word's automatic ones where they are the mandated ones, and stand in no text."""
    document = docx.Document()
    number = _numbering(document)
    counted: list[str] = []

    def heading(text: str) -> None:
        made = document.add_paragraph()
        if text[:2] == "一二三四五六七八九"[len(counted)] + "、":
            counted.append(text[:2])
            text = text[2:]
            properties = OxmlElement("w:numPr")
            for tag, value in (("w:ilvl", 0), ("w:numId", number)):
                properties.append(_element(tag, str(value)))
            made._p.get_or_add_pPr().append(properties)
        made.add_run(text).bold = True

    for line in report.title:
        document.add_heading(line, 0)
    _body(document, report, heading, _merged)
    return _saved(document)


def _numbering(document: Document) -> int:
    """The number of a list whose items are counted 一、 二、 …"""
    numbering = document.part.numbering_part.element
    abstract = OxmlElement("w:abstractNum")
    abstract.set(qn("w:abstractNumId"), "90")
    level = OxmlElement("w:lvl")
    level.set(qn("w:ilvl"), "0")
    for tag, value in (
        ("w:start", "1"),
        ("w:numFmt", "chineseCounting"),
        ("w:suff", "nothing"),
        ("w:lvlText", "%1、"),
    ):
        level.append(_element(tag, value))
    abstract.append(level)
    numbering.insert(0, abstract)
    return int(numbering.add_num(90).numId)


def _element(tag: str, value: str) -> OxmlElement:
    made = OxmlElement(tag)
    made.set(qn("w:val"), value)
    return made


def _body(document: Document, report: Report, heading: Callable[[str], object], draw: DrawTable) -> None:
    for line in report.dated(report.meta):
        document.add_paragraph(line)
    for p in report.preamble:
        document.add_paragraph(p.text)
    for section in report.sections:
        heading(section.ordinal + section.heading)
        for block in section.body:
            if isinstance(block, Paragraph):
                document.add_paragraph(block.text)
            else:
                draw(document, block)
    for line in report.dated(report.tail):
        document.add_paragraph(line)


# Excel


def workbook(report: Report) -> bytes:
    """The whole report on one sheet: a line of prose a cell, the tables with their merges, figures as numbers."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    for line in [*report.title, *report.dated(report.meta), *(p.text for p in report.preamble)]:
        sheet.append([line])
    for section in report.sections:
        sheet.append([section.ordinal + section.heading])
        for block in section.body:
            if isinstance(block, Paragraph):
                sheet.append([block.text])
            else:
                _draw(sheet, block)
    for line in report.dated(report.tail):
        sheet.append([line])
    return _saved_book(book)


def tables_alone(report: Report) -> bytes:
    """As figures are collected: a sheet a table, named as its section."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for section in report.sections:
        for block in section.body:
            if isinstance(block, Table):
                sheet = book.create_sheet(section.heading[:31])
                sheet.append(["".join(report.title)])
                sheet.append([section.ordinal + section.heading])
                _draw(sheet, block)
    return _saved_book(book)


def _draw(sheet: Worksheet, table: Table) -> None:
    top = sheet.max_row + 1
    for box in boxes(table):
        row, column = top + box.row, 1 + box.column
        text = box.text
        sheet.cell(
            row, column, int(text) if text.isdecimal() and text.isascii() and text == str(int(text)) else text
        )
        if box.height > 1 or box.width > 1:
            sheet.merge_cells(None, row, column, row + box.height - 1, column + box.width - 1)


def _saved_book(book: Workbook) -> bytes:
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()
