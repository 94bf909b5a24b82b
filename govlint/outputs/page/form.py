"""A table drawn as on the mandated form, the figures at fault marked, and why they are: the arithmetic."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from govlint.checks.diagnosis import diagnose, place
from govlint.document import Words
from govlint.outputs.page.markup import Child, Html, element, html
from govlint.outputs.page.numbering import Anchors, Numbered, table_at
from govlint.outputs.parts.details import as_written
from govlint.report import Report
from govlint.template.layout import Box, Grid, grid
from govlint.text.numerals import number

_MISSING = Words("缺", "none")
_UNCERTAIN = Words(
    "带“?”的数字原文连写，读法不止一种", "?: the digits run together and can be read otherwise"
)
_ALIKE = 12
"""Cells of one finding from which the reason does not show at each."""
_MOST = 40
"""Most cells whose reasons are listed below a table."""


class Fault(NamedTuple):
    """What is said of a cell or a label: the findings, and whether it is at fault or only compared with the prose."""

    findings: tuple[Numbered, ...]
    wrong: bool
    correct: str = ""

    @property
    def severity(self) -> str:
        return self.findings[0].finding.severity


def form(report: Report, key: str, findings: Sequence[Numbered], anchors: Anchors) -> Html:
    """The table ``key`` of the report's template with the figures that the report has."""
    return html(_Form(report, key, findings, anchors).parts())


def faults(report: Report, key: str, findings: Sequence[Numbered]) -> dict[str, Fault]:
    """By address (of a cell, a row or ``table.*.column``) what is said of it, the most severe first."""
    found: dict[str, Fault] = {}
    for each in findings:
        finding = each.finding
        corrections = finding.suggestion.cells if finding.suggestion else {}
        wrong = table_at(report, finding.span) is not None or finding.span is None
        for address in finding.cells:
            if address.split(".")[0] != key:
                continue
            before = found.get(address, Fault((), False))
            correct = before.correct or (number(corrections[address]) if address in corrections else "")
            found[address] = Fault((*before.findings, each), before.wrong or wrong, correct)
    return found


class _Form:
    def __init__(self, report: Report, key: str, findings: Sequence[Numbered], anchors: Anchors) -> None:
        self.report, self.key, self.anchors, self.lang = report, key, anchors, anchors.lang
        self.grid: Grid = grid(report.template, report.template.tables[key])
        self.faults = faults(report, key, findings)

    def parts(self) -> Iterator[Html]:
        name = self.report.place(self.key).say(self.lang)
        rows = [
            element("tr", [self.box(box) for box in row])
            for _, row in groupby(
                sorted(self.grid.boxes, key=lambda box: (box.row, box.column)), key=lambda box: box.row
            )
        ]
        header = self.grid.header
        table = element(
            "table",
            element("caption", name),
            element("thead", rows[:header]) if header else None,
            element("tbody", rows[header:]),
            class_="form wide" if self.grid.width > _NARROW else "form",
        )
        yield element("div", table, class_="scroll", role="group", tabindex=0, aria_label=name)
        if any(cell.uncertain for cell in self.report.cells.values() if cell.table == self.key):
            yield element("p", _UNCERTAIN.say(self.lang), class_="remark")
        if reasons := list(self.reasons()):
            yield element("ul", [element("li", reason) for reason in reasons[:_MOST]], class_="reasons")

    def box(self, box: Box) -> Html:
        size = {
            "rowspan": box.height if box.height > 1 else None,
            "colspan": box.width if box.width > 1 else None,
        }
        if box.role == "figure":
            return self.figure(box, size)
        if not box.text:
            return element("td", **size)
        scope = ("row" if box.height == 1 else "rowgroup") if box.role == "label" else "col"
        if box.role != "label" and box.width > 1:
            scope = "colgroup"
        fault = self.faults.get(box.address)
        refs = [self.anchors.reference(each) for each in fault.findings] if fault else None
        return element(
            "th", box.text, refs, class_=f"{box.role} {_classes(fault)}".strip(), scope=scope, **size
        )

    def figure(self, box: Box, size: dict[str, int | None]) -> Html:
        cell = self.report.cells.get(box.address)
        fault = self.faults.get(box.address)
        if cell is None or cell.state == "missing":
            text = _MISSING.say(self.lang) if box.address in self.report.cells or fault else ""
        elif cell.state == "blank":
            text = as_written(self.report, box.address, self.lang) if fault else ""
        else:
            text = cell.raw.strip() or as_written(self.report, box.address, self.lang)
        if cell is not None and cell.uncertain:
            text += "?"
        words = cell is not None and cell.state == "text"
        if fault is None:
            return element("td", text, class_="words" if words else None, **size)
        return element("td", self.marked(box.address, text, fault), class_=_classes(fault), **size)

    def marked(self, address: str, text: str, fault: Fault) -> Iterator[Child]:
        """The figure, what it should be, and why, which shows when the cell is pointed at or focused."""
        first = fault.findings[0]
        identity = f"{self.anchors.prefix}t-{address.replace('.', '-')}"
        shown: Child = text
        if fault.correct:
            arrow = element("span", Words("改为", "to").say(self.lang), class_="unseen")
            shown = html(element("del", text), "→", arrow, element("ins", fault.correct))
        for each in fault.findings:
            if each.finding.cells[0] == address:
                yield self.anchors.reference(each)
        link = f"#{self.anchors.finding(first.number)}"
        if all(
            len(each.finding.cells) > _ALIKE for each in fault.findings
        ):  # a habit: the finding says it once
            yield element("a", shown, class_="change", href=link)
            return
        yield element("a", shown, class_="change", href=link, aria_describedby=identity)
        tip = [element("span", sums(line)) for line in self.why(address, fault)]
        yield element("span", tip, class_="tip", role="tooltip", id=identity)

    def why(self, address: str, fault: Fault) -> list[str]:
        """The broken identities of the cell worked out; where there are none, what the findings say."""
        found = diagnose(self.report)
        broken = [each for fault in found.faults for each in fault.broken if address in each.cells]
        told = {each.finding.code[0] for each in fault.findings}
        if broken and "N" in told:
            return [
                Words(
                    f"{place(self.report, each).zh}：{each.worked(found.values)}",
                    f"{place(self.report, each).en}: {each.worked(found.values)}",
                ).say(self.lang)
                for each in broken
            ]
        return [each.finding.words.say(self.lang) for each in fault.findings]

    def reasons(self) -> Iterator[Html]:
        """What print shows in the place of pointing: each reason once, with the numbers of its findings."""
        told: dict[str, dict[int, None]] = {}
        for address, fault in self.faults.items():
            if address in self.report.cells:
                for line in self.why(address, fault):
                    numbers = told.setdefault(line, {})
                    numbers.update(dict.fromkeys(each.number for each in fault.findings))
        for line, numbers in told.items():
            yield html(f"[{'、'.join(map(str, numbers))}] ", sums(line))


_NARROW = 6
"""Columns of a table whose figures are set in the size of the text."""


def _classes(fault: Fault | None) -> str:
    if fault is None:
        return ""
    return f"{'wrong' if fault.wrong else 'held'} {fault.severity}"


def sums(text: str) -> Html:
    """Text in which a long sum may break before a plus and nowhere else."""
    first, *rest = text.split("+")
    return html(first, [(element("wbr"), "+" + each) for each in rest])
