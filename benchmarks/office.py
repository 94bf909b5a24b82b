"""Measure the Word and Excel readers against the libraries' own: python benchmarks/office.py

Own work is reading and checking, less what zip and XML parsing of the same parts take. CPU time, the best of several.
"""

from __future__ import annotations

import io
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import openpyxl
from lxml import etree
from rich.console import Console
from rich.table import Table

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from making.corpus import sample
from making.office import excel, saved, saved_book, word

from govlint import readers
from govlint.linting.linter import check
from govlint.linting.settings import Settings


def best(run: Callable[[], object], times: int = 40) -> float:
    """Least milliseconds of several runs."""
    seconds = []
    for _ in range(times):
        start = time.process_time()
        run()
        seconds.append(time.process_time() - start)
    return min(seconds) * 1000


def parsed(data: bytes, *names: str) -> None:
    """The part that holds the text parsed, and those beside it that are looked into unpacked."""
    package = zipfile.ZipFile(io.BytesIO(data))
    content, *_ = [package.read(name) for name in names]
    etree.fromstring(content)


def values(data: bytes) -> None:
    for sheet in openpyxl.load_workbook(io.BytesIO(data), data_only=True):
        for _ in sheet.iter_rows(values_only=True):
            pass


def main() -> None:
    settings = Settings()
    table = Table(title="govlint: Word and Excel")
    for column in ("format", "read", "own work with all rules", "measured with", "ratio", "budget"):
        table.add_column(column)
    report, tables = saved(word(sample(8))), saved_book(excel(sample(8)))
    for name, data, parts, library, other in (
        (
            "a.docx",
            report,
            ["word/document.xml", "word/styles.xml"],
            "python-docx, opening it",
            lambda: docx.Document(io.BytesIO(report)),
        ),
        ("a.xlsx", tables, ["xl/worksheets/sheet1.xml"], "openpyxl, all values", lambda: values(tables)),
    ):
        read = best(lambda data=data, name=name: readers.read(data, name))
        document = readers.read(data, name)
        rules = best(lambda document=document: check(document, settings))
        parse = best(lambda data=data, parts=parts: parsed(data, *parts))
        theirs, own = best(other), read + rules - parse
        table.add_row(
            f"{name[2:]}, {len(data) / 1000:.0f} kB",
            f"{read:.2f} ms",
            f"{own:.2f} ms",
            f"{theirs:.2f} ms {library}",
            f"{own / theirs:.2f}",
            "1.00",
        )
    Console(width=120).print(table)


if __name__ == "__main__":
    main()
