"""Marks of Markdown and of plain-text tables that are no part of what they say: made blank, offset for offset."""

from __future__ import annotations

import re
from collections.abc import Sequence

_QUOTE = re.compile(r"^(?: {0,3}>)+ ?", re.MULTILINE)
"""As in ``> ``."""
_BULLET = re.compile(r"^ {0,3}[-*+](?= [^\n|]*\|)", re.MULTILINE)
"""Before the cells of a row: ``- 规章 |``."""
_GRID = re.compile(r"^ {0,8}\+(?:[-=:]+\+){2,}[ \t]*$", re.MULTILINE)
"""As in ``+----+---+``."""
_STRUCK = re.compile(r"~~(?=\S)([^~\n]{1,200}?)~~")
"""As in ``~~12~~``."""
ESCAPED = re.compile(r"\\(?=[!-/:-@\[-`{-~])")
r"""As in ``\.``."""
_PROSE = re.compile(r"[。；]|,[^,]{60}")
"""As in ``。``."""
_FIGURE = re.compile(r"\d+(?:\.\d+)?|[-/—]")
"""As in ``1.5``."""
_HAN = re.compile(r"[㐀-鿿]")
_LONGEST = 400
"""Characters of a row."""
_LEAST_ROWS, _MANY = 3, 7
"""Rows with a label that make a table, and figures that make one of a single row."""


def without_marks(text: str, markdown: bool) -> tuple[str, list[str]]:
    """The text without such marks, and what is struck out in it."""
    if "+-" in text or "+=" in text:
        text = _GRID.sub(_blank, text)
    if not markdown:
        return _tabbed(text), []
    if ">" in text:
        text = _QUOTE.sub(_blank, text)
    struck: list[str] = []
    if "~~" in text:
        struck = [match[1] for match in _STRUCK.finditer(text)]
        text = _STRUCK.sub(_blank, text)
    if "|" in text:
        text = _BULLET.sub(_blank, text)
    return _tabbed(text), struck


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _tabbed(text: str) -> str:
    """The text with tabs for the commas of lines that are rows of values parted by commas."""
    if text.count(",") < _LEAST_ROWS:
        return text
    lines = text.split("\n")
    at = 0
    while at < len(lines):
        end = at
        while end < len(lines) and len(lines[end]) <= _LONGEST and not _PROSE.search(lines[end]):
            end += 1
        if end > at and _is_table(lines[at:end]):
            lines[at:end] = [line.replace(",", "\t") for line in lines[at:end]]
        at = end + 1
    return "\n".join(lines)


def _is_table(lines: Sequence[str]) -> bool:
    """Whether lines are rows: a label and figures in several, or many figures in one; a figure's own commas are none."""
    labelled = 0
    for line in lines:
        first, *rest = (field.strip() for field in line.split(","))
        if not rest:
            continue
        figures = all(not field or _FIGURE.fullmatch(field) for field in rest)
        if figures and _HAN.search(first) and not first[-1].isdigit() and "|" not in line:
            labelled += 1
        elif figures and len(rest) >= _MANY and first.isdigit() and any(len(field) != 3 for field in rest):
            return True
    return labelled >= _LEAST_ROWS
