"""Headings as offices number them: every mark that can be an ordinal is one, and says itself once."""

from __future__ import annotations

import pytest
from making.corpus import LAYOUTS, Heading, Paragraph, Sample, sample
from making.reading import checked, told

from govlint.linting.examples import model_report
from govlint.result import Result

HAN = "一二三四五六"
MARKS: dict[str, str | list[str]] = {
    "a space": "{han} ",
    "nothing": "{han}",
    "an ideographic space": "{han}\u3000",
    "a digit and a space": "{digit} ",
    "formal numerals": list("壹贰叁肆伍陆"),
    "stems": list("甲乙丙丁戊己"),
    "Roman numerals": list("ⅠⅡⅢⅣⅤⅥ"),
    "Latin letters": ["I", "II", "III", "IV", "V", "VI"],
    "circled": list("①②③④⑤⑥"),
    "bracketed in one character": list("㈠㈡㈢㈣㈤㈥"),
    "dotted in one character": list("⒈⒉⒊⒋⒌⒍"),
    "capitals": list("ABCDEF"),
    "parts": "第{han}部分 ",
    "articles": "第{han}条 ",
    "in brackets": "（{han}）",
}
SINGLE = ("circled", "bracketed in one character", "dotted in one character")


def mark(name: str, number: int) -> str:
    form = MARKS[name]
    if isinstance(form, str):
        return form.format(han=HAN[number], digit=number + 1)
    return form[number] + ("" if name in SINGLE else "、")


def renumbered(made: Sample, name: str, only: int | None = None) -> Sample:
    number = 0
    for at, block in enumerate(made.blocks):
        if isinstance(block, Heading):
            if only in (None, number):
                made.blocks[at] = Heading(mark(name, number), block.words)
            number += 1
    return made


def assert_read(result: Result, made: Sample, codes: list[str]) -> None:
    assert told(result) == codes
    assert result.report is not None
    assert list(result.report.sections) == list(result.report.template.sections)
    assert {address: cell.value for address, cell in result.report.cells.items()} == made.cells


@pytest.mark.parametrize("layout", ["bars", "one-cell-a-line", "furnished"])
@pytest.mark.parametrize("name", MARKS)
def test_every_heading_in_another_mark_is_one_finding(name: str, layout: str) -> None:
    made = renumbered(sample(4), name)
    assert_read(checked(LAYOUTS[layout](made)), made, ["S004"])


@pytest.mark.parametrize("only", range(6))
@pytest.mark.parametrize("name", MARKS)
def test_one_heading_in_another_mark(name: str, only: int) -> None:
    made = renumbered(sample(4), name, only)
    result = checked(LAYOUTS["bars"](made))
    assert_read(result, made, ["S004"])
    (finding,) = (each for each in result.findings if each.code == "S004")
    assert result.report is not None
    assert finding.section == list(result.report.sections)[only]
    assert finding.suggestion is not None
    assert finding.suggestion.text == f"{HAN[only]}、"


@pytest.mark.parametrize("name", ["formal numerals", "stems", "Roman numerals", "circled"])
def test_a_reworded_heading_among_such_marks(name: str) -> None:
    made = renumbered(sample(4), name)
    text = LAYOUTS["bars"](made).replace("存在的主要问题及改进情况", "存在问题和改进措施")
    assert sorted(told(checked(text))) == ["S003", "S004"]


@pytest.mark.parametrize("numbered", ["（{han}）{words}。", "{digit}.{words}。", "{words}："])
def test_sub_headings_of_the_same_words_stay_what_they_are(numbered: str) -> None:
    made = sample(4)
    words = ["主动公开政府信息情况", "收到和处理政府信息公开申请情况", "存在的主要问题及改进情况"]
    lines = [numbered.format(han=HAN[at], digit=at + 1, words=each) for at, each in enumerate(words)]
    made.blocks[1] = Paragraph("\n".join(line + "全年平稳。" for line in lines))
    result = checked(LAYOUTS["bars"](made))
    assert not {"S001", "S002", "S004", "S006"} & set(told(result))
    assert result.report is not None
    assert {address: cell.value for address, cell in result.report.cells.items()} == made.cells


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("一、总体情况", "一、总体工作情况", "S003"),
        ("三、收到和处理", "收到和处理", "S004"),
    ],
)
def test_a_heading_run_into_what_stands_around_it(old: str, new: str, code: str) -> None:
    text = LAYOUTS["run-together"](sample(4))
    assert old in text
    assert told(checked(text.replace(old, new, 1))) == [code]


RUN_IN = [
    ("一、总体情况", "一、概述在", "概述"),
    ("一、总体情况", "一、工作概况。", "工作概况"),
    ("一、总体情况", "一、基本情况根据《条例》要求，", "基本情况"),
    ("五、存在的主要问题及改进情况", "五、不足和改进一年来，人手仍然不足。", "不足和改进"),
    ("六、其他需要报告的事项", "六、其他事项", "其他事项"),
    ("一、总体情况", "一、本年度政府信息公开工作的基本情况\n", "本年度政府信息公开工作的基本情况"),
]


@pytest.mark.parametrize("layout", ["bars", "run-together", "one-cell-a-line"])
@pytest.mark.parametrize(("mandated", "written", "name"), RUN_IN)
def test_a_heading_in_other_words_run_into_its_text(
    mandated: str, written: str, name: str, layout: str
) -> None:
    made = sample(4)
    text = LAYOUTS[layout](made)
    start = text.rindex(mandated)
    end = start + len(mandated)
    result = checked(text[:start] + written + text[end:].lstrip("\n"))
    assert [(each.code, each.actual) for each in result.findings if each.code[0] == "S"] == [("S003", name)]
    assert result.report is not None
    assert list(result.report.sections) == list(result.report.template.sections)


def test_a_count_within_a_section_is_no_missing_sections_heading() -> None:
    text = model_report("ogi-2021")
    for number, words in enumerate(("公开情况较好，", "答复情况正常，", "管理情况平稳，"), 1):
        text = text.replace(f"（{HAN[number - 1]}）", f"{HAN[number - 1]}、{words}", 1)
    start, end = text.index("二、主动公开政府信息情况"), text.index("三、收到和处理")
    assert "S001" in told(checked(text[:start] + text[end:]))


@pytest.mark.parametrize(
    "heading", ["二、锟斤拷锟斤拷锟斤拷锟斤拷锟斤拷", "三、全年每一件来信的登记与处置结果一览", "四、本单位被提起的两类案件的具体结果"]
)  # fmt: skip
def test_whatever_stands_above_a_section_s_own_table_is_its_heading(heading: str) -> None:
    made = sample(4)
    made.blocks = [
        Heading(heading[:2], heading[2:])
        if isinstance(block, Heading) and block.ordinal == heading[:2]
        else block
        for block in made.blocks
    ]
    assert_read(checked(LAYOUTS["bars"](made)), made, ["S003"])


DAMAGED = [
    ("三、收到和处理政府信息公开申请情况", "三、收到和处理政府信息?开申请情况", ("S003", "收到和处理政府信息?开申请情况")),
    ("三、收到和处理政府信息公开申请情况", "三、收到和处理政府信息??申请情况", ("S003", "收到和处理政府信息??申请情况")),
    ("三、收到和处理政府信息公开申请情况", "三、收到和处理政府信息公开?申请情况", ("S003", "收到和处理政府信息公开?申请情况")),
    ("三、收到和处理政府信息公开申请情况", "?、收到和处理政府信息公开申请情况", ("S004", "?、")),
    ("一、总体情况", "一、?体情况", ("S003", "?体情况")),
    ("一、总体情况", "?总体情况", ("S004", "?")),
    ("五、存在的主要问题及改进情况", "  五、存在的主要?题及改进情况", ("S003", "存在的主要?题及改进情况")),
]  # fmt: skip


@pytest.mark.parametrize(("mandated", "written", "finding"), DAMAGED)
def test_a_heading_with_question_marks_for_characters_stands_there(
    mandated: str, written: str, finding: tuple[str, str]
) -> None:
    result = checked(model_report("ogi-2021").replace(mandated, written))
    assert [(each.code, each.actual) for each in result.findings] == [finding]


def test_a_question_in_the_text_is_no_heading() -> None:
    text = model_report("ogi-2021").replace("三、收到和处理政府信息公开申请情况", "怎样申请?答:三问?")
    assert "S001" in told(checked(text))


LISTS = [
    "本年报包括：（一）总体情况、（二）主动公开情况、（三）依申请公开情况、（四）其他情况。",
    "内容包括（一）总体情况，（二）主动公开，（三）申请办理，（四）其他。",
    "全文分为：1.总体情况、2.主动公开情况、3.其他。",
]


@pytest.mark.parametrize("sentence", LISTS)
def test_a_sentence_that_counts_its_parts_has_no_heading(sentence: str) -> None:
    text = model_report("ogi-2021").replace("编制本报告。", f"编制本报告。{sentence}")
    assert told(checked(text)) == []


def test_headings_in_lenticular_brackets() -> None:
    text = model_report("ogi-2021")
    for han, words in zip(
        "一二三四五六",
        (
            "总体情况",
            "主动公开政府信息情况",
            "收到和处理政府信息公开申请情况",
            "政府信息公开行政复议、行政诉讼情况",
            "存在的主要问题及改进情况",
            "其他需要报告的事项",
        ),
        strict=True,
    ):
        text = text.replace(f"{han}、{words}\n", f"【{han}、{words}】\n")
    assert checked(text).findings == []


INNER = [
    "1.主动公开政府信息情况。公开信息9条。\n2.依申请公开情况。收到申请3件。\n",
    "1、主动公开政府信息情况。公开信息9条。\n",
    "（1）主动公开政府信息情况。公开信息9条。\n",
    "1.依申请公开情况。没有申请。\n2.主动公开政府信息情况。公开信息9条。\n",
]


@pytest.mark.parametrize("inner", INNER)
def test_a_count_within_the_overview_is_none_of_the_sections(inner: str) -> None:
    """Also where the report is cut off behind it."""
    head, rest = model_report("ogi-2021").split("一、总体情况\n")
    cut = checked(f"{head}一、总体情况\n2022年，做好工作。\n{inner}")
    assert set(cut.report.sections) == {"overview"}  # type: ignore[union-attr]
    whole = checked(f"{head}一、总体情况\n{inner}{rest}")
    assert not {"S004", "S006"} & set(told(whole))


def test_a_count_goes_on_where_it_is_near() -> None:
    """Two thousand characters further on the number is a section's again."""
    text = model_report("ogi-2021").replace("二、主动公开政府信息情况", "（二）主动公开政府信息情况")
    start, end = text.index("（一）主动公开。"), text.index("（二）主动公开政府")
    line = "按时公布了应当公布的信息。\n"
    for lines, code in ((1, "S001"), (200, "S004")):
        found = told(checked(f"{text[:start]}（一）基本情况\n{line * lines}{text[end:]}"))
        assert [each for each in found if each[0] == "S"] == [code]


@pytest.mark.parametrize("behind", ["", "  ", "\u3000|"])
def test_blanks_behind_a_heading_are_none_of_it(behind: str) -> None:
    result = checked(model_report("ogi-2021").rstrip() + f"\n七、补充说明{behind}\n没有。\n")
    (span,) = (each.span for each in result.findings if each.code == "S008")
    assert span is not None
    assert result.report is not None
    assert result.report.text(span) == "七、补充说明"
