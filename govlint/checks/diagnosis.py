"""A report's broken identities as findings: one for each mistake, however many identities it breaks.

The rules of family N share one diagnosis of a report; each yields the mistakes whose code is its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from msgspec import Struct

from govlint.checks.unfilled import unfilled
from govlint.document import Edit, Words
from govlint.numbers.identities import Identity, Unknown, Values, check, say
from govlint.numbers.localise import Correction, Fault, localise
from govlint.report import Report, once_per_report
from govlint.rule import Certainty, Finding, Related, Rule, Suggestion, Unchecked
from govlint.template.model import edition

_OTHERS = 4
"""Other corrections that the evidence lists."""

MOVED = Words(
    "{row_zh}有{count}件计入“{wrong}”，按其余各行应计入“{right}”：同一行内计错了列。{worked}。",
    "{row_en}: {count} counted under “{wrong}”, by the other rows to be counted under “{right}”. {worked_en}.",
)
"""The message for a number that stands in the wrong column of its row."""


class Diagnosis(Struct, frozen=True):
    faults: tuple[Fault, ...]
    unchecked: tuple[Unknown, ...]
    values: Values


@once_per_report
def diagnose(report: Report) -> Diagnosis:
    """The mistakes in a report's figures."""
    cells = report.cells.values()
    values = {cell.address: cell.value for cell in cells if cell.state in ("number", "blank")}
    checked = check(report.template.identities, values)
    faults = localise(report.template.identities, values) if checked.broken else []
    return Diagnosis(tuple(faults), tuple(checked.unchecked), values)


def findings(
    rule: Rule, report: Report, codes: frozenset[str] = frozenset(), moved: Words = MOVED
) -> Iterator[Finding | Unchecked]:
    """The findings of a rule whose code, or one of ``codes``, the template's identities bear.

    The rule's message may name ``line_zh`` and ``line_en``, the row or column at fault, and ``worked``, the broken
    identity worked out.
    """
    codes = codes or frozenset({rule.code})
    diagnosis = diagnose(report)
    for fault in diagnosis.faults:
        if fault.code in codes and not _only_ambiguous(report, fault):
            yield _finding(rule, report, fault, diagnosis.values, moved)
    yield from _unchecked(rule, report, [u for u in diagnosis.unchecked if u.identity.code in codes])


def _only_ambiguous(report: Report, fault: Fault) -> bool:
    """A bound that run-together digits may or may not overstep: no finding."""
    bounds = all(identity.relation != "=" for identity in fault.broken)
    return bounds and any(report.cells[cell].uncertain for cell in fault.cells)


def _finding(rule: Rule, report: Report, fault: Fault, values: Values, moved: Words) -> Finding:
    first = min(fault.broken, key=lambda identity: identity.code)
    line = place(report, first)
    best: Correction = fault.corrections[0] if fault.corrections else {}
    certain = fault.certain and _sure(report, fault, best)
    arguments: dict[str, Any] = {"line_zh": line.zh, "line_en": line.en, "worked": first.worked(values)}
    message = None
    if fault.moved(values):
        message = moved
        arguments |= _moved(report, best, values)
        worked = [identity.worked(values) for identity in fault.broken]
        arguments |= {"worked": "；".join(worked), "worked_en": "; ".join(worked)}
    return rule.finding(
        report.cells[fault.cells[0]].span,
        message=message,
        cells=fault.cells,
        section=report.template.tables[first.table].section or None,
        expected="、".join(say(right) for right in best.values()) or _bound(fault, values),
        actual="、".join(_written(report, cell) for cell in best) or _bounded(report, fault),
        suggestion=Suggestion(dict(best), edits=_edits(report, best) if certain else ()) if best else None,
        evidence=_evidence(report, fault, values),
        related=_related(report, fault),
        certainty=_certainty(certain),
        **arguments,
    )


def _certainty(certain: bool) -> Certainty:
    return "certain" if certain else "likely"


def _sure(report: Report, fault: Fault, best: Correction) -> bool:
    """Whether every other reading of run-together digits asks for the same right figures."""
    involved = {cell for identity in fault.broken for cell in identity.cells}
    rows = {cell.rsplit(".", 1)[0] for cell in best}
    involved |= {cell for cell in report.cells if cell.rsplit(".", 1)[0] in rows}
    return not any(report.cells[cell].uncertain for cell in involved - set(best))


def place(report: Report, identity: Identity) -> Words:
    """The row or column that an identity is about, in the template's words; else its first cell."""
    table, row, column = identity.cells[0].split(".")
    rest = [cell.split(".") for cell in identity.cells]
    if all(cell[:2] == [table, row] for cell in rest):
        return report.place(f"{table}.{row}")
    if all((cell[0], cell[2]) == (table, column) for cell in rest):
        return report.place(f"{table}.*.{column}")
    return report.place(identity.cells[0])


def _moved(report: Report, best: Correction, values: Values) -> dict[str, Any]:
    added = {cell: right - (values[cell] or 0) for cell, right in best.items()}
    wrong, right = sorted(added, key=lambda cell: added[cell])
    row = report.place(wrong.rsplit(".", 1)[0])
    return {
        "row_zh": row.zh,
        "row_en": row.en,
        "count": say(added[right]),
        "wrong": report.template.column_label(wrong),
        "right": report.template.column_label(right),
    }


def _written(report: Report, cell: str) -> str:
    return report.cells[cell].raw.strip() or "空白"


def _bound(fault: Fault, values: Values) -> str | None:
    """What a broken bound demands of the cell that stands alone."""
    identity = fault.broken[0]
    for side, other, symbol in ((identity.left, identity.right, "≥≤"), (identity.right, identity.left, "≤≥")):
        if len(side) == 1 and identity.relation != "=":
            needed = sum(sign * (values[cell] or 0) for cell, sign in other)
            return symbol[identity.relation == "<="] + say(needed)
    return None


def _bounded(report: Report, fault: Fault) -> str | None:
    lone = fault.broken[0].lone
    return _written(report, lone[0]) if lone and fault.broken[0].relation != "=" else None


def _edits(report: Report, best: Correction) -> tuple[Edit, ...]:
    """The figures put right in the text, where they stand there as plain digits."""
    cells = [report.cells[cell] for cell in best]
    if any(report.text(cell.span) != str(cell.value) for cell in cells):
        return ()
    return tuple(Edit(cell.span, str(best[cell.address])) for cell in cells)


def _evidence(report: Report, fault: Fault, values: Values) -> Iterator[Words]:
    for identity in fault.broken:
        line, worked = place(report, identity), identity.worked(values)
        yield Words(f"{identity.code} {line.zh}：{worked}", f"{identity.code} {line.en}: {worked}")
    for correction in fault.corrections[1 : 1 + _OTHERS]:  # the first is the suggestion
        changes = _changes(report, correction, values)
        yield Words(f"改动同样少的另一更正：{changes.zh}", f"Another correction as small: {changes.en}")
    if len(fault.corrections) == 1 and not fault.certain:
        yield Words(
            "同一张表格中要改的数字较多，这一更正未必是对的",
            "With so much to change in one table this may not be the right correction",
        )
    if not fault.corrections and fault.broken[0].relation == "=":
        yield Words("错处较多，未能推断是哪些数字有误", "Too much is wrong to tell which figures are")


def _changes(report: Report, correction: Correction, values: Values) -> Words:
    parts = [
        (report.place(cell), f"{say(values[cell] or 0)}→{say(right)}") for cell, right in correction.items()
    ]
    return Words(
        "，".join(f"{where.zh}{change}" for where, change in parts),
        ", ".join(f"{where.en} {change}" for where, change in parts),
    )


def _related(report: Report, fault: Fault) -> Iterator[Related]:
    """The operands that are not 0, and the totals, of the broken identities."""
    roles: dict[str, str] = {}
    for identity in fault.broken:
        for cell in identity.cells:
            if cell in identity.lone:
                roles[cell] = "total"
            elif report.cells[cell].value:
                roles.setdefault(cell, "operand")
    for cell, role in roles.items():
        if cell not in fault.cells:
            yield Related(role, cell, report.cells[cell].span)


def _unchecked(rule: Rule, report: Report, unknown: list[Unknown]) -> Iterator[Unchecked]:
    """One for each table: how many identities could not be checked, and which cells are why."""
    if unknown and unfilled(report):
        yield rule.unchecked(Words("草稿还没有填写", "the draft is not filled in"))
        return
    by_table: dict[str, list[Unknown]] = {}
    for item in unknown:
        by_table.setdefault(item.identity.table, []).append(item)
    for table, items in by_table.items():
        where = report.place(table)
        cells = list(dict.fromkeys(cell for item in items for cell in item.cells))
        hiding = report.unread(report.template.tables[table].section)
        if reason := _of_another_edition(report, table, len(items), cells):
            yield rule.unchecked(reason)
            continue
        if hiding or table not in report.tables:
            missing = Words(f"缺少{where.zh}", f"missing: {where.en}")
            yield rule.unchecked(hiding[0].words if hiding else missing)
            continue
        zh, en = zip(*(report.place(cell) for cell in cells[:3]), strict=True)
        more = "…" if len(cells) > 3 else ""
        yield rule.unchecked(
            Words(
                f"{len(items)}项勾稽关系未核对，因为没有可用的数：{'、'.join(zh)}{more}",
                f"{len(items)} identities not checked, for want of a figure: {'; '.join(en)}{more}",
            )
        )


def _of_another_edition(report: Report, table: str, count: int, cells: Sequence[str]) -> Words | None:
    """Why identities are not checked whose cells stand in rows in the form of another edition."""
    rows = {cell.rsplit(".", 1)[0] for cell in cells}
    departure = next((each for each in report.departed("outdated-edition") if each.address == table), None)
    if departure is None or rows.isdisjoint(report.outdated):
        return None
    labels = [f"“{label}”" for label in departure.also[:3]]
    place, form = report.place(table), edition(departure.actual)
    return Words(
        f"{count}项勾稽关系未核对，因为{place.zh}的{'、'.join(labels)}是{form.zh}的写法，与应使用的格式不能逐项对应",
        f"{count} identities not checked: in the {place.en} {', '.join(labels)} are of {form.en}",
    )


def other_readings(report: Report) -> Iterator[tuple[tuple[str, ...], tuple[int, ...]]]:
    """The other equally good readings of run-together digits: the cells of a run, and their figures."""
    order = report.template.addresses
    for row, others in report.readings.items():
        start = report.template.row_starts[row]
        for other in others:
            yield tuple(order[start : start + len(other)]), tuple(other)
