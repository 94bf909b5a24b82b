"""Invented archives: agencies with series of years, consistent from year to year but for the mistakes that are planted.

An archive is drawn from a seed. Figures carry over, documents in force go on, and no two texts are alike.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field

from making.corpus import KINDS, LAYOUTS, Cells, Heading, Paragraph, Sample, _tables, figures

from govlint.template.loader import load

TEMPLATE = load("ogi-2021")
_LAYOUTS = ("bars", "tabs", "markdown", "outer-bars", "furnished", "full-width")
_PROVINCES = ["东陵省", "北原省", "南溪省", "西岭省", "中川省"]
_SYLLABLES = (
    "云临石白南金青桐柳望江河泉岭原溪浦峪滩州安平宁和康永兴隆昌泰嘉瑞丰裕清源峰林海湖松柏梅兰竹菊荷莲".strip()
)
_BUREAUS = [
    "教育局",
    "水务局",
    "财政局",
    "民政局",
    "司法局",
    "农业农村局",
    "卫生健康委员会",
    "市场监督管理局",
    "生态环境局",
    "交通运输局",
    "文化和旅游局",
    "应急管理局",
    "医疗保障局",
    "统计局",
    "审计局",
]
_TIMES = [
    "年初",
    "三月",
    "上半年",
    "六月",
    "暑期",
    "第三季度",
    "入秋后",
    "十月",
    "年底",
    "全年",
    "春耕前",
    "汛期",
]
_WHO = [
    "办公室",
    "政策法规科",
    "信息中心",
    "窗口人员",
    "各科室",
    "下属单位",
    "值班小组",
    "联络员",
    "宣传科",
    "综合科",
    "驻村队员",
    "督查组",
]
_DID = [
    "逐条核对",
    "重新编排",
    "公开征集",
    "集中清理",
    "派员讲解",
    "现场核实",
    "电话回访",
    "分批上线",
    "联合审查",
    "限期补录",
    "翻译整理",
    "抽样检查",
    "汇编成册",
    "张贴公示",
    "录制播出",
]
_WHAT = [
    "供水管网改造的进度",
    "学位分配的办法",
    "救灾物资的去向",
    "惠农补贴的名单",
    "拆迁补偿的标准",
    "医保报销的流程",
    "河道清淤的招标",
    "校车线路的调整",
    "古树名木的目录",
    "公租房轮候的顺序",
    "食品抽检的结果",
    "执法车辆的台账",
    "预算调整的说明",
    "基层干部的培训",
    "老年食堂的选址",
    "停车泊位的收费",
    "排污口的监测",
    "养殖场的验收",
    "非遗展馆的开放",
    "桥梁检修的计划",
    "困难职工的帮扶",
    "农机购置的审批",
    "噪声投诉的处理",
    "林权登记的档案",
    "扶贫车间的用工",
]
_HOW = [
    "并在三个工作日内答复来电",
    "使群众少跑两趟",
    "由监督员签字确认",
    "附上图解和问答",
    "按村组张贴",
    "同步推送到手机",
    "接受人大代表询问",
    "结果记入考核",
    "比上一轮提前十天",
    "邀请商户代表旁听",
    "留存影像备查",
    "发现的差错当场改正",
    "另设意见箱",
    "由第三方复核",
    "一并译成方言广播",
    "纳入巡查清单",
    "逐户送达",
    "与邻县交换资料",
]


@dataclass
class Planted:
    """A document of an archive, and the codes of the rules between documents that it should be told of."""

    path: str
    text: str
    codes: set[str] = field(default_factory=set)
    agency: str = ""
    year: int = 0


def agency_names(draw: random.Random, count: int) -> list[str]:
    names: dict[str, None] = {}
    while len(names) < count:
        county = "".join(draw.sample(_SYLLABLES, 2)) + draw.choice("县县区")
        city = "".join(draw.sample(_SYLLABLES, 2)) + "市"
        for bureau in draw.sample(_BUREAUS, 6):
            names[f"{city}{county}{bureau}"] = None
    return list(names)[:count]


def sentence(draw: random.Random) -> str:
    return f"{draw.choice(_TIMES)}，{draw.choice(_WHO)}{draw.choice(_DID)}{draw.choice(_WHAT)}，{draw.choice(_HOW)}。"


def prose(draw: random.Random, year: int, cells: Cells) -> dict[str, str]:
    aspects = ("主动公开", "依申请公开", "政府信息管理", "政府信息公开平台建设", "监督保障")
    said = f"全年新收政府信息公开申请{cells['applications.new_received.total']}件。"
    overview = [
        f"（{number}）{aspect}。{said if number == '二' else ''}{sentence(draw)}{sentence(draw)}"
        for number, aspect in zip("一二三四五", aspects, strict=True)
    ]
    return {
        "overview": "\n".join([f"{year}年，本机关做好政府信息公开各项工作。", *overview]),
        "problems": f"存在的问题：{sentence(draw)}{sentence(draw)}\n改进情况：{sentence(draw)}{sentence(draw)}",
        "other": f"本年度未发出信息处理费收费通知，未收取信息处理费。{sentence(draw)}",
    }


def next_year(draw: random.Random, last: Cells | None, largest: int) -> Cells:
    """Figures that go on from last year's."""
    cells = figures(draw, largest)
    if last is None:
        return cells
    for kind in KINDS:
        carried = last[f"applications.carried_out.{kind}"]
        handled = cells[f"applications.outcome_total.{kind}"]
        short = max(0, carried - handled - cells[f"applications.carried_out.{kind}"])
        for row in ("granted", "outcome_total"):
            cells[f"applications.{row}.{kind}"] += short
        cells[f"applications.carried_in.{kind}"] = carried
        cells[f"applications.new_received.{kind}"] = (
            handled + short + cells[f"applications.carried_out.{kind}"] - carried
        )
    for row in ("granted", "outcome_total", "carried_in", "new_received"):
        cells[f"applications.{row}.total"] = sum(cells[f"applications.{row}.{kind}"] for kind in KINDS)
    for row in ("regulations", "normative_documents"):
        before = last[f"proactive.{row}.in_force"]
        repealed = min(cells[f"proactive.{row}.repealed"], before)
        cells[f"proactive.{row}.repealed"] = repealed
        cells[f"proactive.{row}.in_force"] = before + cells[f"proactive.{row}.issued"] - repealed
    for row in ("licensing", "penalties", "coercion"):
        before = last[f"proactive.{row}.decisions"]
        cells[f"proactive.{row}.decisions"] = max(0, before + draw.randint(-before // 4, before // 4 + 2))
    cells["proactive.fees.amount"] = last["proactive.fees.amount"]
    return cells


def document(agency: str, year: int, cells: Cells, words: dict[str, str], layout: str, day: int = 16) -> str:
    published = f"{year + 1}-01-{day:02}"
    head = [f"{agency}{year}年政府信息公开工作年度报告", f"发布时间：{published}"]
    made = Sample(agency, year, published, cells, head, [])
    tables = _tables(cells, TEMPLATE)
    for spec in TEMPLATE.sections.values():
        made.blocks.append(Heading(spec.ordinal, spec.words))
        if spec.table:
            made.blocks.append(tables[spec.table])
        else:
            made.blocks += [Paragraph(line) for line in words[spec.key].split("\n")]
    return LAYOUTS[layout](made)


def archive(
    agencies: int, years: range, seed: int = 0, mistakes: float = 0.0, largest: int = 40
) -> Iterator[Planted]:
    """Documents of so many agencies, agency by agency; ``mistakes`` is the share of agencies with a planted one."""
    draw = random.Random(seed)
    sources: dict[int, dict[str, str]] = {}
    for number, agency in enumerate(agency_names(draw, agencies)):
        kind = (
            draw.choice(("H001", "H002", "H003", "A001", "A002", "A003")) if draw.random() < mistakes else ""
        )
        at = draw.choice(list(years)[1:-1] or list(years))
        folder = f"{number // 100:04}/{agency}"
        last: Cells | None = None
        before: dict[str, str] = {}
        for year in years:
            cells = next_year(draw, last, largest)
            words = prose(draw, year, cells)
            codes: set[str] = set()
            if year == at + 1 and kind == "A001":
                codes.add("A001")
            if year == at:
                if kind == "A001" and year not in (years[0], years[-1]):
                    continue
                codes |= _mistake(draw, kind, cells, words, before, sources.get(year), year > years[0])
            last = dict(cells)
            layout = draw.choice(_LAYOUTS)
            day = draw.randint(20, 28) if "A003" in codes else draw.randint(5, 15)
            path = f"{folder}/{year}.txt"
            if year == at and kind == "A002":
                other = dict(cells)
                other["proactive.licensing.decisions"] += 9
                yield Planted(
                    f"{folder}/{year}-附件.txt",
                    document(agency, year, other, words, layout),
                    {"A002"},
                    agency,
                    year,
                )
                codes.add("A002")
            yield Planted(path, document(agency, year, cells, words, layout, day), codes, agency, year)
            before = words
            if not codes and not kind and draw.random() < 0.2:
                sources[year] = words


def _mistake(
    draw: random.Random, kind: str, cells: Cells, words: dict[str, str], before: dict[str, str],
    copied: dict[str, str] | None, later: bool,
) -> set[str]:  # fmt: skip
    """Plant one mistake; the codes that tell of it."""
    if kind == "H001" and later:
        for row in ("carried_in", "outcome_total", "granted"):
            for column in ("natural_person", "total"):
                cells[f"applications.{row}.{column}"] += 3
        return {"H001"}
    if kind == "H002" and later:
        cells["proactive.normative_documents.in_force"] += 5
        return {"H002"}
    if kind == "H003" and later:
        words["overview"], words["problems"] = before["overview"], before["problems"]
        return {"H003"}
    if kind == "A003" and copied:
        words["overview"], words["problems"] = copied["overview"], copied["problems"]
        return {"A003"}
    return set()
