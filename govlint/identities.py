"""Numeric identities (勾稽关系) of a template's tables: read from their declarations, checked, worked out.

The language is defined by ``grammars/identities.lark``. A declaration for every row or column becomes one
:class:`Identity` a row or column, between single cells. Arithmetic is exact.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, cast

from govlint.rule import Number

if TYPE_CHECKING:
    from lark import Lark, Token

    from govlint.template import TableSpec

Relation = Literal["=", ">=", "<="]
Values = Mapping[str, Number | None]
"""Figures by address; None is a blank; an address that is absent has no readable figure."""

_LONG = 7
"""Terms of a sum that is written out in full."""


class Term(NamedTuple):
    address: str
    sign: int
    """1 or -1."""


@dataclass(frozen=True, slots=True)
class Identity:
    """``left`` stands in ``relation`` to ``right``; no cell occurs twice."""

    code: str
    relation: Relation
    left: tuple[Term, ...]
    right: tuple[Term, ...]
    terms: tuple[tuple[str, int], ...] = field(init=False, repr=False, compare=False)
    """Left minus right, which an equality makes 0."""
    cells: tuple[str, ...] = field(init=False, repr=False, compare=False)
    lone: tuple[str, ...] = field(init=False, repr=False, compare=False)
    """The totals: cells that stand alone on their side."""

    def __post_init__(self) -> None:
        terms = [(address, sign) for address, sign in self.left]
        terms += [(address, -sign) for address, sign in self.right]
        object.__setattr__(self, "terms", tuple(terms))
        object.__setattr__(self, "cells", tuple(address for address, _ in terms))
        lone = tuple(side[0].address for side in (self.left, self.right) if len(side) == 1)
        object.__setattr__(self, "lone", lone)

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


class Checked(NamedTuple):
    holds: list[Identity]
    broken: list[Identity]
    unchecked: list[Unknown]


def check(identities: Sequence[Identity], values: Values) -> Checked:
    """Which identities hold. A blank summand counts 0; a blank total or absent cell leaves one unchecked."""
    result = Checked([], [], [])
    needed: set[str] | None = None
    for identity in identities:
        try:
            figures: Any = values  # a blank raises TypeError
            difference = sum([sign * figures[address] for address, sign in identity.terms])
            if type(difference) is not int:
                difference = identity.difference(values)
        except (KeyError, TypeError):
            needed = needed or totals(identities)
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


def totals(identities: Iterable[Identity]) -> set[str]:
    """Cells that are the total of some identity: blank, they are unknown in every other identity too."""
    return {address for identity in identities for address in identity.lone}


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
        number = int(number) if number.denominator == 1 else _decimal(number)
    if isinstance(number, int) and number.bit_length() > 10_000:
        return f"{'-' if number < 0 else ''}2^{number.bit_length() - 1}…"
    return str(number) if isinstance(number, int) else f"{number:f}"


def _decimal(number: Fraction) -> Decimal:
    """Exact: the denominator is made of twos and fives, as it came from decimals."""
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


# The language


@cache
def _parser() -> Lark:
    from lark import Lark

    folder = Path(__file__).with_name("grammars")
    if not folder.is_dir():  # a checkout: the grammars stand beside the package
        folder = Path(__file__).parents[1] / "grammars"
    grammar = (folder / "identities.lark").read_text("utf-8")
    return Lark(grammar, parser="lalr", propagate_positions=True, maybe_placeholders=True)


def load(text: str, tables: Mapping[str, TableSpec]) -> tuple[Identity, ...]:
    """The declarations of ``text`` for the tables of a template, one identity a row, a column or a relation.

    Raises ValueError, which says the line, where the text is malformed or names what the tables do not have.
    """
    from lark.exceptions import UnexpectedInput

    if not text.strip():
        return ()
    try:
        tree = _parser().parse(text)
    except UnexpectedInput as error:
        context = error.get_context(text).rstrip()
        raise ValueError(f"identities, line {error.line}: cannot be read here\n{context}") from None
    return tuple(dict.fromkeys(identity for node in tree.children for identity in _expand(node, tables)))


def _expand(node: Any, tables: Mapping[str, TableSpec]) -> Iterator[Identity]:
    code, scope, left, relation, right = node.children
    relation = {"≥": ">=", "≤": "<="}.get(relation, relation)
    for axis in _axes(scope, tables, [*_names(left), *_names(right)]):
        sides = [tuple(_terms(side, axis)) for side in (left, right)]
        addresses = [term.address for side in sides for term in side]
        twice = next((address for address in addresses if addresses.count(address) > 1), None)
        if twice:
            raise ValueError(f"identities, line {code.line}: {twice} stands in it twice")
        yield Identity(str(code), cast("Relation", str(relation)), *sides)


class _Axis(NamedTuple):
    """Names that a declaration may use, in the template's order, and the cells they mean."""

    cells: Mapping[str, str]


def _axes(scope: Any, tables: Mapping[str, TableSpec], names: Sequence[Token]) -> Iterator[_Axis]:
    if scope is None:
        rows = [(table.key, row) for table in tables.values() for row in table.rows.values()]
        cells = [f"{key}.{row.key}.{column}" for key, row in rows for column in row.columns]
        yield _Axis(dict(zip(cells, cells, strict=True)))
        return
    along, name, *chosen = [child for child in scope.children if child is not None]
    table = tables[_known(name, tables, "table")]
    by_row = {
        row.key: {column: f"{table.key}.{row.key}.{column}" for column in row.columns}
        for row in table.rows.values()
    }
    by_column = {
        column: {row: cells[column] for row, cells in by_row.items() if column in cells}
        for column in table.columns
    }
    lines, across, what = (by_row, by_column, "column") if along == "row" else (by_column, by_row, "row")
    for token in names:
        _known(token, across, what)
    wanted = [_known(token, lines, str(along)) for token in chosen]
    found = [line for line in wanted or lines if all(str(token) in lines[line] for token in names)]
    if wanted and len(found) < len(wanted):
        missing = next(line for line in wanted if line not in found)
        raise ValueError(f"identities, line {name.line}: {along} {missing} does not have all that is named")
    if not found:
        raise ValueError(f"identities, line {name.line}: no {along} of {name} has all that is named")
    for line in found:
        yield _Axis(lines[line])


def _names(side: Any) -> Iterator[Token]:
    """Every address of a side, as one token each."""
    for node in side.find_data("address"):
        first = node.children[0]
        yield first.update(value=".".join(node.children))


def _terms(side: Any, axis: _Axis) -> Iterator[Term]:
    sign = 1
    for part in side.children:
        if part.data == "sign" or part.data == "first":
            sign = -1 if part.children[0] in ("-", "−") else 1
        run = part.children[-1] if part.data == "first" else part
        if run.data != "run":
            continue
        names = [".".join(end.children) for end in run.children if end is not None]
        line = next(run.find_data("address")).children[0].line
        for token in _names(run):
            _known(token, axis.cells, "cell")
        order = list(axis.cells)
        start, end = order.index(names[0]), order.index(names[-1])
        if end < start:
            raise ValueError(f"identities, line {line}: {names[0]} .. {names[-1]} runs backwards")
        for name in order[start : end + 1]:
            yield Term(axis.cells[name], sign)


def _known(token: Token, names: Iterable[str], what: str) -> str:
    """The name, if it is one of ``names``; otherwise a ValueError that offers the nearest."""
    from difflib import get_close_matches

    names = list(names)
    if token in names:
        return str(token)
    near = get_close_matches(token, names, n=1, cutoff=0)
    hint = f"; is {near[0]} meant?" if near else ""
    raise ValueError(f"identities, line {token.line}: no {what} {token}{hint}")
