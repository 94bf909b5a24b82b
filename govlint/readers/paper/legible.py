"""Whether the characters that a PDF states are those that its page shows.

A font without a table of its characters gives the numbers of its glyphs instead: Han characters come out as Latin
letters, as rare characters, or as those of many scripts. What stands there can be seen and not be read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from govlint.readers.paper.glyphs import Glyph
from govlint.text.folding import fold

_WIDE = frozenset("WMmwQO@%ÆŒæœ—…")
"""Latin characters that may be as wide as they are high."""
_FULL = 0.92
"""Widths of a Han character by its size, from which a Latin letter is none."""
_UNEXPECTED = re.compile("[ɐ-\u2e7f\ua000-\uf8ff]")
"""Neither Latin nor Han."""
_FEW = 8
_SHARE = 0.2
_USUAL = 0.6
"""Share of Han characters that are among the 3,755 usual ones; in real text it is over 0.95."""
_ENOUGH = 40
_SCRIPTS = 6
"""Blocks of 256 characters beside Latin and Han ones: a text in another script has one or two."""


def is_meaningless(glyphs: Sequence[Glyph]) -> bool:
    """Whether so many characters of a page cannot be what they are stated to be that none can be relied on."""
    wide = [
        glyph.text
        for glyph in glyphs
        if "!" <= glyph.text <= "ɏ" and glyph.x1 - glyph.x0 > _FULL * glyph.size
    ]
    latin = sum(map(_is_narrow, wide))
    if latin > max(_FEW, _SHARE * len(glyphs)):
        return True
    text = fold("".join(glyph.text for glyph in glyphs))
    han = [char for char in text if "\u3400" <= char <= "\u9fff"]
    if len(han) >= _ENOUGH and sum(map(_is_usual, han)) < _USUAL * len(han):
        return True
    strange = [ord(char) >> 8 for char in _UNEXPECTED.findall(text) if char.isalpha()]
    return len(strange) > max(_FEW, _SHARE * len(text)) and len(set(strange)) >= _SCRIPTS


def _is_narrow(char: str) -> bool:
    return (char.isalnum() or char in "!\"#$%&'()*+,/:;<=>?[]{|}~") and char not in _WIDE


@lru_cache(20_000)
def _is_usual(char: str) -> bool:
    try:
        return char.encode("gb2312")[0] < 0xD8
    except UnicodeEncodeError:
        return False
