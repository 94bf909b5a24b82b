"""Document to tokens: headings, labels, figures and prose, found by the grammar's own words.

Labels are looked for first and figures in the gaps between them, because a label may begin with a digit. A label
counts only where it stands like one (at a border, next to another label or a figure) and in company: the words of
the template are everyday words of the prose.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Literal

from msgspec import Struct

from govlint.document import Document, Span
from govlint.parsing.forms import Filled, OtherForm
from govlint.parsing.headings import Heading, Headings
from govlint.parsing.labels import numbered, widened, with_explanations
from govlint.parsing.row_values import Figures, Part, read_gap
from govlint.parsing.row_words import BOXES, read_words
from govlint.parsing.vocabulary import Mention, Vocabulary, same_words, vocabulary
from govlint.template.model import Landmark, Template
from govlint.text.folding import compact, compacted, folded
from govlint.text.furniture import end_of_report

ItemKind = Literal["heading", "label", "figures", "text", "stranger", "table"]
"""``stranger``: words among the labels of a table that are none of its labels. ``table``: a whole one, of a known form."""

_SAID = re.compile(r"[\d,.]+(?:年|(?:亿元|万元|元|[项件个条宗份起次])[ \r]*[,、;。:])")
"""A figure as prose states it, and not as a table holds it: ``12件,``."""
_HAN = re.compile(r"[㐀-鿿]")
_BOUNDARY = "\n|\x1f"
_BORDER = re.compile(f"[{_BOUNDARY}]")
_SPACE = " \r"
_LOOSE_END = '。;:!?)]"'
_LONGEST_LABEL = 60
_SHORT_LABEL = 20
_LONG_LABEL = 6
"""Characters of a label that with another right behind it is in a table, whatever stands before."""
_LIKE = 60.0
_STOP = re.compile(r"[。;!?]")
_LEAD = re.compile(r"(?:^|(?<=[\n|\x1f]))[ |\r\x1f]*([^ \n|\x1f。;:][^\n|\x1f。;:]{1,28}?)[ \r\n|\x1f:-]*$")
"""A short line that is no sentence, just before a table's first label: ``\n内设机构\n``."""
_LONGEST_WORDS = 400
"""Characters that a row of words may hold."""
_LONGEST_ROW = 4000
"""Characters behind the last label in which its figures are looked for."""


class Item(Struct):
    """One token: its span in the source, and what it may mean to the grammar."""

    kind: ItemKind
    span: Span
    landmarks: tuple[Landmark, ...] = ()
    words: str = ""
    """As written, compact, without the ordinal."""
    ordinal: str = ""
    exact: bool = True
    foreign: str | None = None
    """The label, where it is one of another edition."""
    figures: Figures | None = None
    heading: Heading | None = None
    table: str | None = None
    old: bool = False
    """Of another edition, with the figures behind it."""
    misnumbered: bool = False
    """A row's label with another number than the mandated one."""
    filled: Filled | None = None


class Chain(Struct, frozen=True):
    """A table's labels as they stand, where its last figures end at the latest, and the tokens made of it."""

    hits: Sequence[Mention]
    limit: int
    items: Sequence[Item]


class Scan:
    """The tokens of one document, and its folded text, which the readers of metadata need too.

    ``known`` are its tables of known forms, which are taken as they are. Raises OtherForm where one stands otherwise.
    """

    def __init__(self, document: Document, template: Template, known: Sequence[Filled] = ()) -> None:
        self.document = document
        self.folded = folded(document.text)
        self.compact = compacted(self.folded)
        self.vocabulary: Vocabulary = vocabulary(template)
        self.known = {filled.start: filled for filled in known}
        self.mentions: list[Heading] = []
        hits: list[Mention] = []
        for hit in self._hits():
            if hit.landmarks and hit.landmarks[0].kind == "section":
                span = Span(hit.start, hit.end)
                self.mentions.append(Heading(span, hit.landmarks[0].address, hit.ordinal, hit.words))
            else:
                hits.append(hit)
        tables = list(self._tables(hits, [mention.span for mention in self.mentions if mention.ordinal]))
        labels: dict[int, Sequence[Landmark]] = {}
        for table in tables:
            labels.update(self._labels(table))
        own = {start: key for start, marks in labels.items() if (key := _only_table(marks))}
        headings = Headings(self.folded, self.compact, self.vocabulary, own)
        self.headings = headings.find(self.mentions, labels.keys())
        self.chains: list[Chain] = []
        """Tables under no words of a group, but for those of known forms."""
        self.items = self._items(tables)

    def _hits(self) -> Iterator[Mention]:
        """The labels in the text; of a table of a known form the first alone."""
        within = [(filled.start, filled.last_number) for filled in self.known.values()]
        for mention in with_explanations(self.folded, self.vocabulary.mentions(self.compact, within)):
            yield numbered(self.folded, mention)

    def _labels(self, table: Sequence[Mention]) -> Iterable[tuple[int, Sequence[Landmark]]]:
        """Where each label of a table begins, and what it may be."""
        if filled := self.known.get(table[0].start):
            marks = [hit.landmarks for hit in filled.form.chain]
            return zip(map(filled.at, filled.form.labels), marks, strict=True)
        return [(hit.start, hit.landmarks) for hit in table]

    def _tables(self, hits: Sequence[Mention], numbered: Sequence[Span]) -> Iterator[list[Mention]]:
        """Chains of labels with nothing but figures or short words between them, and no numbered heading."""
        chain: list[Mention] = []
        starts = [span.start for span in numbered]
        heading_ends = {span.end for span in numbered}
        known = dict(self.known)
        for index, hit in enumerate(hits):
            filled = known.pop(hit.start, None)
            after = hits[index + 1].start if index + 1 < len(hits) else None
            if filled:
                after = filled.at(filled.form.labels[1])
            last = chain[-1].end if chain else None
            stands = self._stands(hit, last, after, heading_ends)
            if not stands and not self._among_words(hit, chain[-1] if chain else None):
                if filled:
                    raise OtherForm
                continue
            if chain and (
                bisect_left(starts, chain[-1].end) < bisect_left(starts, hit.start)
                or not self._linked(chain[-1], hit.start)
            ):
                if self._is_table(chain):
                    yield chain
                chain = []
            if chain and (filled or chain[0].start in self.known):
                raise OtherForm
            chain += self._ends(filled, hit) if filled else [hit]
        if known:
            raise OtherForm
        if chain and self._is_table(chain):
            yield chain

    def _ends(self, filled: Filled, hit: Mention) -> tuple[Mention, Mention]:
        """The first and the last label of a table of a known form, which ``hit`` must begin as it did then."""
        first, last = filled.form.chain[0], filled.form.chain[-1]
        start = filled.at(filled.form.labels[-1])
        end = start + last.end - last.start
        if (
            hit[2:] != first[2:]
            or hit.end - hit.start != first.end - first.start
            or _SAID.match(self.folded, end)
        ):
            raise OtherForm
        return hit, last._replace(start=start, end=end)

    def _stands(self, hit: Mention, last: int | None, after: int | None, heading_ends: set[int]) -> bool:
        """Whether the words stand like a label: bordered, or next to a label or a figure, on both sides."""
        text = self.folded
        left = hit.start
        while left and text[left - 1] in _SPACE:
            left -= 1
        before = text[left - 1] if left else "\n"
        right = hit.end
        while right < len(text) and text[right] in _SPACE:
            right += 1
        behind = text[right] if right < len(text) else "\n"
        if before in BOXES:  # one of the choices behind another label
            return False
        if _SAID.match(text, right):
            return False
        closes = (
            behind in _BOUNDARY
            or behind.isdigit()
            or right == after
            or behind in "(-/"
            or right - hit.end > 1
            or (behind == ":" and not self.vocabulary.template.sections)
        )
        opens = (
            before in _BOUNDARY
            or before.isdigit()
            or left == last
            or left in heading_ends
            or hit.start - left > 1
            or before in _LOOSE_END
            or (before in "-/" and hit.start > left)
            or (right == after and len(hit.words) >= _LONG_LABEL)
        )
        if not opens and closes and last is not None and before not in ",、.":  # behind a reworded label
            opens = left - last <= (_LONGEST_LABEL if hit.ordinal else _SHORT_LABEL)
        if opens and not closes and last is not None and after is not None:  # a reworded label may follow
            closes = (
                after - right <= _LONGEST_LABEL
                and behind not in ",、;。:"
                and not (self.vocabulary.template.sections and _BORDER.search(text, right, after))
            )
        return opens and closes

    def _among_words(self, hit: Mention, last: Mention | None) -> bool:
        """Whether a label stands at the start of a line, or behind words that a form asks for, with such words behind."""
        if not self._holds_words(hit) or len(hit.words) < _LONG_LABEL - 2:
            return False
        before = self.folded[max(0, hit.start - 1) : hit.start]
        return before in ("", "\n") or (last is not None and self._holds_words(last))

    def _linked(self, before: Mention, start: int) -> bool:
        gap = self.folded[before.end : start]
        if self._holds_words(before):
            return len(gap) <= _LONGEST_WORDS
        if len(gap) > 2000:
            gap = gap.strip()
        if _STOP.search(gap):
            return False
        return len(gap) <= _LONGEST_LABEL or len(_HAN.findall(gap)) <= _LONGEST_LABEL

    def _holds_words(self, hit: Mention) -> bool:
        """Whether what stands behind a label are words that the form asks for."""
        texts = self.vocabulary.template.texts
        return bool(texts and hit.landmarks) and all(mark.address in texts for mark in hit.landmarks)

    def _is_table(self, chain: Sequence[Mention]) -> bool:
        if chain[0].start in self.known:
            return True
        rows = {mark.address for hit in chain for mark in hit.landmarks if mark.kind == "row"}
        digits = re.search(r"\d", self.folded[chain[0].end : chain[-1].end + 40])
        return len(chain) >= 4 or (len(chain) >= 2 and bool(rows) and bool(digits))

    def _items(self, tables: Sequence[Sequence[Mention]]) -> list[Item]:
        """Headings, tables and the prose between them, in the order of the text."""
        items: list[Item] = []
        blocks: list[tuple[int, Heading | Sequence[Mention]]] = [
            *((heading.span.start, heading) for heading in self.headings),
            *((table[0].start, table) for table in self._without_headings(tables)),
        ]
        blocks.sort(key=lambda block: block[0])
        at = 0
        for index, (start, block) in enumerate(blocks):
            if isinstance(block, Heading):
                self._prose(items, at, start)
                items.append(
                    Item("heading", block.span, words=block.words, ordinal=block.ordinal, heading=block)
                )
            else:
                limit = blocks[index + 1][0] if index + 1 < len(blocks) else len(self.folded)
                lead, table = self._table(at, block, limit)
                self._prose(items, at, lead.span.start if lead else start)
                items += [lead, *table] if lead else table
            at = items[-1].span.end
        self._prose(items, at, end_of_report(self.folded, at, len(self.folded)))
        return items

    def _table(self, at: int, chain: Sequence[Mention], limit: int) -> tuple[Item | None, Sequence[Item]]:
        """The words of a group before a table, if there are any, and its tokens. ``at`` is where its prose begins."""
        start = chain[0].start
        filled = self.known.get(start)
        lead = self._lead(at, start, filled.form.chain if filled else chain)
        if filled:
            if lead or limit != filled.limit:
                raise OtherForm
            return None, [Item("table", Span(start, filled.end), table=filled.form.table, filled=filled)]
        items = list(self._table_items(chain, limit))
        if not lead:
            self.chains.append(Chain(chain, limit, items))
        return lead, items

    def _lead(self, at: int, start: int, chain: Sequence[Mention]) -> Item | None:
        """The words of a group in other words on the line before a table's first label, which begins at ``start``."""
        line = _LEAD.search(self.folded, at, start)
        tables = {mark.table for hit in chain[:2] for mark in hit.landmarks}
        present = {mark.label for hit in chain for mark in hit.landmarks}
        among = [
            mark
            for mark in self.vocabulary.template.landmarks
            if mark.kind == "group" and mark.address in tables and mark.label not in present
        ]
        if line is None or not among:
            return None
        item = self._words(Span(*line.span(1)), among, None)
        return item if item.landmarks else None

    def _without_headings(self, tables: Sequence[Sequence[Mention]]) -> Iterator[list[Mention]]:
        """Chains parted where a heading stands between two of their labels."""
        starts = sorted(heading.span.start for heading in self.headings)
        for table in tables:
            chain: list[Mention] = []
            for hit in table:
                if chain and bisect_left(starts, chain[-1].end) < bisect_left(starts, hit.start):
                    if chain[0].start in self.known:
                        raise OtherForm
                    yield chain
                    chain = []
                chain.append(hit)
            yield chain

    def _prose(self, items: list[Item], start: int, end: int) -> None:
        text = self.document.text[start:end]
        stripped = text.strip(" \t\r\n\v\u3000|:：。.")
        if any(char.isalnum() for char in stripped):
            lead = len(text) - len(text.lstrip(" \t\r\n\v\u3000|:："))
            items.append(Item("text", Span(start + lead, start + len(text.rstrip()))))

    def _table_items(self, chain: Sequence[Mention], limit: int) -> Iterator[Item]:
        among = self.vocabulary.others(frozenset(hit.landmarks for hit in chain))
        chain = list(self._widened(chain, limit, among))
        last_column = max((at for at, hit in enumerate(chain) if _is_column(hit.landmarks)), default=-1)
        table = next(filter(None, (_only_table(hit.landmarks) for hit in chain)), None)
        for index, hit in enumerate(chain):
            if index + 1 < len(chain) and self._repeated(hit, chain[index + 1]):
                continue
            span = Span(hit.start, hit.end)
            marks = hit.landmarks
            if hit.widened and (nearest := self._nearest(hit.words, among, table)):
                marks = (nearest, *(mark for mark in marks if mark is not nearest))
            table = _table_of(marks, table)
            exact = not hit.widened and _is_exact(hit.words, hit.landmarks)
            yield Item(
                "label", span, marks, hit.words, hit.ordinal, exact=exact,
                foreign=hit.foreign, table=table, misnumbered=hit.misnumbered,
            )  # fmt: skip
            last = index + 1 == len(chain)
            end = min(limit, hit.end + _LONGEST_ROW) if last else chain[index + 1].start
            if self._holds_words(hit):
                kinds = self.vocabulary.template.texts[hit.landmarks[0].address]
                words = read_words(self.document.text, self.folded, Span(hit.end, end), last, kinds)
                yield Item("figures", words.span, figures=words, table=table)
                continue
            pieces = read_gap(self.folded, hit.end, end, not last)
            for at, piece in enumerate(pieces):
                if isinstance(piece, Figures):
                    following = None if last else chain[index + 1]
                    if following and self._unmerged(piece, span.end, following, index < last_column):
                        continue
                    if names := _names(hit, piece):
                        yield from (self._words(part.span, among, table) for part in names)
                        continue
                    yield Item("figures", piece.span, figures=piece, table=table)
                    continue
                item = self._words(piece, among, table)
                if last and (item.kind == "stranger" or not item.landmarks):
                    behind = pieces[at + 1] if at + 1 < len(pieces) else None
                    heads = any(mark.kind == "column" for mark in hit.landmarks) and at == 0
                    if not isinstance(behind, Figures) or not (behind.bordered or heads):
                        return
                table = _table_of(item.landmarks, table)
                yield item

    def _repeated(self, hit: Mention, following: Mention) -> bool:
        """Whether the next cell says the same again, where a merged one was taken apart."""
        gap = self.folded[hit.end : following.start].strip(" ")
        return gap in ("|", "\x1f") and hit.words == following.words and hit.ordinal == following.ordinal

    def _unmerged(self, figures: Figures, end: int, following: Mention, columns: bool) -> bool:
        """Whether empty cells are the rest of a header's cell in a grid where nothing is merged: ``columns`` follow."""
        if any(part.text for part in figures.parts):
            return False
        return _is_column(following.landmarks) or (columns and "\n" not in self.folded[end : following.start])

    def _words(self, span: Span, among: Sequence[Landmark], own: str | None) -> Item:
        """Words in a table that are no known label: one in other words, a bracketed remark, or a stranger."""
        text = "".join(self.folded[span.start : span.end].split())
        if 2 <= len(text) <= _LONGEST_LABEL:
            mark = self._nearest(text, among, own)
            if mark is not None:
                return Item(
                    "label", span, (mark,), text, exact=same_words(text, compact(mark.label)), table=own
                )
        return Item("stranger", span, words=text, table=own)

    def _nearest(self, text: str, among: Sequence[Landmark], own: str | None) -> Landmark | None:
        """The label that words resemble, of the table being read if there is one."""
        inside = [mark for mark in among if mark.table == own]
        resembling = self.vocabulary.resembling
        return resembling(text, inside, _LIKE) or resembling(text, among, _LIKE)

    def _widened(self, chain: Sequence[Mention], limit: int, among: Sequence[Landmark]) -> Iterator[Mention]:
        ends = [hit.end for hit in chain]
        starts = [hit.start for hit in chain]
        for hit, low, high in zip(chain, [0, *ends], [*starts[1:], limit], strict=False):
            wide = hit if self._holds_words(hit) else widened(self.folded, hit, low, high)
            if wide is hit:
                yield hit
                continue
            glued = (self.folded[wide.start : hit.start], self.folded[hit.end : wide.end])
            yield hit if any(self._is_another(words, hit, among) for words in glued) else wide

    def _is_another(self, words: str, hit: Mention, among: Sequence[Landmark]) -> bool:
        """Whether words glued to a label are another label in other words, and no part of it."""
        if len(words) < 2 or not all(mark.kind in ("column", "group") for mark in hit.landmarks):
            return False
        heads = [mark for mark in among if mark.kind != "row" and mark not in hit.landmarks]
        return self.vocabulary.resembling(words, heads, _LIKE) is not None


@lru_cache(4096)
def _is_exact(words: str, landmarks: Sequence[Landmark]) -> bool:
    """Whether a label that has the mandated words has their marks too, as far as they matter."""
    return not landmarks or any(words.count("/") == mark.label.count("/") for mark in landmarks)


def _names(hit: Mention, figures: Figures) -> list[Part]:
    """Short words behind the name of a column, which are the name of another: ``小计``."""
    if hit.ordinal or all(mark.kind == "row" for mark in hit.landmarks):
        return []
    parts = [part for part in figures.parts if part.kind != "blank"]
    named = all(part.kind == "invalid" and len(_HAN.findall(part.text)) > 1 for part in parts)
    return parts if named and not any(char.isdigit() for part in parts for char in part.text) else []


@lru_cache(4096)
def _is_column(landmarks: Sequence[Landmark]) -> bool:
    return {mark.kind for mark in landmarks} == {"column"}


@lru_cache(4096)
def _only_table(landmarks: Sequence[Landmark]) -> str | None:
    """The table that alone has a label."""
    tables = {mark.table for mark in landmarks}
    return tables.pop() if len(tables) == 1 else None


@lru_cache(4096)
def _table_of(landmarks: Sequence[Landmark], current: str | None) -> str | None:
    """The table whose label this is: the one being read, where it has the label too."""
    tables = [mark.table for mark in landmarks]
    return current if current in tables or not tables else tables[0]
