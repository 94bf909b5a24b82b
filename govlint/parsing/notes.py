"""What stands behind the last figure of a table's row and is none of it: a note, a page's number."""

from __future__ import annotations

import re

_HAN = re.compile(r"[㐀-鿿]")
PAGE = re.compile(r"[-—–]{1,2} ?\d{1,3} ?[-—–]{1,2}")
"""A page's number on its line: ``— 3 —``."""


def without_note(gap: str) -> str:
    """Cells a line each without the lines that follow a figure in the last one: a note, a page's number."""
    head, bar, tail = gap.rpartition("|")
    if bar and PAGE.fullmatch(tail.strip()):
        return head
    lines = tail.split("\n")
    first = next((at for at, line in enumerate(lines) if line.strip()), len(lines))
    rest = "".join(lines[first + 1 :]).strip()
    noted = first < len(lines) and lines[first].strip().isdecimal()
    if noted and (len(_HAN.findall(rest)) > 1 or PAGE.fullmatch(rest)):
        return head + bar + "\n".join(lines[: first + 1])
    return gap
