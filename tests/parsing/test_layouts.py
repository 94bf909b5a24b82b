"""The same report in every layout of text reads to the same figures, and a clean one gives no finding to act on."""

from __future__ import annotations

from datetime import date

import pytest
from making.corpus import LAYOUTS, Heading, Sample, Table, sample

from govlint.document import Document
from govlint.linting.linter import check
from govlint.linting.settings import Settings
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
        pytest.param("四、结转下年度继续办理", "四、结转下年度继续办理（件）", id="unit behind the label"),
        pytest.param("现行有效件数", "现行有效件数（历史累计）", id="remark behind the label"),
        pytest.param("不计其他情形）", "不计其他情形。）", id="full stop in a label"),
        pytest.param("（单位：万元）", " 单位：万元", id="unit without brackets"),
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


FRONT = """一、总体情况
2022年，我局主动公开信息210条，规范办理依申请公开，落实三审三校，更新网站专栏，加强监督保障。
"""
TITLED = "云溪县农业农村局2022年政府信息公开工作年度报告\n" + FRONT
UNTITLED = "编制本报告，统计期限为2022年1月1日至2022年12月31日。\n" + FRONT


@pytest.mark.parametrize(
    ("front", "agency", "published"),
    [
        pytest.param("来源：云溪县人民政府办公室\n" + UNTITLED.replace("加强", "我局加强"), None, None, id="for others"),
        pytest.param("来源：云溪县农业农村局\n" + UNTITLED.replace("加强", "我局加强"), "云溪县农业农村局", None, id="own"),
        pytest.param("来源： 浏览次数：12 字号：大\n" + UNTITLED, None, None, id="empty field"),
        pytest.param("来源：云溪县人民政府门户网站\n" + UNTITLED, None, None, id="a site"),
        pytest.param("发布机构：政府办公室\n" + UNTITLED, None, None, id="of no place"),
        pytest.param("现发布《云溪县水务局2022年政府信息公开工作年度报告》。\n" + UNTITLED, "云溪县水务局", None, id="named"),
        pytest.param("依据《云溪县办公室关于做好2022年政府信息公开工作年度报告的通知》，\n" + UNTITLED, None, None, id="a notice"),
        pytest.param("现公布云溪县水务局2022年政府信息公开工作年度报告。\n" + UNTITLED, "云溪县水务局", None, id="called"),
        pytest.param("特向社会公布2022年青石镇人民政府政府信息公开工作情况。\n" + UNTITLED, "青石镇人民政府", None, id="called behind the year"),
        pytest.param("现公布我局2022年政府信息公开工作年度报告。\n" + UNTITLED, None, None, id="called by no name"),
        pytest.param("本报告由云溪县水务局（云溪县河长办）综合各项数据编制。\n" + UNTITLED, "云溪县水务局", None, id="author"),
        pytest.param("本报告由云溪县人民政府办公室编制。\n" + UNTITLED, None, None, id="a desk writes for its body"),
        pytest.param("名称 " + TITLED, "云溪县农业农村局", None, id="label before the title"),
        pytest.param("云溪县人民政府 政府信息公开年报 " + TITLED, "云溪县农业农村局", None, id="column before the title"),
        pytest.param("上一篇：云溪县教育局2022年政府信息公开工作年度报告\n" + TITLED, "云溪县农业农村局", None, id="neighbouring page"),
        pytest.param("关于报送2022年政府信息公开工作年度报告的函\n" + TITLED, "云溪县农业农村局", None, id="covering letter"),
        pytest.param("【年报】" + TITLED, "云溪县农业农村局", None, id="tag before the title"),
        pytest.param(TITLED.replace("农业农村局", "委机构编制委员会办公室"), "云溪县委机构编制委员会办公室", None, id="编制 in a name"),
        pytest.param(TITLED.replace("局", "局（县乡村振兴局）", 1), "云溪县农业农村局(县乡村振兴局)", None, id="second name"),
        pytest.param("2022" + TITLED, "云溪县农业农村局", None, id="year twice"),
        pytest.param(TITLED.replace("2022年政府信息公开工作", "政府信息公开工作2022"), "云溪县农业农村局", None, id="year within"),
        pytest.param("现发布《云溪县水务局2021年政府信息公开工作年度报告》。\n" + UNTITLED, None, None, id="last year's"),
        pytest.param("根据《关于做好2022年政府信息公开年度报告编制工作的通知》。\n" + UNTITLED, None, None, id="a notice"),
        pytest.param("Page 8 - " + TITLED, "云溪县农业农村局", None, id="page of a viewer"),
        pytest.param("发布日期: 2023- 01- 08 16: 45\n" + TITLED, "云溪县农业农村局", "2023-01-08", id="spaced date"),
        pytest.param("• 2023-01-08 09:05\n" + TITLED, "云溪县农业农村局", "2023-01-08", id="bare date"),
        pytest.param("2023年01月08日来源:水务局\n" + TITLED, "云溪县农业农村局", "2023-01-08", id="before the source"),
        pytest.param(TITLED.replace("一、", "2022年1月1日\n一、") + "及时。" * 250 + "\n", "云溪县农业农村局", None, id="of the period"),
        pytest.param("云溪县门户网站 www.yunxi.gov.cn 2023-01-08\n" + TITLED, "云溪县农业农村局", "2023-01-08", id="behind the site"),
    ],
)  # fmt: skip
def test_whose_report_it_is_and_of_which_day(front: str, agency: str | None, published: str | None) -> None:
    report = checked(front + "二、主动公开政府信息情况\n三、收到和处理政府信息公开申请情况\n").report
    assert report is not None
    assert (report.agency, report.year) == (agency, 2022)
    assert report.published == (published and date.fromisoformat(published))


def test_sections_listed_in_a_sentence_are_no_headings() -> None:
    listed = "报告分为：一、总体情况，二、主动公开政府信息情况，三、申请的办理，四、政府信息公开行政复议、行政诉讼情况，六、其他需要报告的事项。\n"
    result = checked(listed + UNTITLED + "二、主动公开政府信息情况\n三、收到和处理政府信息公开申请情况\n")
    assert result.report is not None
    assert list(result.report.sections) == ["overview", "proactive", "applications"]
    assert not {"S002", "S006", "D002"} & {code for code, _ in to_act_on(result)}


def test_a_label_in_two_rows_of_a_header_is_in_no_other_words() -> None:
    made = sample(4)
    one = "商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他"
    two = "商业 | 科研 | 社会公益组织 | 法律服务机构 | 其他\n企业 | 机构"
    assert to_act_on(checked(changed(made, (one, two)))) == []


def test_the_report_s_own_title_goes_before_the_page_s() -> None:
    text = TITLED.replace("政府信息公开工作年度报告", "政府信息公开年度工作报告") + "\n"
    own = "云溪县农业农村局\n2022年政府信息公开工作年度报告\n"
    assert [code for code, _ in to_act_on(checked(text)) if code == "S007"] == ["S007"]
    assert [
        code for code, _ in to_act_on(checked(text.replace("一、", own + "一、"))) if code == "S007"
    ] == []


@pytest.mark.parametrize(
    "words", ["（一）主动公开政府信息情况", "（一）工作机制。\n（二）主动公开政府信息情况"]
)
def test_a_heading_within_a_section_is_none_of_a_missing_section(words: str) -> None:
    result = checked(TITLED + words + "\n公开信息210条。\n")
    assert result.report is not None
    assert list(result.report.sections) == ["overview"]


def test_traditional_characters_are_the_same_words() -> None:
    text = """雲溪縣農業農村局2022年政府信息公開工作年度報告
一、總體情況
2022年，我局收到政府信息公開申請3件。
二、主動公開政府信息情況
信息內容 | 本年製發件數 | 本年廢止件數 | 現行有效件數
規章 | 0 | 0 | 0
行政規範性文件 | 2 | 1 | 5
三、收到和處理政府信息公開申請情況
一、本年新收政府信息公開申請數量 | 2 | 0 | 0 | 0 | 0 | 0 | 2
二、上年結轉政府信息公開申請數量 | 0 | 0 | 0 | 0 | 0 | 0 | 0
"""
    result = checked(text)
    assert result.report is not None
    assert result.report.value("proactive.normative_documents.in_force") == 5
    found = [code for code, _ in to_act_on(result)]
    assert "C001" in found
    assert not {"S003", "T003", "T004", "S007"} & set(found)


def test_blanks_that_left_no_trace_are_one_finding() -> None:
    made = sample(6)
    for block in made.blocks:
        if isinstance(block, Table):
            for row in block.rows:
                if len(row) >= 8 and row[-1].isdigit() and not row[0].isdigit():
                    row[-7:] = ["", "", "", "", "", "", "0"]
    found = [code for code, _ in to_act_on(checked(LAYOUTS["one-cell-a-line"](made)))]
    assert found.count("T005") == 1
    assert "T003" not in found


@pytest.mark.parametrize(
    ("form", "severity"), [("年报", "info"), ("年度报告", "info"), ("情况的报告", "warning")]
)
def test_a_title_in_short_form_is_only_told_so(form: str, severity: str) -> None:
    text = LAYOUTS["bars"](sample(0)).replace("政府信息公开工作年度报告", f"政府信息公开{form}")
    assert [f.severity for f in checked(text).findings if f.code == "S007"] == [severity]
