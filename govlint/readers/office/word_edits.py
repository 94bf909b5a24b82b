"""Edits of a Word document's text, made in the runs in which it stands; every other byte of a part stays as it is."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape

from govlint.document import Edit
from govlint.readers.office.splicing import Edit as Bytes
from govlint.readers.office.splicing import Markup, Node
from govlint.readers.office.word_output import Piece
from govlint.readers.office.word_xml import P

_SPACE = re.compile(rb"""\sxml:space\s*=\s*(?:"[^"]*"|'[^']*')""")
"""As in `` xml:space="preserve"``."""
_PRESERVED = b' xml:space="preserve"'


class Changes:
    """The new text of elements, by the part in which they stand: of a ``w:t``, and of empty paragraphs."""

    def __init__(self, pieces: Sequence[Piece], words: str) -> None:
        self._pieces, self._words = pieces, words
        self.by_part: dict[str, dict[Any, str]] = {}

    def place(self, edit: Edit) -> bool:
        """Make one edit; False where it has no place.

        Edits must come from the end of the text to its start, so that the places of those to come stay true.
        """
        start, end = edit.span
        old, new = self._words[start:end], edit.text
        while old and new and old[0] == new[0]:  # what stays the same keeps its own runs
            old, new, start = old[1:], new[1:], start + 1
        while old and new and old[-1] == new[-1]:
            old, new, end = old[:-1], new[:-1], end - 1
        if any(sign in new for sign in "\n\t\v"):
            return False
        touched = _touched(self._pieces, start, end)
        if touched is None or any(piece.fixed for piece in touched):
            return False
        for piece in touched[:1] if touched[0].element.tag == P else touched:
            low, high = max(start, piece.start), min(end, piece.start + piece.length)
            text = self._text(piece)
            from_, to = low - piece.start + piece.lead, high - piece.start + piece.lead
            now = text[:from_] + (new if piece is touched[0] else "") + text[to:]
            self.by_part.setdefault(piece.part, {})[piece.element] = now
        return True

    def _text(self, piece: Piece) -> str:
        own = "" if piece.element.tag == P else piece.element.text or ""
        return self.by_part.get(piece.part, {}).get(piece.element, own)


def _touched(pieces: Sequence[Piece], start: int, end: int) -> list[Piece] | None:
    """The pieces that a span covers without a gap; for an empty span the one at whose end or in which it lies."""
    at = max(0, bisect_right(pieces, start, key=lambda piece: piece.start) - 1)
    if start == end:
        for piece in pieces[max(0, at - 1) : at + 1]:
            if piece.start <= start <= piece.start + piece.length:
                return [piece]
        return None
    found: list[Piece] = []
    reached = start
    for piece in pieces[at:]:
        if piece.start > reached or reached >= end:
            break
        if piece.length and piece.start + piece.length > reached:
            found.append(piece)
            reached = piece.start + piece.length
    return found if found and reached >= end else None


# In the bytes


def written(data: bytes, part: str, root: Any, texts: Mapping[Any, str]) -> bytes:
    """A part with the new texts of elements of the tree that was read from it. Raises Unreadable."""
    markup = Markup(data, part)
    nodes = dict(zip(root.iter(), markup.nodes, strict=True))
    return markup.edited(_edit(markup, nodes[element], text) for element, text in texts.items())


def _edit(markup: Markup, node: Node, text: str) -> Bytes:
    if node.name == "p":
        return markup.appending(node, _run(markup, node, text))
    head = markup.source[node.start : markup.head(node)]
    head = head.removesuffix(b"/>").removesuffix(b">")
    if text != text.strip():
        head = _SPACE.sub(b"", head) + _PRESERVED
    name = markup.tag(node)
    return Bytes(node.start, markup.end(node), head + b">" + escape(text).encode() + b"</" + name + b">")


def _run(markup: Markup, paragraph: Node, text: str) -> bytes:
    """Text for an empty paragraph, in the form that its end has."""
    prefix, declared = markup.prefix(paragraph)
    look = b""
    for name in ("pPr", "rPr"):
        found = next((each for each in markup.children(paragraph) if each.name == name), None)
        if found is None:
            break
        paragraph = found
    else:
        look = markup.written(paragraph)
    space = _PRESERVED.decode() if text != text.strip() else ""
    words = f"<{prefix}t{space}>{escape(text)}</{prefix}t>"
    return f"<{prefix}r{declared}>".encode() + look + f"{words}</{prefix}r>".encode()
