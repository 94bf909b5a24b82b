"""Numeric identities (勾稽关系) of a template's tables: read from their declarations, checked, worked out.

The language is defined by ``grammars/identities.lark``. A declaration for every row or column becomes one
:class:`Identity` a row or column, between single cells. Arithmetic is exact.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Any, Literal, NamedTuple

from msgspec import Struct
from msgspec.structs import force_setattr

from govlint.document import Number

Relation = Literal["=", ">=", "<="]
Values = Mapping[str, Number | None]
"""Figures by address; None is a blank; an address that is absent has no readable figure."""

_LONG = 7
"""Terms of a sum that is written out in full."""


class Term(NamedTuple):
    address: str
    sign: int
    """1 or -1."""


class Identity(Struct, frozen=True):
    """``left`` stands in ``relation`` to ``right``; no cell occurs twice."""

    code: str
    relation: Relation
    left: tuple[Term, ...]
    right: tuple[Term, ...]
    terms: tuple[tuple[str, int], ...] = ()
    """Worked out: left minus right, which an equality makes 0."""
    cells: tuple[str, ...] = ()
    """Worked out."""
    lone: tuple[str, ...] = ()
    """Worked out: the totals, cells that stand alone on their side."""

    def __post_init__(self) -> None:
        if self.terms:  # as it comes from the cache
            return
        terms = [(address, sign) for address, sign in self.left]
        terms += [(address, -sign) for address, sign in self.right]
        force_setattr(self, "terms", tuple(terms))
        force_setattr(self, "cells", tuple(address for address, _ in terms))
        lone = tuple(side[0].address for side in (self.left, self.right) if len(side) == 1)
        force_setattr(self, "lone", lone)

    def __hash__(self) -> int:
        return hash(self.cells)

    @property
    def table(self) -> str:
        return self.terms[0][0].split(".", 1)[0]

    def difference(self, values: Values) -> int | Fraction:
        """Left minus right, exactly; blanks count 0. Raises KeyError where a cell is absent."""
        return _total(self.terms, values)

    def holds(self, difference: int | Fraction) -> bool:
        if self.relation == "=":
            return difference == 0
        return difference >= 0 if self.relation == ">=" else difference <= 0

    def worked(self, values: Values) -> str:
        """Both sides worked out: ``157+8+0+0+0+11=176≠177``."""
        sides = [self.left, self.right]
        if self.relation == "=" and len(self.left) == 1:
            sides.reverse()
        symbols = {"=": ("=", "≠"), ">=": ("≥", "<"), "<=": ("≤", ">")}[self.relation]
        symbol = symbols[not self.holds(self.difference(values))]
        return symbol.join(_worked(side, values) for side in sides)


class Unknown(NamedTuple):
    """An identity that cannot be checked, and the cells that are why."""

    identity: Identity
    cells: tuple[str, ...]


class Checked(Struct, frozen=True):
    holds: list[Identity]
    broken: list[Identity]
    unchecked: list[Unknown]


def check(identities: Sequence[Identity], values: Values) -> Checked:
    """Which identities hold. A blank summand counts 0; a blank total or absent cell leaves one unchecked."""
    result = Checked([], [], [])
    needed: frozenset[str] | None = None
    for identity in identities:
        try:
            figures: Any = values  # a blank raises TypeError
            difference = sum([sign * figures[address] for address, sign in identity.terms])
            if type(difference) is not int:
                difference = identity.difference(values)
        except (KeyError, TypeError):
            needed = needed or totals(tuple(identities))
            unknown = tuple(
                cell
                for cell in identity.cells
                if cell not in values or (values[cell] is None and cell in needed)
            )
            if unknown:
                result.unchecked.append(Unknown(identity, unknown))
                continue
            difference = identity.difference(values)
        (result.holds if identity.holds(difference) else result.broken).append(identity)
    return result


@lru_cache(256)
def totals(identities: tuple[Identity, ...]) -> frozenset[str]:
    """Cells that are the total of some identity: blank, they are unknown in every other identity too."""
    return frozenset(address for identity in identities for address in identity.lone)


def _total(terms: Iterable[tuple[str, int]], values: Values) -> int | Fraction:
    # Decimal's own sum would round to the context's precision.
    total: int | Fraction = 0
    for address, sign in terms:
        value = values[address] or 0
        total += sign * (value if isinstance(value, int) else Fraction(value))
    return total


def say(number: Number | Fraction) -> str:
    """A number as digits; one too long for that by its order of magnitude."""
    if isinstance(number, Fraction):
        number = int(number) if number.denominator == 1 else decimal(number)
    if isinstance(number, int) and number.bit_length() > 10_000:
        return f"{'-' if number < 0 else ''}2^{number.bit_length() - 1}…"
    return str(number) if isinstance(number, int) else f"{number:f}"


def decimal(number: Fraction) -> Decimal:
    """The number exactly: its denominator is made of twos and fives, as it came from decimals."""
    places = 0
    while (number * 10**places).denominator != 1:
        places += 1
    return Decimal(f"{int(number * 10**places)}E-{places}")


def _worked(side: tuple[Term, ...], values: Values) -> str:
    """A side worked out, ``5+2+1=8``; of a long sum the zeros are left out."""
    shown = side if len(side) <= _LONG else [term for term in side if values[term.address]]
    text = ""
    for address, sign in shown:
        text += ("+" if text else "") if sign > 0 else "-"
        text += say(values[address] or 0)
    if len(shown) == 1 and shown[0].sign > 0:
        return text
    return f"{text}={say(_total(side, values))}" if text else "0"
