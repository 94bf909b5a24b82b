"""Marks of Markdown and of plain-text tables that are no part of what they say: made blank, offset for offset."""

from __future__ import annotations

import re

from govlint.readers.separated import tabbed

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


def without_marks(text: str, markdown: bool) -> tuple[str, list[str]]:
    """The text without such marks, and what is struck out in it."""
    if "+-" in text or "+=" in text:
        text = _GRID.sub(_blank, text)
    if not markdown:
        return tabbed(text), []
    if ">" in text:
        text = _QUOTE.sub(_blank, text)
    struck: list[str] = []
    if "~~" in text:
        struck = [match[1] for match in _STRUCK.finditer(text)]
        text = _STRUCK.sub(_blank, text)
    if "|" in text:
        text = _BULLET.sub(_blank, text)
    return tabbed(text), struck


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])
