"""``govlint extract --format csv``: one row a cell; begins with a byte order mark, for Excel."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from typing import TextIO

from govlint.report import Report
from govlint.result import Result
from govlint.text.numerals import number
from govlint.text.visible import visible

HEADER = ("path", "agency", "year", "address", "section", "row", "column", "value", "uncertain")


def write(results: Iterable[Result], out: TextIO, lang: str = "zh") -> None:
    out.write("\ufeff")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADER)
    for result in results:
        if result.report:
            writer.writerows(_rows(result.path, result.report))


def _rows(path: str, report: Report) -> Iterator[tuple[str, ...]]:
    template = report.template
    agency = _text(report.agency or "")
    year = "" if report.year is None else str(report.year)
    for address in template.addresses:
        table = template.tables[address.split(".", 1)[0]]
        section = template.sections.get(table.section)
        cell = report.cells.get(address)
        value = "" if cell is None or cell.value is None else number(cell.value)
        if cell is not None and cell.state == "text":
            value = _text(cell.raw)
        labels = (
            section.heading if section else "",
            template.row_label(address),
            template.column_label(address),
        )
        yield _text(path), agency, year, address, *labels, value, str(int(bool(cell and cell.uncertain)))


def _text(text: str) -> str:
    """Text that a spreadsheet does not take for a formula."""
    text = visible(text)
    return "'" + text if text.startswith(("=", "+", "-", "@")) else text
