"""Figures that are set from right to left, so that their digits are shown in another order than they stand in the file."""

from __future__ import annotations

import re

from govlint.document import Document, Span, Unread, Words
from govlint.text.folding import LEFTWARDS, compact

_IN_CELL = re.compile(f"{LEFTWARDS}[^\n\t]*")
"""As in ``\u202e12``."""
_IN_LINE = re.compile(f"{LEFTWARDS}[^\n]*")
"""As in ``\u202e12``."""
_TOLD = Words(
    "此处的文字被设为从右向左显示（如 Unicode 控制符 U+202E），显示的数字与存储的次序不同，没有读取。请去掉这一设置，重新填写数字。",
    "Here text is set from right to left (as by U+202E): its figures are shown in another order than they are stored in, "
    "and were not read. Take the setting away and write the figures anew.",
)


def tell(document: Document) -> None:
    """Of figures that read otherwise from right to left it is told that they were not read.

    In text formats the setting ends with the line, elsewhere with the cell.
    """
    if LEFTWARDS not in document.text:
        return
    pattern = _IN_CELL if document.origins else _IN_LINE
    found = [
        Unread(_TOLD, Span(*match.span()))
        for match in pattern.finditer(document.text)
        if (figures := re.sub(r"\D", "", compact(match[0]))) != figures[::-1]
    ]
    document.unread = sorted([*document.unread, *found], key=lambda each: each.span)
