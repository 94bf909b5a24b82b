"""What an attack on govlint got through with, and its kin; each is closed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import govlint
from govlint.linting.examples import model_report
from govlint.text.numerals import MOST_DIGITS

MODEL = model_report("ogi-2021")
FEES = "本年收费金额（单位：万元）"
ROW = "（一）予以公开 | 5 | 1 | 0 | 0 | 0 | 0 | 6"


def codes(text: str) -> list[str]:
    return [finding.code for finding in govlint.check(text.encode("utf-8", "replace"), name="a.txt").findings]


@pytest.mark.parametrize("colon", ["/", "／", "，", " ", "、", "-", "：：", "（", ".", "·"])
def test_a_label_spelt_with_another_mark_is_read(colon: str) -> None:
    assert FEES in MODEL
    found = codes(MODEL.replace(FEES, f"本年收费金额（单位{colon}万元）"))
    assert set(found) <= {"T004"}


@pytest.mark.parametrize("digits", [MOST_DIGITS + 1, 4301, 200_000])
@pytest.mark.parametrize("digit", "9９")
def test_more_digits_than_a_figure_has_are_no_count(digits: int, digit: str) -> None:
    assert ROW in MODEL
    found = codes(MODEL.replace(ROW, ROW[:-1] + digit * digits))
    assert "T006" in found
    assert set(found) <= {"T006", "W003"}


@pytest.mark.parametrize(
    "words",
    ["{}、总体情况", "（{}）总体情况", "收到申请{}件。", "占{}%。", "2023年{}月收到{}件。", "{}年度"],
)
@pytest.mark.parametrize("digit", "9９九〇")
def test_as_many_digits_anywhere_break_no_rule(words: str, digit: str) -> None:
    found = codes(MODEL.replace("二、主动公开", words.format(*[digit * 4301] * 2) + "\n二、主动公开", 1))
    assert "E003" not in found


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_no_change_of_marks_breaks_a_report(data: st.DataObject) -> None:
    places = [at for at, char in enumerate(MODEL) if char in "（）：:()、/|，。〔〕"]
    chars = list(MODEL)
    for at in data.draw(st.lists(st.sampled_from(places), max_size=12)):
        chars[at] = data.draw(st.sampled_from("（）：:()、/|，。 ·—\"'[]\n\t\x0c9"))
    assert "E003" not in codes("".join(chars))


@pytest.mark.external
@pytest.mark.parametrize(
    ("name", "before", "again", "times"),
    [
        ("a.html", "<style>p{display:none}", "一二 ", 300_000),  # a style sheet that never ends
        ("a.html", "<style>", "p{display:none", 20_000),
        ("a.html", "<style>", "/* display:none ", 60_000),
        ("a.html", "<style>p{display", " ", 600_000),
        ("a.html", "<style>p~p{display:none}p:nth-child(2n) p{display:none}</style>", "<p>一</p>", 20_000),
        ("a.html", "<style>div div div div p{display:none}</style>" + "<div>" * 200, "<p>一</p>", 6_000),
        ("a.html", "<style>p{display:none}</style>", "<style>" + "p " * 4_000 + "{display:none}</style>", 20),
        ("a.txt", "", "规章000", 20_000),  # a label and its digits, run together
        ("a.txt", "", "规章 | \n", 20_000),
        ("a.txt", "", "我局2024年", 60_000),
        ("a.txt", "", "存在的主要问题及改进情况", 30_000),
        ("a.txt", "一\n", "<!-- govlint: ignore N003 已核对 -->\n", 20_000),
        ("a.txt", "一\n", f"<!-- govlint: ignore {','.join(['E002'] * 300)} 已核对 -->\n", 500),
    ],
)
def test_what_is_repeated_is_read_in_time_by_its_length(
    name: str, before: str, again: str, times: int
) -> None:
    """Were it the square of it, this would take minutes."""
    result = govlint.check((before + again * times).encode(), name=name, config=None)
    assert result.status in ("unreadable", "not_a_report")


@pytest.mark.external
@pytest.mark.parametrize(
    "again",
    [
        "办结150条,办结率91.5%",
        "分别占50%、31.25%、18.75%",
        "现将2024年政府信息公开工作情况公布如下",
        ",2024年收到",
    ],
)
def test_a_sentence_without_an_end_is_read_in_time_by_its_length(again: str) -> None:
    text = MODEL.replace("（二）依申请公开。", f"{again * 10_000}\n（二）依申请公开。")
    assert govlint.check(text.encode(), name="a.txt", config=None).status == "checked"


@pytest.mark.external
def test_labels_out_of_place_are_read_in_time_by_their_number() -> None:
    text = MODEL.replace("行政许可 | ", f"行政许可 | {'第二十条第（八）项' * 20_000}")
    assert govlint.check(text.encode(), name="a.txt", config=None).status == "checked"
