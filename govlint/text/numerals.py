"""Chinese numerals, as figures (``一百二十``) and digit by digit (``二〇二三``)."""

from __future__ import annotations

from decimal import Decimal

_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}


MOST_DIGITS = 24
"""No figure of a report has more. Python's ``int()`` takes time by the square of their number, and refuses 4,301."""


def whole(digits: str) -> int | None:
    """The value of decimal digits; None for more of them than :data:`MOST_DIGITS`.

    >>> whole("0120"), whole("9" * 25)
    (120, None)
    """
    return int(digits) if len(digits) <= MOST_DIGITS else None


def numeral(text: str) -> int | None:
    """The value of a Chinese numeral; None where it is none, or of too many digits.

    >>> numeral("一百二十"), numeral("两"), numeral("二〇")
    (120, 2, 20)
    """
    if not text or any(char not in _DIGITS and char not in _TENS for char in text):
        return None
    if all(char in _DIGITS for char in text):
        return whole("".join(str(_DIGITS[char]) for char in text))
    total = 0
    digit: int | None = None
    for char in text:
        if char in _DIGITS:
            digit = _DIGITS[char]
        else:
            total += (1 if digit is None else digit) * _TENS[char]
            digit = None
    return total + (digit or 0)


def to_year(written: str) -> int:
    """A year in digits or Chinese numerals, also with a letter or digit for the zero.

    >>> to_year("二O二三"), to_year("2023")
    (2023, 2023)
    """
    if written.isdigit():
        return whole(written) or 0
    return numeral("".join("〇" if char in "0O" else char for char in written)) or 0


def number(value: int | Decimal) -> str:
    """The digits of a number, without exponent: ``11``, ``3.50``."""
    if isinstance(value, int) and value.bit_length() < 10_000:
        return str(value)
    # Python refuses str() of longer integers; a Decimal of them is exact.
    return format(Decimal(value), "f")
