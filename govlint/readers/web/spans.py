"""The columns of a table's cells, given what cells above and before them span."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

_WIDEST, _TALLEST = 1000, 65534
"""As in the HTML standard."""
_MOST_SPANS = 200
_NUMBER = re.compile(r"\s*(\d{1,9})")
"""As in ``2``."""


class Grid:
    """The columns in which cells stand, given what cells above and before them span."""

    def __init__(self) -> None:
        self.spans: list[tuple[int, int, int]] = []
        """(first column, column behind, rows left) of the cells that reach down, from the left."""

    def columns(self, row: Sequence[Any]) -> list[int]:
        """Of the cells of the next row."""
        across = [cell.get("colspan", "1") for cell in row]
        down = [cell.get("rowspan", "1") for cell in row]
        if across.count("1") == down.count("1") == len(row) and (first := self._first_free()):
            self.spans = [(start, end, left - 1) for start, end, left in self.spans if left > 1]
            return list(range(first, first + len(row)))
        columns: list[int] = []
        column = 1
        reaching: list[tuple[int, int, int]] = []
        passed = 0
        for wide, high in zip(across, down, strict=True):
            while passed < len(self.spans) and self.spans[passed][0] <= column:
                column = max(column, self.spans[passed][1])
                passed += 1
            columns.append(column)
            width = 1 if wide == "1" else max(1, _span(wide, _WIDEST))
            if high != "1":
                height = _span(high, _TALLEST) or _TALLEST
                if height > 1 and len(self.spans) + len(reaching) < _MOST_SPANS:
                    reaching.append((column, column + width, height))
            column += width
        self.spans = sorted([(a, b, left - 1) for a, b, left in (*self.spans, *reaching) if left > 1])
        return columns

    def _first_free(self) -> int:
        """The column behind all cells that reach down, where those stand on the left side by side; 0 where they do not."""
        column = 1
        for start, end, _ in self.spans:
            if start != column:
                return 0
            column = end
        return column


def _span(written: str, largest: int) -> int:
    match = _NUMBER.match(written)
    return min(int(match[1]), largest) if match else 1
