"""What is said to be certain is right: figures are misread at random, and the corrections held to what stood there."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
from making.corpus import KINDS, figures
from making.corpus import RESULTS as RESULT_KINDS

from govlint.numbers.localise import Fault, localise
from govlint.template.loader import load

TEMPLATE = load("ogi-2021")
TABLES = 40
COLUMNS = (*KINDS, "total")
RESULTS = (*RESULT_KINDS, "total")


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
    [(1, 0.95, 0), (2, 0.7, 0), (3, 0.4, 0), (5, 0, 0), pytest.param(8, 0, 0, marks=pytest.mark.external)],
)
def test_what_is_certain_is_right(wrong: int, least: float, most: int) -> None:
    """At least such a share is certain, and at most so many of those are not right."""
    found = list(corrected(wrong))
    certain = [right for fault, right in found if fault.certain]
    assert found
    assert len(certain) >= least * len(found)
    assert certain.count(False) <= most


ROW = {
    f"applications.granted.{column}": value
    for column, value in zip(COLUMNS, (12, 3, 0, 0, 0, 0, 15), strict=True)
}
REVIEW = {
    f"review_litigation.review.{column}": value
    for column, value in zip(RESULTS, (13, 1, 0, 2, 16), strict=True)
}


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param({"review_litigation.review.upheld": 137, "review_litigation.review.other": 20}, id="only the total can be right"),
        pytest.param({"review_litigation.review.total": 0}, id="no total"),
        pytest.param(
            {"applications.granted.natural_person": 13, "applications.new_received.business": 4, "applications.outcome_total.total": 16},
            id="the same is added in several places",
        ),
        pytest.param(
            {
                "applications.outcome_total.natural_person": 18, "applications.granted.total": 19,
                "applications.new_received.natural_person": 16, "applications.new_received.total": 19,
            },
            id="three changes at once look like four",
        ),
    ],
)  # fmt: skip
def test_what_one_identity_bears_out_or_repeats_is_only_likely(wrong: dict[str, int]) -> None:
    outcome = {
        cell.replace("granted", row): value
        for row in ("outcome_total", "new_received")
        for cell, value in ROW.items()
    }
    values = {**dict.fromkeys(TEMPLATE.addresses, 0), **ROW, **REVIEW, **outcome}  # fmt: skip
    assert localise(TEMPLATE.identities, values) == []
    faults = localise(TEMPLATE.identities, {**values, **wrong})
    assert faults
    assert not any(fault.certain for fault in faults)
