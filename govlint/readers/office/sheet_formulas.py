"""Sums and differences in a sheet that no program has worked out: files that a program wrote and nobody opened."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from govlint.document import UNREAD_MARK
from govlint.readers.office.sheet_marks import Place, column

_SUM = re.compile(r"SUM\(([A-Z0-9:,]{1,400})\)")
"""As in ``SUM(D5:I5)``."""
_TERM = re.compile(r"([+-]?)(?:SUM\(([A-Z0-9:,]{1,400})\)|([A-Z]{1,3}\d{1,7})|(\d{1,12}(?:\.\d{1,6})?))")
"""As in ``+D5``."""
_RANGE = re.compile(r"([A-Z]{1,3})(\d{1,7})(?::([A-Z]{1,3})(\d{1,7}))?")
"""As in ``D5:I5``."""
_MOST_CELLS = 2000
_DEEPEST = 50
_Rows = dict[int, list[str]]


class _Open(Exception):
    """It cannot be worked out."""


def work_out(rows: _Rows, formulas: dict[int, dict[int, str]]) -> int:
    """Put into ``rows`` what formulas give that only add and subtract, and take these out; how many had another value."""
    known: dict[Place, Decimal] = {}
    places = [(row, at) for row, columns in formulas.items() for at in columns]
    for place in places:
        try:
            known[place] = _value(place, rows, formulas, known, 0)
        except _Open:
            continue
    changed = 0
    for (row, at), value in known.items():
        texts = rows.setdefault(row, [])
        texts += [""] * (at - len(texts))
        whole = value == value.to_integral_value()
        text = format(value.to_integral_value() if whole else value.normalize(), "f")
        changed += texts[at - 1] != text
        texts[at - 1] = text
        del formulas[row][at]
    return changed


def left_open(rows: _Rows, formulas: dict[int, dict[int, str]]) -> dict[int, set[int]]:
    """Mark in ``rows`` the cells whose formula could not be worked out; row to columns.

    A value that is stored there is kept, but for the nought that programs write which work nothing out.
    """
    found: dict[int, set[int]] = {}
    for row, columns in formulas.items():
        for at in columns:
            texts = rows.setdefault(row, [])
            texts += [""] * (at - len(texts))
            if texts[at - 1] in ("", "0"):
                texts[at - 1] = UNREAD_MARK
                found.setdefault(row, set()).add(at)
    return found


def _value(
    place: Place, rows: _Rows, formulas: dict[int, dict[int, str]], known: dict[Place, Decimal], depth: int
) -> Decimal:
    if place in known:
        return known[place]
    row, at = place
    formula = formulas.get(row, {}).get(at)
    if formula is None:
        return _stated(rows, place)
    if depth > _DEEPEST:
        raise _Open
    text = formula.replace("$", "").replace(" ", "").upper().lstrip("=")
    total = Decimal(0)
    end = 0
    while end < len(text):
        term = _TERM.match(text, end)
        if term is None or (end and not term[1]):
            raise _Open
        if term[2]:
            found = sum(
                (_value(each, rows, formulas, known, depth + 1) for each in _cells(term[2])), Decimal(0)
            )
        elif term[3]:
            found = next(_value(each, rows, formulas, known, depth + 1) for each in _cells(term[3]))
        else:
            found = Decimal(term[4])
        total += -found if term[1] == "-" else found
        end = term.end()
    if not text:
        raise _Open
    known[place] = total
    return total


def _stated(rows: _Rows, place: Place) -> Decimal:
    row, at = place
    texts = rows.get(row, [])
    text = texts[at - 1] if at <= len(texts) else ""
    try:
        return Decimal(text.replace(",", "")) if text.strip() else Decimal(0)
    except InvalidOperation as error:
        raise _Open from error


def _cells(ranges: str) -> Iterator[Place]:
    visited = 0
    for each in ranges.split(","):
        match = _RANGE.fullmatch(each)
        if match is None:
            raise _Open
        left, top = column(match[1]), int(match[2])
        right, bottom = (column(match[3]), int(match[4])) if match[3] else (left, top)
        visited += max(0, right - left + 1) * max(0, bottom - top + 1)
        if visited > _MOST_CELLS:
            raise _Open
        for row in range(top, bottom + 1):
            for at in range(left, right + 1):
                yield row, at
