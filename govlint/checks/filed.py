"""A report just read, as other reports are held against it."""

from __future__ import annotations

from govlint.document import Span
from govlint.filing import Filing, Line
from govlint.prose.lines import passages
from govlint.report import Report


def filed(report: Report) -> Filing:
    document = report.document
    pictured = any(origin.confidence is not None for _, origin in document.origins)
    figures = {
        address: cell.value
        for address, cell in report.cells.items()
        if cell.value is not None and not cell.uncertain and not pictured
    }
    prose = [
        Line(each.text, each.section, Span(each.start, each.start + len(each.text)))
        for each in passages(report)
        if each.section is not None
    ]
    return Filing(
        document.path, report.agency, report.year, report.template, report.published, figures, prose
    )
