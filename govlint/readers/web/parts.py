"""What a page is made of, as a person sees it: lines, rows of cells, pictures, and what is said to govlint."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from msgspec import Struct, field

MARK = re.compile("[\U000f0000-\U000ffffd][\U00100000-\U0010fffd]")
"""Stands behind the first character of a stretch of source text whose place is asked for: ``\U000f0000\U00100000``."""
_HEADING = re.compile(r"\s*(?:第[一二三四五六七八九十]{1,3}部分|[一二三四五六七八九十]{1,2}[、．.])")
"""As in ``一、``."""


class Line(Struct, frozen=True):
    """A paragraph; ``links`` counts its characters that are links."""

    text: str
    line: int
    links: int
    element: Any


class Row(Struct):
    """A row of a table: of its cells the texts, lines and columns, and by their places what some of them have besides.

    ``links`` counts its characters that are links.
    """

    texts: list[str]
    lines: list[int]
    columns: list[int]
    number: int
    table: Any
    links: int = 0
    remarks: dict[int, tuple[str, ...]] = field(default_factory=dict)
    held: dict[int, Picture] = field(default_factory=dict)
    """All that a cell shows, where that is no text."""


class Remark(NamedTuple):
    """A comment addressed to govlint; ``inside`` the line before it, or standing before what follows."""

    text: str
    inside: bool


class Picture(NamedTuple):
    """A picture or a frame, of which only its place is known; ``held`` is its number among those set aside."""

    kind: str
    name: str
    line: int
    element: Any
    text: str = ""
    held: str = ""


class Hidden(NamedTuple):
    """Text that nobody sees or that is struck out, and the block in which it stood."""

    text: str
    line: int
    block: Any
    struck: bool


Part = Line | Row | Remark | Picture


def is_heading(text: str) -> bool:
    """Whether a line begins with an ordinal of the first rank."""
    return bool(_HEADING.match(unmarked(text[:40])))


def unmarked(text: str) -> str:
    """A text without the marks in it, which most texts have none of."""
    return text if text.isprintable() else MARK.sub("", text)
