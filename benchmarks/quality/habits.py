"""Harmless habits of published reports: each must be read without any finding."""

from __future__ import annotations

import random
from collections.abc import Callable

from benchmarks.quality.defects.kind import Defect, Injected, defect
from benchmarks.quality.model import Paragraph, Report, Section


def _label(name: str, does: str, table: str, old: str, new: str) -> Defect:
    def inject(report: Report, draw: random.Random) -> Injected:
        return [] if report.table(table).relabel(old, new) else None

    return defect(name, does, table)(inject)


def _said(name: str, does: str, sentence: str, topic: str = "proactive") -> Defect:
    """A sentence put behind what the overview says of an aspect."""

    def inject(report: Report, draw: random.Random) -> Injected:
        places = [p for p in report.section("overview").paragraphs if p.topic == topic]
        if not places:
            return None
        places[-1].append(sentence.format(year=report.year, last=report.year - 1, we=report.agency.we))
        return []

    return defect(name, does, "overview")(inject)


def _every_section(name: str, does: str, change: Callable[[Section], None]) -> Defect:
    def inject(report: Report, draw: random.Random) -> Injected:
        for section in report.sections:
            change(section)
        return []

    return defect(name, does, "headings")(inject)


def _spaced(section: Section) -> None:
    section.ordinal += " "


def _colon(section: Section) -> None:
    section.heading += "："


def _radical(section: Section) -> None:
    section.ordinal = section.ordinal.translate(str.maketrans("一二", "⼀⼆"))


@defect("heading-and-text", "heading and first sentence in one line", "headings overview", needs="prose")
def heading_and_text(report: Report, draw: random.Random) -> Injected:
    section = report.section("overview")
    first = section.paragraphs[0]
    if not first.text.startswith(str(report.year)):
        return None
    section.body.remove(first)
    section.heading += " " + first.text
    return []


@defect("contents", "a list of contents before the text", "preamble")
def contents(report: Report, draw: random.Random) -> Injected:
    listed = [f"{s.ordinal}{s.heading}{'.' * 12}{n}" for n, s in enumerate(report.sections, 1)]
    report.preamble[:0] = [Paragraph([line]) for line in ("目  录", *listed)]
    return []


@defect("half-width-labels", "half-width brackets in all labels", "applications proactive")
def half_width_labels(report: Report, draw: random.Random) -> Injected:
    for key in ("applications", "proactive"):
        for old, new in (("（", "("), ("）", ")")):
            report.table(key).relabel(old, new)
    return []


@defect("remark-in-cell", "a remark in brackets behind a figure", "proactive")
def remark(report: Report, draw: random.Random) -> Injected:
    cell = report.table("proactive").row("normative_documents").cells[0]
    if int(cell.text) < 2:
        return None
    cell.text += "（其中修订1件）"
    return []


@defect("separators", "thousands separators in all figures of the tables", "applications proactive")
def separators(report: Report, draw: random.Random) -> Injected:
    cells = [c for key in ("applications", "proactive") for row in report.table(key).rows for c in row.cells]
    large = [cell for cell in cells if cell.text.isdecimal() and len(cell.text) > 3]
    for cell in large:
        cell.text = f"{int(cell.text):,}"
    return [] if large else None


@defect(
    "marks-invisible",
    "direction marks and zero-width spaces beside the figures",
    "applications review_litigation",
)
def invisible(report: Report, draw: random.Random) -> Injected:
    for key in ("applications", "review_litigation"):
        for cell in (c for row in report.table(key).rows for c in row.cells):
            cell.text = draw.choice(["\u200e{}", "{}\u200b", "\ufeff{}", "{}"]).format(cell.text)
    return []


@defect("preamble-inside", "the preamble stands inside section one", "preamble overview")
def preamble_inside(report: Report, draw: random.Random) -> Injected:
    if not report.preamble:
        return None
    report.section("overview").body[:0] = report.preamble
    report.preamble = []
    return []


@defect("note-below", "a note below a table", "applications")
def note(report: Report, draw: random.Random) -> Injected:
    report.section("applications").body.append(Paragraph(["注：以上数据来自依申请公开办理系统。"]))
    return []


@defect("sentence-above", "a sentence above each table", "applications proactive review_litigation")
def above(report: Report, draw: random.Random) -> Injected:
    for key in ("proactive", "applications", "review_litigation"):
        report.section(key).body.insert(0, Paragraph(["本部分以表格形式列出，具体如下："]))
    return []


@defect("last-years-problems", "section five begins with what became of last year's problems", "problems")
def last_years(report: Report, draw: random.Random) -> Injected:
    text = f"针对{report.year - 1}年度存在的解读不够及时的问题，已建立同步解读制度，整改到位。"
    report.section("problems").body.insert(0, Paragraph([text]))
    return []


@defect("fees-as-well", "administrative fees told beside the information processing fee", "other")
def fees_as_well(report: Report, draw: random.Random) -> Injected:
    report.section("other").body.append(Paragraph(["行政事业性收费项目未作调整，目录已在网站公布。"]))
    return []


@defect("links-below", "a site's links below the text", "published")
def links(report: Report, draw: random.Random) -> Injected:
    report.tail += ["附件：数据统计表.xlsx", "上一篇：没有了", "扫一扫在手机打开当前页", "【打印】【关闭】"]
    return []


@defect("breadcrumb", "the page's path and its letter sizes above the title", "title")
def breadcrumb(report: Report, draw: random.Random) -> Injected:
    report.title.insert(0, "当前位置：首页 > 政务公开 > 政府信息公开年报")
    report.meta.append("字号：[大 中 小]")
    return []


@defect("short-name", "the body gives itself a short name in brackets", "preamble")
def short_name(report: Report, draw: random.Random) -> Injected:
    names = report.said("agency")
    if not names:
        return None
    names[0][1].text += "（以下简称“本机关”）"
    return []


HABITS: list[Defect] = [
    _every_section("heading-space", "a space behind each heading's number", _spaced),
    _every_section("heading-colon", "a colon behind each heading", _colon),
    _every_section("radicals", "Kangxi radicals for the Han characters of the numbers", _radical),
    heading_and_text,
    contents,
    _label("column-remark", "a remark behind a column's name", "proactive", "现行有效件数", "现行有效件数（历史累计）"),
    _label("label-space", "a space within a label", "applications", "商业企业", "商业 企业"),
    _label("article-space", "a space within an article's number", "proactive", "第二十条第", "第二十条 第"),
    half_width_labels,
    remark,
    separators,
    invisible,
    preamble_inside,
    note,
    above,
    last_years,
    fees_as_well,
    links,
    breadcrumb,
    short_name,
    _said("look-back", "a look back at the year before", "{last}年，政务公开工作在全市评估中位列第三。{year}年，继续保持良好势头。"),
    _said("postings", "counts of postings that are no decisions", "公示行政处罚信息137条、行政许可信息204条。"),
    _said("mail", "counts of messages that are no applications", "办理领导信箱来信86件、热线工单1735件，答复率100%。", "requests"),
    _said("bodies", "counts of bodies, editions, issues", "覆盖直属单位31个，编发简报20期，政务客户端升级到2.0版。", "platform"),
    _said("reduplication", "words that are doubled for good reason", "工作人员天天在线，把点点滴滴的小事办好，方方面面都照顾到。", "supervision"),
    _said("plan", "the plan of the year named", "对照《{year}年政务公开工作要点》逐项落实。"),
    _said("review-wish", "a wish for the next year", "下一年将继续扩大公开范围。", "supervision"),
]  # fmt: skip
