"""Edits of an OpenDocument text, made in the words in which they stand; every other byte of the file stays as it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from html import unescape
from typing import Any, Literal
from xml.sax.saxutils import escape

from govlint.document import Edit
from govlint.readers.office.splicing import Edit as Bytes
from govlint.readers.office.splicing import Markup
from govlint.readers.office.word_edits import Changes
from govlint.readers.office.word_output import Piece

Where = Literal["text", "tail", "empty"]
"""In front in an element, behind it, or in one that has nothing in it."""


class Words:
    """Words of the XML, of which a piece of the document's text is made."""

    __slots__ = ("element", "text", "where")
    tag = None

    def __init__(self, element: Any, where: Where, text: str) -> None:
        self.element, self.where, self.text = element, where, text


def edited(
    data: bytes, name: str, root: Any, words: str, pieces: Sequence[Piece], edits: Sequence[Edit]
) -> tuple[bytes, list[Edit]]:
    """The part with the edits made, and those that could not be placed. Raises Unreadable."""
    read = Counter((id(piece.element.element), piece.element.where) for piece in pieces)
    once = [
        piece._replace(
            fixed=read[id(piece.element.element), piece.element.where] > 1
        )  # a row stands for several
        for piece in pieces
    ]
    changes = Changes(once, words)
    refused: list[Edit] = []
    limit = len(words) + 1
    for edit in sorted(edits, key=lambda edit: edit.span, reverse=True):
        if edit.span.end <= limit and changes.place(edit):
            limit = edit.span.start
        else:
            refused.append(edit)
    texts = changes.by_part.get(name, {})
    made = _written(data, name, root, texts) if texts else data
    return (data, list(edits)) if made is None else (made, refused[::-1])


def _written(data: bytes, name: str, root: Any, texts: Mapping[Words, str]) -> bytes | None:
    """The part with new words; None where words do not stand in it as they were read."""
    markup = Markup(data, name)
    nodes = dict(zip(root.iter(), markup.nodes, strict=True))
    changes: list[Bytes] = []
    for words, text in texts.items():
        node = nodes[words.element]
        content = escape(text).encode()
        if words.where == "empty":
            changes.append(markup.appending(node, content))
            continue
        start = markup.head(node) if words.where == "text" else markup.end(node)
        end = markup.source.index(b"<", start)
        if unescape(markup.source[start:end].decode().replace("\r\n", "\n")) != words.text:
            return None
        changes.append(Bytes(start, end, content))
    return markup.edited(changes)
