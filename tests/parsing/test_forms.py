"""A table in a form that was read before is read as if none had been."""

from __future__ import annotations

import random
import re
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from making.corpus import LAYOUTS, sample

from govlint.document import Document
from govlint.parsing import forms, parser
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


TABLES = {
    "ogi-2021": {"proactive", "applications", "review_litigation"},
    "ogi-2019": {"applications", "review_litigation"},  # the other has signs before its figures
}


def read_warm(text: str, form: str) -> tuple[Report, set[str]]:
    """A report, and its tables that were taken as known ones; that is done at once or not at all."""
    with patch.object(parser, "Scan", wraps=parser.Scan) as scans:
        report = read(text, form)
    assert scans.call_count == 1
    return report, {filled.form.table for filled in scans.call_args.args[2]}


@pytest.mark.parametrize(("layout", "form"), PAIRS)
def test_other_figures_in_a_known_form(layout: str, form: str) -> None:
    texts = [LAYOUTS[layout](sample(seed, template=form)) for seed in range(3)]
    with patch.object(forms, "_forms", {}):
        for text in texts[:2]:
            read(text, form)
        warm, known = read_warm(texts[2], form)
    with patch.object(forms, "_forms", {}):
        assert read(texts[2], form) == warm
    assert known == TABLES[form]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("商业企业 | 科研机构", "商业企业  | 科研机构", id="before the first figure"),
        pytest.param("3.要求提供公开出版物 |", "3.要求提供公开出版物  |", id="between two"),
        pytest.param("\n四、政府信息公开行政复议", "\n\n四、政府信息公开行政复议", id="behind the last"),
        pytest.param("指2021年起", "指2022年起", id="digits of a label"),
    ],
)
def test_forms_that_differ_are_both_kept(old: str, new: str) -> None:
    explained = "行政规范性文件", "行政规范性文件（指2021年起制发的）"
    texts = [LAYOUTS["bars"](sample(seed)).replace(*explained) for seed in range(3)]
    assert all(old in text for text in texts)
    with patch.object(forms, "_forms", {}):
        for text in texts[:2]:
            read(text, "ogi-2021")
            read(text.replace(old, new), "ogi-2021")
        for text in (texts[2], texts[2].replace(old, new)):
            assert read_warm(text, "ogi-2021")[1] == TABLES["ogi-2021"]


@pytest.mark.parametrize(
    ("old", "new"),
    [("三、收到和处理", "三、 收到和处理"), ("四、政府信息公开行政复议", "八、政府信息公开行政复议")],
)
def test_what_stands_around_a_form_is_none_of_it(old: str, new: str) -> None:
    texts = [LAYOUTS["bars"](sample(seed)) for seed in range(3)]
    assert old in texts[2]
    with patch.object(forms, "_forms", {}):
        for text in texts[:2]:
            read(text, "ogi-2021")
        assert "applications" in read_warm(texts[2].replace(old, new), "ogi-2021")[1]


def test_a_form_is_looked_for_by_what_it_says_most_in() -> None:
    words = (
        "行政规范性文件",
        "行政规范性文件（不含转发上级的文件，也不含会议纪要、工作方案、人事任免、表彰奖励和内部管理制度等，以统一编号为准）",
    )
    texts = [LAYOUTS["bars"](sample(seed)).replace(*words) for seed in range(3)]
    with patch.object(forms, "_forms", {}):
        for text in texts[:2]:
            read(text, "ogi-2021")
        assert read_warm(texts[2], "ogi-2021")[1] == TABLES["ogi-2021"]


@pytest.mark.parametrize(
    ("old", "new"),
    [("2.其他法律", "3.其他法律"), ("3.其他", "03.其他"), ("1.属于国家秘密", "11.属于国家秘密")],
)
def test_digits_of_labels_that_are_run_into_figures_are_none_of_them(old: str, new: str) -> None:
    """Another number is another label, whatever stands before it."""
    text = LAYOUTS["run-together"](sample(2)).replace(old, new)
    assert new in text
    with patch.object(forms, "_forms", {}):
        cold = read(text, "ogi-2021")
        for seed in range(2):
            read(LAYOUTS["run-together"](sample(seed)), "ogi-2021")
        assert read(text, "ogi-2021") == cold


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


def test_the_forms_that_are_kept_are_those_met_last() -> None:
    def written(seed: int, word: str) -> str:
        return LAYOUTS["bars"](sample(seed)).replace("行政规范性文件", f"行政规范性文件（含{word}）")

    with patch.object(forms, "_forms", {}), patch.object(forms, "_MOST", 9):
        for number in range(8):
            for seed in range(2):
                read(written(seed, "县" * (number + 1)), "ogi-2021")
                read(written(seed, "市"), "ogi-2021")
        assert read_warm(written(3, "市"), "ogi-2021")[1] == TABLES["ogi-2021"]
        assert "proactive" not in read_warm(written(3, "县"), "ogi-2021")[1]
        assert sum(len(marked) for known in forms._forms.values() for marked in known.values()) == 9


@pytest.mark.parametrize("layout", ["outer-bars", "tabs"])
def test_a_text_that_ends_with_a_blank_cell(layout: str) -> None:
    whole = (LAYOUTS[layout](sample(seed)).split("五、存在")[0] for seed in range(3))
    texts = [re.sub(r"\d+\D*$", "|" if layout == "outer-bars" else "", text) for text in whole]
    with patch.object(forms, "_forms", {}):
        cold = read(texts[2], "ogi-2021")
    with patch.object(forms, "_forms", {}):
        for text in texts[:2]:
            read(text, "ogi-2021")
        assert read_warm(texts[2], "ogi-2021") == (cold, TABLES["ogi-2021"])
