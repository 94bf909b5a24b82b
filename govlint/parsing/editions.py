"""Which rows of a table are in the form of another edition: their figures mean something else and are not read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, islice, takewhile

from govlint.parsing.scanner import Item
from govlint.parsing.vocabulary import vocabulary
from govlint.template.model import Landmark, Template, split_unit

_ALIKE = 75.0
"""A word of another edition so like an own label may be that label, reworded."""
_TELLING = 2
"""So many words that only another edition has show that a table is in its form."""


class Editions:
    """The tokens of one section, those of another edition marked as ``old``.

    Under a header of another edition every row is old; a group that is one row there stands for its rows here.
    """

    def __init__(self, template: Template, tables: Sequence[str], items: Sequence[Item]) -> None:
        self.template, self.items = template, items
        self.own = [mark for mark in template.landmarks if mark.table in tables]
        self.words: list[Item] = []
        """Labels that the own edition does not have."""
        self.rows: set[str] = set()
        """Addresses of the own rows that are old."""
        if template.regrouped or any(item.foreign for item in items):
            self._judge()

    def _judge(self) -> None:
        """One word of another edition that is like an own label is that label, reworded; others tell."""
        alike = {id(item): self._alike(item) for item in self.items if item.foreign}
        regrouped = list(self._regrouped())
        telling = {item.foreign for item in self.items if item.foreign and not alike[id(item)]}
        for item in regrouped:
            self._set_aside(item, [mark.address for mark in self._members(item.landmarks[0])])
        headers = [
            self._beside(index)
            for index, item in enumerate(self.items)
            if item.foreign and not alike.get(id(item), item) and self._heads_alone(index)
        ]
        if len(telling) >= _TELLING or headers:
            self._sweep(alike)
            for item in chain.from_iterable(headers):
                item.old |= item.kind == "stranger"
        for item in self.items:
            if item.foreign and not item.old:
                self._take_back(item, alike[id(item)])

    def explains(self, row: str) -> bool:
        """Whether a row is not missing but of another edition, or one that the other edition does not have."""
        if not self.words or row in self.rows:
            return row in self.rows
        edition = self.edition
        label = next(mark.label for mark in self.own if mark.kind == "row" and mark.address == row)
        return (label, edition) in self.template.lacking

    @property
    def edition(self) -> str:
        """The id of the edition whose words these are."""
        known = dict((*self.template.foreign, *self.template.regrouped))
        return known.get(self.words[0].foreign or "", "")

    def _alike(self, item: Item) -> Landmark | None:
        among = [mark for mark in self.own if mark.table == item.table] or self.own
        return vocabulary(self.template).resembling(item.foreign or "", among, _ALIKE)

    def _sweep(self, alike: dict[int, Landmark | None]) -> None:
        """Through the table: a header decides of which edition the rows under it are."""
        old = False
        for index, item in enumerate(self.items):
            if item.kind != "label":
                continue
            mark = item.landmarks[0] if item.landmarks else None
            own = alike.get(id(item)) if item.foreign else mark
            is_row = self._has_figures(index) or bool(own and own.kind == "row" and not item.foreign)
            if item.foreign and (old or not is_row or not own):
                old = old or not is_row
                self._set_aside(item, [own.address] if own and own.kind == "row" else [])
            elif not is_row:
                old = False
            elif mark and mark.kind == "row" and (old or self._is_divided(index) or self._again(mark)):
                self._set_aside(item, [mark.address], tells=False)

    def _beside(self, index: int) -> list[Item]:
        """What stands before a word in its header."""
        return list(takewhile(lambda each: each.kind != "figures", reversed(self.items[:index])))

    def _heads_alone(self, index: int) -> bool:
        """Whether a word of another edition is the one known name of a header: 本年新 | 本年新 | 对外公开总数量."""
        beside = self._beside(index)
        named = any(mark.kind == "column" for each in beside for mark in each.landmarks)
        unknown = any(each.kind == "stranger" for each in beside)
        return unknown and not named and not self._has_figures(index)

    def _has_figures(self, index: int) -> bool:
        """Whether figures stand behind a label, and not the blanks of a merged header."""
        figures = self.items[index + 1].figures if index + 1 < len(self.items) else None
        return figures is not None and any(part.kind != "blank" for part in figures.parts)

    def _is_divided(self, index: int) -> bool:
        """Whether a row has no figures of its own and rows of another edition behind."""
        behind = next(islice(self.items, index + 1, None), None)
        return behind is not None and behind.foreign is not None

    def _again(self, mark: Landmark) -> bool:
        """Whether a row that is old is named once more, as where merged cells are taken apart."""
        return mark.address in self.rows

    def _set_aside(self, item: Item, rows: Sequence[str], tells: bool = True) -> None:
        item.old = True
        self.rows.update(rows)
        if tells:
            item.foreign = item.foreign or item.landmarks[0].label
            self.words.append(item)

    def _take_back(self, item: Item, mark: Landmark | None) -> None:
        item.foreign = None
        item.kind, item.exact = ("label", False) if mark else ("stranger", True)
        item.landmarks = (mark,) if mark else ()

    def _members(self, group: Landmark) -> Iterator[Landmark]:
        """The rows of a group."""
        words = split_unit(group.label)
        for mark in self.own:
            if mark.kind == "row":
                table, row = mark.address.split(".")
                if self.template.tables[table].rows[row].group == words:
                    yield mark

    def _regrouped(self) -> Iterator[Item]:
        """Groups with figures of their own and no row of theirs behind: one row, as in another edition."""
        labels = {label for label, _ in self.template.regrouped}
        for index, item in enumerate(self.items):
            mark = item.landmarks[0] if item.landmarks else None
            if not mark or mark.label not in labels or index + 1 == len(self.items):
                continue
            own = {member.address for member in self._members(mark)}
            label = next(
                (other for other in islice(self.items, index + 1, None) if other.kind == "label"), None
            )
            inside = label and any(found.address in own for found in label.landmarks)
            if self.items[index + 1].kind == "figures" and not inside:
                yield item
