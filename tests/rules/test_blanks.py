"""What is advised for a blank: what the identities make it, 0 where they allow nothing else or say nothing, else no figure."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from making.corpus import LAYOUTS, Sample, Table, sample

from govlint.document import Document
from govlint.linting.linter import check
from govlint.linting.settings import Settings
from govlint.numbers.identities import check as check_identities
from govlint.numbers.implied import implied
from govlint.rule import Finding
from govlint.template.loader import load

IDENTITIES = load("ogi-2021").identities


def blanked(made: Sample, *cells: str) -> Finding:
    """The one finding of its kind on a report with some cells left blank."""
    text = LAYOUTS["tabs"](without(made, set(cells)))
    found = check(Document("report.txt", "text", text), Settings()).findings
    (finding,) = (each for each in found if each.code[0] == "T" and each.severity != "info")
    assert finding.code == "T005"
    assert set(finding.cells) == set(cells)
    return finding


def without(made: Sample, cells: set[str]) -> Sample:
    """The report with the figures of some cells left out, found by the order in which its tables hold them."""
    addresses = iter(load("ogi-2021").addresses)
    for block in made.blocks:
        if not isinstance(block, Table):
            continue
        for row in block.rows:
            for at, text in enumerate(row):
                if text.replace(".", "").isdigit():
                    row[at] = "" if next(addresses) in cells else text
    return made


def row(name: str, made: Sample) -> list[str]:
    return [address for address in made.cells if address.split(".")[1] == name]


def column(name: str, made: Sample) -> list[str]:
    return [a for a in made.cells if a.startswith("applications.") and a.endswith(f".{name}")]


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize(
    "cells",
    [
        pytest.param(lambda made: ["applications.granted.total"], id="a total"),
        pytest.param(lambda made: row("outcome_total", made), id="a row of totals"),
        pytest.param(lambda made: column("total", made), id="a column of totals"),
        pytest.param(lambda made: column("research", made)[:1], id="a summand"),
        pytest.param(lambda made: ["review_litigation.review.total"], id="a total of reviews"),
        pytest.param(lambda made: [a for a, v in made.cells.items() if v == 0 and a.startswith("applications.unav")], id="nothing happened"),
    ],
)  # fmt: skip
def test_what_the_identities_make_it(seed: int, cells: object) -> None:
    made = sample(seed)
    blank = cells(made)  # type: ignore[operator]
    if any(not made.cells[a] for a in blank) and len(blank) == 1:
        pytest.skip("nothing to tell it from a 0")
    finding = blanked(made, *blank)
    assert finding.suggestion is not None
    assert finding.suggestion.cells == {address: made.cells[address] for address in blank}
    told = [str(made.cells[a]) for a in finding.cells if made.cells[a]]
    assert finding.expected == ("、".join(told) or "0")
    assert len(finding.suggestion.edits) == len(blank)


def test_no_figure_where_the_identities_leave_it_open() -> None:
    made = sample(0)
    finding = blanked(made, "proactive.regulations.in_force", "proactive.licensing.decisions")
    issued, repealed = (made.cells[f"proactive.regulations.{each}"] for each in ("issued", "repealed"))
    advised = {"proactive.licensing.decisions": 0}
    if issued <= repealed:
        advised["proactive.regulations.in_force"] = 0
    assert finding.suggestion is not None
    assert finding.suggestion.cells == advised


def test_carried_over_in_neither_direction_is_open() -> None:
    """Blank in both rows, a column allows any number that is carried in and out again."""
    made = sample(0)
    cells = ["applications.carried_in.other", "applications.carried_out.other"]
    values = (
        dict(made.cells) | dict.fromkeys(cells) | dict.fromkeys(f"{c.rsplit('.', 1)[0]}.total" for c in cells)
    )
    assert set(implied(IDENTITIES, values)).isdisjoint(cells)


@settings(deadline=None, max_examples=50)
@given(seed=st.integers(0, 10_000), share=st.floats(0, 1))
def test_what_is_advised_holds(seed: int, share: float) -> None:
    """With the advised figures no identity breaks, and where all blanks can be worked out they are the true ones."""
    made, draw = sample(seed % 50), random.Random(seed)
    values = {a: v if draw.random() > share else None for a, v in made.cells.items()}
    advised = implied(IDENTITIES, values)
    assert all(value >= 0 for value in advised.values())
    known = {a: v for a, v in (values | dict(advised)).items() if v is not None}
    assert check_identities(IDENTITIES, known).broken == []


@settings(deadline=None, max_examples=50)
@given(seed=st.integers(0, 10_000))
def test_contrary_figures_make_no_advice(seed: int) -> None:
    """A blank of which its row asks one figure and its column another."""
    made = sample(seed % 50)
    values = dict(made.cells) | {"applications.granted.business": None}
    values["applications.granted.natural_person"] += 1
    assert "applications.granted.business" not in implied(IDENTITIES, values)
