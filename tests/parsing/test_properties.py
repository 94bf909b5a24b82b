"""What holds for any figures and any text: read back right or declared uncertain, found where unique, never raised."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from making.corpus import LAYOUTS, OUTCOMES, sample

from govlint.document import Document
from govlint.linting.examples import model_report
from govlint.linting.linter import check
from govlint.linting.settings import Settings

seeds = st.integers(0, 10**9)
few = settings(max_examples=40, deadline=None)


def checked(text: str):
    return check(Document("report.txt", "text", text), Settings())


@few
@given(seeds, st.sampled_from([3, 40, 400]))
def test_a_table_run_together_reads_back_or_is_uncertain(seed: int, largest: int) -> None:
    made = sample(seed, largest)
    result = checked(LAYOUTS["run-together"](made))
    assert result.report is not None
    for address, value in made.cells.items():
        cell = result.report.cells[address]
        assert cell.uncertain or cell.value == value, address
    assert not [
        finding.words.zh
        for finding in result.findings
        if finding.code[0] in "STN" and finding.severity == "error"
    ]


@few
@given(seeds)
def test_one_wrong_cell_is_named_with_its_value(seed: int) -> None:
    """A cell of an outcome stands in three identities: no other single figure mends them all."""
    draw = random.Random(seed)
    made = sample(seed)
    kind = draw.choice(["natural_person", "business", "research", "public_welfare", "legal_service", "other"])
    address = f"applications.{draw.choice(OUTCOMES)}.{kind}"
    right = made.cells[address]
    wrong = draw.choice([right + 1, right + 10, right * 10 + 7])
    spec = address.split(".")[1]
    label = next(row.label for key, row in _rows().items() if key == spec)
    lines = LAYOUTS["tabs"](made).split("\n")
    at = next(n for n, line in enumerate(lines) if label in line and line[-1].isdigit())
    cells = lines[at].split("\t")
    column = -7 + list(_columns()).index(kind)
    cells[column] = str(wrong)
    lines[at] = "\t".join(cells)
    findings = [f for f in checked("\n".join(lines)).findings if f.code[0] == "N"]
    assert [f.cells for f in findings] == [(address,)]
    assert findings[0].suggestion is not None
    assert findings[0].suggestion.cells == {address: right}


def _rows():
    from making.corpus import TEMPLATE

    return TEMPLATE.tables["applications"].rows


def _columns():
    return _rows()["granted"].columns


WORDS = st.sampled_from(
    [
        *"一二三四五六七、（）().|\t\n\v 0123456789，。；“”：-/",
        "总体情况", "主动公开政府信息情况", "收到和处理政府信息公开申请情况", "政府信息公开行政复议、行政诉讼情况",
        "存在的主要问题及改进情况", "其他需要报告的事项", "规章", "行政规范性文件", "行政许可", "自然人", "总计", "其他",
        "（一）予以公开", "（七）总计", "四、结转下年度继续办理", "行政复议", "结果维持", "2022年", "政府信息公开工作年度报告", "云溪县人民政府",
        "\x00", "\u3000", "\ufeff", "𠮷", "１２", "99999999999999999999",
    ]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS, max_size=120).map("".join))
def test_any_text_ends_in_a_result(text: str) -> None:
    result = checked(text)
    assert not result.faulted


@few
@given(st.data())
def test_a_cut_or_shuffled_report_ends_in_a_result(data: st.DataObject) -> None:
    lines = model_report("ogi-2021").split("\n")
    kept = data.draw(st.lists(st.sampled_from(lines), max_size=80))
    assert not checked("\n".join(kept)).faulted
    text = "\n".join(lines)
    one, two = sorted(data.draw(st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))))
    assert not checked(text[:one] + text[two:]).faulted


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_beginning_of_a_report_ends_in_a_result(layout: str) -> None:
    text = LAYOUTS[layout](sample(2))
    for end in range(0, len(text), 97):
        assert not checked(text[:end]).faulted
