"""Comparison forms of text: one character for one, so that every offset stays true."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from functools import cache, lru_cache
from itertools import accumulate

_QUOTES = "“”„‟‘’‚‛「」『』＂＇'〝〞″"
_BARS = "｜│┃║︱￨¦"
_CELL = "\x1f"
"""Stands for a tab in folded text: a border between cells that white space is not."""

# Radicals that PDF fonts put for the characters themselves and that Unicode does not fold.
_RADICALS = dict(
    zip(
        "⺠⻁⻄⻅⻆⻉⻋⻓⻔⻘⻚⻛⻜⻝⻢⻥⻦⻩⻬⻰⺟⻳",
        "民虎西见角贝车长门青页风飞食马鱼鸟黄齐龙母龟",
        strict=True,
    )
)


@cache
def _table() -> dict[int, str]:
    blocks = [(0x2F00, 0x2FD6), (0xF900, 0xFB00), (0xFE50, 0xFE70), (0xFF01, 0xFFEF), (0x2070, 0x20A0)]
    table: dict[int, str] = {}
    for first, last in blocks:
        for code in range(first, last):
            folded = unicodedata.normalize("NFKC", chr(code))
            if len(folded) == 1:
                table[code] = folded
    table |= {ord(char): '"' for char in _QUOTES}
    table |= {ord(char): "|" for char in _BARS}
    table |= {ord(char): folded for char, folded in _RADICALS.items()}
    table |= dict.fromkeys((12288, 160, 8203, 8204, 8205, 8288, 65279, 173, 0, 11), " ")
    table |= dict.fromkeys((*range(9472, 9474), *range(9484, 9553), *range(9554, 9600)), " ")
    table |= {ord(mark): " " for mark in "*#`"}  # of Markdown
    table |= {ord("〔"): "[", ord("〕"): "]", ord("【"): "[", ord("】"): "]", ord("．"): ".", ord("﹒"): "."}
    table[ord("\t")] = _CELL
    for code in (0x2502, 0x2503, 0x2551):
        table[code] = "|"
    return table


def fold(text: str) -> str:
    """Full-width forms, quotation marks, brackets and bars made one; same length as ``text``."""
    return text.translate(_table())


_WORDS = re.compile(r"[^ \n\r\f\u2000-\u200a\u2028\u2029\u205f]+")


class Compact:
    """Folded text without white space, and the way back to the offsets of the source."""

    def __init__(self, folded: str) -> None:
        spans = [match.span() for match in _WORDS.finditer(folded)]
        pieces = [folded[start:end] for start, end in spans]
        self.text = "".join(pieces)
        self._starts = [0, *accumulate(map(len, pieces))]
        self._shifts = [start - at for (start, _), at in zip(spans, self._starts, strict=False)]

    def source(self, offset: int) -> int:
        """The source offset of the character at an offset of ``text``."""
        at = min(bisect_right(self._starts, offset), len(self._shifts)) - 1
        return offset + self._shifts[at] if at >= 0 else 0

    def source_end(self, offset: int) -> int:
        """The source offset just behind the character before an offset of ``text``."""
        return self.source(offset - 1) + 1 if offset else 0


@lru_cache(4096)
def compact(text: str) -> str:
    """The comparison form of a short text: folded, without white space."""
    return "".join(fold(text).replace(_CELL, " ").split())
