"""The columns of a table's cells, given what cells above and before them span."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

_WIDEST, _TALLEST = 1000, 65534
"""As in the HTML standard."""
_MOST_SPANS = 200


class Grid:
    """The columns in which cells stand, given what cells above and before them span."""

    def __init__(self) -> None:
        self.spans: list[tuple[int, int, int]] = []
        """(first column, column behind, rows left) of the cells that reach down."""

    def row(self, row: Sequence[tuple[Any, Any]]) -> Iterator[tuple[tuple[Any, Any], int]]:
        column = 1
        reaching: list[tuple[int, int, int]] = []
        for cell in row:
            for start, end, _ in self.spans:
                if start <= column < end:
                    column = end
            yield cell, column
            written = cell[0].get("colspan")
            width = _span(written, _WIDEST) if written else 1
            attributes = cell[0].attrib
            if attributes.get("rowspan", "1") != "1":
                height = _span(attributes.get("rowspan"), _TALLEST) or _TALLEST
                if height > 1 and len(self.spans) + len(reaching) < _MOST_SPANS:
                    reaching.append((column, column + max(1, width), height))
            column += max(1, width)
        self.spans = sorted([(a, b, left - 1) for a, b, left in (*self.spans, *reaching) if left > 1])


def _span(written: str | None, largest: int) -> int:
    if written == "1":
        return 1
    match = re.match(r"\s*(\d{1,9})", written or "")
    return min(int(match[1]), largest) if match else 1
