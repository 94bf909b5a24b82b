"""Ordinals of headings and labels: ``一、``, ``（二）``, ``3.``; their style and their value."""

from __future__ import annotations

import re

from govlint.text.numerals import numeral

_HAN = re.compile(r"[一二三四五六七八九十]")
_ORDINAL = re.compile(
    r"第[一二三四五六七八九十]+部分|[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\d+\."
)


def split_ordinal(label: str) -> tuple[str, str]:
    """A mandated label as (ordinal, words): ``一、总体情况`` is ``("一、", "总体情况")``."""
    match = _ORDINAL.match(label)
    return (match.group(), label[match.end() :]) if match else ("", label)


NUMERALS = "一二三四五六七八九十"
HEAD_ORDINAL_WORDS = (
    rf"(?:第[{NUMERALS}\d]{{1,2}}(?:部分|章|节)[、.:,]?"
    rf"|\(?(?:[{NUMERALS}]{{1,2}}|\d{{1,2}})(?:\)[、.,:]?|[、.,:]))"
)
HEAD_ORDINAL = re.compile(HEAD_ORDINAL_WORDS)


def ordinal_value(ordinal: str) -> int | None:
    """The number of an ordinal in any style (``一、`` ``（1）`` ``第三部分``); None where it has none."""
    digits = re.search(r"\d+", ordinal)
    if digits:
        return int(digits.group())
    numerals = re.search(rf"[{NUMERALS}]+", ordinal)
    return numeral(numerals.group()) if numerals else None


def style(ordinal: str) -> str:
    """The style of an ordinal: ``part`` 第一部分, ``bracket`` （一）, ``han`` 一、, ``digit`` 1、, empty for none."""
    if not ordinal:
        return ""
    if ordinal[0] == "第":
        return "part"
    numeral = "han" if _HAN.search(ordinal) else "digit"
    return f"({numeral})" if ")" in ordinal else numeral
