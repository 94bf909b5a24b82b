"""Sections read by the parser, and the form of a table that departed in nothing kept for the next report."""

from __future__ import annotations

import re
import sys
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from govlint.document import Span
from govlint.parsing.cells import WIDEST_GRID
from govlint.parsing.forms import (
    NUMBER,
    Figure,
    Filled,
    Form,
    Glued,
    OtherForm,
    Pieces,
    Place,
    Row,
    keep,
    met_before,
)
from govlint.parsing.repair import Repair
from govlint.parsing.row_values import Figures, Part
from govlint.parsing.runs import run_of
from govlint.parsing.scanner import Chain, Scan
from govlint.parsing.sections import SectionItems
from govlint.parsing.slots import RowFigures, Slot, slots_of
from govlint.report import Departure, Report

_LONGEST = 500
"""Tokens of a table whose form is kept."""
_CLOSING = re.compile(r"[ \n\r|\x1f]*")
"""As in ``|\n``."""
_KINDS = ("COUNT", "AMOUNT", "CHANGE")
_BEHIND_LABEL = re.compile(r"[ \r]*[\n|\x1f0-9]")
"""As in `` |``."""


def form_of(segment: SectionItems) -> Filled | None:
    """A section's table, where it has a known form. Raises OtherForm where something else stands beside it."""
    filled = next((item.filled for item in segment.items if item.filled), None)
    if filled and (segment.heading is None or _around(segment) not in filled.form.around):
        raise OtherForm
    return filled


def read_section(report: Report, segment: SectionItems, scan: Scan) -> list[RowFigures]:
    """The rows of a section, its departures recorded."""
    spec = report.template.sections.get(segment.key)
    if spec and not spec.table and segment.items and all(item.kind == "text" for item in segment.items):
        return []  # prose, and nothing else is asked for
    before = len(report.departures), len(report.outdated)
    rows = Repair(report, segment).run()
    report.departures += _other_units(report, rows)
    if segment.heading and (len(report.departures), len(report.outdated)) == before:
        chain = next((each for each in scan.chains if _makes(each, segment)), None)
        if chain and met_before(scan.folded[chain.hits[0].start : chain.limit], report.template):
            form = _form(report, segment, chain, rows, scan)
            if form:
                keep(form, report.template)
    return rows


def _around(segment: SectionItems) -> tuple[str, ...]:
    """The section and the kinds of its tokens, those of its table taken together."""
    kinds = [item.kind if item.kind == "text" else "table" for item in segment.items]
    return segment.key, *(
        kind for at, kind in enumerate(kinds) if kind == "text" or kinds[at - 1 : at] != ["table"]
    )


def _makes(chain: Chain, segment: SectionItems) -> bool:
    """Whether a chain of labels is all of a section but for its prose."""
    items = [item for item in segment.items if item.kind != "text"]
    return len(items) == len(chain.items) and all(map(lambda one, two: one is two, items, chain.items))


def _form(
    report: Report, segment: SectionItems, chain: Chain, rows: Sequence[RowFigures], scan: Scan
) -> Form | None:
    """The form of a table; None where more than its figures would have to be known of it."""
    first, last, items = chain.hits[0], chain.hits[-1], chain.items
    slots = slots_of(rows)
    figures = [_figures(slot, slots, report) for slot in slots]
    used = {id(slot.figures) for slot in slots}
    end = items[-1].span.end
    if (
        not all(figures)
        or len(items) > _LONGEST
        or len({item.table for item in items}) != 1
        or any(item.foreign or item.old or item.kind not in ("label", "figures") for item in items)
        or any(
            item.figures and id(item.figures) not in used and not _is_blank(item.figures) for item in items
        )
        or any(first.start <= mention.span.start < end for mention in scan.mentions)
        or not _CLOSING.fullmatch(scan.folded, end, chain.limit)
        or not _BEHIND_LABEL.match(scan.folded, last.end)
    ):
        return None
    places = _Places(Pieces(scan.folded), first.start, end)
    found = [
        Row(tuple(map(sys.intern, slot.addresses)), tuple(map(places.figure, parts)))
        for slot, parts in zip(slots, figures, strict=True)
    ]
    glued = places.glued([figure for row in found for figure in row.figures])
    if glued is None:
        return None
    return Form(
        table=items[0].table or "",
        chain=chain.hits,
        labels=[places.start(hit.start) for hit in chain.hits],
        start=places.start(first.start),
        opening=places.opening,
        between=places.between,
        closing=scan.folded[places.last_number : chain.limit],
        glued=glued,
        rows=found,
        end=places.end(end),
        extent=(
            places.start(min(slot.where.start for slot in slots)),
            places.end(max(slot.where.end for slot in slots)),
        ),
        around={_around(segment)},
    )


def _is_blank(figures: Figures) -> bool:
    return all(part.kind == "blank" for part in figures.parts)


def _figures(slot: Slot, slots: Sequence[Slot], report: Report) -> Sequence[Part]:
    """The figures of a row, one a cell or one for all; empty where that depends on what they say, or they are none."""
    figures = slot.figures
    if figures is None or figures.commas:
        return ()
    parts = figures.parts
    if not slot.full and not figures.lines and len(parts) <= WIDEST_GRID:
        parts = [part for part in parts if part.text] or parts
    plain = (
        all(report.template.kinds[address] in _KINDS for address in slot.addresses)
        and all(part.kind == "blank" or NUMBER.fullmatch(part.text) for part in parts)
        and all(part.span.end - part.span.start == len(part.text) for part in parts)
    )
    if plain and len(parts) == len(slot.addresses):
        return parts
    run = plain and len(figures.parts) == 1 and parts[0].text.isdecimal()
    return parts if run and run_of(slot, slots, report.template) else ()


class _Places:
    """Places of a table, in terms of the pieces of its text."""

    def __init__(self, pieces: Pieces, start: int, end: int) -> None:
        self.texts, self.ends = pieces.texts, pieces.ends
        self.first = self._piece(start)
        last = bisect_right(self.ends, end) - 1
        self.last = last if last % 2 else last - 1
        """The last number."""
        self.last_number = self.ends[self.last]
        self.opening = self.texts[self.first][len(self.texts[self.first]) - self.ends[self.first] + start :]
        self.between = self.texts[self.first + 2 : self.last : 2]

    def _piece(self, offset: int) -> int:
        """The piece with the character at an offset; the one that ends there where a number begins."""
        piece = bisect_right(self.ends, offset)
        return piece - 1 if piece % 2 and self.ends[piece - 1] == offset else piece

    def start(self, offset: int) -> Place:
        return self._place(self._piece(offset), offset)

    def end(self, offset: int) -> Place:
        return self._place(bisect_left(self.ends, offset), offset)

    def _place(self, piece: int, offset: int) -> Place:
        piece = min(piece, self.last)  # the piece behind it may be longer another time
        return Place(piece - self.first, self.ends[piece] - offset)

    def figure(self, part: Part) -> Figure:
        start, end = part.span
        if part.kind == "blank":
            return Figure(*self.start(start), *self.end(end), True)
        return Figure(*self._place(bisect_right(self.ends, start) - 1, start), *self.end(end), False)

    def glued(self, figures: Sequence[Figure]) -> list[Glued] | None:
        """The numbers that are no figure alone; None where one holds two figures, or the first label begins in one."""
        held = {figure.last: figure for figure in figures if not figure.blank}
        if (
            self.first % 2
            or self.last < self.first
            or len(held) != sum(not figure.blank for figure in figures)
        ):
            return None
        found = []
        for piece in range(1, self.last - self.first + 1, 2):
            text = self.texts[self.first + piece]
            figure = held.pop(piece, None)
            if figure is None:
                found.append(Glued(piece, text, "", True))
            elif figure.skipped or figure.cut:
                before, behind = -figure.skipped, len(text) - figure.cut
                found.append(Glued(piece, text[:before], text[behind:], False))
        return None if held else found


_OTHER_UNIT = re.compile(r" ?\((?:单位:)?(?:元|百元|千元|亿元)\)")
"""As in ``(单位:元)``."""


def _other_units(report: Report, rows: Sequence[RowFigures]) -> Iterator[Departure]:
    """Labels of money with another unit than the mandated 万元 in brackets behind them: 行政事业性收费（元）."""
    for each in rows:
        label = each.label
        if label is None or not any(report.template.kinds[address] == "AMOUNT" for address in each.addresses):
            continue
        start, end = label.span
        if unit := _OTHER_UNIT.search(report.folded, start, end) or _OTHER_UNIT.match(report.folded, end):
            span = Span(label.span.start, unit.end())
            address = f"{each.table.key}.{each.row.key}"
            words = "".join(report.folded[span.start : span.end].split())
            mandated = report.template.row_label(address)
            yield Departure("label-wording", span, address, each.table.section or None, mandated, words)
