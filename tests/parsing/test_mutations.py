"""One mistake in a clean report, in any layout, is exactly one finding: of its rule, at its place."""

from __future__ import annotations

import pytest
from making.corpus import LAYOUTS, sample
from making.mutations import MUTATIONS, SEED

from govlint.document import Document
from govlint.linting.linter import check
from govlint.linting.settings import Settings


@pytest.mark.parametrize("template", ["ogi-2021", "ogi-2019"])
@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("name", MUTATIONS)
def test_one_mistake_is_one_finding(name: str, layout: str, template: str) -> None:
    mutation = MUTATIONS[name]
    if layout not in mutation.layouts:
        pytest.skip("the layout does not show this mistake")
    made = sample(SEED, template=template)
    mutation.change(made)
    text = LAYOUTS[layout](made)
    result = check(Document("report.txt", "text", text), Settings())
    found = [finding for finding in result.findings if finding.severity != "info"]
    assert [finding.code for finding in found] == mutation.codes
    if mutation.cell:
        assert found[0].cells[0] == mutation.cell
