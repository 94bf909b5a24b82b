"""The same report in every layout of text reads to the same figures, and a clean one gives no finding to act on."""

from __future__ import annotations

import pytest
from corpus import LAYOUTS, Heading, Sample, sample

from govlint.document import Document
from govlint.linter import Settings, check
from govlint.result import Result

SEEDS = range(6)


def checked(text: str, **settings: object) -> Result:
    return check(Document("report.txt", "text", text), Settings(**settings))


def to_act_on(result: Result) -> list[tuple[str, str]]:
    return [(f.code, f.words.zh) for f in result.findings if f.severity != "info"]


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("seed", SEEDS)
def test_a_clean_report_reads_the_same(layout: str, seed: int) -> None:
    made = sample(seed)
    result = checked(LAYOUTS[layout](made))
    assert to_act_on(result) == []
    report = result.report
    assert report is not None
    assert (report.agency, report.year, str(report.published)) == (made.agency, made.year, made.published)
    assert list(report.sections) == list(report.template.sections)
    read = {address: cell.value for address, cell in report.cells.items() if not cell.uncertain}
    assert read == {address: made.cells[address] for address in read}
    if layout != "run-together":
        assert set(read) == set(made.cells)


def changed(made: Sample, *pairs: tuple[str, str]) -> str:
    text = LAYOUTS["bars"](made)
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    return text


def renumbered(made: Sample, form: str) -> str:
    """With ordinals of another form, in which ``{han}`` and ``{digit}`` stand for the number."""
    headings = [block for block in made.blocks if isinstance(block, Heading)]
    return changed(
        made,
        *(
            (old + words, form.format(han=old[0], digit=number) + words)
            for number, (old, words) in enumerate(headings, 1)
        ),
    )


@pytest.mark.parametrize("form", ["{digit}、", "（{han}）", "第{han}部分 ", "{digit}."])
def test_ordinals_of_another_style_are_one_finding(form: str) -> None:
    made = sample(3)
    result = checked(renumbered(made, form))
    assert [code for code, _ in to_act_on(result)] == ["S004"]
    assert result.report is not None
    assert {address: cell.value for address, cell in result.report.cells.items()} == made.cells


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("规章 |", "规 章 |", id="spaced label"),
        pytest.param("商业企业", "商业 企业", id="label in two pieces"),
        pytest.param("危及“三安全一稳定”", "危及\"三安全一稳定\"", id="straight quotes"),
        pytest.param("（七）总计", "(七)总计", id="half-width brackets"),
        pytest.param("二、主动公开政府信息情况", "二、主动公开政府信息情况：", id="colon behind the heading"),
        pytest.param("五、存在的主要问题及改进情况\n", "五、存在的主要问题及改进情况。", id="glued to the text"),
        pytest.param("2.其他法律行政法规禁止公开", "２．其他法律行政法规禁止公开", id="full-width ordinal"),
        pytest.param("5.要求行政机关确认或重新出具已获取信息", "5.要求行政机关确认或\v重新出具已获取信息", id="broken label"),
    ],
)  # fmt: skip
def test_forms_of_a_word_are_the_word(old: str, new: str) -> None:
    made = sample(4)
    result = checked(changed(made, (old, new)))
    assert to_act_on(result) == []
    assert result.report is not None
    assert {address: cell.value for address, cell in result.report.cells.items()} == made.cells


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("22（其中修订16件）", 22),
        ("1,204", 1204),
        ("１２", 12),
        ("98765432109876543210", 98765432109876543210),
    ],
)
def test_how_a_count_is_written(written: str, value: int) -> None:
    made = sample(5)
    old = f"行政许可 | {made.cells['proactive.licensing.decisions']}"
    result = checked(changed(made, (old, f"行政许可 | {written}")))
    assert [code for code, _ in to_act_on(result)] == []
    assert result.report is not None
    assert result.report.value("proactive.licensing.decisions") == value
