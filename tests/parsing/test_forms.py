"""A table in a form that was read before is read as if none had been."""

from __future__ import annotations

import random
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from making.corpus import LAYOUTS, sample

from govlint.document import Document
from govlint.parsing import forms
from govlint.parsing.parser import parse
from govlint.report import Report
from govlint.template.loader import load

FORMS = ("ogi-2021", "ogi-2019")
MARKS = [
    "0",
    "7",
    "12",
    ".5",
    "。",
    "\n",
    "|",
    "\t",
    " ",
    ",",
    "件,",
    "行政许可",
    "四、",
    "(一)",
    "1.",
    "其他",
    "-",
    "合计",
]
PAIRS = [(layout, form) for layout in LAYOUTS for form in FORMS]


def read(text: str, form: str) -> Report:
    return parse(Document("report.txt", "text", text), load(form))


@pytest.mark.parametrize(("layout", "form"), PAIRS)
def test_other_figures_in_a_known_form(layout: str, form: str) -> None:
    texts = [LAYOUTS[layout](sample(seed, template=form)) for seed in range(3)]
    with patch.object(forms, "_forms", {}):
        for text in texts[:2]:
            read(text, form)
        warm = read(texts[2], form)
        known = {filled.form.table for filled in forms.find(warm.folded, warm.template)}
    with patch.object(forms, "_forms", {}):
        assert read(texts[2], form) == warm
    assert known >= {"applications", "review_litigation"}  # in 2019 the other had signs before its figures


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(PAIRS), st.integers(0, 10**9))
def test_whatever_is_changed_around_or_in_a_known_form(pair: tuple[str, str], seed: int) -> None:
    layout, form = pair
    draw = random.Random(seed)
    text = LAYOUTS[layout](sample(draw.randrange(20), template=form))
    for _ in range(draw.randrange(1, 4)):
        at = draw.randrange(len(text))
        text = text[:at] + draw.choice(MARKS) * draw.randrange(2) + text[at + draw.choice([0, 0, 1, 3, 40]) :]
    with patch.object(forms, "_forms", {}):
        cold = read(text, form)
        for other in range(2):
            read(LAYOUTS[layout](sample(other, template=form)), form)
        assert read(text, form) == cold
