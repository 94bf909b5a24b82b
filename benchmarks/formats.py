"""Measure each reader against the library under it, as ratios within one run: python benchmarks/formats.py

What govlint's reading adds (walking, laying out) next to what the library alone takes to parse the same file, in CPU
time of this process, the best of several. A format is left out where its reader or the program that makes its
sample is missing.
"""

from __future__ import annotations

import importlib
import io
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from rich.console import Console
from rich.table import Table

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from making import printing
from making.corpus import Table as Rows
from making.corpus import sample

from govlint.linting.linter import check
from govlint.linting.settings import Settings

SEED = 8


class Case(NamedTuple):
    name: str
    reader: str
    data: bytes
    library: str
    parse: Callable[[bytes], object]
    """The library's own parsing, down to the text."""


def best(run: Callable[[], object], times: int = 15) -> float:
    """Least milliseconds of several runs."""
    seconds = []
    for _ in range(times):
        start = time.process_time()
        run()
        seconds.append(time.process_time() - start)
    return min(seconds) * 1000


def parse_pdf(data: bytes) -> None:
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    for page in document:
        page.get_textpage().get_text_range()
    document.close()


def parse_docx(data: bytes) -> None:
    from lxml import etree

    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for name in package.namelist():
            if name in ("word/document.xml", "word/styles.xml", "word/numbering.xml"):
                etree.fromstring(package.read(name))


def parse_html(data: bytes) -> None:
    import lxml.html

    lxml.html.document_fromstring(data).text_content()


def parse_xlsx(data: bytes) -> None:
    import openpyxl

    openpyxl.load_workbook(io.BytesIO(data), data_only=True)


def cases(folder: Path) -> Iterator[Case]:
    made = sample(SEED)
    text = printing.page(made)
    path = folder / "report.docx"
    printing.word(made, path)
    yield Case("docx", "docx", path.read_bytes(), "lxml", parse_docx)
    yield Case("html", "html", text.encode(), "lxml.html", parse_html)
    if printing.CHROMIUM:
        printed = printing.print_pages({"printed": text}, folder)["printed"]
        yield Case("pdf, Chromium", "pdf", printed.read_bytes(), "PDFium", parse_pdf)
    if printing.SOFFICE:
        printing.convert([path], "pdf", folder)
        yield Case("pdf, LibreOffice", "pdf", (folder / "report.pdf").read_bytes(), "PDFium", parse_pdf)
    yield Case("xlsx", "xlsx", _workbook(made.blocks), "openpyxl", parse_xlsx)


def _workbook(blocks: list[object]) -> bytes:
    import openpyxl

    book = openpyxl.Workbook()
    for block in blocks:
        if isinstance(block, Rows):
            for row in block.rows:
                book.active.append(row)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def reading(case: Case) -> Callable[[], object] | None:
    """Reading in this process, so that it can be measured; None where there is no such reader."""
    try:
        reader = importlib.import_module(f"govlint.readers.{case.reader}")
    except ModuleNotFoundError:
        return None
    if case.reader == "pdf":
        from govlint.readers.paper import extract as layout

        return lambda: layout.read(case.data, "pdf")
    return lambda: reader.read(case.data, f"report.{case.reader}")


def measure(case: Case, table: Table) -> None:
    read = reading(case)
    if read is None:
        table.add_row(case.name, "", "", "no reader", "")
        return
    from govlint import readers

    document = readers.read(case.data, f"report.{case.reader}")
    library = best(lambda: case.parse(case.data))
    own = best(read) - library
    checking = best(lambda: check(document, Settings()))
    table.add_row(
        case.name,
        f"{library:.1f} ms {case.library}",
        f"{own:.1f} ms",
        f"{own / library:.2f}",
        f"{checking:.1f} ms",
    )
    if case.reader == "pdf":
        wall = min(_wall(lambda: readers.read(case.data, "report.pdf")) for _ in range(9))
        table.add_row(f"{case.name}, through the process (wall)", "", f"{wall:.1f} ms", "", "")


def _wall(run: Callable[[], object]) -> float:
    start = time.perf_counter()
    run()
    return (time.perf_counter() - start) * 1000


def main() -> None:
    table = Table(title="govlint's own share next to the library's, per format")
    for column in ("format", "library alone", "govlint's reading", "ratio", "rules"):
        table.add_column(column)
    with tempfile.TemporaryDirectory() as folder:
        for case in cases(Path(folder)):
            measure(case, table)
    Console(width=110).print(table)


if __name__ == "__main__":
    main()
