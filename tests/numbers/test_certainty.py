"""What is said to be certain is right: figures are misread at random, and the corrections held to what stood there."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
from making.corpus import figures

from govlint.numbers.localise import Fault, localise
from govlint.template.loader import load

TEMPLATE = load("ogi-2021")
TABLES = 40


def misread(draw: random.Random, value: int) -> int:
    """With one digit changed."""
    digits = str(value)
    at = draw.randrange(len(digits))
    other = draw.choice([digit for digit in "0123456789" if digit != digits[at]])
    return int(digits[:at] + other + digits[at + 1 :])


def corrected(wrong: int) -> Iterator[tuple[Fault, bool]]:
    """The faults of tables with so many wrong figures, and whether the correction gives what stood there."""
    for seed in range(TABLES):
        draw = random.Random(f"{wrong}/{seed}")
        cells = figures(draw, draw.choice([12, 60, 300]))
        right = {address: int(cells.get(address, 0)) for address in TEMPLATE.addresses}
        filled = [cell for cell, value in right.items() if cell.startswith("applications.") and value]
        if len(filled) < wrong:
            continue
        values = dict(right)
        for cell in draw.sample(filled, wrong):
            values[cell] = misread(draw, values[cell])
        for fault in localise(TEMPLATE.identities, values):
            if fault.corrections:
                yield fault, all(right[cell] == value for cell, value in fault.corrections[0].items())


@pytest.mark.parametrize(
    ("wrong", "least", "most"),
    [(1, 0.95, 0), (2, 0.8, 0), (3, 0.7, 0), (5, 0, 1), pytest.param(8, 0, 0, marks=pytest.mark.external)],
)
def test_what_is_certain_is_right(wrong: int, least: float, most: int) -> None:
    """At least such a share is certain, and at most so many of those are not right."""
    found = list(corrected(wrong))
    certain = [right for fault, right in found if fault.certain]
    assert found
    assert len(certain) >= least * len(found)
    assert certain.count(False) <= most
