"""Edits of a Word document's text, made in the runs in which it stands."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from copy import deepcopy
from typing import Any

from govlint.document import Edit
from govlint.readers.office.word_body import Piece
from govlint.readers.office.word_xml import W

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def place(pieces: Sequence[Piece], words: str, edit: Edit) -> str | None:
    """Make one edit; the name of the part that was changed, or None where it has no place.

    Edits must come from the end of the text to its start, so that the places of those to come stay true.
    """
    start, end = edit.span
    old, new = words[start:end], edit.text
    while old and new and old[0] == new[0]:  # what stays the same keeps its own runs
        old, new, start = old[1:], new[1:], start + 1
    while old and new and old[-1] == new[-1]:
        old, new, end = old[:-1], new[:-1], end - 1
    if any(sign in new for sign in "\n\t\v"):
        return None
    touched = _touched(pieces, start, end)
    if touched is None or any(piece.fixed for piece in touched):
        return None
    if touched[0].element.tag == f"{W}p":
        _add_run(touched[0].element, new)
        return touched[0].part
    for piece in touched:
        low, high = max(start, piece.start), min(end, piece.start + piece.length)
        text = piece.element.text or ""
        from_, to = low - piece.start + piece.lead, high - piece.start + piece.lead
        _set(piece.element, text[:from_] + (new if piece is touched[0] else "") + text[to:])
    return touched[0].part


def _touched(pieces: Sequence[Piece], start: int, end: int) -> list[Piece] | None:
    """The pieces that a span covers without a gap; for an empty span the one at whose end or in which it lies."""
    at = max(0, bisect_right(pieces, start, key=lambda piece: piece.start) - 1)
    if start == end:
        for piece in pieces[max(0, at - 1) : at + 1]:
            if piece.start <= start <= piece.start + piece.length:
                return [piece]
        return None
    found: list[Piece] = []
    reached = start
    for piece in pieces[at:]:
        if piece.start > reached or reached >= end:
            break
        if piece.length and piece.start + piece.length > reached:
            found.append(piece)
            reached = piece.start + piece.length
    return found if found and reached >= end else None


def _set(element: Any, text: str) -> None:
    element.text = text
    if text != text.strip():
        element.set(_SPACE, "preserve")


def _add_run(paragraph: Any, text: str) -> None:
    """Text in an empty paragraph, in the form that its end has."""
    run = paragraph.makeelement(f"{W}r")
    mark = paragraph.find(f"{W}pPr/{W}rPr")
    if mark is not None:
        run.append(deepcopy(mark))
    words = run.makeelement(f"{W}t")
    run.append(words)
    _set(words, text)
    paragraph.append(run)
