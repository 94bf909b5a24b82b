"""Figures that agree with each other, and the identities that the form demands of them."""

from __future__ import annotations

import random
from decimal import Decimal
from typing import NamedTuple

from benchmarks.quality.form import APPLICANTS, GROUPS, KINDS, RESULTS, outcomes, proactive_columns
from benchmarks.quality.model import Edition, Figures, Number


class Identity(NamedTuple):
    """``plus`` adds up to ``total``, less what ``minus`` adds up to: total = sum(plus) - sum(minus)."""

    code: str
    total: str
    plus: tuple[str, ...]
    minus: tuple[str, ...] = ()

    def difference(self, figures: Figures) -> Number:
        """How far the total is too large; 0 where the identity holds."""
        at = figures.__getitem__
        return at(self.total) - sum(map(at, self.plus)) + sum(map(at, self.minus))

    @property
    def cells(self) -> tuple[str, ...]:
        return (self.total, *self.plus, *self.minus)


def identities(edition: Edition) -> list[Identity]:
    """Rows and columns of table 3, groups of table 4, as the note in the form's corner and its totals say."""
    table = "applications."
    inner = list(outcomes(edition))
    rows = ["new_received", "carried_in", *inner, "outcome_total", "carried_out"]
    found = [
        Identity("N001", f"{table}{row}.total", tuple(f"{table}{row}.{k}" for k in KINDS)) for row in rows
    ]
    for kind in APPLICANTS:
        column = tuple(f"{table}{row}.{kind}" for row in inner)
        found.append(Identity("N002", f"{table}outcome_total.{kind}", column))
        new, old, done, left = (
            f"{table}{row}.{kind}" for row in ("new_received", "carried_in", "outcome_total", "carried_out")
        )
        found.append(Identity("N003", done, (new, old), (left,)))
    for group in GROUPS:
        address = f"review_litigation.{group}."
        found.append(Identity("N004", address + "total", tuple(address + r for r in RESULTS if r != "total")))
    return found


def broken(figures: Figures, edition: Edition) -> list[Identity]:
    """The identities that do not hold, of those whose cells are all there."""
    known = [identity for identity in identities(edition) if all(cell in figures for cell in identity.cells)]
    return [identity for identity in known if identity.difference(figures)]


def draw_figures(draw: random.Random, edition: Edition) -> Figures:
    """A body's year: from hardly any application to thousands."""
    largest = draw.choice([0, 6, 40, 40, 160, 700, 2500])
    figures = _proactive_2019(draw) if edition == "ogi-2019" else _proactive_2021(draw)
    return figures | _applications(draw, edition, largest) | _review(draw, largest)


def _few(draw: random.Random, *choices: int) -> int:
    return draw.choice([0, 0, *choices])


def _proactive_2021(draw: random.Random) -> Figures:
    figures: Figures = {}
    for row, most in (("regulations", 3), ("normative_documents", 17)):
        makes = row != "regulations" or draw.random() < 0.2
        issued, repealed = (_few(draw, 1, 2, most), _few(draw, 1, 3)) if makes else (0, 0)
        in_force = issued + draw.choice([0, 8, 27, 134]) if makes else 0
        for column, value in (("issued", issued), ("repealed", repealed), ("in_force", in_force)):
            figures[f"proactive.{row}.{column}"] = value
    for row in ("licensing", "penalties", "coercion"):
        figures[f"proactive.{row}.decisions"] = _few(draw, 4, 52, 318, 2706, 41093)
    figures["proactive.fees.amount"] = draw.choice([0, Decimal("6.4"), Decimal("318.27"), 95])
    return figures


def _proactive_2019(draw: random.Random) -> Figures:
    figures: Figures = {}
    for row, columns in proactive_columns("ogi-2019").items():
        for column in columns:
            figures[f"proactive.{row}.{column}"] = _few(draw, 5, 26, 118, 1340)
        if "change" in columns:
            figures[f"proactive.{row}.change"] = _few(draw, 2, 7, -1, -14)
        if "produced" in columns:
            made = figures[f"proactive.{row}.produced"] = _few(draw, 1, 2, 9)
            figures[f"proactive.{row}.published"] = made
            figures[f"proactive.{row}.published_total"] = made + _few(draw, 12, 63)
    figures["proactive.procurement.amount"] = draw.choice([0, Decimal("73.05"), Decimal("1288.4"), 560])
    return figures


def _applications(draw: random.Random, edition: Edition, largest: int) -> Figures:
    inner = list(outcomes(edition))
    usual = [12 if key in ("granted", "partially_granted", "unavailable_not_held") else 1 for key in inner]
    weights = dict(zip(KINDS, (20, 4, 0.4, 0.3, 0.8, 0.6), strict=True))
    handled = draw.choices(list(weights), list(weights.values()), k=draw.randint(largest // 2, largest))
    counts: dict[str, dict[str, int]] = {row: dict.fromkeys(KINDS, 0) for row in inner}
    for kind in handled:
        counts[draw.choices(inner, usual)[0]][kind] += 1
    rows: dict[str, dict[str, int]] = {"new_received": {}, "carried_in": {}}
    left: dict[str, int] = {}
    done = {kind: handled.count(kind) for kind in KINDS}
    for kind, number in done.items():
        rows["carried_in"][kind] = draw.randint(0, number // 9)
        left[kind] = draw.randint(0, number // 7)
        rows["new_received"][kind] = number + left[kind] - rows["carried_in"][kind]
    figures: Figures = {}
    for row, values in {**rows, **counts, "outcome_total": done, "carried_out": left}.items():
        figures |= {f"applications.{row}.{kind}": value for kind, value in values.items()}
        figures[f"applications.{row}.total"] = sum(values.values())
    return figures


def _review(draw: random.Random, largest: int) -> Figures:
    figures: Figures = {}
    for group in GROUPS:
        parts = {r: _few(draw, 0, 1, 2, largest // 60) for r in RESULTS if r != "total"}
        figures |= {f"review_litigation.{group}.{result}": value for result, value in parts.items()}
        figures[f"review_litigation.{group}.total"] = sum(parts.values())
    return figures
