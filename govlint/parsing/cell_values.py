"""What a cell as written says where that is no bare number: a change with its sign, money with its unit, a ticked box."""

from __future__ import annotations

import re
from decimal import Decimal

from govlint.parsing.row_words import EMPTY_BOXES, TICKED_BOXES
from govlint.report import CellState
from govlint.text.numerals import whole

_UNDECIDED = ("", "是否", "有无")
_WORDS_BETWEEN = re.compile(f"[^{EMPTY_BOXES}]+")
_ITEMS = "[项件个条种]?"
_LESS = ("-", "−", "–", "—", "↓", "减", "减少", "取消")
_SIGN = "[-+−–—±↑↓]|增加?|减少?|新增|取消"
_WHOLE = re.compile(rf"\d{{1,40}}{_ITEMS}")
"""As in ``1204件``."""
_TERM = re.compile(rf"({_SIGN})(\d{{1,40}}){_ITEMS}")
"""As in ``+12项``."""
_SIGNED = re.compile(rf"(?:{_TERM.pattern})(?:[/,、;]?(?:{_TERM.pattern}))?")
"""As in ``+12/-3``."""
_MONEY = re.compile(r"(?:人民币|[¥￥])?(\d{1,40}(?:\.\d{1,20})?)(?:亿元|万元|元)?整?")
"""As in ``1.25万元``."""


def change(text: str) -> int | None:
    """A signed whole number, in signs or words: ``+3`` ``-5`` ``减5`` ``增2减1``."""
    text = "".join(text.replace(",", "").split())
    if _WHOLE.fullmatch(text):
        return whole(re.sub(r"\D", "", text))
    if not _SIGNED.fullmatch(text):
        return None
    terms = [(whole(digits), -1 if sign in _LESS else 1) for sign, digits in _TERM.findall(text)]
    values = [value * sign for value, sign in terms if value is not None]
    return sum(values) if len(values) == len(terms) else None


def amount(text: str) -> Decimal | int | None:
    """Money with its unit, in that unit."""
    match = _MONEY.fullmatch("".join(text.replace(",", "").split()))
    if not match:
        return None
    return Decimal(match[1]) if "." in match[1] else whole(match[1])


def choice(text: str) -> CellState:
    """One of several boxes, ticked or its mark left out where the others have theirs; or a word alone."""
    text = "".join(text.split())
    ticked = sum(char in TICKED_BOXES for char in text)
    empty = sum(char in EMPTY_BOXES for char in text)
    if ticked > 1:
        return "invalid"
    if ticked:
        return "text"
    if not empty:
        return "blank" if re.sub(r"\W", "", text) in _UNDECIDED else "text"
    return "text" if len(_WORDS_BETWEEN.findall(text)) > empty else "blank"
