"""One section's tokens through the parser, mended where the document departs from the template."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice, takewhile

from govlint.document import Span
from govlint.parsing.columns import extra_rows, fit_columns
from govlint.parsing.editions import Editions
from govlint.parsing.scanner import Item
from govlint.parsing.sections import SectionItems
from govlint.parsing.shared_rows import fit_shared
from govlint.parsing.slots import RowFigures
from govlint.parsing.vocabulary import bare, vocabulary
from govlint.report import Departure, Report
from govlint.template.lalr import Parser
from govlint.template.model import FIGURES, WHOLE_ROW, Landmark
from govlint.text.folding import compact
from govlint.text.ordinals import HEAD_ORDINAL

_ROW = 40
"""Labels that may stand together in a header."""
_VAGUE = 30.0
_FEW_ROWS = 3
"""Up to so many neighbouring rows that are missing are findings of their own; more are one gap."""


# Inside a section


class Repair:
    """One section's tokens through the parser, each departure recorded."""

    def __init__(self, report: Report, segment: SectionItems) -> None:
        self.report, self.segment = report, segment
        self.template = report.template
        self.vocabulary = vocabulary(self.template)
        self.sequence = self.template.sequences[segment.key]
        self.owners = self.template.owners[segment.key]
        spec = self.template.sections.get(segment.key)
        table = spec.table if spec else None
        self.tables = [table] if table else [] if spec else list(self.template.tables)
        self.items = self._resolved(without_captions(segment.items))
        self.rows = [(at, address) for at, item in enumerate(self.items) if (address := _row_of(item))]
        """Where the labels of rows stand among the tokens."""
        self.last = {address: at for at, address in self.rows}
        self.at = -1
        self.position = segment.heading.span.end if segment.heading else 0
        """In the source: the end of the last token taken."""
        self.missing: dict[str, int] = {}
        """Row terminals put in, with where they were missed."""
        self.seen: set[str] = set()
        self.aside: list[tuple[str, Item, Item | None]] = []
        self.misnumbered: list[tuple[Landmark, Item]] = []
        self.groups: list[tuple[Landmark, Item]] = []
        """Groups in other words."""

    def run(self) -> list[RowFigures]:
        parser = Parser(self.template.parsing, self.segment.key)
        if self.segment.key in self.template.sections:
            parser.feed(self.sequence[0])
            self.at = 0
        skip = False
        for index, item in enumerate(self.items):
            if skip and item.kind == "figures":
                continue
            skip = item.kind == "label" and not self._label(parser, index, item)
            if item.kind == "figures":
                self._figures(parser, index)
            elif item.kind == "text" and parser.accepts("TEXT"):
                self._feed(parser, "TEXT", index)
        had_text = any(item.kind in ("text", "stranger") for item in self.items) or bool(self.seen)
        found = list(self._rows(parser)) if self._finish(parser) else []
        found += self._left_blank(found)
        self._record(had_text)
        return found + [self._displaced(*entry) for entry in self.aside]

    def _resolved(self, items: Sequence[Item]) -> list[Item]:
        """Words of another edition set apart; strangers in the place of a missing row taken for that row."""
        self.editions = Editions(self.template, self.tables, items)
        self.report.departures += fit_columns(self.template, self.tables, items, self.report.document.text)
        for key in self.tables:
            self.report.departures += fit_shared(self.template.tables[key], items)
        self._place(items)
        rows = {mark.address: mark for mark in self.template.landmarks if mark.kind == "row"}
        present = {mark.address for item in items for mark in item.landmarks}
        order = list(rows)
        last = -1
        for index, item in enumerate(items):
            if address := _row_of(item):
                last = order.index(address)
            follows = index + 1 < len(items) and items[index + 1].kind == "figures"
            if item.kind == "stranger" and follows and last + 1 < len(order):
                mark = rows[order[last + 1]]
                if mark.address not in present and mark.table == item.table and self._vague(item, mark):
                    item.kind, item.landmarks, item.exact = "label", (mark,), False
                    last += 1
        return list(items)

    def _place(self, items: Sequence[Item]) -> None:
        """Of several rows with one label, put first the one that comes next in the mandated order."""
        if not self.template.repeated:
            return
        at = -1
        for item in items:
            if item.kind != "label" or not item.landmarks or item.landmarks[0].kind == "column":
                continue
            terminal = item.landmarks[0].terminal
            repeated = terminal in self.template.repeated
            ahead = [n for n in range(at + 1, len(self.sequence)) if self.sequence[n] == terminal]
            if not ahead:
                continue
            at = ahead[0]
            owner = self.owners[at]
            if repeated and owner:
                item.landmarks = (owner, *(mark for mark in item.landmarks if mark is not owner))

    def _vague(self, item: Item, mark: Landmark) -> bool:
        """Whether words in the place of a row are those of it, however damaged: they keep its number or some of its words."""
        from rapidfuzz import fuzz

        numbers = [HEAD_ORDINAL.match(text) for text in (item.words, compact(mark.label))]
        if numbers[0] and numbers[1] and numbers[0].group() == numbers[1].group():
            return True
        return fuzz.ratio(bare(item.words), bare(compact(mark.label))) >= _VAGUE

    def _feed(self, parser: Parser, terminal: str, index: int) -> None:
        parser.feed(terminal, index)
        self.position = self.items[index].span.end
        position = self._next(terminal)
        if position is not None:
            mark = self.owners[position]
            if mark is None or mark.kind != "column":
                self.at = position

    def _next(self, terminal: str) -> int | None:
        """Where a terminal comes next in the mandated order."""
        try:
            return self.sequence.index(terminal, self.at + 1)
        except ValueError:
            return None

    def _label(self, parser: Parser, index: int, item: Item) -> bool:
        """Give a label to the parser; False where it was set aside, with the figures behind it."""
        if item.old:
            return False
        follows = self.items[index + 1].kind if index + 1 < len(self.items) else ""
        columns = [mark for mark in item.landmarks if mark.kind == "column"]
        heads = columns and not item.ordinal and follows != "figures" and self._among_columns(index)
        for mark in columns if heads else item.landmarks:
            if parser.accepts(mark.terminal):
                self._accept(parser, mark, index, item)
                return True
        if columns and follows != "figures" and not (item.ordinal and item.landmarks[0].kind == "row"):
            return True  # a header that is repeated
        for mark in item.landmarks:
            if mark.kind == "column":
                continue
            if self._advance(parser, mark, index):
                self._accept(parser, mark, index, item)
                return True
            if mark.kind == "row" and mark.address not in self.seen:
                behind = self.items[index + 1] if index + 1 < len(self.items) else None
                self.aside.append(
                    (mark.address, item, behind if behind and behind.kind == "figures" else None)
                )
                self.seen.add(mark.address)
                self._wording(mark, item)
                return False
        return False

    def _among_columns(self, index: int) -> bool:
        """Whether the labels that stand together with one are the names of columns."""
        backwards = reversed(self.items[max(0, index - _ROW) : index])
        before = takewhile(lambda each: each.kind == "label", backwards)
        neighbours = chain(before, self.items[index + 1 : index + 2])
        return any({mark.kind for mark in each.landmarks} == {"column"} for each in neighbours)

    def _accept(self, parser: Parser, mark: Landmark, index: int, item: Item) -> None:
        position = self._next(mark.terminal)
        mark = (self.owners[position] if position is not None else None) or mark
        self._feed(parser, mark.terminal, index)
        if mark.kind in ("row", "column"):
            self.seen.add(mark.address)
        if mark.kind == "row" and item.misnumbered:
            self.misnumbered.append((mark, item))
        self._wording(mark, item)

    def _wording(self, mark: Landmark, item: Item) -> None:
        if mark.kind == "group" and not item.exact:
            self.groups.append((mark, item))
        elif not item.exact:
            section = self.template.tables[mark.table].section
            self.report.departures.append(
                Departure("label-wording", item.span, mark.address, section or None, mark.label, item.words)
            )

    def _advance(self, parser: Parser, mark: Landmark, index: int) -> bool:
        """Put in what is missing before a label, unless setting the label aside is the smaller repair."""
        target = self._next(mark.terminal)
        if target is None:
            return False
        between = {
            owner.address for owner in self.owners[self.at + 1 : target] if owner and owner.kind == "row"
        }
        if self._displaces(between, index):
            return False
        while not parser.accepts(mark.terminal):
            if not self._insert(parser, target):
                return False
        return True

    def _displaces(self, between: set[str], index: int) -> bool:
        """Whether more rows would come out of their place were those between put in now than if a label is set aside."""
        taken = sum(self.last.get(address, -1) > index for address in between - self.seen)
        start = bisect_left(self.rows, (index, ""))
        return any(address in between for _, address in self.rows[start : start + taken])

    def _insert(self, parser: Parser, limit: int) -> bool:
        """Feed the mandated token that comes next, as missing."""
        for position in range(self.at + 1, limit):
            terminal = self.sequence[position]
            if not parser.accepts(terminal):
                continue
            mark = self.owners[position]
            parser.feed(terminal)
            self.at = position
            if mark and mark.kind == "row" and mark.address not in self.seen:
                self.missing[mark.address] = self.position
            return True
        return False

    def _figures(self, parser: Parser, index: int) -> None:
        """Figures to the row that awaits them; rows without labels share one run."""
        terminal = next((name for name in FIGURES if parser.accepts(name)), None)
        if terminal is None:
            return
        if self._widens(index):
            return
        follows = self.items[index + 1] if index + 1 < len(self.items) else None
        self._feed(parser, terminal, index)
        if terminal != WHOLE_ROW:  # a row that has a terminal for each of its cells
            while (also := next((name for name in FIGURES if parser.accepts(name)), None)) is not None:
                self._feed(parser, also, index)
        if follows is not None and follows.kind in ("figures", "label"):
            return
        while parser.accepts(terminal):
            self._feed(parser, terminal, index)

    def _widens(self, index: int) -> bool:
        """Whether blanks are the rest of a header cell over several columns: a column or the values come next."""
        behind = next((item for item in islice(self.items, index, None) if not _is_blank(item)), None)
        if behind is None or behind is self.items[index]:
            return False
        return behind.figures is not None or any(mark.kind == "column" for mark in behind.landmarks)

    def _finish(self, parser: Parser) -> bool:
        """Put in what is missing at the end; False where the section cannot be ended."""
        while self._insert(parser, len(self.sequence)):
            pass
        return parser.end()

    def _rows(self, parser: Parser) -> Iterable[RowFigures]:
        """The rows read, with the figures given to each; rows put in are not among them."""
        rows = self.template.rows_by_rule
        for rule, values in parser.reduced:
            numbers = [index for index in values if index is not None]
            if not numbers or rule not in rows:
                continue
            table, row = rows[rule]
            labels = [self.items[at] for at in numbers if self.items[at].kind == "label"]
            figures = next((at for at in numbers if self.items[at].kind == "figures"), None)
            if row.labelled or figures is not None:
                yield RowFigures(
                    table,
                    row,
                    labels[0] if labels else None,
                    self.items[figures] if figures is not None else None,
                )

    def _left_blank(self, found: Sequence[RowFigures]) -> Iterator[RowFigures]:
        """Rows without labels under a header with no figures behind it: blank, as nothing else can be missing."""
        present = {(entry.table.key, entry.row.key) for entry in found}
        for key in self.tables:
            table = self.template.tables[key]
            bare = [row for row in table.rows.values() if not row.labelled]
            headed = any(address.startswith(f"{key}.*.") for address in self.seen)
            if not headed or any((key, row.key) in present for row in bare):
                continue
            last = next((item for item in reversed(self.items) if item.kind == "label"), None)
            for row in bare:
                self.missing.pop(f"{key}.{row.key}", None)
                yield RowFigures(table, row, last, None)

    def _displaced(self, address: str, label: Item, figures: Item | None) -> RowFigures:
        table, row = address.split(".")
        spec = self.template.tables[table]
        return RowFigures(spec, spec.rows[row], label, figures)

    def _record(self, had_text: bool) -> None:
        """Departures of the section as a whole: nothing in it, no table, an old edition, rows missing or displaced."""
        report, segment = self.report, self.segment
        spec = self.template.sections.get(segment.key)
        heading = segment.heading.span if segment.heading else Span(segment.end, segment.end)
        section = spec.key if spec else None
        displaced = {address for address, _, _ in self.aside}
        for address, label, _ in self.aside:
            report.departures.append(
                Departure(
                    "row-out-of-order",
                    label.span,
                    address,
                    section,
                    self.template.row_label(address),
                    label.words,
                )
            )
        for table in self.tables:
            own = [
                address
                for address in self.missing
                if address.startswith(f"{table}.")
                and address not in displaced
                and not self.editions.explains(address)
            ]
            self._record_edition(table, section)
            if not any(item.kind in ("label", "figures") and item.table == table for item in self.items):
                if not report.tables_only or segment.items:
                    report.departures.append(
                        Departure("missing-table", heading, table, section, spec.heading if spec else "")
                    )
                continue
            self._record_rows(table, section, own)
            self._record_habits(table, section)
            report.departures += extra_rows(self.template.tables[table], self.items, set(own))
        if spec and not spec.table and not had_text and segment.heading:
            report.departures.append(Departure("empty-section", heading, spec.key, spec.key, spec.heading))

    def _record_rows(self, table: str, section: str | None, missing: Sequence[str]) -> None:
        order = [f"{table}.{row}" for row in self.template.tables[table].rows]
        gaps: list[list[str]] = []
        for address in sorted(missing, key=order.index):
            if gaps and order.index(address) == order.index(gaps[-1][-1]) + 1:
                gaps[-1].append(address)
            else:
                gaps.append([address])
        for gap in gaps:
            for group in [gap] if len(gap) > _FEW_ROWS else [[address] for address in gap]:
                here = self.missing[group[0]]
                self.report.departures.append(
                    Departure(
                        "missing-row",
                        Span(here, here),
                        group[0],
                        section,
                        self.template.row_label(group[0]),
                        also=group[1:],
                    )
                )

    def _record_habits(self, table: str, section: str | None) -> None:
        """Rows with other numbers than mandated (a list not begun anew) are one departure, and groups in other words one."""
        for habit in (self.misnumbered, self.groups):
            wrong = [(mark, item) for mark, item in habit if mark.table == table]
            if wrong:
                (mark, item), *others = wrong
                words = [other.ordinal + other.words for _, other in others]
                actual = item.ordinal + item.words
                self.report.departures.append(
                    Departure("label-wording", item.span, mark.address, section, mark.label, actual, words)
                )

    def _record_edition(self, table: str, section: str | None) -> None:
        """Rows in the form of another edition are one departure."""
        words = self.editions.words
        if not words:
            return
        labels = list(dict.fromkeys(item.foreign or "" for item in words))
        self.report.departures.append(
            Departure(
                "outdated-edition",
                words[0].span,
                table,
                section,
                self.template.id,
                self.editions.edition,
                labels,
            )
        )
        self.report.outdated |= {table, *self.editions.rows}


def without_captions(items: Sequence[Item]) -> list[Item]:
    """The tokens without a row's label that is written again, with its figures, before any other row's.

    It is the caption of a table that holds that row alone; what stands between is that table's header.
    """
    remaining: list[Item] = []
    caption: int | None = None
    for index, item in enumerate(items):
        if _row_of(item):
            between = remaining[caption + 1 :] if caption is not None else []
            divided = any(each.foreign for each in between)  # by rows that another edition has
            if caption is not None and not divided and _same_label(remaining[caption], item):
                header = [each for each in between if each.kind == "label"]
                remaining[caption:] = [
                    each for each in header if {m.kind for m in each.landmarks} == {"column"}
                ]
            behind = items[index + 1] if index + 1 < len(items) else None
            caption = None if behind and behind.kind == "figures" else len(remaining)
        elif item.kind in ("heading", "text"):
            caption = None
        remaining.append(item)
    return remaining


def _same_label(one: Item, other: Item) -> bool:
    return one.words == other.words and one.ordinal == other.ordinal and one.table == other.table


def _row_of(item: Item) -> str:
    """The row whose label a token is; empty for any other."""
    first = item.landmarks[0] if item.kind == "label" and item.landmarks else None
    return first.address if first and first.kind == "row" else ""


def _is_blank(item: Item) -> bool:
    return item.figures is not None and all(part.kind == "blank" for part in item.figures.parts)
