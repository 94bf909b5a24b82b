"""What blank cells must hold for the identities to hold: the figure that can be worked out, or a 0 where nothing speaks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from govlint.document import Number
from govlint.numbers.identities import Identity, Values, decimal


def implied(identities: Sequence[Identity], values: Values) -> Mapping[str, Number]:
    """Blank cells to the figure that the equalities leave no choice about, or to 0 where they say nothing of a cell.

    Counts and amounts are 0 or more, so that blanks which add up to 0 are all 0. A cell that the identities leave open,
    or of which they ask contrary things, is absent.
    """
    known = {cell: Fraction(value) for cell, value in values.items() if value is not None}
    blank = {cell for cell, value in values.items() if value is None}
    equalities = [
        identity
        for identity in identities
        if identity.relation == "=" and all(cell in values for cell in identity.cells)
    ]
    while found := dict(_solved(equalities, known)):
        known |= found
    speaking = _spoken_of(equalities, values)
    known |= {cell: Fraction(0) for cell in blank - speaking if cell not in known}
    contrary = {
        cell
        for identity in identities
        if all(cell in known for cell in identity.cells) and not identity.holds(_residual(identity, known))
        for cell in identity.cells
    }
    return {
        cell: _number(known[cell])
        for cell in values
        if cell in blank and cell in known and cell not in _joined(contrary, equalities, blank)
    }


def _solved(equalities: Sequence[Identity], known: Mapping[str, Fraction]) -> Iterator[tuple[str, Fraction]]:
    """Cells that a single equality determines, the others being known."""
    for identity in equalities:
        open_terms = [(cell, sign) for cell, sign in identity.terms if cell not in known]
        signs = {sign for _, sign in open_terms}
        if len(signs) != 1:
            continue
        rest = -_residual(identity, known) * signs.pop()
        if len(open_terms) == 1 and rest >= 0:
            yield open_terms[0][0], rest
        elif rest == 0:
            yield from ((cell, Fraction(0)) for cell, _ in open_terms)


def _residual(identity: Identity, known: Mapping[str, Fraction]) -> Fraction:
    return sum((sign * known[cell] for cell, sign in identity.terms if cell in known), Fraction(0))


def _spoken_of(equalities: Sequence[Identity], values: Values) -> set[str]:
    """Cells that are tied, through others, to an equality that has a figure in it."""
    tied = {
        cell
        for identity in equalities
        if any(values[cell] is not None for cell in identity.cells)
        for cell in identity.cells
    }
    return _joined(tied, equalities, {cell for cell, value in values.items() if value is None})


def _joined(cells: set[str], equalities: Sequence[Identity], blank: set[str]) -> set[str]:
    """The blank cells among those given, and all that equalities tie to them."""
    joined = cells & blank
    while more := {
        cell
        for identity in equalities
        if not joined.isdisjoint(identity.cells)
        for cell in identity.cells
        if cell in blank and cell not in joined
    }:
        joined |= more
    return joined


def _number(value: Fraction) -> Number:
    return int(value) if value.denominator == 1 else decimal(value)
