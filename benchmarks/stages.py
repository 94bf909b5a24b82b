"""Where the time of a check goes: ``python -m benchmarks.stages`` (``--write`` puts the table into benchmarks/README.md).

CPU time of each stage without those within it, the least of many checks; and below it the floor: what the same document
costs where nothing is asked of it, its characters folded, the patterns of labels and words gone through in C, and as many
objects made as its report holds.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from benchmarks.measure import PAGE, reports
from benchmarks.timing import in_turn
from govlint.document import Document, Span
from govlint.linting import applying, linter, which_template
from govlint.linting.settings import Settings
from govlint.parsing import headings, parser, scanner
from govlint.parsing.vocabulary import vocabulary
from govlint.prose import words
from govlint.prose.sentences import figure_sentences
from govlint.report import Cell
from govlint.text import folding

BEGIN, END = "<!-- stages -->\n", "<!-- end of stages -->\n"
_TIMES = 60
_STAGES: Mapping[str, tuple[tuple[Any, str], ...]] = {
    "folding": ((folding, "fold"), (folding, "Compact")),
    "labels, tables, figures": ((scanner.Scan, "__init__"),),
    "headings": ((headings.Headings, "find"),),
    "sections": ((parser, "by_section"), (parser, "record_sections"), (parser, "read_section")),
    "cells": ((parser, "fill_cells"),),
    "metadata": ((parser, "read_metadata"),),
    "which template": ((which_template, "choose_template"), (which_template, "_is_report")),
}
_FAMILIES = {
    "S": "rules: structure",
    "T": "rules: tables",
    "N": "rules: numbers",
    "C": "rules: prose against tables",
    "D": "rules: disclosure",
    "P": "rules: publication",
    "W": "rules: wording",
    "E": "rules: the document itself",
}


class _Clock:
    """The time of stages, each without those within it."""

    def __init__(self) -> None:
        self.spent: Counter[str] = Counter()
        self.inner = [0.0]

    def timed(self, name: str | Callable[..., str], function: Callable[..., Any]) -> Callable[..., Any]:
        def run(*given: Any, **named: Any) -> Any:
            self.inner.append(0.0)
            start = time.process_time()
            try:
                return function(*given, **named)
            finally:
                whole = time.process_time() - start
                self.spent[name if isinstance(name, str) else name(*given)] += whole - self.inner.pop()
                self.inner[-1] += whole

        return run


@contextmanager
def _clocked() -> Iterator[_Clock]:
    clock = _Clock()
    with ExitStack() as patched:
        for name, places in _STAGES.items():
            for holder, attribute in places:
                timed = clock.timed(name, getattr(holder, attribute))
                patched.enter_context(patch.object(holder, attribute, timed))
        by_family = clock.timed(lambda rule, *_: _FAMILIES[rule.code[0]], applying.apply)
        patched.enter_context(patch.object(applying, "apply", by_family))
        patched.enter_context(patch.object(linter, "check", clock.timed("all else", linter.check)))
        yield clock


def _check(text: str, settings: Settings) -> Any:
    folding.folded.cache_clear()
    folding.compacted.cache_clear()
    return linter.check(Document("report.txt", "text", text), settings)


def stages(text: str) -> dict[str, float]:
    """Milliseconds of each stage."""
    settings = Settings()
    least: dict[str, float] = {}
    for _ in range(_TIMES):
        with _clocked() as clock:
            _check(text, settings)
        for name, seconds in clock.spent.items():
            least[name] = min(least.get(name, seconds), seconds)
    return {name: 1000 * seconds for name, seconds in least.items()}


def floor(text: str) -> dict[str, float]:
    """Milliseconds of what cannot be left out."""
    report = _check(text, Settings()).report
    folded = folding.fold(text)
    compact = folding.Compact(folded).text
    labels, said = vocabulary(report.template).pattern, words._words()[0]
    prose = [sentence.text for sentence in figure_sentences(report)]
    cells = [
        (cell.address, cell.state, cell.value, cell.raw, *cell.span, cell.uncertain)
        for cell in report.cells.values()
    ]
    spread = in_turn(
        {
            "folding": lambda: folding.Compact(folding.fold(text)),
            "the patterns of labels and of words": lambda: [
                *labels.finditer(compact),
                *(match for each in prose for match in said.finditer(each)),
            ],
            "a report's cells": lambda: {
                address: Cell(address, state, value, raw, Span(start, end), uncertain)
                for address, state, value, raw, start, end, uncertain in cells
            },
        },
        _TIMES,
    )
    return {f"floor: {name}": 1000 * each.least for name, each in spread.items()}


def table() -> str:
    columns: dict[str, dict[str, float]] = {}
    for name, text in reports().items():
        measured = stages(text)
        columns[name] = {**measured, "in all": sum(measured.values()), **floor(text)}
    rows = list(
        dict.fromkeys([*_STAGES, *_FAMILIES.values(), *(row for each in columns.values() for row in each)])
    )
    lines = [f"| ms | {' | '.join(columns)} |", "|---" * (len(columns) + 1) + "|"]
    lines += [
        f"| {row} | {' | '.join(f'{each.get(row, 0):.2f}' for each in columns.values())} |" for row in rows
    ]
    return "\n".join(lines) + "\n"


def main() -> None:
    parser_ = argparse.ArgumentParser(prog="python -m benchmarks.stages", description=__doc__)
    parser_.add_argument("--write", action="store_true")
    made = table()
    print(made)
    if parser_.parse_args().write:
        text = PAGE.read_text("utf-8")
        PAGE.write_text(text.split(BEGIN)[0] + BEGIN + made + END + text.split(END)[1], "utf-8")


if __name__ == "__main__":
    main()
