"""Ordinals of headings and labels: ``一、``, ``（二）``, ``3.``; their style and their value."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from govlint.text.numerals import numeral, whole

_HAN = re.compile(r"[一二三四五六七八九十]")
_ORDINAL = re.compile(
    r"第[一二三四五六七八九十]+部分|[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\d+\."
)
"""As in ``（一）``."""


def split_ordinal(label: str) -> tuple[str, str]:
    """A mandated label as (ordinal, words): ``一、总体情况`` is ``("一、", "总体情况")``."""
    match = _ORDINAL.match(label)
    return (match.group(), label[match.end() :]) if match else ("", label)


NUMERALS = "一二三四五六七八九十"
_FORMAL = "壹贰叁肆伍陆柒捌玖拾"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_ROMAN = "Ⅰ-Ⅻ"
_ENCLOSED = "①-⑳㈠-㈩⑴-⒇⒈-⒛❶-❿"
ORDINAL_STARTS = f"{NUMERALS}{_FORMAL}{_STEMS}{_ROMAN}{_ENCLOSED}第(\\d"
"""What an ordinal begins with, as the inside of a character class."""
HEAD_ORDINAL_WORDS = (
    rf"(?:第[{NUMERALS}\d]{{1,2}}(?:部分|章|节)[、.:,]?"
    rf"|\(?(?:[{NUMERALS}]{{1,2}}|\d{{1,2}})(?:\)[、.,:]?|[、.,:])"
    rf"|(?:[{_FORMAL}]{{1,2}}|[{_STEMS}])[、.,:]"
    rf"|(?:[{_ROMAN}]|[{_ENCLOSED}])[、.,:]?)"
)
ORDINAL_ENDS = frozenset(f"、.,:)(分章节{_ROMAN}{_ENCLOSED}")
"""The last characters of ordinals, and a bracket that opens behind or before one."""
HEAD_ORDINAL = re.compile(HEAD_ORDINAL_WORDS)
"""As in ``三、``."""
ROW_ORDINAL_WORDS = rf"\(?(?:[{NUMERALS}]{{1,3}}|\d{{1,2}})(?:\)[、.,:]?|[、.,:])|[{_ENCLOSED}][、.,:]?"
_LATIN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
LONE_ORDINAL = re.compile(
    rf"(?:(?:第|[Pp][Aa][Rr][Tt] ?)?(?:[{NUMERALS}]{{1,3}}|\d{{1,2}})(?:部分|章|节|条)?"
    rf"|[{_FORMAL}]{{1,2}}|[{_STEMS}]|[{_ROMAN}{_ENCLOSED}]|[IVX]{{1,4}}|[A-Ha-h])[、.,:·•\-—)\] ]*"
)
"""What before the words of a heading, and alone with them on a line, can only be its ordinal: ``三 ``, ``Part 3``, ``C.``"""
_NUMERAL = re.compile(f"[{NUMERALS}]+")
_NUMBERED = re.compile(rf"\(?[{NUMERALS}\d]")
"""As in ``(三``."""


@lru_cache(4096)
def ordinal_value(ordinal: str) -> int | None:
    """The number of an ordinal in any style; None where it has none.

    >>> [ordinal_value(text) for text in ("十一、", "（1）", "第三部分", "叁、", "Ⅳ、", "IV.", "⑤", "己、", "C.")]
    [11, 1, 3, 3, 4, 4, 5, 6, 3]
    """
    if digits := re.search(r"\d+", ordinal):
        return whole(digits.group())
    if numerals := _NUMERAL.search(ordinal):
        return numeral(numerals.group())
    if latin := re.search("[IVX]+", ordinal):
        return _LATIN.index(latin.group()) + 1 if latin.group() in _LATIN else None
    for char in ordinal:
        if char in _STEMS:
            return _STEMS.index(char) + 1
        if "A" <= char.upper() <= "H":
            return ord(char.upper()) - ord("A") + 1
        if value := unicodedata.numeric(char, 0):
            return int(value)
    return None


@lru_cache(4096)
def style(ordinal: str) -> str:
    """The style of an ordinal: ``part`` 第一部分, ``(han)`` （一）, ``han`` 一、, ``digit`` 1、, ``other``; empty for none.

    A numeral with no mark behind it is ``bare``.
    """
    if not ordinal:
        return ""
    if ordinal[0] == "第":
        return "part"
    if not _NUMBERED.match(ordinal):
        return "other"
    if ordinal.strip()[-1] in NUMERALS or ordinal.strip()[-1].isdecimal():
        return "bare"
    numeral = "han" if _HAN.search(ordinal) else "digit"
    return f"({numeral})" if ")" in ordinal else numeral
