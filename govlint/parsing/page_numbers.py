"""A page's number that stands bare among the figures of a row, where every cell has a line of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence

from govlint.numbers import identities
from govlint.numbers.identities import Identity
from govlint.parsing.row_values import Figures, Part

_PAGE = re.compile(r"[1-9]\d?")
"""A bare number that may be a page's: ``3``."""


def page_number(
    figures: Figures, addresses: Sequence[str], own: Sequence[Identity], folded: str
) -> int | None:
    """Which of a row's values, one too many, is the number of a page: without it alone the row's own sums are right."""
    parts = figures.parts
    if figures.bordered or len(parts) != len(addresses) + 1 or not own:
        return None
    if any(part.kind != "number" or not _is_line(folded, part) for part in parts):
        return None
    fitting: dict[tuple[str, ...], int] = {}
    for at, part in enumerate(parts):
        rest = parts[:at] + parts[at + 1 :]
        values = dict(zip(addresses, (each.value() for each in rest), strict=True))
        checked = identities.check(own, values)
        if not checked.broken and not checked.unchecked:
            if not _PAGE.fullmatch(part.text):
                return None
            fitting[tuple(each.text for each in rest)] = at
    return next(iter(fitting.values())) if len(fitting) == 1 else None


def _is_line(folded: str, part: Part) -> bool:
    start, end = part.span
    line = folded[folded.rfind("\n", 0, start) + 1 : end]
    return line.strip() == part.text and not folded[end : end + 1].strip(" \r\n")
