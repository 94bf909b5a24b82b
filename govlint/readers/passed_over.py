"""What is told of words that stand in a file and were not read as the report's: struck out, hidden, white."""

from __future__ import annotations

from collections.abc import Sequence

from govlint.document import Note, Span, Words

STRUCK = Words("划掉的文字", "text that is struck out")
_SHOWN = 30
"""Characters of them that are told."""


def passed_over(where: Words, what: Words, text: str, span: Span | None = None) -> Note:
    """``where`` begins the sentence: ``第3页``, ``Page 3``."""
    cut = text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
    return Note(
        Words(
            f"{where.zh}有{what.zh}“{cut}”，没有作为正文读取。",
            f"{where.en} has {what.en}, “{cut}”: it was not read as the report's.",
        ),
        span,
    )


def struck_in(where: Words, texts: Sequence[str]) -> Note:
    """The first of several struck-out texts, and how many there are; ``where`` has the English verb: ``Cells hold``."""
    more = f"等{len(texts)}处" if len(texts) > 1 else ""
    return Note(
        Words(
            f"{where.zh}有{STRUCK.zh}“{texts[0]}”{more}，没有作为正文读取。",
            f"{where.en} {STRUCK.en}, “{texts[0]}” ({len(texts)} in all): it was not read as the report's.",
        )
    )
