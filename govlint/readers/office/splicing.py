"""XML as bytes: where its elements stand, and edits between them that leave every other byte as it is.

A tree that is written again keeps its meaning but not its bytes (quotes, declarations, the order of attributes);
other people's documents are not ours to rewrite. Expat tells the offset of every tag.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import NamedTuple
from xml.parsers import expat

from govlint.document import Unreadable
from govlint.readers.office.archive import damaged

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT_W = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_NAME = re.compile(rb"</?([^\s/>]+)")
"""As in ``<w:t>``."""
_START_TAG = re.compile(rb"""<[^\s/>]+(?:[^>"']|"[^"]*"|'[^']*')*>""")
"""As in ``<w:t xml:space="preserve">``."""
_DECLARED = re.compile(rb"""<\?xml\s[^>]*?encoding\s*=\s*["']([A-Za-z][\w.-]*)["']""")
"""As in ``<?xml version="1.0" encoding="UTF-8"?>``."""


class Node:
    """An element. ``name`` is the local name of Word's own elements, ``namespace local`` of others."""

    __slots__ = ("attributes", "close", "index", "name", "parent", "start", "text")

    def __init__(
        self, index: int, name: str, start: int, parent: Node | None, attributes: Mapping[str, str]
    ) -> None:
        self.index, self.name, self.start, self.parent, self.attributes = (
            index,
            name,
            start,
            parent,
            attributes,
        )
        self.close = start
        """Offset of the end tag; of the start tag where the element is written as one."""
        self.text = ""
        """The characters that stand in it directly."""

    def get(self, name: str) -> str | None:
        """The value of one of Word's own attributes."""
        return self.attributes.get(f"{W} {name}") or self.attributes.get(f"{STRICT_W} {name}")

    def chain(self) -> list[Node]:
        """From the root to this element."""
        found: list[Node] = []
        node: Node | None = self
        while node is not None:
            found.append(node)
            node = node.parent
        return found[::-1]


class Edit(NamedTuple):
    """Bytes to stand in the place of those from ``start`` to ``end``."""

    start: int
    end: int
    content: bytes


class Markup:
    """A part's elements in document order, and their offsets in ``source``, which is UTF-8.

    Raises Unreadable for what is not well-formed, declares a document type, or is in an encoding that cannot be
    written back as it was.
    """

    def __init__(self, data: bytes, part: str) -> None:
        self.part = part
        self.source, self._encoding, self._bom = _as_utf8(data, part)
        self.nodes: list[Node] = []
        self.prefixes: dict[str, str] = {}
        """Namespaces declared at the root, with their prefixes."""
        self._open: list[Node] = []
        self._parse()

    def _parse(self) -> None:
        parser = expat.ParserCreate("utf-8", " ")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.StartNamespaceDeclHandler = self._declare
        parser.StartDoctypeDeclHandler = self._refuse
        self._parser = parser
        try:
            parser.Parse(self.source, True)
        except expat.ExpatError as error:
            raise damaged(f"“{self.part}”不是正确的 XML", f"“{self.part}” is no well-formed XML") from error
        finally:
            del self._parser  # its handlers hold this object

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        namespace, _, local = name.rpartition(" ")
        node = Node(
            len(self.nodes),
            local if namespace in (W, STRICT_W) else name,
            self._parser.CurrentByteIndex,
            self._open[-1] if self._open else None,
            attributes,
        )
        self.nodes.append(node)
        self._open.append(node)

    def _end(self, _: str) -> None:
        node, at = self._open.pop(), self._parser.CurrentByteIndex
        # Of an element that is one tag expat gives the end, where its parent's end tag may stand.
        one_tag = node is self.nodes[-1] and self.source[at - 2 : at] == b"/>" and self.head(node) == at
        node.close = node.start if one_tag else at

    def _characters(self, text: str) -> None:
        self._open[-1].text += text

    def _declare(self, prefix: str | None, uri: str) -> None:
        if not self.nodes:
            self.prefixes.setdefault(uri, prefix or "")

    def _refuse(self, *_: object) -> None:
        raise damaged(f"“{self.part}”含有文档类型声明", f"“{self.part}” declares a document type")

    # Where things stand

    @property
    def root(self) -> Node:
        return self.nodes[0]

    def named(self, *names: str) -> Iterator[Node]:
        return (node for node in self.nodes if node.name in names)

    def children(self, node: Node) -> list[Node]:
        found: list[Node] = []
        for each in self.nodes[node.index + 1 :]:
            if each.start >= node.close:
                break
            if each.parent is node:
                found.append(each)
        return found

    def is_empty(self, node: Node) -> bool:
        """Whether it is written as one tag, ``<w:p/>``."""
        return node.close == node.start

    def head(self, node: Node) -> int:
        """The offset behind the start tag."""
        match = _START_TAG.match(self.source, node.start)
        assert match is not None
        return match.end()

    def end(self, node: Node) -> int:
        """The offset behind the element."""
        return self.head(node) if self.is_empty(node) else self.source.index(b">", node.close) + 1

    def tag(self, node: Node) -> bytes:
        """The element's name as it is written."""
        match = _NAME.match(self.source, node.start)
        assert match is not None
        return match[1]

    def written(self, node: Node) -> bytes:
        """The whole element as it is written."""
        return self.source[node.start : self.end(node)]

    @cached_property
    def is_strict(self) -> bool:
        return STRICT_W in self.prefixes

    def prefix(self, node: Node) -> tuple[str, str]:
        """The prefix for Word's elements and attributes at a place, and its declaration where it needs one."""
        before, colon, _ = self.tag(node).rpartition(b":")
        if colon:
            return f"{before.decode()}:", ""
        return "w:", f' xmlns:w="{STRICT_W if self.is_strict else W}"'

    # Edits

    def edited(self, edits: Iterable[Edit]) -> bytes:
        """The part with the edits made, in its own encoding. Of edits one inside the other the outer one counts."""
        out: list[bytes] = []
        at = 0
        for start, end, content in sorted(edits, key=lambda edit: (edit.start, -edit.end)):
            if start < at:
                continue
            out += [self.source[at:start], content]
            at = end
        out.append(self.source[at:])
        made = b"".join(out)
        return made if self._encoding is None else self._bom + made.decode("utf-8").encode(self._encoding)

    def appending(self, node: Node, content: bytes) -> Edit:
        """The edit that makes ``content`` the last of an element's children."""
        if not self.is_empty(node):
            return Edit(node.close, node.close, content)
        head = self.head(node)
        slash = self.source.rindex(b"/", node.start, head)
        return Edit(slash, head, b">" + content + b"</" + self.tag(node) + b">")


def _as_utf8(data: bytes, part: str) -> tuple[bytes, str | None, bytes]:
    """The part in UTF-8; its own encoding, None where it is UTF-8 already; and its byte order mark."""
    encoding, bom = None, b""
    for mark, name in ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        if data.startswith(mark):
            encoding, bom = name, mark
    if encoding is None and (match := _DECLARED.match(data[:200])):
        encoding = match[1].decode("ascii")
    if encoding is None or encoding.lower().replace("_", "-") in ("utf-8", "utf8", "us-ascii"):
        return data, None, b""
    try:
        text = data[len(bom) :].decode(encoding)
        exact = bom + text.encode(encoding) == data
    except (UnicodeError, LookupError) as error:
        raise _foreign(part, encoding) from error
    if not exact:
        raise _foreign(part, encoding)
    return text.encode("utf-8"), encoding, bom


def _foreign(part: str, encoding: str) -> Unreadable:
    return damaged(f"“{part}”的编码 {encoding} 不能还原", f"“{part}” in {encoding} cannot be written back")
