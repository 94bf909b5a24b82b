"""The source around a span, cut to the width at hand; the words at fault marked and repeated underneath."""

from __future__ import annotations

import re

from rich.cells import cell_len

from govlint.document import Document, Span
from govlint.outputs.parts.terminal import Line, Piece, cut, head, tail
from govlint.text.visible import visible

_QUOTED = 24
"""Most cells of the words repeated under the line."""


_LONG_NUMBER = re.compile(r"\d(?:[ \-]?\d){9,}[XxＸｘ]?")
"""As in ``110105 19491231 002X``."""


def excerpt(document: Document, span: Span, cells: int, private: bool = False) -> list[Line]:
    """The line that holds the start of ``span``, and the marks under it, each at most ``cells`` wide.

    ``private``: long numbers are masked but for their first digits.
    """
    place = document.locate(span)
    gutter = f"{place.line} | " if place.line is not None else "| "
    under = " " * (len(gutter) - 2) + "| "
    before, words, after = around(document, span, cells - len(gutter), private)
    marks = "^" * max(cell_len(words), 1)
    source: Line = [Piece(gutter, "dim"), Piece(before), Piece(words, "bold red"), Piece(after)]
    indent = " " * cell_len(before)
    quoted = f"“{cut(words, _QUOTED)}”" if words else ""
    lines = [source, [Piece(under, "dim"), Piece(indent + marks, "bold red")]]
    if not quoted:
        return lines
    # Terminals disagree about the width of “ ” … —, so that marks alone may be off: repeat the words.
    if cell_len(indent) + len(marks) + 1 + cell_len(quoted) <= cells - len(gutter):
        lines[1].append(Piece(" " + quoted, "red"))
    else:
        start = min(cell_len(indent), cells - len(gutter) - cell_len(quoted))
        lines.append([Piece(under, "dim"), Piece(" " * max(start, 0) + quoted, "red")])
    return lines


def around(document: Document, span: Span, cells: int, private: bool = False) -> tuple[str, str, str]:
    """The line of a span in three parts that together take at most ``cells``: before, marked, after."""
    line = document.line_span(document.position(span.start)[0])
    end = min(max(span.end, span.start), line.end)
    # Only what can be shown is looked at: a line may be the whole document.
    start = max(line.start, span.start - cells - 1)
    stop = min(line.end, end + cells + 1)
    source = document.text[start:stop]
    if private:
        source = masked(source)
    before = _shown(source[: span.start - start]).lstrip()
    words = cut(_shown(source[span.start - start :][: min(end - span.start, cells)]), max(cells * 2 // 3, 4))
    after = _shown(source[end - start :]).rstrip()
    room = cells - max(cell_len(words), 1)
    right = min(cell_len(after), max(room // 2, room - cell_len(before)))
    if cell_len(before) > room - right or start > line.start:
        before = "…" + tail(before, room - right - 1)
    left = cell_len(before)
    if cell_len(after) > room - left or stop < line.end:
        after = head(after, room - left - 1) + "…"
    return before, words, after


def masked(text: str) -> str:
    """``text``, as long as before, with all of a long number but its first digits hidden."""
    return _LONG_NUMBER.sub(_masked, text)


def _masked(match: re.Match[str]) -> str:
    number = match.group()
    return number[:3] + "*" * (len(number) - 3)


def _shown(text: str) -> str:
    """Cell borders as bars, line breaks inside a cell as spaces."""
    return visible(text.replace("\t", " | "))
