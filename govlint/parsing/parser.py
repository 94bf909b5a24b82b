"""Tokens to Report: the LALR parser of the template, mended where the document departs from it.

Where a token does not fit, the parser is asked what it would accept; what is missing is put in, what is out of place
is set aside, whichever is the smaller repair, and each repair is recorded as a departure. A document however mangled
ends in a Report.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

from govlint.document import Document, Span
from govlint.parsing.bare_figures import read_bare_figures
from govlint.parsing.cells import fill_cells
from govlint.parsing.forms import Filled, OtherForm, find
from govlint.parsing.metadata import read_metadata
from govlint.parsing.scanner import Scan
from govlint.parsing.sections import are_all, by_section, record_sections
from govlint.parsing.slots import RowFigures
from govlint.parsing.unknown import mark_unknown
from govlint.parsing.usual import form_of, read_section
from govlint.report import Departure, Report
from govlint.template.model import Template
from govlint.text.folding import folded


def parse(document: Document, template: Template) -> Report:
    """Read a document by a template. Never raises on any text."""
    known = find(folded(document.text), template)
    if known:
        with suppress(OtherForm):
            return _parse(document, template, known)
    return _parse(document, template, ())


def _parse(document: Document, template: Template, known: Sequence[Filled]) -> Report:
    scan = Scan(document, template, known)
    report = Report(document, template)
    first = next((heading.span.start for heading in scan.headings if heading.key), None)
    _take_metadata(report, scan, first)
    report.preamble = Span(0, first or 0)
    segments = by_section(scan, template, len(document.text))
    alone = bool(template.sections) and first is None
    report.tables_only = document.tables_only or (alone and are_all(segments, document.text))
    record_sections(report, segments, scan.headings)
    rows: list[RowFigures] = []
    filled: list[Filled] = []
    for segment in segments:
        if table := form_of(segment):
            filled.append(table)
        else:
            rows += read_section(report, segment, scan)
    fill_cells(report, rows, filled)
    mark_unknown(report)
    read_bare_figures(report)
    _join_pieces(report)
    report.departures.sort(key=lambda departure: departure.span)
    return report


def _join_pieces(report: Report) -> None:
    """A label whose two pieces stand in two rows (商业 over 企业) is in no other words."""
    reworded: dict[str, list[Departure]] = {}
    for departure in report.departed("label-wording"):
        reworded.setdefault(departure.address, []).append(departure)
    for pieces in reworded.values():
        if len(pieces) > 1 and "".join(piece.actual for piece in pieces) == pieces[0].expected:
            report.departures = [each for each in report.departures if each not in pieces]


def _take_metadata(report: Report, scan: Scan, first: int | None) -> None:
    found = read_metadata(report.document, scan.folded, first, report.template.title)
    report.title, report.title_span = found.title, found.title_span
    report.agency, report.agency_span = found.agency, found.agency_span
    report.year, report.year_span = found.year, found.year_span
    report.published, report.published_span = found.published, found.published_span
