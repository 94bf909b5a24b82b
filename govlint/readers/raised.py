"""Figures that stand in their cells as the marks of notes do, raised or lowered, with nothing beside them."""

from __future__ import annotations

from govlint.document import Document, Note, Span, Words
from govlint.text.folding import raised_alone


def tell(document: Document) -> None:
    """What may be the mark of a note in a blank cell is read as its figure, which is doubtful."""
    spans = [Span(*each) for each in raised_alone(document.text)]
    if not spans:
        return
    count, first = len(spans), document.text[slice(*spans[0])]
    words = Words(
        f"表格中有{count}个单元格里只有上标或下标的数字（如“{first}”），已按单元格的数读取，请核实：不是注释标记的请改为正常字号。",
        f"Cells with nothing but raised or lowered digits (such as “{first}”; {count} in all) were read as figures. Check "
        "them: what is no mark of a note belongs in plain type.",
    )
    document.doubtful = [*document.doubtful, *spans]
    document.notes = [*document.notes, Note(words, spans[0])]
