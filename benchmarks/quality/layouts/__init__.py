"""Every way in which a report is laid out. A layout is one entry in the list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from benchmarks.quality.layouts import office, paper, text, web
from benchmarks.quality.model import Report


@dataclass(frozen=True)
class Layout:
    """``draw`` makes the file's content of each report; ``needs`` is the program that it takes, None where none."""

    name: str
    suffix: str
    what: str
    draw: Callable[[Sequence[Report]], list[bytes]]
    needs: str | None = None
    parts: frozenset[str] = frozenset({"prose", "cells", "borders"})
    """What of a report it holds. ``cells``: where one figure ends and the next begins; ``borders``: a blank cell too; ``ragged``: a row may be shorter than the others."""


def _each(
    draw: Callable[[Report], str | bytes], encoding: str = "utf-8"
) -> Callable[[Sequence[Report]], list[bytes]]:
    def all_of(reports: Sequence[Report]) -> list[bytes]:
        drawn = map(draw, reports)
        return [made if isinstance(made, bytes) else made.encode(encoding) for made in drawn]

    return all_of


def _printed(reports: Sequence[Report]) -> list[bytes]:
    return paper.print_pages([web.printed(report) for report in reports])


def _printed_unruled(reports: Sequence[Report]) -> list[bytes]:
    return paper.print_pages(
        [web.printed(report).replace("border: 1px solid #000;", "") for report in reports]
    )


def _office(draw: Callable[[Report], bytes], target: str) -> Callable[[Sequence[Report]], list[bytes]]:
    return lambda reports: paper.convert([draw(report) for report in reports], ".docx", target)


_RAGGED = frozenset({"prose", "cells", "borders", "ragged"})
LAYOUTS = [
    Layout("bars", ".txt", "cells parted by bars", _each(text.bars), parts=_RAGGED),
    Layout("bars-gb18030", ".txt", "the same in GB18030", _each(text.bars, "gb18030"), parts=_RAGGED),
    Layout("outer-bars", ".txt", "bars around each row too", _each(text.outer_bars), parts=_RAGGED),
    Layout("trailing-bars", ".txt", "merged places keep their bars", _each(text.trailing_bars)),
    Layout("tabs", ".txt", "cells parted by tabs", _each(text.tabs), parts=_RAGGED),
    Layout("spaces", ".txt", "cells parted by three spaces", _each(text.spaces), parts=frozenset({"prose", "cells", "ragged"})),
    Layout("repeated", ".txt", "tabs; merged cells taken apart, their words repeated", _each(text.repeated)),
    Layout("cell-a-line", ".txt", "one cell a line", _each(text.cell_a_line), parts=_RAGGED),
    Layout("cell-and-bar", ".txt", "one cell a line, a bar on a line between", _each(text.cell_and_bar), parts=_RAGGED),
    Layout("run-together", ".txt", "all borders and line breaks lost", _each(text.run_together), parts=frozenset({"prose"})),
    Layout("markdown", ".md", "headings and pipe tables", _each(text.markdown)),
    Layout("html", ".html", "a plain page, tables with real merges", _each(web.plain), parts=_RAGGED),
    Layout("html-site", ".html", "a site's page: breadcrumb, metadata table, editor's spans", _each(web.site), parts=_RAGGED),
    Layout("html-gbk", ".html", "the same in the old encoding", _each(web.site_gbk), parts=_RAGGED),
    Layout("html-divs", ".html", "tables made of div", _each(web.divisions), parts=_RAGGED),
    Layout("docx", ".docx", "heading styles, merged cells", _each(office.word)),
    Layout("docx-direct", ".docx", "formatted by hand, no cell merged, figures torn into runs", _each(office.word_direct)),
    Layout("docx-numbered", ".docx", "headings numbered by Word", _each(office.word_numbered)),
    Layout("xlsx", ".xlsx", "the whole report on a sheet", _each(office.workbook)),
    Layout("xlsx-tables", ".xlsx", "the tables alone, a sheet each", _each(office.tables_alone), parts=frozenset({"cells", "borders"})),
    Layout("pdf-chromium", ".pdf", "the plain page printed by Chromium", _printed, "chromium"),
    Layout("pdf-unruled", ".pdf", "the same without ruling lines", _printed_unruled, "chromium"),
    Layout("pdf-word", ".pdf", "the Word file printed by LibreOffice", _office(office.word, "pdf"), "soffice"),
    Layout("odt", ".odt", "the Word file saved as OpenDocument", _office(office.word, "odt"), "soffice"),
    Layout("doc", ".doc", "the Word file saved in the old format", _office(office.word_direct, "doc"), "soffice"),
]  # fmt: skip
