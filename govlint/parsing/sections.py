"""Tokens by section, and the sections' own departures: missing, doubled, out of order, misnumbered."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence

from msgspec import Struct, field

from govlint.document import Span
from govlint.parsing.headings import Heading
from govlint.parsing.scanner import Item, Scan
from govlint.parsing.vocabulary import bare
from govlint.report import Departure, Report, Section
from govlint.template.model import SectionSpec, Template
from govlint.text.folding import compact
from govlint.text.ordinals import ordinal_value, style

_PROSE = re.compile(r"(?!注|备注|说明|填表|填报).{40}", re.DOTALL)
"""As in ``一年来本机关认真贯彻《中华人民共和国政府信息公开条例》的规定，按时公开了应当公开的各项信息。``."""


class SectionItems(Struct):
    """A section's heading, None where it is missing, and the tokens behind it."""

    key: str
    heading: Item | None
    items: list[Item] = field(default_factory=list)
    end: int = 0


def by_section(scan: Scan, template: Template, end: int) -> list[SectionItems]:
    """The tokens by section; a table that stands under no heading of its own opens its section all the same."""
    if not template.sections:
        return [SectionItems("start", None, [item for item in scan.items if item.kind != "heading"], end)]
    owner = {table.key: table.section for table in template.tables.values()}
    places = _places(scan.items)
    headed = {item.heading.key for item in scan.items if item.heading}
    segments: list[SectionItems] = []
    strays: list[tuple[str, Item]] = []
    under = ""
    current: SectionItems | None = None

    def begin(key: str, item: Item, heading: Item | None) -> SectionItems:
        if current:
            current.end = item.span.start
        segments.append(SectionItems(key, heading, [], end))
        return segments[-1]

    for item in scan.items:
        if item.heading:
            under = item.heading.key or ""
            if under:
                current = begin(under, item, item)
            elif current:
                current.end, current = item.span.start, None
            continue
        home = owner.get(item.table or "", "")
        if home and places.get(item.table or "") != under:
            continue  # the table stands elsewhere: here its words are part of the prose
        if home and home != under and home in headed:
            strays.append((home, item))
            continue
        if home and home != under and (current is None or current.key != home):
            current = begin(home, item, None)
        if current:
            current.items.append(item)
    for home, item in strays:
        next(segment for segment in segments if segment.key == home).items.append(item)
    return segments


def are_all(segments: Sequence[SectionItems], text: str) -> bool:
    """Whether the tables, which stand under no heading, are all that a text holds: no line of it is prose."""
    if not any(item.kind == "label" for segment in segments for item in segment.items):
        return False
    lines = (
        line.strip() for line in text.split("\n") if "。" in line and "\t" not in line and "|" not in line
    )
    return not any(map(_PROSE.match, lines))


def _places(items: Iterable[Item]) -> dict[str, str]:
    """Table to the section under whose heading most of its labels stand."""
    counts: dict[str, Counter[str]] = {}
    under = ""
    for item in items:
        if item.heading:
            under = item.heading.key or ""
        elif item.kind in ("label", "table") and item.table:
            labels = len(item.filled.form.labels) if item.filled else 1
            counts.setdefault(item.table, Counter())[under] += labels
    return {table: sections.most_common(1)[0][0] for table, sections in counts.items()}


# Sections


def record_sections(report: Report, segments: Sequence[SectionItems], headings: Sequence[Heading]) -> None:
    specs = report.template.sections
    order = {key: index for index, key in enumerate(specs)}
    seen: dict[str, SectionItems] = {}
    for segment in segments:
        if segment.heading is None or segment.key not in specs:
            continue
        if segment.key in seen:
            report.departures.append(_departure("duplicate-section", segment, specs[segment.key]))
            continue
        seen[segment.key] = segment
        report.sections[segment.key] = _section(segment)
    placed = list(seen.values())
    in_order = _longest_increasing([order[segment.key] for segment in placed])
    for index, segment in enumerate(placed):
        spec = specs[segment.key]
        if index not in in_order:
            report.departures.append(_departure("section-out-of-order", segment, spec))
        heading = segment.heading.heading if segment.heading else None
        if heading and bare(heading.words) != bare(compact(spec.words)):
            report.departures.append(_departure("heading-wording", segment, spec, heading.words))
    if not report.tables_only:
        _record_missing(report, segments, seen)
        _record_numbers(report, headings)
    for heading in headings if specs else ():
        if heading.key is None:
            words = heading.ordinal + heading.words
            report.departures.append(
                Departure("unexpected-section", heading.span, "", None, "", words, certain=heading.certain)
            )


def _section(segment: SectionItems) -> Section:
    assert segment.heading is not None
    heading = segment.heading
    prose = [item.span for item in segment.items if item.kind == "text"]
    body = Span(heading.span.end, max(segment.end, heading.span.end))
    return Section(segment.key, heading.words, heading.ordinal, heading.span, body, prose)


def _departure(kind: str, segment: SectionItems, spec: SectionSpec, actual: str = "") -> Departure:
    assert segment.heading is not None
    return Departure(kind, segment.heading.span, spec.key, spec.key, spec.heading, actual)  # type: ignore[arg-type]


def _record_missing(report: Report, segments: Sequence[SectionItems], seen: dict[str, SectionItems]) -> None:
    """A missing section is noticed where it should begin: behind the sections that come before it."""
    specs = list(report.template.sections.values())
    at = report.preamble.end
    for spec in specs:
        if spec.key in seen:
            at = max(seen[spec.key].end, 0)
            continue
        implicit = next((s for s in segments if s.key == spec.key and s.items), None)
        here = implicit.items[0].span.start if implicit else at
        here = min(here, len(report.document.text))
        report.departures.append(
            Departure("missing-section", Span(here, here), spec.key, spec.key, spec.heading)
        )


def _record_numbers(report: Report, headings: Sequence[Heading]) -> None:
    """Ordinals in another style are one departure; a wrong count is one where the count goes wrong."""
    specs = report.template.sections
    known = [heading for heading in headings if heading.key]
    mandated = {key: style(compact(spec.ordinal)) for key, spec in specs.items()}
    other = [heading for heading in known if style(heading.ordinal) != mandated[heading.key or ""]]
    if other:
        first = other[0]
        key = first.key or ""
        report.departures.append(
            Departure(
                "heading-number",
                first.span,
                key,
                key,
                specs[key].ordinal,
                first.ordinal,
                [heading.ordinal + heading.words for heading in other[1:]],
            )
        )
    before = 0
    for heading in headings:
        value = ordinal_value(heading.ordinal)
        if value is None:
            before += 1
            continue
        if heading.key and style(heading.ordinal) == mandated[heading.key]:
            spec = specs[heading.key]
            if value not in (ordinal_value(spec.ordinal), before + 1):
                report.departures.append(
                    Departure(
                        "heading-number",
                        heading.span,
                        heading.key,
                        heading.key,
                        spec.ordinal,
                        heading.ordinal,
                    )
                )
        before = value


def _longest_increasing(values: Sequence[int]) -> set[int]:
    """Indices of a longest increasing subsequence: the sections that stand in order."""
    tails: list[int] = []
    ends: list[int] = []
    previous: list[int] = [-1] * len(values)
    for index, value in enumerate(values):
        at = bisect_left(tails, value)
        if at == len(tails):
            tails.append(value)
            ends.append(index)
        else:
            tails[at], ends[at] = value, index
        previous[index] = ends[at - 1] if at else -1
    in_order: set[int] = set()
    index = ends[-1] if ends else -1
    while index >= 0:
        in_order.add(index)
        index = previous[index]
    return in_order
