"""The columns of a header from left to right, where they are not in the mandated order.

Merged cells let a header be read in several orders: whether ``总计`` comes before or behind the kinds of one group says
nothing. Only columns under the same words, next to each other in the template, are held against each other.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from govlint.document import Span
from govlint.template.model import Group, TableSpec

Members = Sequence[Group | str]


def arranged(
    table: TableSpec, columns: Sequence[str], places: Mapping[str, Span], text: str
) -> list[str] | None:
    """``columns`` as the header has them, by key; None where it has them in another order that it does not tell.

    ``places`` are where the header has a column, by key, and the words over several.
    """
    header = next((block.header for block in table.blocks if set(columns) <= set(_keys(block.header))), ())
    return _Header(columns, places, text).arranged(header) if header else list(columns)


def _keys(members: Members) -> list[str]:
    return [key for each in members for key in (_keys(each.members) if isinstance(each, Group) else [each])]


class _Header(NamedTuple):
    columns: Sequence[str]
    places: Mapping[str, Span]
    text: str

    def arranged(self, members: Members) -> list[str] | None:
        held = [each for each in members if not set(self._columns(each)).isdisjoint(self.places)]
        alone = [self.places[each] for each in held if isinstance(each, str)]
        if sorted(alone) != alone and self._tells(alone):
            spans = [self.places.get(each.words if isinstance(each, Group) else each) for each in held]
            known = [span for span in spans if span is not None]
            one_line = "\n" not in self.text[min(known).start : max(known).end]
            if len(known) < len(held) or (len(alone) < len(held) and not one_line):
                return None
            in_order = [held[at] for _, at in sorted(zip(known, range(len(held)), strict=True))]
            members = [*in_order, *(each for each in members if each not in held)]
        found: list[str] = []
        for each in members:
            inner = self.arranged(each.members) if isinstance(each, Group) else self._columns(each)
            if inner is None:
                return None
            found += inner
        return found

    def _tells(self, spans: Sequence[Span]) -> bool:
        """Whether names stand on one line, or all of the header each on its own: else their heights tell no order."""

        def lines(names: Collection[Span]) -> int:
            return len({self.text.rfind("\n", 0, name.start) for name in names})

        return lines(spans) == 1 or lines(self.places.values()) == len(self.places)

    def _columns(self, member: Group | str) -> list[str]:
        keys = _keys(member.members) if isinstance(member, Group) else [member]
        return [key for key in keys if key in self.columns]
