"""The report's own text: its words as they stand, those of findings marked, its tables drawn as on the form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from govlint.document import Span, Words
from govlint.outputs.page.form import form
from govlint.outputs.page.markup import Html, element, html
from govlint.outputs.page.numbering import Anchors, Marks, Numbered
from govlint.outputs.parts.excerpt import masked
from govlint.report import Report, Section
from govlint.result import Result

LONGEST = 100_000
"""Most characters of a text that are shown: a long report has a quarter of it."""
_LETTER = re.compile(r"\w")
"""As in ``件``."""


class Part(NamedTuple):
    """A stretch of the text, and what it is; ``key`` is the table's or the section's."""

    kind: Literal["prose", "heading", "table"]
    span: Span
    key: str = ""


def report_text(result: Result, findings: list[Numbered], anchors: Anchors) -> Html:
    """The text of the report that was read; empty where there is none."""
    if result.document is None or result.report is None:
        return Html("")
    return html(_Writer(result, result.report, findings, anchors).parts())


def parts_of(report: Report) -> Iterator[Part]:
    """The text from its beginning to its end: headings, tables that were read, and all that lies between."""
    marked = sorted([*_headings(report), *_tables(report)], key=lambda part: part.span)
    at = 0
    for part in marked:
        if part.span.start < at:
            continue  # one table inside another: its words stand there already
        yield Part("prose", Span(at, part.span.start))
        yield part
        at = part.span.end
    yield Part("prose", Span(at, len(report.document.text)))


def _headings(report: Report) -> Iterator[Part]:
    for key, section in report.sections.items():
        yield Part("heading", section.span, key)


def _tables(report: Report) -> Iterator[Part]:
    """What a section holds beside its prose is its table, if that was read; the stretches behind the first are part of it."""
    text = report.document.text
    for key, figures in report.tables.items():
        if key in report.outdated:
            continue
        section = report.sections.get(report.template.tables[key].section)
        if section is None or not (section.body.start <= figures.start and figures.end <= section.body.end):
            yield Part("table", Span(text.rfind("\n", 0, figures.start) + 1, figures.end), key)
            continue
        for span in _beside_prose(section):
            if _LETTER.search(text, *span):
                yield Part("table", span, key)


def _beside_prose(section: Section) -> Iterator[Span]:
    at = section.body.start
    for span in sorted(section.prose):
        if span.start > at:
            yield Span(at, span.start)
        at = max(at, span.end)
    if at < section.body.end:
        yield Span(at, section.body.end)


class _Writer:
    """Writes the parts of a text one after the other."""

    def __init__(self, result: Result, report: Report, findings: list[Numbered], anchors: Anchors) -> None:
        self.report, self.findings, self.anchors = report, findings, anchors
        self.marks = Marks(findings)
        self.text = report.document.text
        told = [*result.findings, *result.known, *(each.finding for each in result.suppressed)]
        if any(finding.rule.private for finding in told):
            self.text = masked(self.text)
        self.drawn: set[str] = set()
        self.title = report.title_span or Span(-1, -1)

    def parts(self) -> Iterator[Html]:
        for part in parts_of(self.report):
            if part.span.start >= LONGEST:
                break
            if part.kind == "heading":
                yield element("h4", self.words(*part.span))
            elif part.kind == "table":
                yield from self.table(part)
            else:
                yield from self.paragraphs(part.span)
        if (more := len(self.text) - LONGEST) > 0:
            said = Words(f"其后还有 {more} 字，未在此显示。", f"{more} more characters are not shown here.")
            yield element("p", said.say(self.anchors.lang), class_="remark")

    def table(self, part: Part) -> Iterator[Html]:
        """The form once, and the words as they were read, folded up."""
        lang = self.anchors.lang
        if part.key not in self.drawn:
            self.drawn.add(part.key)
            yield form(self.report, part.key, self.findings, self.anchors)
        rows = list(self.paragraphs(part.span))
        if rows:
            said = Words("表格在原文中的写法", "The table as it was read")
            yield element("details", element("summary", said.say(lang)), rows, class_="raw")

    def paragraphs(self, span: Span) -> Iterator[Html]:
        start = span.start
        end = min(span.end, LONGEST)
        while start < end:
            stop = self.text.find("\n", start, end)
            stop = end if stop < 0 else stop
            begin = any(at in self.marks.begin for at in (start, stop))
            if begin or _LETTER.search(self.text, start, stop):
                title = "title" if self.title.start < stop and start < self.title.end else None
                yield element("p", self.words(start, stop), class_=title)
            start = stop + 1

    def words(self, start: int, end: int) -> Iterator[Html]:
        """The text between two offsets, with the marks in it and the numbers of what begins there."""
        for low, high, severity in self.marks.stretches(start, end):
            for each in self.marks.begin.get(low, ()):
                yield self.anchors.reference(each)
            shown = html(self.text[low:high].replace("\t", " | "))
            yield element("mark", shown, class_=severity) if severity and low < high else shown
        if end == len(self.text) or self.text[end] == "\n":
            for each in self.marks.begin.get(end, ()):
                yield self.anchors.reference(each)
