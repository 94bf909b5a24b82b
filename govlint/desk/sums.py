"""What departments' reports come to, against the report of their government among them.

Which bodies are a government's the register says, where there is one; else their names do. Nothing here is a finding: a body
whose report is not there makes every sum too small. Rule A004 finds it in an archive whose register is known.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from msgspec import Struct

from govlint.agencies.names import belongs, classify
from govlint.agencies.register import Register
from govlint.archive.series import members, series_of
from govlint.checks import filed as filing
from govlint.document import Number, Words
from govlint.outputs.page.markup import Html, element, html
from govlint.outputs.parts.counts import say
from govlint.report import Report
from govlint.template.model import Template
from govlint.text.numerals import number

_MOST = 60
"""Differing figures that are listed."""


class Filed(NamedTuple):
    """Whose a report is and what it states with certainty."""

    agency: str
    year: int
    template: str
    figures: Mapping[str, Number]


class Sum(Struct):
    """A government's report of a year against its bodies'."""

    own: Filed
    bodies: list[str]
    absent: list[str]
    """Bodies that the register has and the table has not."""
    differing: list[tuple[str, Number, Number]]
    """Address, the government's figure, and the sum."""
    alike: int
    unknown: int
    """Figures that were not read with certainty in all of the reports."""


def filed(report: Report) -> Filed | None:
    """None for a report that does not say whose it is, or of which year."""
    made = filing.filed(report)
    if not made.agency or made.year is None:
        return None
    return Filed(made.agency, made.year, made.template.id, dict(made.figures))


def rolled_up(reports: Sequence[Filed], register: Register | None) -> list[Sum]:
    """Every government that is there with a body of its own."""
    found: dict[tuple[str, int, str], Filed] = {}
    for each in reports:
        key = (series_of(each.agency, register), each.year, each.template)
        found[key] = _agreed(found[key], each) if key in found else each
    registered = members(register)
    sums = []
    for (name, year, template), own in found.items():
        others = {
            who: each for (who, *when), each in found.items() if who != name and when == [year, template]
        }
        if name in registered:
            bodies = {who: others[who] for who in registered[name] if who in others}
            absent = [who for who in registered[name] if who not in others]
        elif classify(own.agency).governs:
            bodies = {who: each for who, each in others.items() if belongs(each.agency, own.agency)}
            absent = []
        else:
            continue
        if bodies:
            sums.append(_sum(own, list(bodies.values()), absent))
    return sums


def _agreed(one: Filed, two: Filed) -> Filed:
    """Two versions of one report: the figures on which they agree."""
    return one._replace(figures=dict(one.figures.items() & two.figures.items()))


def _sum(own: Filed, bodies: Sequence[Filed], absent: list[str]) -> Sum:
    made = Sum(own, [each.agency for each in bodies], absent, [], 0, 0)
    for address in dict.fromkeys(address for each in (own, *bodies) for address in each.figures):
        if any(address not in each.figures for each in (own, *bodies)):
            made.unknown += 1
        elif (total := sum(each.figures[address] for each in bodies)) != own.figures[address]:
            made.differing.append((address, own.figures[address], total))
        else:
            made.alike += 1
    return made


# Shown


def section(sums: Iterable[Sum], templates: Mapping[str, Template], lang: str) -> Html:
    """A part of the page for each; empty where there is none."""
    return html([_one(each, templates[each.own.template], lang) for each in sums])


def _one(made: Sum, template: Template, lang: str) -> Html:
    own, count = made.own, len(made.bodies)
    title = say(
        f"{own.agency}{own.year}年：与所属{count}个机关的合计对照",
        f"{own.agency}, {own.year}: against the sum of its {count} bodies here",
        lang,
    )
    names = say("、", ", ", lang).join(made.bodies)
    return element(
        "section",
        element("h2", title),
        element("p", _verdict(made, lang), class_="totals"),
        element("p", f"{say('合计的机关', 'Summed up', lang)}{say('：', ': ', lang)}{names}", class_="note"),
        element("p", _caution(made, lang), class_="note"),
        _table(made, template, title, lang) if made.differing else None,
    )


def _verdict(made: Sum, lang: str) -> str:
    differing, unknown = len(made.differing), made.unknown
    told = say(
        f"{differing} 个数字不等于合计，{made.alike} 个相符",
        f"{differing} figures are not the sum, {made.alike} are",
        lang,
    )
    if not unknown:
        return told
    left = say(
        f"；{unknown} 个没有全部读到，没有对照", f"; {unknown} were not read in all and not compared", lang
    )
    return told + left


def _caution(made: Sum, lang: str) -> str:
    if made.absent:
        names = say("、", ", ", lang).join(made.absent)
        return say(
            f"这里没有以下机关的报告，合计偏小：{names}。",
            f"Not here, so the sums are too small: {names}.",
            lang,
        )
    return say(
        "所属机关按名单或名称认定；少放一个机关的报告，合计就偏小。这不是检查出的问题，请人工判断。",
        "Bodies are told by the register or by their names; where one's report is missing, the sums are too small. "
        "This is no finding: judge it yourself.",
        lang,
    )


def _table(made: Sum, template: Template, title: str, lang: str) -> Html:
    heads = (
        Words("位置", "Place"),
        Words("政府报告", "Government"),
        Words("合计", "Sum"),
        Words("差", "Difference"),
    )
    rows = [
        element(
            "tr",
            element("th", template.describe(address).say(lang), scope="row"),
            [element("td", number(value), class_="figure") for value in (own, total, own - total)],
        )
        for address, own, total in made.differing[:_MOST]
    ]
    drawn = element(
        "table",
        element("thead", element("tr", [element("th", words.say(lang), scope="col") for words in heads])),
        element("tbody", rows),
        class_="overview sums",
    )
    more = len(made.differing) - _MOST
    rest = element("p", say(f"另有 {more} 个", f"and {more} more", lang), class_="note") if more > 0 else None
    scroll = element("div", drawn, class_="scroll", role="group", tabindex=0, aria_label=title)
    return html(scroll, rest)
