"""What the prose may say of a report: slots, what they say, and to which cells of the tables they are bound."""

from __future__ import annotations

import random
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from benchmarks.quality.form import KINDS
from benchmarks.quality.model import Agency, Edition, Figures

BOUND: dict[str, tuple[str, tuple[str, ...]]] = {
    "new": ("C001", ("applications.new_received.total",)),
    "carried_in": ("C001", ("applications.carried_in.total",)),
    "handled": ("C001", ("applications.outcome_total.total",)),
    "carried_out": ("C001", ("applications.carried_out.total",)),
    "granted": ("C001", ("applications.granted.total",)),
    "partial": ("C001", ("applications.partially_granted.total",)),
    "natural": ("C001", ("applications.new_received.natural_person",)),
    "legal": (
        "C001",
        tuple(f"applications.new_received.{kind}" for kind in KINDS if kind != "natural_person"),
    ),
    "reviews": ("C002", ("review_litigation.review.total",)),
    "suits": (
        "C002",
        ("review_litigation.litigation_direct.total", "review_litigation.litigation_after_review.total"),
    ),
    "made": ("C003", ("proactive.normative_documents.issued",)),
    "repealed": ("C003", ("proactive.normative_documents.repealed",)),
    "in_force": ("C003", ("proactive.normative_documents.in_force",)),
    "licences": ("C003", ("proactive.licensing.decisions",)),
    "penalties": ("C003", ("proactive.penalties.decisions",)),
}
"""Slot to the rule of the contract that compares it, and the cells whose sum it says."""
_OF_2019 = {
    "proactive.normative_documents.issued": "proactive.normative_documents.produced",
    "proactive.normative_documents.in_force": "proactive.normative_documents.published_total",
}
SHARES = {"share": ("granted", "handled"), "growth": ("more", "last_items")}
"""Slot of a percentage to the numbers that it is worked out from; a sentence with one says both."""


def bound(slot: str, edition: Edition) -> tuple[str, tuple[str, ...]]:
    """The rule's code and the cells; edition 2019 has no repealed documents."""
    code, cells = BOUND[slot]
    return code, tuple(_OF_2019.get(cell, cell) if edition == "ogi-2019" else cell for cell in cells)


def percent(part: int, whole: int, rounding: str = ROUND_HALF_UP) -> str:
    """To one place, as offices write it: rounded, or cut off."""
    return str((Decimal(100 * part) / whole).quantize(Decimal("0.1"), rounding))


def draw_facts(
    draw: random.Random, agency: Agency, year: int, edition: Edition, figures: Figures
) -> dict[str, str]:
    """What every slot says in this report."""
    facts = {"agency": agency.name, "contact": agency.name, "we": agency.we, "year": str(year)}
    facts |= {"from": f"{year}年1月1日", "until": draw.choice([f"{year}年12月31日", "12月31日"])}
    for slot in BOUND:
        if edition == "ogi-2019" and slot == "repealed":
            continue
        _, cells = bound(slot, edition)
        facts[slot] = str(sum(figures[cell] for cell in cells))
    last_items = draw.randint(120, 900)
    more = draw.randint(3, last_items // 3)
    few = {
        "few": (2, 9),
        "visits": (1800, 99000),
        "letters": (11, 480),
        "posts": (60, 990),
        "staff": (18, 95),
    }
    facts |= {slot: str(draw.randint(*span)) for slot, span in few.items()}
    facts |= {"last_items": str(last_items), "more": str(more), "items": str(last_items + more)}
    rounding = draw.choice([ROUND_HALF_UP, ROUND_HALF_UP, ROUND_DOWN])
    facts["growth"] = percent(more, last_items, rounding)
    if int(facts["handled"]):
        facts["share"] = percent(int(facts["granted"]), int(facts["handled"]), rounding)
    return facts
