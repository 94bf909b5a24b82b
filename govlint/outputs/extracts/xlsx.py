"""``govlint extract --format xlsx``: the tables as people pass them on, one sheet a document."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any, TextIO

from govlint.errors import UsageError
from govlint.report import Cell, Report
from govlint.result import Result
from govlint.template.layout import Box, grid
from govlint.text.numerals import number
from govlint.text.visible import visible

_EXACT = 15
"""Digits that a spreadsheet keeps of a number."""
_NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\']")
"""As in ``[``."""
_WIDEST_NAME = 31
_SIDE_WIDTH, _LABEL_WIDTH, _FIGURE_WIDTH, _WORDS_WIDTH = 14, 32, 12, 44
_LINE = 15
"""Points of a line's height."""


def write(results: Iterable[Result], out: TextIO, lang: str = "zh") -> None:
    """Raises UsageError where ``out`` is a terminal: a workbook is no text."""
    if out.isatty():
        raise UsageError("xlsx 不能显示在终端，请用 --output 指定文件 / xlsx needs --output FILE")
    from openpyxl import Workbook  # type: ignore[import-untyped]

    book = Workbook()
    book.properties.creator = "govlint"  # by which such a file is passed over where reports are looked for
    book.remove(book.active)
    unread: list[Result] = []
    for result in results:
        if result.report is None:
            unread.append(result)
        else:
            _Sheet(book.create_sheet(_name(result, book.sheetnames))).fill(result.report)
    if unread or not book.sheetnames:
        sheet = book.create_sheet("未读取" if lang == "zh" else "not read")
        for row, result in enumerate(unread, 1):
            why = result.error.say(lang) if result.error else ""
            for column, text in enumerate((result.path, why), 1):
                _put(sheet.cell(row, column), text)
    packed = io.BytesIO()
    book.save(packed)
    out.flush()
    out.buffer.write(packed.getvalue())
    out.buffer.flush()


def _name(result: Result, taken: Iterable[str]) -> str:
    """A sheet's name: agency and year, told apart by a number where two documents have the same."""
    report = result.report
    words = f"{report.agency or ''}{report.year or ''}" if report else ""
    name = _NOT_IN_A_NAME.sub("", visible(words or result.path))[-_WIDEST_NAME:] or "1"
    others = {each.lower() for each in taken}
    found, count = name, 1
    while found.lower() in others:
        count += 1
        tail = f"({count})"
        found = name[: _WIDEST_NAME - len(tail)] + tail
    return found


class _Sheet:
    """One report's tables, one below the other, each under its section's heading."""

    def __init__(self, sheet: Any) -> None:
        from openpyxl.styles import (  # type: ignore[import-untyped]
            Alignment,
            Border,
            Font,
            PatternFill,
            Side,
        )

        self.sheet = sheet
        thin = Side("thin")
        self.border = Border(left=thin, right=thin, top=thin, bottom=thin)
        self.centre = Alignment(horizontal="center", vertical="center", wrap_text=True)
        self.bold = Font(bold=True)
        self.doubt = PatternFill("solid", fgColor="FFF2CC")
        self.row = 1
        self.widths: list[int] = []

    def fill(self, report: Report) -> None:
        grids = [(table.section, grid(report.template, table)) for table in report.template.tables.values()]
        self._widths(max(drawn.labels for _, drawn in grids), max(drawn.width for _, drawn in grids))
        title = report.title or f"{report.agency or ''}{report.year or ''}{report.template.title}"
        self._line(title)
        if report.agency and report.agency not in title:
            self._line(f"填报单位：{report.agency}")
        for key, drawn in grids:
            section = report.template.sections.get(key)
            if section:
                self._line(section.heading)
            for box in drawn.boxes:
                self._box(box, report.cells.get(box.address))
            self.row += drawn.height + 1
        self.sheet.sheet_properties.pageSetUpPr.fitToPage = True  # in width, on as many pages as it takes
        self.sheet.page_setup.fitToHeight = 0

    def _line(self, text: str) -> None:
        cell = self.sheet.cell(self.row, 1)
        _put(cell, text)
        cell.font = self.bold
        self.row += 1

    def _box(self, box: Box, figure: Cell | None) -> None:
        top, left = self.row + box.row, 1 + box.column
        cell = self.sheet.cell(top, left)
        if box.role != "figure":
            _put(cell, box.text)
        elif figure is not None:
            _figure(cell, figure)
            if figure.uncertain:
                cell.fill = self.doubt
        for row in range(top, top + box.height):
            for column in range(left, left + box.width):
                self.sheet.cell(row, column).border = self.border
        cell.alignment = self.centre
        if box.height == 1:
            self._height(top, str(cell.value or ""), left, box.width)
        if box.height > 1 or box.width > 1:
            self.sheet.merge_cells(
                start_row=top,
                start_column=left,
                end_row=top + box.height - 1,
                end_column=left + box.width - 1,
            )

    def _widths(self, labels: int, count: int) -> None:
        """Of the columns: labels beside labels narrow, the last of them wide, figures as they need it."""
        from openpyxl.utils import get_column_letter  # type: ignore[import-untyped]

        for column in range(count):
            width = _FIGURE_WIDTH if count > labels + 1 else _WORDS_WIDTH
            if column < labels:
                width = _LABEL_WIDTH if column == labels - 1 else _SIDE_WIDTH
            self.widths.append(width)
            self.sheet.column_dimensions[get_column_letter(column + 1)].width = width

    def _height(self, row: int, text: str, column: int, width: int) -> None:
        """Of a row: programs do not work it out for merged cells."""
        room = sum(self.widths[column - 1 : column - 1 + width]) - 2
        lines = -(-sum(1 if char.isascii() else 2 for char in text) // room)
        if lines > 1:
            size = self.sheet.row_dimensions[row]
            size.height = max(size.height or 0, _LINE * lines)


def _figure(cell: Any, figure: Cell) -> None:
    """A number as a number, unless a spreadsheet would round it; what is no number as it was written."""
    value = figure.value
    if value is None:
        if figure.raw.strip():
            _put(cell, figure.raw)
        return
    digits = number(value)
    if len(digits.replace(".", "").strip("-0")) > _EXACT:
        _put(cell, digits)
        return
    cell.value = value
    if isinstance(value, Decimal) and "." in digits:
        cell.number_format = "0." + "0" * len(digits.partition(".")[2])


def _put(cell: Any, text: str) -> None:
    """Words, which are never a formula, whatever they begin with."""
    cell.value = visible(text)
    cell.data_type = "s"
    if text[:1] in ("=", "+", "-", "@", "\t"):
        cell.quotePrefix = True
