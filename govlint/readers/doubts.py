"""Figures that stand in their cells so that they may be read in two ways: one is read, and the doubt is told."""

from __future__ import annotations

import re
from collections.abc import Sequence

from govlint.document import Document, Note, Span, Words
from govlint.text.folding import raised_alone

_BROKEN = re.compile(
    r"(?<![^\t\n|])[ \u3000]{0,9}(\d[\d,.]{0,20}(?:\v[ \u3000]{0,9}[\d,.]{1,20}){1,3})[ \u3000]{0,9}(?![^\t\n|])"
)
"""As in ``12\v04``."""


def tell(document: Document) -> None:
    """Raised digits alone in a cell may mark a note of a blank one, and digits on two lines be two figures."""
    text = document.text
    raised = [Span(*each) for each in raised_alone(text)]
    broken = [Span(*match.span(1)) for match in _BROKEN.finditer(text)] if "\v" in text else []
    found: list[Note] = []
    if raised:
        found.append(_raised(raised, text))
    if broken:
        found.append(_broken(broken, text))
    if found:
        document.doubtful = [*document.doubtful, *raised, *broken]
        document.notes = [*document.notes, *found]


def _raised(spans: Sequence[Span], text: str) -> Note:
    count, first = len(spans), text[slice(*spans[0])]
    words = Words(
        f"表格中有{count}个单元格里只有上标或下标的数字（如“{first}”），已按单元格的数读取，请核实：不是注释标记的请改为正常字号。",
        f"Cells with nothing but raised or lowered digits (such as “{first}”; {count} in all) were read as figures. Check "
        "them: what is no mark of a note belongs in plain type.",
    )
    return Note(words, spans[0])


def _broken(spans: Sequence[Span], text: str) -> Note:
    count, lines = len(spans), text[slice(*spans[0])].split("\v")
    words = Words(
        f"表格中有{count}个单元格的数字分在几行（如“{'／'.join(lines)}”），已连成一个数读取，请核实。",
        f"In {count} cells the digits stand on several lines (such as “{' / '.join(lines)}”) and were read as one figure. "
        "Check them.",
    )
    return Note(words, spans[0])
