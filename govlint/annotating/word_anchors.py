"""Spans of a Word document's text to the places in ``document.xml`` where a comment's marks may stand.

Marks stand between runs, so a run that a span begins or ends in is parted, and both halves keep its properties. The
seam is written in a way that nobody else writes (a space before ``>``), by which it is found and closed again when
the comment goes. A range stays within one paragraph: programs lose ranges that cross cells. In text boxes, footnotes
and content controls Word takes no marks; there they stand around the box, the reference or the control.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from govlint.document import Span
from govlint.readers.office.splicing import Edit, Markup, Node

if TYPE_CHECKING:
    from govlint.readers.office.word_body import Text

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TRANSPARENT = frozenset(("ins", "moveTo", "hyperlink", "smartTag", "customXml", "bdo", "dir"))
"""What may hold marks as a paragraph does."""
_UNSEEN = frozenset(("rPr", "lastRenderedPageBreak"))
_CHARACTER = re.compile(r"&[^;]*;|\r\n|.", re.DOTALL)
"""As in ``&amp;``."""
_BLANK = " \t\r\n"
_PRESERVE = "http://www.w3.org/XML/1998/namespace space"
WITHIN, BETWEEN, AROUND = b" >", b"  >", b" >"
"""Ends of tags by which a seam within a text, one between two parts of a run, and a paragraph opened for marks are
known."""


class Seam(NamedTuple):
    """What is written before and behind marks at an offset, so that they stand where they may."""

    before: bytes = b""
    behind: bytes = b""
    dropped: int = 0
    """Bytes of the source at the offset that it takes the place of."""


class Range(NamedTuple):
    """Offsets of a comment's marks; the same twice where there is nothing between them."""

    start: int
    end: int


class _Held(NamedTuple):
    """Where a piece of text stands: its paragraph, and the part of that which marks may stand around."""

    paragraph: Node
    child: Node | None
    """None for an empty paragraph."""
    text: Node | None
    """The ``w:t`` of a run that may be parted."""


class Anchors:
    """Finds places for marks in a document; ``seams`` says what else must be written there, by offset."""

    def __init__(self, markup: Markup, text: Text, roots: dict[str, Any], main: str) -> None:
        self._markup, self._pieces, self._words = markup, text.pieces, text.text
        self.seams: dict[int, Seam] = {}
        self._nodes = _numbered(markup, roots[main])
        self._notes = _references(markup, roots, main)
        self._held: dict[int, _Held | None] = {}

    def range(self, span: Span | None) -> Range | None:
        """Where the marks of a comment on the span go; None where there is no paragraph for them.

        Without words in the span they go around the run that begins there, else around the nearest paragraph.
        """
        wanted = span or Span(0, 0)
        index = next((at for at in self._candidates(wanted) if self._holder(at)), None)
        if index is None or (held := self._holder(index)) is None:
            return None
        own = [at for at in self._around(index, held.paragraph) if self._part(at)]
        if not own:
            return self._opened(held.paragraph)
        inside = [at for at in own if self._covers(at, wanted)]
        start, end = wanted
        if not inside:
            begins = span is not None and index in own and self._pieces[index].start == start
            inside = [index] if begins else own
            start, end = self._pieces[inside[0]].start, self._end_of(inside[-1])
        low = self._start(inside[0], max(0, start - self._pieces[inside[0]].start))
        high = self._end(inside[-1], min(end, self._end_of(inside[-1])) - self._pieces[inside[-1]].start)
        return Range(low, max(low, high))

    # Pieces

    def _end_of(self, index: int) -> int:
        return self._pieces[index].start + self._pieces[index].length

    def _covers(self, index: int, span: Span) -> bool:
        return self._pieces[index].start < span.end and span.start < self._end_of(index)

    def _candidates(self, span: Span) -> Iterator[int]:
        """Pieces that the span covers; a blank where it begins; the nearest of its line; those before it, then any."""
        behind = bisect_right(self._pieces, span.start, key=lambda piece: piece.start)
        end = bisect_left(self._pieces, span.end, key=lambda piece: piece.start)
        yield from (at for at in range(max(0, behind - 1), end) if self._covers(at, span))
        start = bisect_left(self._pieces, span.start, key=lambda piece: piece.start)
        yield from (at for at in range(start, behind) if not self._pieces[at].length)
        low = self._words.rfind("\n", 0, span.start) + 1
        high = self._words.find("\n", span.start) % (len(self._words) + 1)
        line = range(
            bisect_left(self._pieces, low, key=lambda piece: piece.start),
            bisect_right(self._pieces, high, key=lambda piece: piece.start),
        )
        yield from sorted(line, key=lambda at: abs(self._pieces[at].start - span.start))
        yield from range(behind - 1, -1, -1)
        yield from range(behind, len(self._pieces))

    def _around(self, index: int, paragraph: Node) -> Iterator[int]:
        """The pieces of one paragraph, in order."""
        first = index
        while first and self._holder(first - 1, paragraph):
            first -= 1
        while first < len(self._pieces) and self._holder(first, paragraph):
            yield first
            first += 1

    def _holder(self, index: int, paragraph: Node | None = None) -> _Held | None:
        """Where a piece stands; None where it has no place, or in no ``paragraph`` where that is given."""
        if index not in self._held:
            piece = self._pieces[index]
            node = self._nodes.get(piece.element) or self._notes.get(piece.element)
            self._held[index] = _hold(node) if node is not None else None
        held = self._held[index]
        return held if paragraph is None or (held and held.paragraph is paragraph) else None

    # Offsets

    def _part(self, index: int) -> tuple[Node, Node | None] | None:
        """The part of a paragraph that marks may stand around, and its text where it may be parted."""
        held = self._holder(index)
        return (held.child, held.text) if held and held.child else None

    def _start(self, index: int, skipped: int) -> int:
        part = self._part(index)
        assert part is not None
        child, text = part
        if text is None:
            return child.start
        if skipped:
            return self._within(child, text, index, skipped, child.start)
        before = [each for each in self._markup.children(child) if each.start < text.start]
        if all(each.name in _UNSEEN for each in before):
            return child.start
        return self._between(child, text.start)

    def _end(self, index: int, covered: int) -> int:
        part = self._part(index)
        assert part is not None
        child, text = part
        behind = self._markup.end(child)
        if text is None:
            return behind
        if covered < self._pieces[index].length:
            return self._within(child, text, index, covered, behind)
        if self._markup.children(child)[-1] is text:
            return behind
        return self._between(child, self._markup.end(text))

    def _opened(self, paragraph: Node) -> Range:
        """In an empty paragraph, which is opened where it is written as one tag."""
        markup = self._markup
        if not markup.is_empty(paragraph):
            return Range(paragraph.close, paragraph.close)
        head = markup.head(paragraph)
        slash = markup.source.rindex(b"/", paragraph.start, head)
        self.seams[slash] = Seam(b">", b"</" + markup.tag(paragraph) + AROUND, len(b"/>"))
        return Range(slash, slash)

    def _between(self, run: Node, offset: int) -> int:
        markup = self._markup
        self.seams[offset] = Seam(b"</" + markup.tag(run) + BETWEEN, _opening(markup, run))
        return offset

    def _within(self, run: Node, text: Node, index: int, count: int, otherwise: int) -> int:
        """The offset behind so many shown characters of a text; ``otherwise`` where it cannot be parted."""
        markup = self._markup
        raw = markup.source[markup.head(text) : text.close].decode("utf-8")
        characters = _CHARACTER.findall(raw)
        lead = self._pieces[index].lead
        if "<" in raw or len(characters) != len(text.text):
            return otherwise
        at = lead + count
        preserved = text.attributes.get(_PRESERVE) == "preserve"
        if not preserved:  # the half before the seam must not end with a space: it would be lost
            while at > lead and text.text[at - 1] in _BLANK:
                at -= 1
            if at == lead:
                return otherwise
        opening = markup.source[text.start : markup.head(text)]
        if not preserved and text.text[at] in _BLANK:
            if text.text[-1] in _BLANK:
                return otherwise
            opening = b"<" + markup.tag(text) + b' xml:space="preserve">'
        offset = markup.head(text) + len("".join(characters[:at]).encode("utf-8"))
        closing = b"</" + markup.tag(text) + b"></" + markup.tag(run) + WITHIN
        self.seams[offset] = Seam(closing, _opening(markup, run) + opening)
        return offset


def _hold(node: Node) -> _Held | None:
    chain = node.chain()
    box = next((at for at, each in enumerate(chain) if each.name == "txbxContent"), len(chain))
    chain = chain[:box]
    at = next((at for at in reversed(range(len(chain))) if chain[at].name == "p"), None)
    if at is None:
        return None
    paragraph, rest = chain[at], chain[at + 1 :]
    while rest and rest[0].name in _TRANSPARENT:
        rest = rest[1:]
    if not rest:
        return _Held(paragraph, None, None)
    parted = len(rest) == 2 and rest[0].name == "r" and rest[1].name == "t"
    return _Held(paragraph, rest[0], rest[1] if parted else None)


def _numbered(markup: Markup, root: Any) -> dict[Any, Node]:
    """Elements of the tree to those of the source: both have them in the same order."""
    found: dict[Any, Node] = {}
    for name in ("t", "p"):
        elements = list(root.iter(_W + name))
        nodes = list(markup.named(name))
        if len(elements) == len(nodes):
            found.update(zip(elements, nodes, strict=True))
    return found


def _references(markup: Markup, roots: dict[str, Any], main: str) -> dict[Any, Node]:
    """Texts of foot- and endnotes to the references to these notes in the document."""
    found: dict[Any, Node] = {}
    places: dict[tuple[str, str | None], Node] = {}
    for node in markup.named("footnoteReference", "endnoteReference"):
        places.setdefault((node.name.removesuffix("Reference"), node.get("id")), node)
    for part, root in roots.items():
        for note in root if part != main else ():
            kind = "footnote" if note.tag == f"{_W}footnote" else "endnote"
            if (place := places.get((kind, note.get(f"{_W}id")))) is not None:
                found.update((text, place) for text in note.iter(f"{_W}t"))
    return found


def _opening(markup: Markup, run: Node) -> bytes:
    """The beginning of a run like another: its tag and its properties."""
    return markup.source[run.start : markup.head(run)] + _properties(markup, run)


def _properties(markup: Markup, run: Node) -> bytes:
    first = next(iter(markup.children(run)), None)
    return markup.written(first) if first is not None and first.name == "rPr" else b""


# Withdrawing


def without_marks(markup: Markup, numbers: set[str]) -> list[Edit]:
    """The edits that take the marks of comments away and close the seams that were made for them."""
    gone = _merged(_marks(markup, numbers))
    ends = {markup.end(run): run for run in markup.named("r")}
    starts = {run.start: run for run in markup.named("r")}
    edits: list[Edit] = []
    for start, end in gone:
        closed = _closed(markup, ends.get(start), starts.get(end))
        edits.append(Edit(*(closed or (start, end)), b""))
    edits += _collapsed(markup, gone)
    return edits


def _marks(markup: Markup, numbers: set[str]) -> Iterator[tuple[int, int]]:
    for node in markup.named("commentRangeStart", "commentRangeEnd", "commentReference"):
        if node.get("id") not in numbers:
            continue
        run = node.parent
        if node.name == "commentReference" and run is not None and run.name == "r":
            others = [each for each in markup.children(run) if each.name != "rPr"]
            if all(each.name == node.name and each.get("id") in numbers for each in others):
                node = run
        yield node.start, markup.end(node)


def _merged(intervals: Iterator[tuple[int, int]]) -> list[tuple[int, int]]:
    """Intervals in order, those that touch made one."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(set(intervals)):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _closed(markup: Markup, left: Node | None, right: Node | None) -> tuple[int, int] | None:
    """What of a seam between two runs must go for them to be one again; None where it is not ours."""
    if left is None or right is None or markup.is_empty(left):
        return None
    mark = markup.source[left.close + len(b"</" + markup.tag(left)) : markup.end(left)]
    opening = _opening(markup, left)
    if mark not in (WITHIN, BETWEEN) or _opening(markup, right) != opening:
        return None
    if mark == BETWEEN:
        return left.close, right.start + len(opening)
    texts = [each for each in markup.children(left) if each.name != "rPr"]
    rest = [each for each in markup.children(right) if each.name != "rPr"]
    if not (texts and rest and texts[-1].name == "t" == rest[0].name):
        return None
    return texts[-1].close, markup.head(rest[0])


def _collapsed(markup: Markup, gone: Sequence[tuple[int, int]]) -> Iterator[Edit]:
    """Paragraphs that were opened for marks and are empty without them, as one tag again."""
    by_start = dict(gone)
    for node in markup.named("p"):
        if markup.is_empty(node) or by_start.get(head := markup.head(node)) != node.close:
            continue
        end = markup.end(node)
        if markup.source[node.close + len(b"</" + markup.tag(node)) : end] == AROUND:
            yield Edit(head - 1, end, b"/>")
