"""Every budget of speed and memory in one run: ``python -m benchmarks.measure`` (``--write`` puts the table into
benchmarks/README.md, ``--only check start`` measures some rows, ``--files N`` the files of the memory row).

Needs the extra ``bench``; zhlint and textlint are taken from PATH or ``--tools FOLDER`` and left out where they are
not found. All figures are CPU time, least (median, most) of several runs in turn; ratios are of the least.
"""

from __future__ import annotations

import argparse
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from making import printing
from making.corpus import LAYOUTS, Paragraph, corpus, sample

from benchmarks.timing import ENVIRONMENT, Spread, commands_in_turn, in_turn, peak_memory
from govlint.document import Document
from govlint.linting.linter import check
from govlint.linting.settings import Settings
from govlint.parsing import forms

ROOT = Path(__file__).parents[1]
PAGE = Path(__file__).with_name("README.md")
BEGIN, END = "<!-- measured -->\n", "<!-- end of measured -->\n"
GOVLINT = [sys.executable, "-m", "govlint"]
TEXTLINT_RULES = ("no-todo", "max-comma", "no-exclamation-question-mark", "max-number-of-lines")


class Row(NamedTuple):
    what: str
    own: str
    other: str
    ratio: float | None
    budget: str
    holds: bool | None


class Bench(NamedTuple):
    folder: Path
    tools: str | None
    files: int

    def tool(self, name: str) -> str | None:
        return shutil.which(name, path=self.tools)


def _at_most(what: str, own: Spread, other: Spread, name: str, budget: float) -> Row:
    ratio = own.least / other.least
    return Row(what, str(own), f"{other} {name}", ratio, f"≤ {budget:g}", ratio <= budget)


# One report


def reports() -> dict[str, str]:
    """A report of 10 kB, bordered and run together, and one whose sums do not hold."""
    made = sample(8)
    while len(LAYOUTS["bars"](made).encode()) < 10_000:
        words = "为方便群众办事，完善信息发布机制，及时回应社会关切，推动工作落实。" * 3
        made.blocks.insert(2, Paragraph(words))
    together = LAYOUTS["run-together"](made)
    row = re.search(r"第三方合法权益\d+(?=5\.)", together)  # the 5 is the number of the next row
    assert row
    digits = row.group()[:-1] + str((int(row.group()[-1]) + 1) % 10)
    return {
        "bordered": LAYOUTS["bars"](made),
        "run together": together,
        "run together, a wrong figure": together.replace(row.group(), digits),
    }


def checking(bench: Bench) -> Iterator[Row]:
    import autocorrect_py

    settings = Settings()
    for (name, text), budget in zip(reports().items(), (1.6, 4, 6), strict=True):
        checked = lambda text=text: check(Document("report.txt", "text", text), settings)  # noqa: E731
        runs = {"own": checked, "other": lambda text=text: autocorrect_py.lint_for(text, "text")}
        spread = in_turn(runs, 60)
        what = f"check, {name}, {len(text.encode()) / 1000:.1f} kB"
        yield _at_most(what, spread["own"], spread["other"], "autocorrect", budget)
        first = in_turn({"own": lambda checked=checked: (forms.forget(), checked())}, 60)["own"]
        ratio = first.least / spread["other"].least
        yield Row("the same, its tables in a form not met before", str(first), "", ratio, "", None)


def start(bench: Bench) -> Iterator[Row]:
    zhlint = bench.tool("zhlint")
    path = "examples/clean-bordered.txt"
    commands = {"own": [*GOVLINT, "check", "--no-cache", path], "python": [sys.executable, "-c", "pass"]}
    if zhlint:
        commands["zhlint"] = [zhlint, path]
    spread = commands_in_turn(commands, 15, ROOT)
    if zhlint:
        yield _at_most("govlint check one.txt", spread["own"], spread["zhlint"], "zhlint", 0.45)
    ratio = spread["own"].least / spread["python"].least
    yield Row("the same, to python -c pass", str(spread["own"]), str(spread["python"]), ratio, "", None)


# Many files


def _many(folder: Path, count: int) -> Path:
    place = folder / f"{count} files"
    if not place.exists():
        place.mkdir()
        for number, (_, _, text) in enumerate(corpus(count)):
            (place / f"{number:06}.txt").write_text(text, "utf-8")
    return place


def many(bench: Bench) -> Iterator[Row]:
    folder = _many(bench.folder, 2000)
    commands = {"own": [*GOVLINT, "check", "--no-cache", "--format", "jsonl", "."]}
    if zhlint := bench.tool("zhlint"):
        commands["zhlint"] = [zhlint, "*.txt"]
    if textlint := bench.tool("textlint"):
        rules = [part for rule in TEXTLINT_RULES for part in ("--rule", rule)]
        commands["textlint"] = [
            textlint,
            *rules,
            "--rules-base-directory",
            str(Path(textlint).parents[1]),
            ".",
        ]
    spread = commands_in_turn(commands, 3, folder)
    for name in ("zhlint", "textlint"):
        if name in spread:
            ratio = spread[name].least / spread["own"].least
            what = "files per CPU second over 2,000 files"
            own, other = (_rate(2000, spread[each]) for each in ("own", name))
            yield Row(what, own, f"{other} {name}", ratio, "≥ 4", ratio >= 4)


def _rate(files: int, spread: Spread) -> str:
    """Of the fastest run, of the median and the slowest."""
    best, *others = (f"{files / each:.0f}" for each in spread)
    return f"{best} ({', '.join(others)}) a second"


def again(bench: Bench) -> Iterator[Row]:
    folder = _many(bench.folder, 500)
    command = [*GOVLINT, "check", "--format", "jsonl", "."]
    spread = commands_in_turn({"first": [*command, "--no-cache"], "again": command}, 3, folder)
    yield _at_most("second check of 500 files", spread["again"], spread["first"], "without the cache", 0.1)


_PEAKS = 2
"""Runs of which the highest peak counts; the lowest stands behind it."""


def memory(bench: Bench) -> Iterator[Row]:
    command = [*GOVLINT, "check", "--no-cache", "--format", "jsonl", "."]
    few, lot = (
        [peak_memory(command, _many(bench.folder, count)) for _ in range(_PEAKS)]
        for count in (1000, bench.files)
    )
    growth = max(lot) - max(few)
    what = f"peak memory of all processes, {bench.files:,} files to 1,000"
    own, other = (f"{max(each):.1f} ({min(each):.1f}) MiB" for each in (lot, few))
    yield Row(what, f"{own}, {growth:+.1f}", other, max(lot) / max(few), "within 5 MiB", growth <= 5)


# Reading


def reading(bench: Bench) -> Iterator[Row]:
    for name, data, suffix, parse, budget in _files(bench.folder):
        own = _reader(suffix)
        spread = in_turn({"own": lambda: own(data), "library": lambda: parse(data)}, 15)  # noqa: B023
        share = Spread(*(each - spread["library"].least for each in spread["own"]))
        yield _at_most(f"own share of reading, {name}", share, spread["library"], "library", budget)
        if suffix == "html":
            visited = in_turn({"own": lambda: _visit(data)}, 15)["own"]  # noqa: B023
            floor = Spread(*(each - spread["library"].least for each in visited))
            ratio = floor.least / spread["library"].least
            yield Row("of that, its floor: each cell asked what it is", str(floor), "", ratio, "", None)


_File = tuple[str, bytes, str, Callable[[bytes], object], float]


def _files(folder: Path) -> Iterator[_File]:
    made = sample(8)
    page = printing.page(made)
    yield "web page", page.encode(), "html", _parse_html, 3
    word = folder / "report.docx"
    printing.word(made, word)
    if printing.CHROMIUM:
        printed = printing.print_pages({"printed": page}, folder)["printed"]
        yield "PDF by Chromium", printed.read_bytes(), "pdf", _parse_pdf, 1
    if printing.SOFFICE:
        printing.convert([word], "pdf", folder)
        yield "PDF by LibreOffice", (folder / "report.pdf").read_bytes(), "pdf", _parse_pdf, 2


def _reader(suffix: str) -> Callable[[bytes], object]:
    """Reading in this process: for PDF what is otherwise done in a process of its own."""
    if suffix == "pdf":
        from govlint.readers.paper import extract

        return lambda data: extract.read(data, "pdf")
    from govlint.readers.web import html

    return lambda data: html.read(data, "report.html")


def _parse_html(data: bytes) -> object:
    import lxml.html

    return lxml.html.document_fromstring(data).text_content()


def _visit(data: bytes) -> None:
    """What a reader in Python cannot do without: a place for each line and cell, from its line, words and spans."""
    import lxml.html

    from govlint.document import Origin

    root = lxml.html.document_fromstring(data)
    root.text_content()
    asked = []
    for element in root.iter("p", "tr"):
        for at, each in enumerate(element[:] or [element]):
            spans = each.get("colspan"), each.get("rowspan")
            asked.append((each.tag, each.text, each.tail, *spans, Origin(line=each.sourceline, column=at)))


def _parse_pdf(data: bytes) -> None:
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    for page in document:
        page.get_textpage().get_text_range()
    document.close()


MEASURES = {
    "start": start,
    "check": checking,
    "many": many,
    "again": again,
    "memory": memory,
    "reading": reading,
}


def page(rows: Sequence[Row], told: str) -> str:
    lines = [
        told,
        "",
        "| what | govlint | measured with | ratio | budget | holds |",
        "|---|---|---|---|---|---|",
    ]
    for row in rows:
        ratio = "" if row.ratio is None else f"{row.ratio:.2f}"
        holds = {True: "yes", False: "no", None: ""}[row.holds]
        lines.append(f"| {row.what} | {row.own} | {row.other} | {ratio} | {row.budget} | {holds} |")
    return "\n".join(lines) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.measure", description=__doc__)
    parser.add_argument("--only", nargs="*", choices=MEASURES, default=list(MEASURES))
    parser.add_argument("--tools", metavar="FOLDER", help="where zhlint and textlint are")
    parser.add_argument("--files", type=int, default=20_000, help="files of the row on memory")
    parser.add_argument("--write", action="store_true", help="put the table into benchmarks/README.md")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        ENVIRONMENT["XDG_CACHE_HOME"] = str(
            Path(folder, "cache")
        )  # what runs before have left is no one's usual state
        bench = Bench(Path(folder), options.tools, options.files)
        rows = [row for name in options.only for row in MEASURES[name](bench)]
    version = ".".join(map(str, sys.version_info[:3]))
    table = page(rows, f"Measured on {date.today()}, Python {version}:")
    print(table)
    if options.write:
        text = PAGE.read_text("utf-8")
        before, after = text.split(BEGIN)[0], text.split(END)[1]
        PAGE.write_text(before + BEGIN + table + END + after, "utf-8")


if __name__ == "__main__":
    main()
