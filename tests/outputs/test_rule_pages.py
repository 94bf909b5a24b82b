"""The committed pages of the rules are those that the rules make; each names the templates it applies to."""

from __future__ import annotations

from pathlib import Path

import pytest

from govlint.linting.registry import all_rules, named
from govlint.outputs.parts.basis import scope
from govlint.outputs.rule_pages import pages

FOLDER = Path(__file__).parents[2] / "docs" / "rules"
PAGES = pages(all_rules())
REPORTS = ["ogi-2019", "ogi-2021"]


def test_pages_are_fresh() -> None:
    committed = {path.name: path.read_text("utf-8") for path in FOLDER.glob("*.md")}
    stale = sorted(name for name in committed.keys() | PAGES.keys() if committed.get(name) != PAGES.get(name))
    assert stale == [], "run: python -m govlint.outputs.rule_pages"


@pytest.mark.parametrize(
    ("code", "templates"),
    [
        ("S001", REPORTS),
        ("S009", REPORTS),
        ("T002", []),
        ("N003", REPORTS),
        ("N005", ["ogi-2021"]),
        ("N006", ["website-annual"]),
        ("E001", []),
    ],
)
def test_templates_of_a_rule(code: str, templates: list[str]) -> None:
    assert scope(named(code)) == templates
