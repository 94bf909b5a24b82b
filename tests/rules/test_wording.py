"""What the rules of wording say of single sentences, and what they must not say of right ones."""

from __future__ import annotations

import pytest
from making.corpus import LAYOUTS, sample

from govlint.document import Document
from govlint.linting.examples import apply_example, model_report
from govlint.linting.linter import check
from govlint.linting.settings import Settings
from govlint.rule import Example, Finding

SETTINGS = Settings(select=("W",))


def findings(text: str, settings: Settings = SETTINGS) -> list[Finding]:
    return list(check(Document("report.txt", "text", text), settings).findings)


def said(text: str) -> set[tuple[str, str]]:
    return {
        (finding.code, text[finding.span.start : finding.span.end])
        for finding in findings(text)
        if finding.span
    }


# Each sentence stands in the overview of a report of 2022; with it, what must be said of it and nothing else.

WRONG: list[tuple[str, str, str]] = [
    # names of laws and documents
    ("W001", "本局认真学习《中华人民共和国信息公开条例》。", "中华人民共和国信息公开条例"),
    ("W001", "根据《中华人民共和国政府信息公开管理条例》编制。", "中华人民共和国政府信息公开管理条例"),
    ("W001", "依照中华人民共和国政务公开条例的规定办理。", "中华人民共和国政务公开条例"),
    ("W001", "按照《政府信息公开条列》要求及时答复。", "政府信息公开条列"),
    ("W001", "按照《中华人民共和国政府信息公条例》要求答复。", "中华人民共和国政府信息公条例"),
    ("W001", "执行《政府信息公开处理费管理办法》。", "政府信息公开处理费管理办法"),
    ("W001", "执行《政府信息公开信息处理费管理办发》。", "政府信息公开信息处理费管理办发"),
    ("W001", "对照《公共企事业单位信息公开规定制订办法》开展指导。", "公共企事业单位信息公开规定制订办法"),
    ("W001", "执行《政府信息公开信息处理费管理办法》（国办函〔2020〕190号）。", "国办函〔2020〕190号"),
    ("W001", "执行《政府信息公开信息处理费管理办法》（国办发〔2020〕109号）。", "国办发〔2020〕109号"),
    ("W001", "根据《中华人民共和国政府信息公开条例》（国务院令第117号）编制。", "国务院令第117号"),
    ("W001", "根据《中华人民共和国政府信息公开条例》（国务院第492号令）编制。", "国务院第492号令"),
    (
        "W001",
        "按照《关于政府信息公开工作年度报告有关事项的通知》（国办公开办函〔2019〕60号）编制。",
        "国办公开办函〔2019〕60号",
    ),
    (
        "W001",
        "落实《国务院办公厅关于印发2022年政务公开工作要点的通知》（国办发〔2022〕18号）。",
        "国办发〔2022〕18号",
    ),
    ("W001", "依据《合同法》审核采购合同。", "合同法"),
    ("W001", "依法办理《中华人民共和国复议法》规定的事项。", "中华人民共和国复议法"),
    (
        "W001",
        "按照《中华人民共和国政府信息公开工作年度报告格式（试行）》编制。",
        "中华人民共和国政府信息公开工作年度报告格式（试行）",
    ),
    (
        "W001",
        "按照《中华人民共和国政府信息公开工作年度报告格式》（试行）编制。",
        "中华人民共和国政府信息公开工作年度报告格式",
    ),
    ("W001", "按照年度报告格式（试行）编制。", "年度报告格式（试行）"),
    (
        "W001",
        "根据《关于政府信息公开工作年度报告有关事项的通知》要求编制。",
        "关于政府信息公开工作年度报告有关事项的通知",
    ),
    # punctuation
    ("W002", "全年培训2次,参加人员增加。", ","),
    ("W002", "一是更新栏目;二是清理文件。", ";"),
    ("W002", "主要做法有:更新栏目。", ":"),
    ("W002", "栏目更新及时.", "."),
    ("W002", "本机关(含下属单位)均已公开。", "("),
    ("W002", "本机关（含下属单位)均已公开。", ")"),
    ("W002", "栏目更新及时。。", "。。"),
    ("W002", "栏目更新，，检索方便。", "，，"),
    ("W002", "公开预算、，决算。", "、，"),
    ("W002", "落实“放管服改革要求。", "“"),
    ("W002", "落实放管服”改革要求。", "”"),
    ("W002", "印发《公开指南。", "《"),
    ("W002", "本机关（含下属单位均已公开。", "（"),
    ("W002", '落实"放管服"改革要求。', '"'),
    ("W002", "公开(全文),更新;清理。", "("),
    # numerals
    ("W003", "全年培训２次。", "２"),
    ("W003", "二〇二二年培训2次，比2021年多1次。", "二〇二二年"),
    ("W003", "二零二二年培训2次。", "二零二二年"),
    ("W003", "二○二一年修订的目录已经更新。", "二○二一年"),
    ("W003", "网站访问12,345次，公众号阅读23456次。", "12,345"),
    ("W003", "网站访问1234,567次。", "1234,567"),
    ("W003", "每月抽查3、4个栏目。", "3、4个"),
    ("W003", "每月抽查3,4个栏目。", "3,4个"),
    # words
    ("W004", "截止2022年12月31日，公开信息210条。", "截止"),
    ("W004", "截止12月底，公开信息210条。", "截止"),
    ("W004", "截止目前，没有收到申请。", "截止"),
    ("W004", "可登陆县政府门户网站查询。", "登陆"),
    ("W004", "登陆“云溪通”平台提交申请。", "登陆"),
    ("W004", "公众号帐号由专人管理。", "帐号"),
    ("W004", "建立整改台帐。", "台帐"),
    ("W004", "做为县政府的组成部门，本局带头公开。", "做为"),
    ("W004", "既使没有申请，也保持渠道畅通。", "既使"),
    ("W004", "专题布署政务公开工作。", "布署"),
    ("W004", "做出安排部属。", "安排部属"),
    ("W004", "认真听取群众反应的问题。", "反应"),
    ("W004", "及时向社会公步。", "公步"),
    ("W004", "发布前必需经过审查。", "必需"),
    ("W004", "好象没有公开一样。", "好象"),
    ("W004", "公开大部份内容。", "部份"),
    ("W004", "开通再线咨询。", "再线"),
    ("W004", "按步就班推进。", "按步就班"),
    ("W004", "会议要求贯切落实。", "贯切"),
    ("W004", "新栏目以经开通。", "以经"),
    ("W004", "即要公开，又要保密。", "即要"),
    ("W004", "对申请一律于以答复。", "于以"),
    ("W004", "及时给于答复。", "给于"),
    ("W004", "提高政府工作透明渡。", "透明渡"),
    ("W004", "杜决虚假信息。", "杜决"),
    ("W004", "提供政策资询。", "资询"),
    ("W004", "答覆了全部申请。", "答覆"),
    ("W004", "由付主任分管。", "付主任"),
    ("W004", "园满完成全年任务。", "园满"),
    ("W004", "建立建全各项制度。", "建立建全"),
    ("W004", "本年度末收到申请。", "末"),
    ("W004", "年未，组织考核。", "年未"),
    ("W004", "目录己公开。", "己"),
    ("W004", "没有收到行政复仪申请。", "行政复仪"),
    ("W004", "规范依申公开办理。", "依申公开"),
    ("W004", "提高信息的的质量。", "的的"),
    ("W004", "健全全流程管理和和考核。", "和和"),
    ("W004", "进一步进一步规范流程。", "进一步进一步"),
    ("W004", "做好政府信息公开公开。", "公开公开"),
    ("W004", "属于过程性性信息。", "性性"),
    ("W004", "进一步完善保障保障机制。", "保障保障"),
    ("W004", "加强监督监督管理。", "监督监督"),
    ("W004", "经云溪县县人民政府批准。", "县县"),
    ("W004", "由柳林镇镇人民政府答复。", "镇镇"),
    ("W004", "按期清理规范性文件规范性文件。", "规范性文件规范性文件"),
    ("W004", "做好政府信息公开政府信息公开工作。", "政府信息公开政府信息公开"),
    ("W004", "全年，培训培训2次。", "培训培训"),
    ("W004", "各项任务任务顺利办结。", "任务任务"),
    ("W004", "六项要点全部全部落实。", "全部全部"),
    ("W004", "做好政务公开围绕围绕群众关切。", "围绕围绕"),
    ("W004", "公开工作质量持续提升。公开工作质量持续提升。", "公开工作质量持续提升。公开工作质量持续提升"),
    ("W004", "问题主要反应在更新滞后上。", "反应在"),
]

RIGHT = [
    # doubled by right
    "天天更新，点点滴滴落实，方方面面兼顾，一件一件办理，逐项逐项核对。",
    "坚持依法行政行政许可公开，强化监督保障保障有力，做好人民政府政府信息公开工作。",
    "临河市市场监管局、区区级部门和各县县委均已公开。",
    "由云溪县政务公开领导小组办公室办公室主任负责，会同石滩市国有资产监督管理委员会委员会成员。",
    "在政务服务服务中心设置专区，抓好信息公开公开平台建设，落实政策解读解读材料同步。",
    "做到件件有着落、事事有回音，件件有着落；谁主管谁负责、谁公开谁负责。",
    "核对全年任务任务书，建设根据根据地史实，按时完成完成率达百分之百。",
    # names
    "落实新修订的《条例》，执行《政府信息公开条例》和《信息公开条例》。",
    "根据《中华人民共和国政府信息公开条例》（中华人民共和国国务院令第711号）编制。",
    "根据《中华人民共和国政府信息公开条例》（国务院令 第 711 号，以下简称《条例》）编制。",
    "按照《国务院办公厅关于印发〈政府信息公开信息处理费管理办法〉的通知》（国办函〔2020〕109号）执行。",
    "按照《政府信息公开信息处理费管理办法》的通知（国办函[2020]109号）执行。",
    "按照《公共企事业单位信息公开规定制定办法》（国办发〔2020〕50号）开展指导。",
    "落实《云溪县政府信息公开管理条例》和《东陵省信息公开规定》。",
    "修订《云溪县农业农村局政府信息公开指南》《政府信息公开目录》《政府信息公开制度》。",
    "落实《2022年东陵省政务公开工作要点》（东政办发〔2022〕8号）。",
    "关于贯彻《中华人民共和国政府信息公开条例》的通知（国办发〔2007〕54号）已经归档。",
    "条例于2007年公布（国务院令第492号），2019年修订。",
    "原《信访条例》废止后，按照《信访工作条例》办理。",
    "学习《中华人民共和国行政处罚法》《中华人民共和国行政许可法》《中华人民共和国民事诉讼法》。",
    "宣传《中华人民共和国刑事诉讼法》《中华人民共和国消防法》《中华人民共和国税收征收管理法》。",
    "公布《2021年政务公开工作要点》落实情况和《2023年政务公开工作要点》分工。",
    "按照《关于做好政府信息公开工作年度报告有关事项的通知》编制《政府信息公开工作年度报告》。",
    "整理《政府信息公开案例》《政府信息公开工作年度报告模板》和《信息处理费管理办法》。",
    # punctuation
    "网址：http://www.yunxi.example/zwgk/,电子邮箱：a,b@yunxi.example。",
    "热线8:30至17:30有人值守，比例为3:2，版本为2.0版，占45.3%。",
    "访问12,345次；其中：1)解读3篇；2)答问2篇。",
    "一）更新栏目；二）清理文件；A）组织培训。",
    "怎么办？！“一图读懂”说得清楚……全部公开——没有例外！",
    "电话：0555-6120001（办公室），传真(0555)6120002。",
    "公开“三公”经费和《指南》（含〔2021〕1号文件【试行】）全文。",
    "政务APP（Ver. 2.1, beta）已经上线, OK.",
    "实行‘三审三校’，做到“应公开、尽公开”。",
    # numerals
    "“十四五”规划、第二十次党代会、中央八项规定、一二三产业。",
    "公布《二〇二〇年修订目录》（2022年版）。",
    "发布信息12345条，制发文件23456件。",
    "访问12,345次，办理1204件，邮编236700，文号20220113号。",
    "第3、4季度，3、4月份，第5、6项，1、2级响应。",
    "三四个月内、十二三件、百分之五。",
    # words
    "征集的截止日期为12月10日，报名已于2022年12月10日截止，报名截止12月10日。",
    "统计截止时间为2022年12月31日，截止到12月31日有效。",
    "台风登陆期间，网站发布预警；强台风登陆我县前，平台运行平稳。",
    "群众反应强烈，快速反应机制健全，接种后不良反应情况已经公开。",
    "做为民服务的表率，叫做为群众办实事，把公开看做为民之举。",
    "既使群众看得懂，又使企业用得上。",
    "生活必需品保供信息每日公开，所必需的材料一次告知。",
    "气象素质、对象征集、形象征用、一分为二。",
    "部属高校、帐篷物资、渡过难关、其它事项、制订办法、想像空间。",
    "为群众提供了了解政策的渠道，以及及时更新，参与与互动，普及及推广。",
    "以公开为目的的改革，标的的公示，研究目的的说明。",
    "依申请公开公开目录，政务公开工作工作方案，信息公开信息化。",
    "年末收到来信，周末公开值班，期末能办结，岁末未收到投诉。",
    "自己公开、知己知彼、利己、一己之私。",
    "可以申请公开政府信息，申请人可以申请公开。",
    "在于以公开促落实，对于以答复代替公开的，予以纠正。",
    "救灾物资迅速到位，交通迅速恢复，投资询价公开，精简迅速推进。",
    "一贯切实履职，广泛围绕热点，月份围绕主题，期限内函告。",
    "预防犯罪、公函盖章、恢复盖章、交付主任审签、校园满意度。",
    "新增近百条，整改近期完成，督促近日办结。",
    "根据根据地建设，市直各部门部门预算，社会组织组织活动，推进推进会。",
    "成都都市圈，首都都市，年年公开，件件落实，层层把关，人人参与，常常检查，等等。",
    "存在在建项目，潜在在途，实实在在，不了了之。",
    "协力渡难关、摆渡口、渡假村。",
    "提供公式、建全民健身中心、构建全领域目录。",
    "法官答辩认为，答辩识别，环保秘书处，保密秘书。",
    "出台布局，公布署名，公布步骤，办公步行可达。",
    "湿法冶金，防治，综治，法治。",
    "教授于2022年授课，交给于某办理。",
]


def placed(sentence: str) -> str:
    return apply_example(Example(text="\n" + sentence, section="overview"))


@pytest.mark.parametrize(("code", "sentence", "words"), WRONG, ids=[sentence for _, sentence, _ in WRONG])
def test_what_is_wrong_is_said_once(code: str, sentence: str, words: str) -> None:
    text = placed(sentence)
    assert said(text) == {(code, words)}
    assert len(findings(text)) == 1


@pytest.mark.parametrize("sentence", RIGHT)
def test_nothing_is_said_of_what_is_right(sentence: str) -> None:
    assert said(placed(sentence)) == set()


@pytest.mark.parametrize(
    ("year", "code"), [("2021", []), ("2022", []), ("2023", ["W001"])], ids=["2021", "2022", "2023"]
)
def test_a_regulation_is_held_to_the_year_reported_on(year: str, code: list[str]) -> None:
    """In force until 2022-05-01: in that year's report it may be cited."""
    text = placed("按照《信访条例》办理来信。").replace("2022年", f"{year}年")
    assert [finding.code for finding in findings(text)] == code


def test_each_edition_of_the_format_is_right_in_its_years() -> None:
    notice = "按照《关于政府信息公开工作年度报告有关事项的通知》（国办公开办函〔2019〕60号）编制。"
    text = apply_example(Example(text="\n" + notice, section="overview", template="ogi-2019"))
    assert said(text) == set()


def test_a_slip_that_is_repeated_is_one_finding() -> None:
    text = placed(
        "截止2022年6月30日公开9条。\n截止2022年12月31日公开210条。\n根据《中华人民共和国信息公开条例》。"
    )
    text = text.replace("五、存在", "根据《中华人民共和国信息公开条例》。\n五、存在")
    codes = [finding.code for finding in findings(text)]
    assert sorted(codes) == ["W001", "W004"]


@pytest.mark.parametrize(
    ("marks", "code"),
    [("，：；（）", "W002"), ("0123456789", "W003")],
)
def test_a_habit_is_one_finding_with_every_edit(marks: str, code: str) -> None:
    half = (
        str.maketrans("，：；（）", ",:;()")
        if code == "W002"
        else {ord("0") + n: ord("０") + n for n in range(10)}
    )
    head, body = model_report("ogi-2021").split("一、总体情况")
    text = head + "一、总体情况" + body.translate(half)
    (finding,) = findings(text)
    assert finding.code == code
    assert finding.suggestion is not None
    assert len(finding.suggestion.edits) > 5
    assert all(edit.safe for edit in finding.suggestion.edits)


@pytest.mark.parametrize("template", ["ogi-2021", "ogi-2019"])
def test_clean_reports_are_clean_in_every_layout(template: str) -> None:
    for seed in range(36):
        name = list(LAYOUTS)[seed % len(LAYOUTS)]
        found = findings(LAYOUTS[name](sample(seed, template=template)))
        assert [finding.code for finding in found] == (["W003"] if name == "full-width" else []), name


def test_lines_that_a_page_has_wrapped_belong_together() -> None:
    text = model_report("ogi-2021").replace(
        "（电话：0555-6120001）", "（地址：云溪县青石大道7号农业大厦2112室，电话：0555-6120001）"
    )
    paragraphs = [line for line in text.split("\n") if "|" not in line]
    wrapped = "\n".join(line[at : at + 26] for line in paragraphs for at in range(0, max(1, len(line)), 26))
    assert said(wrapped) == set()


def test_words_of_tables_headings_and_pages_are_left_to_other_rules() -> None:
    text = model_report("ogi-2021")
    text = text.replace("法律服务机构", "法律服务机构(含台帐)", 1).replace(
        "浏览次数", "登陆平台 帐号 浏览次数"
    )
    assert said(text.replace("五、存在的主要问题", "五、存在的的主要问题")) == set()


def test_the_lists_hold_nothing_twice() -> None:
    from govlint.checks.wordlists import word_list

    words = [wrong for entry in word_list("wording/words")["entry"] for wrong in entry["words"]]
    assert sorted(set(words)) == sorted(words)
    right = {right for entry in word_list("wording/words")["entry"] for right in entry["words"].values()}
    assert not right & set(words)
    titles = [
        name
        for entry in word_list("wording/instruments")["instrument"]
        for name in (entry["title"], *entry.get("short", ()), *entry.get("wrong", ()))
    ]
    assert sorted(set(titles)) == sorted(titles)
