"""The running text of a report, line by line: preamble and prose, without titles, tables and a page's own words."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from operator import attrgetter

from msgspec import Struct

from govlint.document import Span
from govlint.report import Report, once_per_report
from govlint.text.furniture import is_furniture


def outside_tables(report: Report) -> Iterator[Span]:
    """The stretches of the document that are no table, furniture included."""
    at = 0
    for table in sorted(report.tables.values()):
        if at < table.start:
            yield Span(at, table.start)
        at = max(at, table.end)
    if at < len(report.document.text):
        yield Span(at, len(report.document.text))


_LINES = re.compile(r"[^\n\v]+")
_HAN = re.compile(r"[㐀-鿿]")
_STOPS = re.compile(r"[。，；、,;]")
_ENDS = ("。", ".", "：", ":")
_SHORTEST = 12
"""Chinese characters of a preamble's line that may be a sentence without a full stop."""


_start = attrgetter("start")


class Passage(Struct, frozen=True):
    """One line of running text; ``start`` is its offset in the document. ``section`` is None in the preamble."""

    text: str
    start: int
    section: str | None


@once_per_report
def passages(report: Report) -> list[Passage]:
    """The passages in document order."""
    return [*_preamble(report), *_prose(report)]


@once_per_report
def running_text(report: Report) -> str:
    """The passages as one text, for a look at whether there is anything in it to find."""
    return "\n".join(line.text for line in passages(report))


def holding(passages: list[Passage], offset: int) -> Passage | None:
    """The passage in which an offset lies."""
    at = bisect_right(passages, offset, key=_start) - 1
    if at < 0 or offset >= passages[at].start + len(passages[at].text):
        return None
    return passages[at]


def matches(report: Report, pattern: re.Pattern[str]) -> Iterator[tuple[Passage, re.Match[str]]]:
    """The matches of a pattern in the running text, found in one go over the document.

    Such a pattern should begin with what is rare, and look behind it for what must stand before: then it costs little.
    """
    lines = iter(passages(report))
    line, end = None, 0
    for match in pattern.finditer(report.document.text):
        at = match.start()
        while at >= end:
            line = next(lines, None)
            if line is None:
                return
            end = line.start + len(line.text)
        if line is not None and at >= line.start:
            yield line, match


def _preamble(report: Report) -> Iterator[Passage]:
    """What reads like a sentence, from its beginning to its end; above it stand titles, metadata and links."""
    start, end = report.preamble
    title_end = report.title_span.end if report.title_span else start
    begun: list[Passage] = []
    goes_on = False
    last = start
    for match in _LINES.finditer(report.document.text, start, end):
        line = Passage(match.group(), match.start(), None)
        if line.start > last + 1:  # behind a blank line
            begun, goes_on = [], False
        last = match.end()
        if (
            not line.text.strip()
            or _is_tabular(line.text)
            or is_furniture(report.folded[match.start() : match.end()])
        ):
            begun, goes_on = [], False
            continue
        long = len(_HAN.findall(line.text)) >= _SHORTEST
        if goes_on or (_STOPS.search(line.text) and ("。" in line.text or long)):
            yield from begun
            yield line
            begun, goes_on = [], not line.text.rstrip().endswith(_ENDS)
        elif long and line.start >= title_end:
            begun.append(line)
        else:
            begun = []


def _prose(report: Report) -> Iterator[Passage]:
    found = [
        Passage(match.group(), match.start(), key)
        for key, span in report.prose()
        for match in _LINES.finditer(report.document.text, span.start, span.end)
        if not _is_tabular(match.group()) and any(map(str.isalnum, match.group()))
    ]
    return iter(sorted(found, key=lambda passage: passage.start))


def _is_tabular(line: str) -> bool:
    return "\t" in line.strip() or line.count("|") > 1
