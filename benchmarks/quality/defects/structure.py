"""Sections, headings, title, edition: S001 to S009, and what is no report at all."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable

from benchmarks.quality import form
from benchmarks.quality.defects.kind import Defect, Expected, Injected, defect
from benchmarks.quality.figures import draw_figures
from benchmarks.quality.model import Paragraph, Report, Section

_PROSE = ("overview", "problems", "other")
_ALL = "headings title preamble overview requests proactive applications review_litigation problems other"


def renumber(report: Report) -> None:
    """Headings counted anew from 一、."""
    for ordinal, section in zip(form.ORDINALS, report.sections, strict=False):
        section.ordinal = f"{ordinal}、"


def _parts(key: str) -> str:
    """What a whole section holds."""
    return f"headings {key}" + " requests" * (key == "overview")


def _dropped(key: str, counted_anew: bool) -> Defect:
    def inject(report: Report, draw: random.Random) -> Injected:
        report.sections.remove(report.section(key))
        if counted_anew:
            renumber(report)
        return [Expected("S001", names=form.HEADINGS[key])]

    how = "renumbered" if counted_anew else "gap"
    does = f"section {key} left out, " + ("the others counted anew" if counted_anew else "its number too")
    return defect(f"section-missing-{key}-{how}", does, _parts(key))(inject)


@defect("sections-swapped", "problems and other exchanged with their numbers", "headings problems other")
def sections_swapped(report: Report, draw: random.Random) -> Injected:
    report.sections[4:] = reversed(report.sections[4:])
    return [Expected("S002")]


@defect(
    "sections-swapped-renumbered",
    "two table sections exchanged, counted anew",
    "headings applications review_litigation",
)
def sections_swapped_renumbered(report: Report, draw: random.Random) -> Injected:
    report.sections[2:4] = reversed(report.sections[2:4])
    renumber(report)
    return [Expected("S002")]


@defect("section-moved", "the overview moved to the end, counted anew", "headings overview requests")
def section_moved(report: Report, draw: random.Random) -> Injected:
    report.sections.append(report.sections.pop(0))
    renumber(report)
    return [Expected("S002")]


_HEADINGS = {
    "overview": ("概述", "总体工作情况"),
    "proactive": ("主动公开情况", "行政机关主动公开政府信息情况"),
    "applications": ("依申请公开政府信息情况", "收到和处理政府信息公开申请情兄"),
    "review_litigation": (
        "因政府信息公开工作被申请行政复议、提起行政诉讼情况",
        "政府信息公开行政复议和行政诉讼情况",
    ),
    "problems": ("存在问题及改进情况", "政府信息公开工作存在的主要问题及改进情况"),
    "other": ("其他事项", "其它需要报告的事项"),
}


def _reworded(key: str) -> Defect:
    def inject(report: Report, draw: random.Random) -> Injected:
        section = report.section(key)
        section.heading = draw.choice(_HEADINGS[key])
        return [Expected("S003", at=section.heading, section=key)]

    return defect(f"heading-reworded-{key}", f"heading of {key} in other words", f"heading-{key} headings")(
        inject
    )


def _ordinals(name: str, does: str, mark: Callable[[int], str]) -> Defect:
    """All headings counted in another style."""

    def inject(report: Report, draw: random.Random) -> Injected:
        for n, section in enumerate(report.sections):
            section.ordinal = mark(n)
        return [Expected("S004")]

    return defect(name, does, "headings")(inject)


def _one_ordinal(name: str, does: str, at: int, ordinal: str) -> Defect:
    def inject(report: Report, draw: random.Random) -> Injected:
        section = report.sections[at]
        section.ordinal = ordinal
        return [Expected("S004", at=section.heading, section=section.key)]

    return defect(name, does, "headings")(inject)


def _emptied(key: str) -> Defect:
    def inject(report: Report, draw: random.Random) -> Injected:
        report.section(key).body = []
        return [Expected("S005" if key in _PROSE else "S005|T001", at=form.HEADINGS[key], section=key)]

    return defect(f"section-empty-{key}", f"nothing under the heading of {key}", _parts(key))(inject)


def _doubled(key: str) -> Defect:
    def inject(report: Report, draw: random.Random) -> Injected:
        at = report.sections.index(report.section(key))
        report.sections.insert(at + 1, copy.deepcopy(report.sections[at]))
        return [Expected("S006", names=form.HEADINGS[key])]

    return defect(f"section-twice-{key}", f"section {key} stands there twice", _parts(key))(inject)


def _titled(name: str, does: str, title: str) -> Defect:
    """Another title; ``{agency}`` and ``{year}`` are filled in."""

    def inject(report: Report, draw: random.Random) -> Injected:
        words = title.format(agency=report.agency.name, year=report.year)
        report.title = [words] if words else []
        for metadata, told in (("agency", report.said("agency")), ("year", report.said("year", "from"))):
            # What the title does not tell, the preamble may.
            if f"{{{metadata}}}" not in title and not any(p in report.preamble for p, _ in told):
                report.hidden.add(metadata)
        return [Expected("S007", at=words)]

    return defect(name, does, "title preamble")(inject)


def _unexpected(name: str, does: str, at: int, heading: str, text: str) -> Defect:
    def inject(report: Report, draw: random.Random) -> Injected:
        report.sections.insert(at, Section("", "", heading, [Paragraph([text])]))
        renumber(report)
        return [Expected("S008", at=heading)]

    return defect(name, does, "headings")(inject)


@defect("edition-2019-in-2021", "all tables in the form of 2019 in a later report", _ALL)
def edition_of_2019(report: Report, draw: random.Random) -> Injected:
    if report.edition != "ogi-2021" or report.said("made", "repealed", "in_force", "licences", "penalties"):
        return None
    figures = draw_figures(draw, "ogi-2019")
    figures |= {a: v for a, v in report.figures.items() if a.split(".")[0] != "proactive"}
    late = ("other_not_corrected", "other_fee_unpaid", "other_reason")
    for kind in form.APPLICANTS:
        parts = [report.figures[f"applications.{row}.{kind}"] for row in late]
        figures[f"applications.other_handling.{kind}"] = sum(parts)
    return _with_tables(report, form.tables("ogi-2019", figures))


@defect(
    "edition-2019-proactive",
    "table 2 alone in the form of 2019 in a later report",
    "proactive overview requests",
)
def edition_of_2019_proactive(report: Report, draw: random.Random) -> Injected:
    if report.edition != "ogi-2021" or report.said("made", "repealed", "in_force", "licences", "penalties"):
        return None
    report.section("proactive").body = [form.tables("ogi-2019", draw_figures(draw, "ogi-2019") | report.figures | {
        f"applications.other_handling.{kind}": 0 for kind in form.APPLICANTS
    })["proactive"]]  # fmt: skip
    report.comparable = False
    return [Expected("S009", section="proactive")]


@defect("edition-2021-in-2020", "all tables in the form of 2021 in a report of 2019 or 2020", _ALL)
def edition_of_2021(report: Report, draw: random.Random) -> Injected:
    if report.edition != "ogi-2019":
        return None
    figures = draw_figures(draw, "ogi-2021")
    figures |= {a: v for a, v in report.figures.items() if a.split(".")[0] != "proactive"}
    for kind in form.APPLICANTS:
        figures[f"applications.other_reason.{kind}"] = figures[f"applications.other_handling.{kind}"]
        figures |= {f"applications.other_{row}.{kind}": 0 for row in ("not_corrected", "fee_unpaid")}
    return _with_tables(report, form.tables("ogi-2021", figures))


def _with_tables(report: Report, tables: dict) -> Injected:
    for key, table in tables.items():
        report.section(key).body = [table]
    report.comparable = False
    return [Expected("S009")]


@defect("no-report", "a notice in the place of the report", _ALL)
def no_report(report: Report, draw: random.Random) -> Injected:
    report.title, report.preamble, report.sections = ["关于开展消防安全检查的通知"], [], []
    report.tail = ["各科室、各下属单位：", "定于本月中旬开展一次消防安全检查，请提前自查，及时消除隐患。"]
    report.comparable, report.hidden = False, {"agency", "year", "published"}
    return [Expected("E002")]


DEFECTS: list[Defect] = [
    *(_dropped(key, False) for key in form.HEADINGS),
    *(_dropped(key, True) for key in ("overview", "proactive", "review_litigation", "problems")),
    sections_swapped,
    sections_swapped_renumbered,
    section_moved,
    *map(_reworded, _HEADINGS),
    _ordinals("numbers-arabic", "all headings 1、 2、 …", lambda n: f"{n + 1}、"),
    _ordinals("numbers-bracketed", "all headings （一） （二） …", lambda n: f"（{form.ORDINALS[n]}）"),
    _ordinals("numbers-roman", "all headings Ⅰ、 Ⅱ、 …", lambda n: f"{'ⅠⅡⅢⅣⅤⅥ'[n]}、"),
    _ordinals("numbers-part", "all headings 第一部分 …", lambda n: f"第{form.ORDINALS[n]}部分 "),
    _one_ordinal("number-one-arabic", "one heading 5、", 4, "5、"),
    _one_ordinal("number-one-bracketed", "one heading （四）", 3, "（四）"),
    _one_ordinal("number-repeated", "五 counted as a second 四", 4, "四、"),
    _one_ordinal("number-skipped", "六 counted as 七", 5, "七、"),
    _one_ordinal("number-missing", "one heading without its number", 2, ""),
    *map(_emptied, form.HEADINGS),
    _doubled("problems"),
    _doubled("other"),
    _doubled("review_litigation"),
    _titled("title-missing", "no title", ""),
    _titled("title-no-year", "a title without the year", "{agency}政府信息公开工作年度报告"),
    _titled("title-no-agency", "a title without the agency", "{year}年政府信息公开工作年度报告"),
    _titled("title-summary", "called a summary", "{agency}{year}年政府信息公开工作总结"),
    _titled("title-about", "关于…情况的报告", "{agency}关于{year}年度政府信息公开情况的报告"),
    _titled("title-garbled", "two words of the title exchanged", "{agency}{year}年政府信息工作公开年度报告"),
    _unexpected("section-seventh", "a seventh section", 6, "附则", "本报告由办公室负责解释。"),
    _unexpected("section-between", "a section of its own among the mandated", 2, "重点领域公开情况", "围绕民生实事，集中公布了年度项目的进展。"),
    edition_of_2019,
    edition_of_2019_proactive,
    edition_of_2021,
    no_report,
]  # fmt: skip
