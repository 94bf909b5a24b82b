"""Edits made in the source of a page, at the places where its text stands."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from govlint.document import Document, Span, Unreadable
from govlint.readers.web.marks import Piece, marked, pieces
from govlint.text.encoding import Decoded, decode_page
from govlint.text.folding import INVISIBLE

if TYPE_CHECKING:
    from govlint.document import Edit

Read = Callable[[bytes, str], Document]
"""How the page is read: by what it is rewritten for."""


class Places:
    """The source offsets of the characters of a document's text that are no white space."""

    def __init__(self, source: str, document: Document, path: str) -> None:
        from govlint.readers.web.webpage import read_marked

        self.source, self.text = source, document.text
        self.where: dict[int, Piece] = {}
        self.stretch: dict[int, int] = {}
        with_marks, found = marked(source)
        try:
            again, marks = read_marked(with_marks, path, document.format)
        except Unreadable:  # a mark amid torn markup has made another page of it
            return
        if again.text != document.text:
            return
        for index, (offset, number) in enumerate(marks):
            end = marks[index + 1][0] - 1 if index + 1 < len(marks) else len(self.text)
            self._align(offset - 1, end, number, found[number])

    def _align(self, start: int, end: int, number: int, span: Span) -> None:
        """Match the characters of a stretch with those of the text from ``start`` on, as far as they agree."""
        at = start
        for piece in pieces(self.source, span):
            if len(piece.text) != 1 or piece.text.isspace() or INVISIBLE.fullmatch(piece.text):
                continue
            while at < end and self.text[at].isspace():
                at += 1
            if at >= end or self.text[at] != piece.text:
                return
            self.where[at] = piece
            self.stretch[at] = number
            at += 1

    def source_edits(self, edit: Edit, encoding: str) -> list[tuple[int, int, str]] | None:
        """What to replace in the source, or None where that cannot be said."""
        (start, end), text = _trimmed(self.text, edit)
        if re.search(r"[\n\t\v]", text) or re.search(r"[\n\t\v]", self.text[start:end]):
            return None
        if start == end:
            return self._insertion(start, text, encoding)
        known = [at for at in range(start, end) if at in self.where]
        if len(known) != sum(not char.isspace() for char in self.text[start:end]):
            return None
        if not known:
            return self._between(start, end, text, encoding)
        whole = [self.where[at] for at in range(start, end) if at in self.where]
        if len({self.stretch[at] for at in known}) == 1:
            low = whole[0].start if start in self.where else self._edge(start, known[0])
            high = whole[-1].end if end - 1 in self.where else self._edge(known[-1], end - 1)
            if low is None or high is None:
                return None
            return [(low, high, _escaped(text, encoding))]
        if len(text) == end - start == len(known):
            return [(p.start, p.end, _escaped(char, encoding)) for p, char in zip(whole, text, strict=True)]
        return [(p.start, p.end, "") for p in whole] if not text else None

    def _edge(self, one: int, other: int) -> int | None:
        """The source offset of white space at an edge of an edit: it must be the source's own, one for one."""
        inside = other if self.text[one].isspace() else one
        outside = one if inside == other else other
        step = -1 if outside < inside else 1
        count = abs(outside - inside)
        piece = self.where[inside]
        offset = piece.start - count if step < 0 else piece.end + count
        low, high = sorted((offset, piece.start if step < 0 else piece.end))
        wanted = self.text[min(outside, inside + 1) : max(outside, inside - 1) + 1]
        return offset if self.source[low:high] == wanted else None

    def _insertion(self, at: int, text: str, encoding: str) -> list[tuple[int, int, str]] | None:
        if at - 1 in self.where:
            offset = self.where[at - 1].end
        elif at in self.where:
            offset = self.where[at].start
        else:
            return None
        return [(offset, offset, _escaped(text, encoding))]

    def _between(self, start: int, end: int, text: str, encoding: str) -> list[tuple[int, int, str]] | None:
        """An edit of white space alone: all of it that stands between two characters of one stretch."""
        before, behind = self.where.get(start - 1), self.where.get(end)
        if before is None or behind is None or self.stretch[start - 1] != self.stretch[end]:
            return None
        return [(before.end, behind.start, _escaped(text, encoding))]


def _trimmed(text: str, edit: Edit) -> tuple[Span, str]:
    """An edit without what it leaves as it is, at both ends."""
    (start, end), new = edit.span, edit.text
    while start < end and new and text[start] == new[0]:
        start, new = start + 1, new[1:]
    while start < end and new and text[end - 1] == new[-1]:
        end, new = end - 1, new[:-1]
    return Span(start, end), new


def _escaped(text: str, encoding: str) -> str:
    safe = html.escape(text, quote=False)
    return safe.encode(encoding, "xmlcharrefreplace").decode(encoding)


def rewrite_page(data: bytes, path: str, edits: Sequence[Edit], read: Read) -> tuple[bytes, list[Edit]]:
    """The page with the edits made, and those that could not be placed; the result is read again and compared."""
    document = read(data, path)
    decoded = exact(data)
    if decoded is None:
        return data, list(edits)
    places = Places(decoded.text, document, path)
    placed: list[tuple[Edit, list[tuple[int, int, str]]]] = []
    left: list[Edit] = []
    for edit in edits:
        changes = places.source_edits(edit, decoded.encoding)
        if changes is None:
            left.append(edit)
        else:
            placed.append((edit, changes))
    made = _applied(decoded, placed)
    if _reads(made, path, read, document.text, [edit for edit, _ in placed]):
        return made, left
    return _one_by_one(decoded, path, read, document.text, placed, left)


def exact(data: bytes) -> Decoded | None:
    """The decoded page where its text can be written back to the very same bytes."""
    decoded = decode_page(data)
    body = data[len(decoded.bom) :]
    try:
        text = body.decode(decoded.encoding, "surrogateescape")
        exact = text.encode(decoded.encoding, "surrogateescape") == body
    except UnicodeError:
        return None
    return decoded._replace(text=text) if exact else None


def _applied(decoded: Decoded, placed: Sequence[tuple[Edit, list[tuple[int, int, str]]]]) -> bytes:
    changes = sorted(change for _, changes in placed for change in changes)
    out: list[str] = []
    at = 0
    for start, end, text in changes:
        out += [decoded.text[at:start], text]
        at = max(at, end)
    out.append(decoded.text[at:])
    return decoded.bom + "".join(out).encode(decoded.encoding, "surrogateescape")


def edited(text: str, edits: Sequence[Edit]) -> str:
    """A text with edits made in it."""
    out: list[str] = []
    at = 0
    for edit in sorted(edits, key=lambda edit: edit.span):
        out += [text[at : edit.span.start], edit.text]
        at = max(at, edit.span.end)
    return "".join([*out, text[at:]])


def _reads(data: bytes, path: str, read: Read, text: str, edits: Sequence[Edit]) -> bool:
    try:
        return read(data, path).text == edited(text, edits)
    except Unreadable:
        return False


def _one_by_one(
    decoded: Decoded,
    path: str,
    read: Read,
    text: str,
    placed: Sequence[tuple[Edit, list[tuple[int, int, str]]]],
    left: list[Edit],
) -> tuple[bytes, list[Edit]]:
    """The edits that together do not read as they should, each alone with those found good before."""
    good: list[tuple[Edit, list[tuple[int, int, str]]]] = []
    for each in placed[:200]:
        if _reads(_applied(decoded, [*good, each]), path, read, text, [edit for edit, _ in [*good, each]]):
            good.append(each)
    applied = {id(edit) for edit, _ in good}
    return _applied(decoded, good), left + [edit for edit, _ in placed if id(edit) not in applied]
