"""Where in the source of a page a character of its text stands: marks that are put in and found again."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import NamedTuple

from govlint.document import Span
from govlint.text.folding import INVISIBLE

_OPEN = re.compile(r"<(?:!--|[!?/]|[a-zA-Z])")
"""As in ``<p``."""
_TAG_END = re.compile(r"""(?:[^>"']|"[^"]*"|'[^']*')*>""")
"""As in `` class="a>b">``."""
_RAW = re.compile(r"<(script|style|textarea|title|xmp|iframe|noembed|noframes)\b", re.IGNORECASE)
"""As in ``<script``."""
_ENTITY = re.compile(r"&(?:#\d{1,7};?|#[xX][0-9a-fA-F]{1,6};?|[A-Za-z][A-Za-z0-9]{1,31};?)")
"""As in ``&nbsp;``."""
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
            if not piece.text.isspace() and not INVISIBLE.fullmatch(piece.text):
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
