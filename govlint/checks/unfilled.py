"""Drafts that nobody has filled in yet: what is still to be written, said once instead of blank by blank."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from govlint.document import Words
from govlint.report import Cell, Report


class Unfilled(Struct, frozen=True):
    """What remains to be filled in."""

    sections: Sequence[str]
    """Keys of the sections without a word under their heading."""
    tables: dict[str, int]
    """Tables to the number of their blank cells."""

    def say(self, report: Report) -> Words:
        """``“一、总体情况”的文字；第二部分表格的10格``."""
        headings = [report.place(key).zh for key in self.sections]
        parts = (
            [Words(f"{'、'.join(headings)}的文字", f"the text of {', '.join(headings)}")] if headings else []
        )
        for table, count in self.tables.items():
            place = report.place(table)
            parts.append(Words(f"{place.zh}的{count}格", f"{count} cells of the {place.en}"))
        return Words("；".join(part.zh for part in parts), "; ".join(part.en for part in parts))


def unfilled(report: Report) -> Unfilled | None:
    """What is left of a draft whose tables are all still blank and whose sections are without text; None for others.

    One row of a table may be filled in: what was carried over from last year.
    """
    template = report.template
    sections = [departure.address for departure in report.departed("empty-section")]
    if report.unrecognised or (template.sections and not sections):
        return None
    tables: dict[str, int] = {}
    for key in template.tables:
        cells = [cell for cell in report.cells.values() if cell.table == key]
        if not cells or not _is_blank(cells):
            return None
        tables[key] = sum(cell.state == "blank" for cell in cells)
    return Unfilled(sections, tables)


def _is_blank(cells: Sequence[Cell]) -> bool:
    """Whether no more than one row has a figure, and most cells nothing."""
    blank = sum(cell.state == "blank" for cell in cells)
    return len({cell.row for cell in cells if cell.state in ("number", "invalid")}) <= 1 and 2 * blank > len(
        cells
    )
