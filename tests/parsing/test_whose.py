"""Whose report it is, of which year and published when, as the front of the text tells."""

from __future__ import annotations

import pytest

from govlint.document import Document
from govlint.linting.examples import model_report
from govlint.linting.linter import check
from govlint.linting.settings import Settings
from govlint.linting.which_template import read_report
from govlint.report import Report

_TABLES = "二、主动公开政府信息情况" + model_report("ogi-2021").split("二、主动公开政府信息情况", 1)[1]
PERIOD = "所列数据的统计期限自2024年1月1日起至12月31日止。"
BY = "根据《中华人民共和国政府信息公开条例》要求，"


def read(front: str, overview: str = "2024年，我局做好各项工作。") -> Report:
    text = f"{front}\n一、总体情况\n{overview}\n{_TABLES}"
    return read_report(Document("report.txt", "text", text), Settings())


# The text before section one; whose report it is.

PREAMBLES = [
    (f"{BY}现公布青岩区统计局2024年政府信息公开工作年度报告。{PERIOD}", "青岩区统计局"),
    (f"{BY}我局编制并向社会公开青岩区水利局2024年度政府信息公开工作年度报告。{PERIOD}", "青岩区水利局"),
    (f"{BY}我局认真做好青岩区水利局2024年度政府信息公开工作年度报告的编制工作。{PERIOD}", None),
    (f"现将青岩县人民政府2024年政府信息公开工作年度报告予以公开。{PERIOD}", "青岩县人民政府"),
    (f"特公布2024年青岩区水利局政府信息公开工作年度报告。{PERIOD}", "青岩区水利局"),
    (f"现特向社会公布2024年岭下镇人民政府信息公开工作年度报告。{PERIOD}", "岭下镇人民政府"),
    (f"现发布《青岩区岭下镇人民政府2024年政府信息公开工作年度报告》。{PERIOD}", "青岩区岭下镇人民政府"),
    (f"现发布《青岩区岭下镇人民政府信息公开工作2024年度报告》。{PERIOD}", None),
    (f"{BY}制定南浦区人力资源和社会保障局2024年政府信息公开工作年度报告。{PERIOD}", "南浦区人力资源和社会保障局"),
    (f"{BY}结合工作实际，南浦区水务局编制了2024年度政府信息公开工作年度报告。{PERIOD}", "南浦区水务局"),
    (f"{BY}青岩市南浦区望江街道特编制2024年政府信息公开年度报告。{PERIOD}", "青岩市南浦区望江街道"),
    (f"{BY}特编制石滩北山经济开发区2024年度政府信息公开工作报告，并向社会公布。{PERIOD}", "石滩北山经济开发区"),
    (f"本报告由柳林镇人民政府按照《条例》和《格式》（国办公开办函〔2021〕30号）要求编制。{PERIOD}", "柳林镇人民政府"),
    (f"本报告由石滩市发展改革委编制。{PERIOD}", "石滩市发展改革委"),
    (f"由青岩区人民政府望江街道党政办公室综合科编制。{PERIOD}", "青岩区人民政府望江街道"),
    (f"由南浦区教育局政府信息公开工作机构-办公室编制完成。{PERIOD}", "南浦区教育局"),
    (f"{BY}编制本报告。{PERIOD}如有疑问，请与石滩市公安局南浦分局联系，联系电话：0555-1。", "石滩市公安局南浦分局"),
    (f"{BY}编制本报告。{PERIOD}如有疑问，请与石滩市商务局办公室联系（地址：石滩市）。", "石滩市商务局"),
    (f"本报告根据条例和格式，结合2024年南浦区审计局政府信息公开工作编制而成。{PERIOD}", "南浦区审计局"),
    (f"根据条例等规定，梳理2024年度石滩海关政府信息公开工作情况编制而成。{PERIOD}", "石滩海关"),
    (f"2024年，望江街道办事处严格落实各项要求，本街道{BY}编制本报告。{PERIOD}", "望江街道办事处"),
    (f"2024年，在区政府办公室指导下，望江街道办事处认真做好公开，本街道{BY}编制本报告。{PERIOD}", "望江街道办事处"),
    (f"{BY}由石滩市人民医院编制。{PERIOD}本院于2024年公开。", "石滩市人民医院"),
    (f"2024年，石滩市水务集团有限公司认真落实要求，我公司编制、我公司公布。{PERIOD}", "石滩市水务集团有限公司"),
    (
        f"{BY}由南浦区行政审批局编制。{PERIOD}请与南浦城市投资集团有限公司办公室联系（地址：南浦区）。我公司做好公开，我集团答复。",
        "南浦城市投资集团有限公司",
    ),
    (f"{BY}编制本报告。{PERIOD}如有疑问，请与青岩新区自然资源局综合一科联系（地址：青岩新区）。", "青岩新区自然资源局"),
    (f"{BY}编制本报告。{PERIOD}请与石滩经济开发区管委会办公室联系（电话：0555-1）。全区公开12条，全区收到3件，我区办结。", "石滩经济开发区管委会"),
    (f"{BY}编制本报告。{PERIOD}请与望江街道信息公开领导小组办公室联系（电话：0555-1）。我街道公开12条，我街道答复。", "望江街道"),
    # hosts and other bodies are nobody's own
    (f"{BY}编制本报告。{PERIOD}如有疑问，请与石滩市大数据管理局联系（电话：0555-1）。", None),
    (f"{BY}编制本报告。{PERIOD}如有疑问，请与石滩市人民政府办公室联系（电话：0555-1）。", None),
    (f"根据《石滩市人民政府办公室关于做好2024年度政府信息公开工作年度报告编制工作的通知》编制。{PERIOD}", None),
    (f"根据修订的《中华人民共和国政府信息公开条例》，结合我局工作实际，制定本报告。{PERIOD}", None),
]  # fmt: skip


@pytest.mark.parametrize(("front", "agency"), PREAMBLES)
def test_the_agency_by_the_preamble(front: str, agency: str | None) -> None:
    report = read(front)
    assert (report.agency, report.year) == (agency, 2024)
    if agency and report.agency_span:
        assert report.text(report.agency_span) in agency


def test_the_preamble_may_stand_in_the_first_section() -> None:
    overview = f"现编制《望江街道办事处2024年政府信息公开工作年度报告》。{PERIOD}我办依法公开。"
    assert read("", overview).agency == "望江街道办事处"
    narrated = "2024年，南浦区水利局认真贯彻条例。\n南浦区水利局主动公开信息26条，我局培训1次。"
    assert read(PERIOD, narrated).agency == "南浦区水利局"
    assert read(PERIOD, "2024年，石滩市委坚持部署，石滩市委重视。我局培训1次。").agency is None


OPENINGS = [
    ("2024年，石滩市市场监督管理局认真学习条例，主动公开信息26条。", "石滩市市场监督管理局"),
    ("2024年，北山工业园区管委会严格落实条例。\n我委公开信息13条。", "北山工业园区管委会"),
    ("2024年，青岩经济技术开发区管委会坚持公开为常态。", "青岩经济技术开发区管委会"),
    (
        "2024年，市林业局坚持公开为常态。市林业局受理申请8件，我局增进对我市林业的了解，市林业局培训2次。",
        "市林业局",
    ),
    ("2024年，市林业局认真贯彻条例，我局印发《石滩市林业局信息公开办法》。", "石滩市林业局"),
    ("2024年，市林业局认真贯彻条例，我局公开9条。2024年石滩市林业局收到申请7件。", "石滩市林业局"),
    ("2024年，区财政局认真贯彻条例，我局公开9条，请与青岩区财政局办公室联系。", "青岩区财政局"),
    ("2024年，区水利局认真贯彻条例，我局公开9条。现公布2024年度区水利局的情况。", "区水利局"),
    ("2024年，县水务局认真贯彻条例，现向社会公布县水务局的年报，我局培训1次。", "县水务局"),
    ("2024年，石滩市统计局坚持公开为常态，服务全市发展，增进对我市统计的了解。", "石滩市统计局"),
    ("2024年，青岩县人民政府办公室统筹全县公开，全县公开信息9条，我县培训2次。", None),
    ("2024年，青岩县人民政府高度重视，公开信息9条。", None),
    ("2024年，石滩市林业局认真指导，我镇公开信息9条，我镇培训1次。", None),
    ("2024年，做好各项工作。石滩市林业局认真指导。", None),
]


@pytest.mark.parametrize(("overview", "agency"), OPENINGS)
def test_the_body_that_the_first_sentence_is_about(overview: str, agency: str | None) -> None:
    text = f"{PERIOD}\n一、总体情况\n{overview}\n{_TABLES}".replace("本局", "").replace("我局办", "")
    report = read_report(Document("report.txt", "text", text), Settings())
    assert report.agency == agency


def test_the_office_of_a_government_writes_for_it_where_the_text_is_the_governments() -> None:
    front = f"本报告由青岩县人民政府办公室组织编制。{PERIOD}"
    assert read(front, "2024年，全县收到申请13件，我县办结14件。").agency == "青岩县人民政府"
    assert read(front, "2024年，我办做好各项工作，我办答复3件。").agency != "青岩县人民政府"


# The lines above the text; title, agency, year.

TITLES = [
    ("青岩县岭下镇人民政府信息公开工作2024年度报告", "青岩县岭下镇人民政府", 2024),
    ("当前位置：首页 > 信息公开 > 年报\n青岩区水利局2024年政府信息公开工作年度报告", "青岩区水利局", 2024),
    ("石滩市人民政府门户网站 石滩市民政局 政府信息公开年报\n石滩市民政局2024年政府信息公开工作年度报告", "石滩市民政局", 2024),
    ("页面：\n字体：\n石滩市民政局2024年度信息公开工作年度报告", "石滩市民政局", 2024),
    ("青岩区水利局\n2024年\n政府信息公开工作\n年度报告", "青岩区水利局", 2024),
    ("标      题 青岩区水利局2024年政府信息公开工作告年度报", "青岩区水利局", 2024),
    ("青岩区水利局2024年政府信息公开工作告年度报", "青岩区水利局", 2024),
    ("青岩区水利局2024年政府信息公开工作年度告报", "青岩区水利局", 2024),
    ("青岩区水利局2024年政府信息工开工作年度报告", "青岩区水利局", 2024),
    ("青岩区水利局2024年度政府信公开工作年度报告", "青岩区水利局", 2024),
    ("2024年青岩区水利局政府信息公开工作年报告", "青岩区水利局", 2024),
    ("海关2024年度水利政府信息公开工作年度报告", "海关", 2024),
    ("《青岩区水利局2024年政府信息公开工作年度报告》", "青岩区水利局", 2024),
    ("《青岩区水利局\n2024年政府信息公开\n工作年度报告》", "青岩区水利局", 2024),
    ("主办单位：青岩区水利局\n2024年政府信息公开工作年度报告", None, 2024),
]  # fmt: skip


@pytest.mark.parametrize(("front", "agency", "year"), TITLES)
def test_titles(front: str, agency: str | None, year: int) -> None:
    report = read(front)
    assert (report.agency, report.year) == (agency, year)
    assert report.title is not None
    assert report.title_span is not None
    said = "".join(report.text(report.title_span).split())
    front = front.removeprefix("标      题 ") if said[0] != "标" else front
    assert said in (front.split("\n")[-1], "".join(front.split()))


def test_a_date_of_publication_is_no_year_of_a_report() -> None:
    report = read("青岩区水利局政府信息公开工作年度报告\n发布日期：2025年1月20日")
    assert (report.year, str(report.published)) == (2024, "2025-01-20")


def test_the_publisher_above_a_title_is_no_part_of_it() -> None:
    text = f"公开方式 | 主动公开\n发布机构 | 青岩区水利局\n2024年政府信息公开工作年度报告\n一、总体情况\n做好。\n{_TABLES}"
    result = check(Document("report.txt", "text", text), Settings(select=("S007",)))
    assert [finding.actual for finding in result.findings] == ["2024年政府信息公开工作年度报告"]
    assert result.report is not None
    assert result.report.agency == "青岩区水利局"


def test_a_title_in_quotes_over_two_lines() -> None:
    report = read("《青岩区水利局\n2024年政府信息公开工作年度报告》")
    assert (report.agency, report.year) == ("青岩区水利局", 2024)


NO_TITLES = [
    "本报告电子版通过管委会门户网站的“政府信息公开年报”专栏下载。",
    "首页 > 政府信息公开年报",
    "2024年政府信息公开工作要点",
    "石滩市人民政府门户网站 政府信息公开年报",
    "为认真落实上级关于切实做好2024年政府信息公开年度报告编制发布工作的要求，望江街道及时编写，逐项核对，按时公布。",
]


@pytest.mark.parametrize("front", NO_TITLES)
def test_menus_and_sentences_are_no_titles(front: str) -> None:
    assert read(front).title is None


def test_a_garbled_title_is_reported_on_its_line() -> None:
    text = f"发布时间：2025-01-10\n青岩区水利局2024年政府信息公开工作告年度报\n一、总体情况\n做好工作。\n{_TABLES}"
    (finding,) = check(Document("report.txt", "text", text), Settings(select=("S007",))).findings
    assert finding.span is not None
    assert text[finding.span.start : finding.span.end] == "青岩区水利局2024年政府信息公开工作告年度报"


PAGE_TITLES = [
    ("2024年政府信息公开工作年度报告", "青岩区水利局2024年政府信息公开工作年度报告", ["2024年政府信息公开工作年度报告"]),
    ("青岩区水利局2024年政府信息公开工作年度报告", "青岩区水利局2024年政府信息公开工作年度报告", []),
    ("青岩区水利局\n2024年政府信息公开工作年度报告", "青岩区水利局2024年政府信息公开工作年度报告", []),
    ("首页 > 年报", "青岩区水利局2024年政府信息公开工作年度报告", []),
]  # fmt: skip


@pytest.mark.parametrize(("front", "page", "told"), PAGE_TITLES)
def test_a_title_that_only_the_pages_own_completes(front: str, page: str, told: list[str]) -> None:
    document = Document(
        "a.html", "html", f"{front}\n一、总体情况\n做好。\n{_TABLES}", metadata={"title": page}
    )
    result = check(document, Settings(select=("S007",)))
    assert result.report is not None
    assert (result.report.agency, result.report.year) == ("青岩区水利局", 2024)
    assert [finding.actual for finding in result.findings] == told


DATES = [
    ("2025-01-20 作者：佚名 点击数：", "2025-01-20"),
    ("2025-01-20 作者：李某 点击数：35", "2025-01-20"),
    ("来源：本站 2025年1月20日 浏览次数：12次 字号：大 中 小 打印", "2025-01-20"),
    ("2025-01-20召开全局会议", "None"),
    ("作者：佚名 点击数：35", "None"),
]


@pytest.mark.parametrize(("line", "published"), DATES)
def test_a_bare_date_among_a_pages_words(line: str, published: str) -> None:
    report = read(f"青岩区水利局2024年政府信息公开工作年度报告\n{line}")
    assert str(report.published) == published


def test_a_government_of_unknown_name_speaks_of_its_place() -> None:
    """全县 is the report's own where nothing in it says 我局."""
    report = read(PERIOD, "2024年，全县共收到政府信息公开申请16件，我县公开信息9条。")
    text = report.document.text.replace("本局", "").replace("我局", "")
    result = check(Document("report.txt", "text", text), Settings(select=("C001",)))
    assert [finding.actual for finding in result.findings] == ["16件"]
    bureau = check(Document("report.txt", "text", text.replace("我县", "我局")), Settings(select=("C001",)))
    assert bureau.findings == []
