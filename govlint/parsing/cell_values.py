"""What stands in a cell, as the kind of figure, words or choice that its column is for."""

from __future__ import annotations

import re
from decimal import Decimal

from govlint.parsing.row_values import Part
from govlint.parsing.row_words import EMPTY_BOXES, TICKED_BOXES
from govlint.report import Cell, CellState
from govlint.template.model import Template
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


def cell_of(address: str, part: Part, template: Template) -> Cell:
    """The cell at an address of the template, as its part of the row was written."""
    value, kind = part.value(), template.kinds[address]
    if type(value) is int and kind == "COUNT":  # as nearly all are
        return Cell(address, "number", value, part.text, part.span)
    if part.kind == "missing":
        return Cell(address, "missing", None, "", part.span)
    if kind == "CHANGE" and part.kind != "blank":
        value = _change(part.text)
    elif kind == "AMOUNT" and part.kind == "invalid" and not template.states_unit(address):
        value = amount(part.text)
    if kind == "WORDS":
        return Cell(address, "text", None, part.text, part.span)
    if kind == "CHOICE" and part.kind != "blank":
        return Cell(address, _choice(part.text), None, part.text, part.span)
    if part.kind == "blank":
        return Cell(address, "blank", None, part.text, part.span)
    if value is None or (kind != "AMOUNT" and not isinstance(value, int) and "." in part.text):
        return Cell(address, "invalid", None, part.text, part.span)
    return Cell(address, "number", value, part.text, part.span)


def _change(text: str) -> int | None:
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


def _choice(text: str) -> CellState:
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
