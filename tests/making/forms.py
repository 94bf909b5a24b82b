"""Filled forms of government websites in the layouts in which they are published, from the model form."""

from __future__ import annotations

from collections.abc import Callable
from itertools import chain

from govlint.linting.examples import model_report

Rows = list[list[str]]


def parts() -> tuple[list[str], Rows]:
    """The lines before the table, and its rows."""
    lines = model_report("website-annual").rstrip("\n").split("\n")
    return [line for line in lines if " | " not in line], [
        line.split(" | ") for line in lines if " | " in line
    ]


def _laid(table: Callable[[Rows], list[str]]) -> Callable[[], str]:
    def lay() -> str:
        before, rows = parts()
        return "\n".join([*before, *table(rows)]) + "\n"

    return lay


def _paired(rows: Rows, pairs: int) -> Rows:
    """So many rows side by side: tables of four and six columns."""
    return [list(chain.from_iterable(rows[at : at + pairs])) for at in range(0, len(rows), pairs)]


def _grid(rows: Rows) -> list[str]:
    width = max(map(len, rows))
    lines = ["| " + " | ".join(row + [""] * (width - len(row))) + " |" for row in rows]
    return [lines[0], "|" + " --- |" * width, *lines[1:]]


FORMS: dict[str, Callable[[], str]] = {
    "bars": _laid(lambda rows: [" | ".join(row) for row in rows]),
    "tabs": _laid(lambda rows: ["\t".join(row) for row in rows]),
    "two pairs": _laid(lambda rows: ["\t".join(row) for row in _paired(rows, 2)]),
    "three pairs": _laid(lambda rows: [" | ".join(row) for row in _paired(rows, 3)]),
    "outer bars": _laid(lambda rows: ["| " + " | ".join(row) + " |" for row in rows]),
    "markdown": _laid(_grid),
    "one cell a line": _laid(lambda rows: [cell for row in rows for cell in row]),
    "colons": _laid(lambda rows: ["：".join(row) for row in rows]),
    "spaces": _laid(lambda rows: ["   ".join(row) for row in rows]),
    "run together": _laid(lambda rows: ["".join(row) for row in rows]),
}
