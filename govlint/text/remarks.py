"""Remarks on a text that are none of it: comments addressed to govlint, the marks of notes.

``<!-- govlint: ignore N003 reason -->`` is such a comment.
"""

from __future__ import annotations

import re

from govlint.document import Comment, Span
from govlint.text.folding import compact, raised_digits

OPENING = re.compile(r"govlint\s*[:：]", re.IGNORECASE)
"""How a comment addressed to govlint begins: ``govlint:``."""

NOTE_MARK = re.compile(r"[①-⑳]|\[(?:注?:?|\^)\d{1,2}\]|注[:：]?[①-⑳]")
"""The mark of a note behind a label or a figure, in folded text: ``[1]``."""
_SEVERAL = re.compile(r"\d{1,2}(?:[,、]\d{1,2})+")
"""As in ``1,2``."""
_MARK = re.compile(r"(?:注[释:]{0,2}|\^)?(?:\d{1,2}|[①-⑳])?|[a-zA-Z†‡]{0,2}")
"""As in ``注1``, without the brackets; nothing is left of stars."""


def raised_mark(text: str) -> str | None:
    """Raised or lowered text of a table's cell, as the mark of a note that it is; None for what is none.

    Digits become characters that are no digits of the figure beside them; what cannot be a figure is left out.
    """
    words = compact(text).strip("()")
    if words.isdecimal() or _SEVERAL.fullmatch(words):
        return raised_digits(words)
    return "" if text.strip() and _MARK.fullmatch(words.strip("[]")) else None


def without_comments(text: str) -> tuple[str, list[Comment]]:
    """A text with the comments that are addressed to govlint made blank, offset for offset, and those comments."""
    found: list[Comment] = []
    pieces: list[str] = []
    copied = 0
    start = text.find("<!--")
    while start >= 0 and (end := text.find("-->", start + 4)) >= 0:
        inner = text[start + 4 : end].strip()
        end += 3
        if OPENING.match(inner):
            found.append(Comment(inner, Span(start, end)))
            pieces += [text[copied:start], re.sub(r"[^\n]", " ", text[start:end])]
            copied = end
        start = text.find("<!--", end)
    return "".join((*pieces, text[copied:])), found
