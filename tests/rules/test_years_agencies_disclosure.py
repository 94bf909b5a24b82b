"""What the rules on years, agencies, disclosure and publication must say of a report, and what they must not."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date

import pytest
from making.corpus import LAYOUTS, sample

from govlint import outputs
from govlint.document import Document
from govlint.linting.examples import model_report
from govlint.linting.linter import check
from govlint.linting.settings import Settings
from govlint.result import Result
from govlint.rule import Finding

CODES = ("C005", "C006", "D001", "D002", "D003", "D004", "P001", "P002", "P003")
_HEAD, _TABLES = model_report("ogi-2021").split("二、主动公开政府信息情况", 1)
_TABLES = "二、主动公开政府信息情况" + _TABLES.split("五、存在的主要问题及改进情况")[0]
OVERVIEW = (
    "2022年，全年主动公开信息210条，规范办理依申请公开，落实三审三校，更新网站专栏，"
    "工作考核结果良好，社会评议满意，没有责任追究情形。"
)
PROBLEMS = "公开内容还不够全面。2023年，将进一步充实公开目录。"


@dataclass
class Text:
    """A report for 2022 of a department, but for what a case changes."""

    agency: str = "云溪县农业农村局"
    year: int = 2022
    published: str = "2023-01-16"
    front: str = ""
    preamble: str = ""
    overview: str = OVERVIEW
    also: str = ""
    """Added to the overview."""
    problems: str = PROBLEMS
    other: str = "本年度未收取信息处理费。"
    tail: str = ""

    def __str__(self) -> str:
        head = [self.front, f"{self.agency}{self.year}年政府信息公开工作年度报告"]
        head += [f"发布时间：{self.published}" if self.published else "", self.preamble]
        return "\n".join(
            [
                *filter(None, head),
                "一、总体情况",
                self.overview + self.also,
                _TABLES + "五、存在的主要问题及改进情况",
                self.problems,
                "六、其他需要报告的事项",
                self.other,
                self.tail,
            ]
        )


def checked(text: str, **settings: object) -> Result:
    return check(Document("r.txt", "text", text), Settings(select=CODES, **settings))  # type: ignore[arg-type]


def said(text: Text, **settings: object) -> list[tuple[str, str | None]]:
    return [(finding.code, finding.actual) for finding in checked(str(text), **settings).findings]


def test_the_report_that_cases_change_is_clean() -> None:
    assert said(Text()) == []


# C005: years

STALE: list[tuple[str, Text, str]] = [
    ("period of the year before", Text(preamble="本报告所列数据的统计期限自2021年1月1日起至2021年12月31日止。"), "2021"),
    ("a clause on the body's own year", Text(other="按照规定，本机关2021年度没有收取信息处理费。"), "2021"),
    ("work done, with a figure", Text(also="\n2021年，我局组织业务培训2次，参训60人次。"), "2021"),
    ("its end alone", Text(preamble="本报告统计期限为2022年1月1日至2021年12月31日。"), "2021"),
    ("end in the next year", Text(preamble="数据统计期限为2022年1月1日—2023年12月31日。"), "2023"),
    ("period with dots", Text(preamble="统计时限：2021.1.1-2021.12.31。"), "2021"),
    ("period with spaces", Text(preamble="统计期限为 2021 年 1 月 1 日至 12 月 31 日。"), "2021"),
    ("period in full-width digits", Text(preamble="统计期限为２０２１年１月１日至１２月３１日。"), "2021"),
    ("period in months", Text(preamble="统计时间为2021年1月至12月。"), "2021"),
    ("period in the overview", Text(also="本报告中使用数据统计期限为2020年1月1日起至2020年12月31日。"), "2020"),
    ("period in Chinese numerals", Text(preamble="统计期限为二〇二一年1月1日至12月31日。"), "2021"),
    ("its own name", Text(preamble="根据有关规定，现公布2021年政府信息公开工作年度报告。"), "2021"),
    ("its own name with agency", Text(preamble="现发布《云溪县农业农村局2021年度政府信息公开工作年度报告》。"), "2021"),
    ("as follows", Text(preamble="现将2021年度政府信息公开工作情况报告如下。"), "2021"),
    ("compiled", Text(preamble="依据条例规定，编制2020年政府信息公开年度报告。"), "2020"),
    ("the overview begins with it", Text(overview="2021年，我局" + OVERVIEW.removeprefix("2022年，")), "2021"),
    ("since", Text(overview="2021年以来，我局认真落实条例。" + OVERVIEW), "2021"),
    ("under a sub-heading", Text(also="\n（三）政府信息管理情况 2021年，我局制发文件3件，均经审核。"), "2021"),
    ("after the agency", Text(also="云溪县农业农村局2021年共主动公开信息99条。"), "2021"),
    ("after 我局", Text(also="我局2021年度未收到政府信息公开申请。"), "2021"),
    ("until", Text(also="截至2021年12月31日，累计公开信息700条。"), "2021"),
    ("carried out to the year itself", Text(also="办结3件，结转2022年度继续办理1件。"), "2022"),
    ("carried, the other word", Text(also="0件转结2022年办结。"), "2022"),
    ("carried in from too far", Text(also="2020年结转政府信息公开申请2件。"), "2020"),
    ("plans for the year itself", Text(problems="公开不够及时。2022年，我局将进一步加强培训。"), "2022"),
    ("plans without a comma", Text(problems="仍有不足。2022年将从以下方面进行改进：一是学习。"), "2022"),
    ("the fee of another year", Text(other="2021年度，我局未收取信息处理费。"), "2021"),
    ("a clause", Text(also="规范答复流程，2021年共收到政府信息公开申请13件。"), "2021"),
    ("a year ahead", Text(also="2023年，我局共主动公开信息12条。"), "2023"),
    ("the notice of another year", Text(preamble="根据《县政府办公室关于做好2021年度政府信息公开工作年度报告编制公布工作的通知》，编制本报告。"), "2021"),
    ("a notice without 度", Text(preamble="按照《关于切实做好2021年政府信息公开工作年度报告编制发布工作的通知》要求编制。"), "2021"),
    ("problems of another year", Text(problems="2021年，我局工作取得一定成效，但更新不够及时。今后将改进。"), "2021"),
    ("problems told by comparison", Text(problems="2021年的工作还有不足：解读的形式比较单一，人员流动较快。今后将改进。"), "2021"),
    ("a clause of one body", Text(also="在依申请公开方面，2021年度，我局未收到政府信息公开申请。"), "2021"),
    ("a clause on the body by its name", Text(also="在依申请公开方面，2021年，县农业农村局新收政府信息公开申请9件，上年结转2件。"), "2021"),
    ("in short", Text(overview="按照《政府信息公开条例》要求，县农业农村局2021年政府信息公开工作有序推进，具体情况如下。" + OVERVIEW), "2021"),
    ("made public", Text(preamble="依据《政府信息公开条例》，我局向社会公布2021年政府信息公开工作年度报告。"), "2021"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "actual"), [pytest.param(t, a, id=i) for i, t, a in STALE])
def test_a_stale_year_is_found(text: Text, actual: str) -> None:
    assert said(text) == [("C005", actual)]


NOT_STALE: list[tuple[str, Text]] = [
    ("the period", Text(preamble="统计期限自2022年1月1日起，至2022年12月31日止。")),
    ("compared", Text(also="收到申请13件，较2021年增加4件，增长44.4%。")),
    ("compared first", Text(also="与2021年相比，主动公开信息增长一成。")),
    ("a clause of last year", Text(also="收到申请13件，2021年共收到9件，同比增长44.4%。")),
    ("carried in", Text(also="2021年结转政府信息公开申请2件，共办结10件，结转2023年度继续办理2件。")),
    ("carried in, done this year", Text(also="上年结转2022年办理的申请2件均已办结。")),
    ("received before, answered now", Text(also="2021年收到，结转2022年答复的申请1件。")),
    ("plans for next year", Text(problems="更新不够及时。2023年，我局将进一步充实公开目录。")),
    ("plans for some years", Text(problems="更新不够及时。到2025年，力争全部上网，2024年将继续推进。")),
    ("将 that takes an object", Text(problems="2022年，我局将政务公开作为重点工作，但培训不够。今后将加强。")),
    ("last year's problems", Text(problems="上年度存在问题的整改情况：2021年，我局解读形式单一，已全部整改。")),
    ("a document's name", Text(also="落实《云溪县2021年政务公开工作要点》要求。")),
    ("a document's number", Text(preamble="按照国办公开办函〔2021〕30号和国办函〔2020〕109号要求编制。")),
    ("the year's own notice", Text(preamble="根据《关于做好2022年政府信息公开工作年度报告编制工作的通知》，现公布本报告。")),
    ("a notice of the day of making", Text(preamble="根据《县政府办公室关于做好2023年政府信息公开年度报告编制公布工作的通知》，现公布本报告。")),
    ("a notice on other work", Text(preamble="按照《关于做好2021年政府网站年度报表发布工作的通知》公布报表。")),
    ("looking back at praise", Text(overview="2021年，在全县测评中，我局被评为优秀单位。2022年，" + OVERVIEW.removeprefix("2022年，"))),
    ("looking back", Text(overview="2021年，我局完成机构改革，公开职能调整到位。2022年，" + OVERVIEW.removeprefix("2022年，"))),
    ("the period in months", Text(preamble="本报告统计期限为2022年1-12月。")),
    ("the period with hours", Text(preamble="所列数据统计期限自2022年1月1日0时起至2022年12月31日24时止。")),
    ("the period with strokes", Text(preamble="统计时间：2022-01-01至2022-12-31。")),
    ("last year's report published this year", Text(also="按时发布2021年政府信息公开工作年度报告1份。")),
    ("a law's date", Text(preamble="条例自2019年5月15日起施行。")),
    ("since years ago", Text(also="自2020年以来，我局持续清理文件。")),
    ("budgets", Text(also="公开2021年度部门决算和2022年部门预算。")),
    ("a plan of five years", Text(also="编制2021—2025年规划并公开。")),
    ("an inspection", Text(also="2021年12月第三方评估反馈的问题已整改。")),
    ("a project", Text(also="公开2021年高标准农田建设项目12个。")),
    ("what was made then", Text(also="2021年制定的审核制度继续执行，2021年印发的办法共3件。")),
    ("a report of then", Text(also="2021年度政府信息公开年报已按时公开。")),
    ("a rank of then", Text(also="在2021年度第三方评估中，我局名列前茅。2021年，全县测评我局居前。")),
    ("beside the year's own", Text(also="全年共办结20件，2021年办结15件。")),
    ("both years", Text(also="2021年，我局共公开99条，2022年共公开210条。")),
    ("date behind the year", Text(also="截至2023年1月10日，访问量为三万次。")),
    ("published", Text(published="2023-01-30", tail="云溪县农业农村局\n2023年1月30日")),
    ("end of the year before", Text(also="2021年底建成的查询系统运行平稳。")),
]  # fmt: skip


@pytest.mark.parametrize("text", [pytest.param(t, id=i) for i, t in NOT_STALE])
def test_a_year_with_its_reason_is_not_stale(text: Text) -> None:
    assert said(text) == []


def only(text: Text, **settings: object) -> Finding:
    (finding,) = checked(str(text), **settings).findings
    return finding


def edited(text: str, finding: Finding) -> str:
    assert finding.suggestion is not None
    for edit in sorted(finding.suggestion.edits, reverse=True):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return text


BROKEN = [
    "20221月1日到12月31止",
    "2022年1月1日至2022你那12月31日",
    "2022年1月1至12月31日",
    "2022年1月1日至2022年12月31",
    "202211日起至20221231日止",
]


@pytest.mark.parametrize("period", BROKEN)
def test_a_period_that_is_no_date(period: str) -> None:
    text = Text(preamble=f"本报告所列数据的统计期限为{period}。")
    finding = only(text)
    assert (finding.code, finding.actual) == ("C005", period)
    assert checked(edited(str(text), finding)).findings == []


REPAIRED = [case[:2] for case in STALE if "numerals" not in case[0] and "notice" not in case[0]]


@pytest.mark.parametrize("text", [pytest.param(t, id=i) for i, t in REPAIRED])
def test_a_repaired_year_is_silent(text: Text) -> None:
    assert checked(edited(str(text), only(text))).findings == []


def test_one_year_left_over_is_one_finding_and_one_repair() -> None:
    old = Text(
        preamble="现公布2021年政府信息公开工作年度报告，统计期限为2021年1月1日至2021年12月31日。",
        overview="2021年，我局" + OVERVIEW.removeprefix("2022年，"),
        problems=PROBLEMS.replace("2023", "2022"),
    )
    finding = only(old)
    assert (finding.certainty, len(finding.related)) == ("certain", 4)
    repaired = edited(str(old), finding)
    assert checked(repaired).findings == []
    assert "2021" not in repaired.split("二、主动公开")[0]
    assert not any(edit.safe for edit in finding.suggestion.edits)  # type: ignore[union-attr]


def test_the_title_is_at_fault_where_text_and_date_agree() -> None:
    text = Text(
        year=2023,
        published="2023-01-16",
        preamble="统计期限为2022年1月1日至2022年12月31日。",
    )
    finding = only(text)
    assert (finding.code, finding.actual, finding.expected) == ("C005", "2023", "2022")
    late = Text(year=2021, preamble="统计期限为2022年1月1日至2022年12月31日。")
    assert said(late) == [("C005", "2021")]
    early = Text(published="2022-12-25", also="0件转结2022年办结。")
    assert only(early).actual == "2022"
    assert only(early).expected == "2023"
    assert "云溪县农业农村局2022年" in edited(str(text), finding)


def test_a_report_is_not_published_before_its_year_ends() -> None:
    text = Text(
        year=2022,
        published="2022-01-16",
        overview=OVERVIEW.removeprefix("2022年，"),
        problems=PROBLEMS[:10] + "今后改进。",
    )
    finding = only(text)
    assert (finding.code, finding.actual, finding.certainty) == ("C005", "2022", "likely")


# C006: agencies

OTHER: list[tuple[str, Text, str, str]] = [
    ("author", Text(preamble="本报告由云溪县水务局编制。"), "云溪县水务局", "certain"),
    ("author, short", Text(preamble="本报告由县水务局负责编写。"), "县水务局", "certain"),
    ("its own name", Text(preamble="现公布云溪县水务局2022年政府信息公开工作年度报告。"), "云溪县水务局", "certain"),
    ("of another county", Text(preamble="现公布南浦县农业农村局2022年政府信息公开工作年度报告。"), "南浦县农业农村局", "certain"),
    ("one character apart", Text(preamble="现公布云渓县农业农村局2022年政府信息公开工作年度报告。"), "云渓县农业农村局", "likely"),
    ("one character of its work apart", Text(preamble="现公布云溪县农业农村厅2022年政府信息公开工作年度报告。", agency="云溪县农业农材厅"), "云溪县农业农村厅", "likely"),
    ("under two names", Text(preamble="本报告由县水务局编制，现公布云溪县水务局2022年政府信息公开工作年度报告。"), "县水务局", "certain"),
    ("contact", Text(preamble="如有疑问，请与云溪县水务局联系（电话：0555-6120001）。"), "云溪县水务局", "likely"),
    ("subject", Text(overview="2022年，云溪县水务局坚持以公开促落实。" + OVERVIEW), "云溪县水务局", "certain"),
    ("subject after its ground", Text(overview="按照《政府信息公开条例》要求，云溪县水务局2022年政府信息公开工作有序推进。" + OVERVIEW), "云溪县水务局", "certain"),
    ("subject, in other words", Text(overview="一年来，云溪县水务局围绕群众关切，做好公开。" + OVERVIEW), "云溪县水务局", "certain"),
    ("subject under its leaders", Text(agency="云溪县柳林镇人民政府", overview="2022年，在县委、县政府的正确领导下，望江镇严格落实条例。" + OVERVIEW), "望江镇", "certain"),
    ("subject under a sub-heading", Text(agency="石滩海关", overview="（一）工作推进情况。2022年，北港海关立足口岸职能，做好公开。" + OVERVIEW), "北港海关", "certain"),
    ("subject after what was asked", Text(overview="根据上级部署，云溪县水务局围绕热点加大公开。" + OVERVIEW), "云溪县水务局", "certain"),
    ("an office as subject", Text(agency="云溪县人民政府办公室", overview="2022年，南浦县人民政府办公室把公开作为要事来抓。" + OVERVIEW), "南浦县人民政府办公室", "certain"),
    ("a county as subject in a city's", Text(agency="石滩市人民政府", published="2023-03-01", overview="2022年，云溪县人民政府围绕群众关切，做好公开。" + OVERVIEW), "云溪县人民政府", "likely"),
    ("a county's office in a city's", Text(agency="石滩市人民政府办公室", preamble="现公布云溪县人民政府办公室2022年政府信息公开工作年度报告。"), "云溪县人民政府办公室", "likely"),
    ("who made it", Text(preamble="云溪县水务局编制了2022年政府信息公开工作年度报告。"), "云溪县水务局", "certain"),
    ("signature", Text(tail="云溪县水务局\n2023年1月16日"), "云溪县水务局", "certain"),
    ("another town", Text(agency="云溪县柳林镇人民政府", preamble="现公布云溪县望江镇人民政府2022年政府信息公开工作年度报告。"), "云溪县望江镇人民政府", "certain"),
    ("another branch", Text(agency="石滩市公安局青岩分局", preamble="本报告由石滩市公安局南浦分局编制。"), "石滩市公安局南浦分局", "certain"),
    ("another street", Text(agency="青岩区望江街道办事处", preamble="本报告由青岩区柳林街道办事处编制。"), "青岩区柳林街道办事处", "certain"),
    ("a town in a bureau's", Text(preamble="现公布柳林镇人民政府2022年政府信息公开工作年度报告。"), "柳林镇人民政府", "certain"),
    ("a bureau in a government's", Text(agency="云溪县人民政府", published="2023-03-01", preamble="现公布云溪县教育局2022年政府信息公开工作年度报告。"), "云溪县教育局", "likely"),
    ("我镇 in a bureau's", Text(also="我镇高度重视。"), "我镇", "likely"),
    ("本乡 in a bureau's", Text(also="本乡指定专人负责。"), "本乡", "likely"),
    ("我局 in a street's", Text(agency="青岩区望江街道办事处", also="我局积极配合。"), "我局", "likely"),
    ("我局 in a town's", Text(agency="云溪县柳林镇", also="本局公开事项齐全。"), "本局", "likely"),
    ("我委 twice in a bureau's", Text(also="我委召开会议，我委领导多次部署。"), "我委", "likely"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "actual", "certainty"), [pytest.param(*case[1:], id=case[0]) for case in OTHER]
)
def test_another_agency_is_found(text: Text, actual: str, certainty: str) -> None:
    finding = only(text)
    assert (finding.code, finding.actual, finding.certainty) == ("C006", actual, certainty)


def test_a_repaired_name_is_silent() -> None:
    for _, text, _, _ in OTHER:
        finding = only(text)
        if finding.suggestion:
            assert checked(edited(str(text), finding)).findings == []


OWN: list[tuple[str, Text]] = [
    ("own name under its leaders", Text(agency="云溪县柳林镇人民政府", overview="2022年，在县委领导下，柳林镇严格落实条例。" + OVERVIEW)),
    ("a county with its city", Text(agency="云溪县人民政府", published="2023-03-01", overview="2022年，石滩市云溪县人民政府围绕群众关切，做好公开。" + OVERVIEW)),
    ("towns in general", Text(agency="云溪县人民政府", published="2023-03-01", overview="2022年，各乡镇认真落实条例。" + OVERVIEW)),
    ("its towns", Text(agency="云溪县人民政府", published="2023-03-01", overview="2022年，辖区乡镇认真落实条例。" + OVERVIEW)),
    ("publisher", Text(front="发布机构：云溪县人民政府办公室")),
    ("its office", Text(preamble="由云溪县农业农村局办公室编制，请与县农业农村局办公室联系。")),
    ("short", Text(preamble="本报告由县农业局编制。")),
    ("abbreviation", Text(agency="云溪县卫生健康委员会", preamble="本报告由县卫健委编制。", also="我委按时公开。")),
    ("former name", Text(agency="云溪县文化和旅游局", preamble="本报告由云溪县文化广电新闻出版局编制。")),
    ("government", Text(preamble="报告可在云溪县人民政府网站下载，请与云溪县人民政府办公室联系。")),
    ("a desk for all", Text(agency="云溪县人民政府", published="2023-03-01", preamble="由云溪县政务服务管理局编制，请与县政务公开办联系。")),
    ("sub-bureau", Text(agency="石滩市公安局青岩分局", preamble="请与青岩公安分局联系。")),
    ("a branch by its short name", Text(agency="石滩市公安局高岭区分局", overview="2022年，高岭区公安分局认真落实条例。" + OVERVIEW)),
    ("a short name of its own", Text(agency="石滩市公安局高新区分局", preamble="请与石滩市公安局高新技术产业开发区分局（以下简称高岭公安局）联系。", overview="2022年，高岭公安局认真落实条例。" + OVERVIEW)),
    ("parts of the text", Text(preamble="本报告由总体情况、主动公开政府信息情况等六部分组成。")),
    ("other agencies at work", Text(also="会同县教育局、县水务局开展检查，指导柳林镇人民政府更新专栏。")),
    ("county words", Text(also="我县农业系统和本县各乡镇均已公开，我市评估结果良好。")),
    ("once 我委", Text(also="我委领导多次部署。")),
    ("自我局限", Text(agency="云溪县柳林镇", also="打破自我局限。")),
    ("乡村", Text(also="推动我乡村振兴事项公开。")),
    ("office entrusted", Text(also="我委托第三方评估。")),
    ("street and town", Text(agency="青岩区望江街道", also="我街道和本街均已更新。")),
    ("zone", Text(agency="临河市经济开发区管理委员会", preamble="由开发区党政办公室编制，请与开发区管委会联系。")),
    ("a source line", Text(front="来源：云溪县融媒体中心")),
    ("signed by the office", Text(tail="云溪县人民政府办公室\n2023年1月16日")),
    ("its government as subject", Text(overview="2022年，云溪县人民政府把公开作为要事来抓。" + OVERVIEW)),
    ("the city above its city", Text(agency="临河市教育局", preamble="由石滩市人民政府办公室编制格式。")),
    ("county city above", Text(agency="临河市青岩区教育局", preamble="请与青岩区教育局联系。")),
    ("a tax bureau", Text(agency="国家税务总局临河市青岩区税务局", overview="2022年，青岩区税务局认真落实条例。" + OVERVIEW)),
    ("bureaus of a government", Text(agency="云溪县人民政府", published="2023-03-01", also="县教育局坚持每周更新。县水务局主动公开水质。")),
    ("the bureau above", Text(agency="云溪县气象局", also="在东陵省气象局网站发布信息15条。")),
    ("an office's own office", Text(agency="石滩市人民政府地方志办公室", preamble="由石滩市人民政府地方志办公室秘书科编制。", also="我办按期更新。")),
    ("party pair", Text(agency="云溪县柳林镇人民政府", preamble="由柳林镇党政办公室编制。", also="镇党委、政府多次研究。")),
]  # fmt: skip


@pytest.mark.parametrize("text", [pytest.param(t, id=i) for i, t in OWN])
def test_the_agency_under_its_other_names_is_itself(text: Text) -> None:
    assert said(text) == []


# D: disclosure

DISCLOSURE: list[tuple[str, Text, list[tuple[str, str | None]]]] = [
    ("no platforms, no supervision", Text(overview="2022年公开信息12条，收到申请1件，发布前逐件审核。"), [("D001", "政府信息公开平台建设、监督保障")]),
    ("further synonyms", Text(overview="2022年，把收费标准晾晒出来，未接到任何人要求公开信息的书面申请，一事一审把好关，公开栏换新，按季通报考核。"), []),
    ("synonyms", Text(overview="全年发布解读8篇，未收到公开申请，坚持先审后发、定期清理，公众号更新及时，组织培训两次。更新目录。审核严格。"), []),
    ("sub-headings", Text(overview="（一）主动公开\n好\n（二）依申请公开\n好\n（三）政府信息管理\n好\n（四）平台建设\n好\n（五）监督保障\n好"), []),
    ("a number skipped", Text(overview="（一）主动公开。网站发布9条。\n（二）依申请公开。规范答复，审核严格。\n（三）政府信息管理。清理文件。\n（五）监督保障。培训2次。"), [("D001", "政府信息公开平台建设")]),
    ("a sub-heading run into its sentence", Text(overview="（一）主动公开。网站发布9条。（二）依申请公开方面对每一件申请都当面核对其要点并在法定期限之内书面答复申请人。（三）信息管理。清理文件。（四）平台建设。更新。（五）监督保障。培训。"), []),
    ("a sub-heading left out", Text(overview="1.主动公开情况。网站发布9条。\n2.依申请公开情况。规范答复。\n3.政府信息公开平台建设情况。更新专栏。\n4.监督保障情况。严格信息管理，培训2次。"), [("D001", "政府信息管理")]),
    ("sub-headings on one line", Text(overview="一是推进主动公开。网站发布9条。二是规范依申请公开。三是加强政府信息管理。四是抓好监督保障。微信更新。"), [("D001", "政府信息公开平台建设")]),
    ("sub-headings run into the text before", Text(overview="一是主动公开方面。网站发布9条并及时更新二是依申请公开方面。规范答复三是信息管理方面。清理。四是平台建设方面。更新。五是监督保障方面。培训。"), []),
    ("two in one sub-heading", Text(overview="（一）主动公开情况\n好\n（二）依申请公开情况\n好\n（三）信息管理和平台建设情况\n好\n（四）监督保障情况\n好"), []),
    ("in other words", Text(overview="（一）加大公开力度。好。\n（二）规范依申请公开办理。好。\n（三）严格审核把关，完善信息管理。好。\n（四）加强新媒体建设。好。\n（五）强化监督保障。好。"), []),
    ("sub-headings on other things", Text(overview="（一）加强学习。公开9条，办理信息申请3件。\n（二）抓好落实。逐件审核，网站更新。\n（三）力求实效。培训2次。"), []),
    ("nothing but none", Text(other="无。"), [("D002", None)]),
    ("nothing to report", Text(other="本年度没有其他需要报告的事项。"), [("D002", None)]),
    ("other fees only", Text(other="本年度收取行政事业性收费3.6万元。"), [("D002", None)]),
    ("the rules named only", Text(other="组织学习《政府信息公开信息处理费管理办法》。"), [("D002", None)]),
    ("none charged", Text(other="2022年，我局没有收取政府信息公开处理费。"), []),
    ("notices", Text(other="本年度发出收费通知2件，总金额300元。"), []),
    ("none arose", Text(other="本年度未产生信息处理费。"), []),
    ("by the rules: none", Text(other="按照《政府信息公开信息处理费管理办法》收取信息处理费的情况：无。"), []),
    ("zero", Text(other="信息处理费0元。"), []),
    ("any fee", Text(other="未向申请人收取任何费用。"), []),
    ("said elsewhere", Text(also="依申请公开未收取任何费用。", other="无。"), []),
    ("problems only", Text(problems="一是更新不够及时；二是解读形式单一。"), [("D003", "改进情况")]),
    ("only wanting", Text(problems="公开质量有待进一步提高。"), [("D003", "改进情况")]),
    ("improvements only", Text(problems="下一步，继续充实目录，按月检查。"), [("D003", "存在的问题")]),
    ("others' problems", Text(problems="下一步，编印常见问题手册，会商疑难答复。"), [("D003", "存在的问题")]),
    ("heading words only", Text(problems="存在的主要问题及改进情况：今后继续做好公开。"), [("D003", "存在的问题")]),
    ("neither", Text(problems="无。"), []),
    ("none, said so", Text(problems="存在问题：无。"), []),
    ("a distance", Text(problems="与群众的期盼相比还有距离，解读的针对性还要加强，我们将认真研究改进。"), []),
    ("both in one sentence", Text(problems="针对人员流动较大的不足，已组织跟班学习。"), []),
    ("last year's put right", Text(problems="上年度反映的更新不及时问题已整改到位。"), []),
    ("next year", Text(problems="解读形式单一。2023年，拟增加图解。将充实人员。"), []),
    ("government without", Text(agency="云溪县人民政府", published="2023-03-01", overview="2022年主动公开信息9条，依申请公开规范，审核严格，网站更新，培训2次。"), [("D004", "工作考核、社会评议、责任追究")]),
    ("government, one missing", Text(agency="云溪县人民政府", published="2023-03-01", overview=OVERVIEW.replace("，没有责任追究情形", "")), [("D004", "责任追究")]),
    ("town without", Text(agency="云溪县柳林镇", overview=OVERVIEW.replace("社会评议满意，", "")), [("D004", "社会评议")]),
    ("government with", Text(agency="云溪县人民政府", published="2023-03-01"), []),
    ("government, in section six", Text(agency="云溪县人民政府", published="2023-03-01", overview=OVERVIEW.replace("，没有责任追究情形", ""), other="未收取信息处理费，未发生问责情形。"), []),
    ("department without", Text(overview="2022年主动公开信息9条，依申请公开规范，审核严格，网站更新，培训2次。"), []),
    ("office without", Text(agency="云溪县人民政府办公室", overview="2022年主动公开信息9条，依申请公开规范，审核严格，网站更新，培训2次。"), []),
    ("street without", Text(agency="青岩区望江街道办事处", overview="2022年主动公开信息9条，依申请公开规范，审核严格，网站更新，培训2次。"), []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), [pytest.param(*case[1:], id=case[0]) for case in DISCLOSURE])
def test_disclosure(text: Text, expected: list[tuple[str, str | None]]) -> None:
    assert said(text) == expected


# P001: dates

DATES: list[tuple[str, Text, list[str | None]]] = [
    ("department in time", Text(published="2023-01-31"), []),
    ("department a day late", Text(published="2023-02-01"), ["2023-02-01"]),
    ("government in March", Text(agency="云溪县人民政府", published="2023-03-31"), []),
    ("government in April", Text(agency="云溪县人民政府", published="2023-04-01"), ["2023-04-01"]),
    ("town in March", Text(agency="云溪县柳林镇人民政府", published="2023-03-30"), []),
    ("town's office in March", Text(agency="柳林镇人民政府办公室", published="2023-03-30"), []),
    ("street in April", Text(agency="青岩区望江街道办事处", published="2023-04-02"), ["2023-04-02"]),
    ("general office in February", Text(agency="云溪县人民政府办公室", published="2023-02-10"), ["2023-02-10"]),
    ("unknown body in February", Text(agency="云溪县融媒体中心", published="2023-02-10"), []),
    ("early", Text(published="2022-12-30"), []),
    ("no date", Text(published=""), []),
    ("made in time, put up late", Text(front="生成日期：2023-01-20", published="2023-02-20"), []),
    ("both late", Text(front="成文日期：2023年2月8日", published="2023-02-20"), ["2023-02-08"]),
    ("signed in time", Text(published="2023-02-20", tail="云溪县农业农村局\n2023年1月18日"), []),
    ("signed late", Text(published="", tail="云溪县农业农村局\n2023年2月18日"), ["2023-02-18"]),
    ("with time", Text(published="2023-02-06 11:19"), ["2023-02-06"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), [pytest.param(*case[1:], id=case[0]) for case in DATES])
def test_date_of_publication(text: Text, expected: list[str | None]) -> None:
    assert said(text) == [("P001", day) for day in expected]


@pytest.mark.parametrize(("published", "certainty"), [("2023-02-06", "certain"), ("2024-03-06", "likely")])
def test_a_date_years_late_may_be_that_of_a_moved_page(published: str, certainty: str) -> None:
    assert only(Text(published=published)).certainty == certainty


@pytest.mark.parametrize(("day", "unchecked"), [(date(2023, 1, 20), []), (date(2023, 6, 1), ["P001"])])
def test_no_date_after_the_due_date_is_not_checked(day: date, unchecked: list[str]) -> None:
    result = checked(str(Text(published="")), as_of=day)
    assert ([f.code for f in result.findings], [u.code for u in result.unchecked]) == ([], unchecked)


# P002: numbers of persons

PERSONAL: list[tuple[str, str, list[tuple[str, str]]]] = [
    ("identity card", "申请人身份证号：11010519491231002X。", [("110***********002X", "certain")]),
    ("identity card, small x", "身份证11010519491231002x", [("110***********002X", "certain")]),
    ("in groups", "证件号码 110105 19491231 002X", [("110***********002X", "certain")]),
    ("full-width", "身份证号：１１０１０５１９４９１２３１００２Ｘ。", [("110***********002X", "certain")]),
    ("wrong check digit", "编码110105194912310021", []),
    ("no such day", "编码110105194913310020", []),
    ("mobile", "当事人何某（13800138000）", [("138****8000", "certain")]),
    ("mobile in groups", "手机：138 0013 8000", [("138****8000", "certain")]),
    ("mobile with the country's number", "手机：+86 13800138000", [("138****8000", "certain")]),
    ("mobile glued to the country's number", "手机：+8613800138000", [("138****8000", "certain")]),
    ("mobile behind a name", "申请人联系人张某某13800138000", [("138****8000", "likely")]),
    ("calls", "热线电话共接听13800138000次", []),
    ("mobile of an office", "联系电话：13800138000", [("138****8000", "likely")]),
    ("behind a landline", "联系电话：0555-6120001、13800138000。", [("138****8000", "likely")]),
    ("bank card", "退费至银行账户6222020000000000000。", [("6222***********0000", "certain")]),
    ("bank card without a word", "（6222020000000000000）", [("6222***********0000", "likely")]),
    ("wrong Luhn digit", "银行账户6222020000000000001。", []),
    ("landlines", "电话：0555-6120001，传真：0555—6120002，邮编：243000，热线12345、4008123123。", []),
    ("area code with the number", "电话：05556120001", []),
    ("masked already", "申请人138****8000，身份证110105********002X。", []),
    ("credit code", "统一社会信用代码：11341500003175888A", []),
    ("index", "索引号：11010519491231002X/2023-00001", []),
    ("index of digits", "索引号：110105194912310029", []),
    ("web address", "网址：http://www.yunxi.gov.cn/c/13800138000/110105194912310029.html", []),
    ("mail", "邮箱：13800138000@example.cn", []),
    ("registration", "皖公网安备34180202000313号 皖ICP备05004400号-1 网站标识码：3418020037", []),
    ("a long figure", "网站总访问量13800138000次", []),
    ("within a longer run", "流水2313800138000998", []),
]  # fmt: skip


@pytest.mark.parametrize(("words", "expected"), [pytest.param(*case[1:], id=case[0]) for case in PERSONAL])
def test_personal_data(words: str, expected: list[tuple[str, str]]) -> None:
    findings = checked(str(Text(tail=words))).findings
    assert [(finding.actual, finding.certainty) for finding in findings] == expected
    assert {finding.code for finding in findings} <= {"P002"}


def test_a_number_is_never_repeated_in_full() -> None:
    findings = checked(
        str(Text(also="申请人电话13800138000，再拨13800138000，身份证号11010519491231002X。"))
    ).findings
    assert [len(finding.related) for finding in findings] == [1, 0]
    for finding in findings:
        told = [*finding.words, finding.actual, *(words for each in finding.evidence for words in each)]
        told += [edit.text for edit in finding.suggestion.edits] if finding.suggestion else []
        assert not any("13800138000" in (words or "") or "194912310" in (words or "") for words in told)


@pytest.mark.parametrize("output", outputs.FORMATS)
def test_no_output_repeats_a_number(output: str) -> None:
    result = checked(str(Text(also="申请人电话13800138000、身份证号11010519491231002X。")))
    shown = io.StringIO()
    outputs.load(output).write([result], shown)
    assert "P002" in shown.getvalue()
    assert "13800138000" not in shown.getvalue()
    assert "19491231" not in shown.getvalue()


# P003: markings

MARKED: list[tuple[str, Text, str]] = [
    ("starred with a term", Text(front="机密★1年"), "机密★1年"),
    ("starred, spaced", Text(front="秘　密 ★ 长期"), "秘密★长期"),
    ("starred, alone", Text(front="绝密★"), "绝密★"),
    ("level", Text(front="密级：秘密"), "密级：秘密"),
    ("bare", Text(front="机密"), "机密"),
    ("work's own", Text(front="工作秘密"), "工作秘密"),
    ("internal", Text(front="内部资料 注意保存"), "内部资料注意保存"),
    ("internal, bracketed", Text(front="（内部文件，严禁外传）"), "（内部文件，严禁外传）"),
    ("internal, at the end", Text(tail="仅供内部使用"), "仅供内部使用"),
    ("internal, and kept", Text(tail="仅供内部使用，不得外传"), "仅供内部使用，不得外传"),
    ("before the first sentence", Text(preamble="内部资料，注意保存。根据条例编制本报告。"), "内部资料，注意保存"),
    ("run into the first sentence", Text(preamble="内部资料注意保存根据条例编制本报告。"), "内部资料注意保存"),
    ("before the overview", Text(overview="内部材料 严禁外传 " + OVERVIEW), "内部材料严禁外传"),
    ("not public", Text(front="公开属性：不予公开"), "不予公开"),
    ("this one", Text(front="（此件不予公开）"), "（此件不予公开）"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "actual"), [pytest.param(*case[1:], id=case[0]) for case in MARKED])
def test_a_marking_is_found(text: Text, actual: str) -> None:
    assert said(text) == [("P003", actual)]


def test_a_marking_run_into_a_heading_is_found() -> None:
    text = str(Text(overview="内部资料，注意保存。" + OVERVIEW)).replace("一、总体情况\n", "一、总体情况")
    assert [f.actual for f in checked(text).findings if f.code == "P003"] == ["内部资料，注意保存"]


UNMARKED: list[tuple[str, Text]] = [
    ("in a sentence", Text(also="凡涉及国家秘密、商业秘密、个人隐私的，一律不予公开。")),
    ("a review", Text(also="落实保密审查，做到涉密信息不上网。内部文件流转规范。")),
    ("a quoted marking", Text(also="检查中发现带有“机密★”字样的扫描件1份，已撤下。")),
    ("public", Text(front="公开方式：主动公开")),
    ("on application", Text(front="公开属性：依申请公开")),
    ("internal matters", Text(also="属于内部事务信息的不予公开。")),
    ("keeping internal papers", Text(also="\n内部资料注意保存和归档，防止遗失。")),
    ("papers at the head of a sentence", Text(overview="内部资料管理规范。" + OVERVIEW)),
    ("stars of a rating", Text(also="网站评级为五星★★★★★。")),
    ("published", Text(tail="（此件公开发布）")),
]  # fmt: skip


@pytest.mark.parametrize("text", [pytest.param(t, id=i) for i, t in UNMARKED])
def test_words_about_secrets_are_no_marking(text: Text) -> None:
    assert said(text) == []


# Layouts


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("seed", range(20, 26))
def test_clean_reports_in_every_layout_are_silent(layout: str, seed: int) -> None:
    assert checked(LAYOUTS[layout](sample(seed))).findings == []


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_stale_opening_is_found_in_every_layout(layout: str) -> None:
    made = sample(21)
    text = LAYOUTS[layout](made)
    old = text.replace(f"{made.year}年1月1日至", f"{made.year - 1}年1月1日至")
    assert ("C005" in {f.code for f in checked(old).findings}) == (old != text)


def test_a_document_of_years_and_digits_is_read_in_linear_time() -> None:
    for words in (
        "2021年",
        "统计期限",
        "由云溪县",
        "13800138000 ",
        "现将2021年",
        "公布云溪县",
        "机密",
        "未收取",
        "(" * 3,
    ):
        checked(str(Text(also=words * 4000)))
