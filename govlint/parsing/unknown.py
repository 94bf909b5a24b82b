"""Cells of which the file does not say what they show: neither blank nor wrong, or read as shown and not as stored."""

from __future__ import annotations

from msgspec.structs import replace

from govlint.document import UNREAD_MARK
from govlint.report import Cell, Report
from govlint.text.folding import LEFTWARDS

_UNKNOWN = (UNREAD_MARK, "\ufffd", LEFTWARDS)
"""What stands for characters that are seen and were not read, or before those that are seen in another order."""


def mark_unknown(report: Report) -> None:
    """Of a cell whose figure was not read nothing is known; one that is shown otherwise than stored is uncertain."""
    text = report.document.text
    for each in report.document.unread:
        start, end = each.span
        if not any(mark in text[start:end] for mark in _UNKNOWN):
            continue
        turned = LEFTWARDS in text[start:end]
        for address, cell in report.cells.items():
            if (
                (turned or cell.state in ("blank", "invalid"))
                and cell.span.start < end
                and start < cell.span.end
            ):
                report.cells[address] = Cell(address, "missing", None, "", cell.span)
    for start, end in report.document.doubtful:
        for address, cell in report.cells.items():
            if start <= cell.span.start < end:
                report.cells[address] = replace(cell, uncertain=True)
