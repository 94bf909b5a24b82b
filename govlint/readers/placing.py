"""Where in the source of a page a character of its text stands, and edits made there.

A second reading finds out: a mark behind the first character of each stretch of source text goes through the same
reader and comes out in the text. Whatever does not come out as it went in is not placed.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from govlint.document import Document, Span, Unreadable
from govlint.readers.charset import Decoded, decode

if TYPE_CHECKING:
    from govlint.rule import Edit

_OPEN = re.compile(r"<(?:!--|[!?/]|[a-zA-Z])")
_TAG_END = re.compile(r"""(?:[^>"']|"[^"]*"|'[^']*')*>""")
_RAW = re.compile(r"<(script|style|textarea|title|xmp|iframe|noembed|noframes)\b", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d{1,7};?|#[xX][0-9a-fA-F]{1,6};?|[A-Za-z][A-Za-z0-9]{1,31};?)")
_PRIVATE = re.compile("[\U000f0000-\U0010ffff]")


def stretches(source: str) -> Iterator[Span]:
    """The stretches of text between tags; linear, and none after a tag or comment that is never closed."""
    at = 0
    while True:
        match = _OPEN.search(source, at)
        end = match.start() if match else len(source)
        if end > at:
            yield Span(at, end)
        if match is None:
            return
        behind = _behind(source, match)
        if behind is None:
            return
        at = behind


def _behind(source: str, opened: re.Match[str]) -> int | None:
    """The offset behind a tag, a comment, or an element whose content is no markup."""
    start = opened.start()
    if opened.group() == "<!--":
        end = source.find("-->", start + 2)
        return end + 3 if end >= 0 else None
    if opened.group()[1] in "!?/":
        end = source.find(">", start)
        return end + 1 if end >= 0 else None
    closed = _TAG_END.match(source, start)
    if closed is None:
        return None
    raw = _RAW.match(source, start)
    if raw is None:
        return closed.end()
    finish = re.compile(rf"</{raw[1]}\s*>", re.IGNORECASE).search(source, closed.end())
    return finish.end() if finish else None


class Piece(NamedTuple):
    """A character of the source text, or the entity that stands for some."""

    start: int
    end: int
    text: str


def pieces(source: str, span: Span) -> Iterator[Piece]:
    at = span.start
    while at < span.end:
        if source[at] == "&" and (match := _ENTITY.match(source, at, span.end)):
            text = html.unescape(match.group())
            if text != match.group():
                yield Piece(at, match.end(), text)
                at = match.end()
                continue
        yield Piece(at, at + 1, source[at])
        at += 1


def _mark(number: int) -> str:
    high, low = divmod(number, 0xFFF0)
    return chr(0xF0000 + high) + chr(0x100000 + low)


def marked(source: str) -> tuple[str, list[Span]]:
    """The source with a mark in each stretch that shows anything, and those stretches by the marks' numbers."""
    out: list[str] = []
    found: list[Span] = []
    at = 0
    if _PRIVATE.search(source):
        return source, []
    for span in stretches(source):
        for piece in pieces(source, span):
            if not piece.text.isspace():
                out += [source[at : piece.end], _mark(len(found))]
                at = piece.end
                found.append(span)
                break
    return "".join([*out, source[at:]]), found


def marked_lines(source: str) -> tuple[str, list[int]]:
    """The source with marks, and the line of each."""
    source = source.replace("\r\n", "\n").replace("\r", "\n")
    with_marks, found = marked(source)
    lines: list[int] = []
    line, at = 1, 0
    for span in found:
        text = source[span.start : span.end]
        start = span.start + len(text) - len(text.lstrip())
        line += source.count("\n", at, start)
        at = start
        lines.append(line)
    return with_marks, lines


class Places:
    """The source offsets of the characters of a document's text that are no white space."""

    def __init__(self, source: str, document: Document, path: str) -> None:
        from govlint.readers.webpage import read_marked

        self.source, self.text = source, document.text
        self.where: dict[int, Piece] = {}
        self.stretch: dict[int, int] = {}
        with_marks, found = marked(source)
        again, marks = read_marked(with_marks, path, document.format)
        if again.text != document.text:
            return
        for index, (offset, number) in enumerate(marks):
            end = marks[index + 1][0] - 1 if index + 1 < len(marks) else len(self.text)
            self._align(offset - 1, end, number, found[number])

    def _align(self, start: int, end: int, number: int, span: Span) -> None:
        """Match the characters of a stretch with those of the text from ``start`` on, as far as they agree."""
        at = start
        for piece in pieces(self.source, span):
            if len(piece.text) != 1 or piece.text.isspace():
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


def rewrite_page(data: bytes, path: str, edits: Sequence[Edit]) -> tuple[bytes, list[Edit]]:
    """The page with the edits made, and those that could not be placed; the result is read again and compared."""
    from govlint.readers.html import read

    document = read(data, path)
    decoded = _exact(data)
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
    if _reads(made, path, document.text, [edit for edit, _ in placed]):
        return made, left
    return _one_by_one(decoded, path, document.text, placed, left)


def _exact(data: bytes) -> Decoded | None:
    """The decoded page where its text can be written back to the very same bytes."""
    decoded = decode(data)
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


def _reads(data: bytes, path: str, text: str, edits: Sequence[Edit]) -> bool:
    from govlint.readers.html import read

    try:
        return read(data, path).text == edited(text, edits)
    except Unreadable:
        return False


def _one_by_one(
    decoded: Decoded,
    path: str,
    text: str,
    placed: Sequence[tuple[Edit, list[tuple[int, int, str]]]],
    left: list[Edit],
) -> tuple[bytes, list[Edit]]:
    """The edits that together do not read as they should, each alone with those found good before."""
    good: list[tuple[Edit, list[tuple[int, int, str]]]] = []
    for each in placed[:200]:
        if _reads(_applied(decoded, [*good, each]), path, text, [edit for edit, _ in [*good, each]]):
            good.append(each)
    kept = {id(edit) for edit, _ in good}
    return _applied(decoded, good), left + [edit for edit, _ in placed if id(edit) not in kept]
