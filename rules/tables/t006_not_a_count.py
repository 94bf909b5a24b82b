"""T006: negative, fractional (but for money), with a unit, or no number."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from govlint.document import Words
from govlint.report import Cell, Report
from govlint.rule import MANDATE, Example, Finding, Reference, Rule
from govlint.template.model import Template

rule = Rule(
    code="T006",
    name="not-a-count",
    title=Words("不是有效的件数", "not a count"),
    severity="error",
    message=Words(
        "{place_zh}填的是“{raw}”，应填{wanted_zh}。",
        "{place_en} holds “{raw}”; it should hold {wanted_en}.",
    ),
    why=Words(
        "件数是不带单位的非负整数，金额以万元为单位、可带小数；其他写法无法核对和汇总。",
        "A count is a whole number without a unit, an amount is in 万元 and may have decimals; nothing else can be checked or added.",
    ),
    reference=Reference(MANDATE, "表格"),
    needs="tables",
)


_SYSTEMATIC = 4
"""Cells of a table with the same fault from which it is one finding: a habit, and no slip."""
_DIGITS = re.compile(r"[\d,.\s]+")


@rule.check
def check(report: Report) -> Iterator[Finding]:
    faults: dict[tuple[str, str], list[Cell]] = {}
    for cell in report.cells.values():
        if cell.state == "invalid":
            faults.setdefault((cell.table, _DIGITS.sub("", cell.raw)), []).append(cell)
    for cells in faults.values():
        if len(cells) < _SYSTEMATIC:
            yield from (_finding(report, [cell]) for cell in cells)
        else:
            yield _finding(report, cells)


def _finding(report: Report, cells: Sequence[Cell]) -> Finding:
    """One finding at the first of the cells."""
    first = cells[0]
    wanted = _wanted(report.template, first.address)
    place = report.place(first.address)
    more = len(cells) - 1
    return rule.finding(
        first.span,
        section=report.template.tables[first.table].section or None,
        cells=tuple(cell.address for cell in cells),
        actual=first.raw,
        place_zh=place.zh + (f"等{more + 1}格" if more else ""),
        place_en=place.en + (f" and {more} more cells" if more else ""),
        raw=first.raw[:40],
        wanted_zh=wanted.zh,
        wanted_en=wanted.en,
    )


def _wanted(template: Template, address: str) -> Words:
    kind = template.kind(address)
    if kind == "CHANGE":
        return Words("整数，减少的写负数", "a whole number, negative for a decrease")
    if kind == "COUNT":
        return Words("不带单位的非负整数", "a whole number, 0 or more, without a unit")
    if template.states_unit(address):
        return Words(
            "按名称所示单位计的数字，数字后面不写单位",
            "a number in the unit that its label names, with no unit behind it",
        )
    return Words("金额数字", "an amount of money")


rule.bad.append(
    Example(
        text="行政事业性收费 | 36000元\n",
        instead_of="行政事业性收费 | 3.6\n",
        cells=("proactive.fees.amount",),
        marks="36000元",
    )
)
rule.bad.append(
    Example(
        text="行政许可 | 156.5\n",
        instead_of="行政许可 | 156\n",
        cells=("proactive.licensing.decisions",),
        marks="156.5",
    )
)
rule.good.append(Example(text="行政许可 | 1,156（其中变更16件）\n", instead_of="行政许可 | 156\n"))
rule.good.append(
    Example(text="行政许可 | 31 | 减2 | 156\n", instead_of="行政许可 | 31 | -2 | 156\n", template="ogi-2019")
)
rule.good.append(Example(text="| 586200元\n", instead_of="| 58.62万元\n", template="ogi-2019"))
