"""The comments of a Word document: whose they are, which a person has dealt with, and new ones.

govlint's own are known by their author. Which finding one is about is told by its first paragraph's id, made from
the finding's fingerprint, which nobody sees and Word keeps; and, for programs that number paragraphs anew, by its words.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple
from xml.sax.saxutils import escape

from govlint.annotating.notes import AUTHOR
from govlint.readers.office.splicing import STRICT_W, Edit, Markup, Node, W
from govlint.text.visible import visible

if TYPE_CHECKING:
    from govlint.readers.office.package import Package

_W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
_W15 = "http://schemas.microsoft.com/office/word/2012/wordml"
_MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_PARA_ID = f"{_W14} paraId"
_IGNORABLE = re.compile(rb"""Ignorable\s*=\s*["']""")
"""As in ``Ignorable="``."""
_KINDS = ("commentsExtended", "commentsIds", "commentsExtensible")
"""Parts that say more of comments, as relationships name them."""
_PLAIN = '<{p}spacing {p}before="0" {p}after="0" {p}line="240" {p}lineRule="auto"/><{p}ind {p}left="0" {p}firstLineChars="0" {p}firstLine="0"/><{p}jc {p}val="left"/>'
"""The usual paragraph of a report is indented by two large characters: no good in a margin."""


class Comment(NamedTuple):
    """A comment as it stands in the document. ``ids`` are those of its paragraphs."""

    number: str
    author: str
    text: str
    ids: tuple[str, ...]
    node: Node

    @property
    def own(self) -> bool:
        return self.author == AUTHOR


class Comments:
    """The parts of a package that hold its comments."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self.part = _part(package, "comments")
        self.markup = Markup(package.archive.read(self.part), self.part) if self.part else None
        self.all = [_comment(self.markup, node) for node in self._nodes()] if self.markup else []
        self._more = {kind: part for kind in _KINDS if (part := _part(package, kind))}
        self._dealt_with = self._read_dealt_with() if any(each.own for each in self.all) else frozenset()

    def _nodes(self) -> Iterable[Node]:
        return self.markup.named("comment") if self.markup else ()

    def _read_dealt_with(self) -> frozenset[str]:
        """The paragraphs of comments that are resolved or have an answer."""
        part = self._more.get("commentsExtended")
        if part is None:
            return frozenset()
        found: set[str] = set()
        for node in Markup(self._package.archive.read(part), part).named(f"{_W15} commentEx"):
            get = {name.rpartition(" ")[2]: value for name, value in node.attributes.items()}
            if get.get("done") in ("1", "true", "on"):
                found.add(get.get("paraId", ""))
            found.add(get.get("paraIdParent", ""))
        return frozenset(found - {""})

    def is_dealt_with(self, comment: Comment) -> bool:
        """Whether a person has resolved or answered it."""
        return bool(self._dealt_with.intersection(comment.ids))

    def without(self, gone: Sequence[Comment]) -> dict[str, bytes]:
        """The parts, by name, as they are without some comments."""
        if not gone or self.markup is None:
            return {}
        edits = [Edit(each.node.start, self.markup.end(each.node), b"") for each in gone]
        changed = {self.part: self.markup.edited(edits)}
        ids = {number for each in gone for number in each.ids}
        durable: set[str] = set()
        for kind in _KINDS:
            if (part := self._more.get(kind)) is None:
                continue
            markup = Markup(self._package.archive.read(part), part)
            edits = []
            for node in markup.nodes[1:]:
                get = {name.rpartition(" ")[2]: value for name, value in node.attributes.items()}
                if get.get("paraId") in ids or get.get("durableId") in durable:
                    durable.add(get.get("durableId", "none"))
                    edits.append(Edit(node.start, markup.end(node), b""))
            if edits:
                changed[part] = markup.edited(edits)
        return changed


def _part(package: Package, kind: str) -> str:
    """The name of a part that the document refers to and that is there; empty where there is none."""
    name = package.related.get(kind, "")
    return name if name in package.archive.names else ""


def _comment(markup: Markup, node: Node) -> Comment:
    paragraphs: list[str] = []
    ids: list[str] = []
    end = markup.end(node)
    for each in markup.nodes[node.index + 1 :]:
        if each.start >= end:
            break
        if each.name == "p":
            paragraphs.append("")
            if number := each.attributes.get(_PARA_ID):
                ids.append(number)
        elif each.name == "t":
            paragraphs[-1:] = ["".join((*paragraphs[-1:], each.text))]
    return Comment(node.get("id") or "", node.get("author") or "", "\n".join(paragraphs), tuple(ids), node)


# New ones


def paragraph_id(fingerprint: str, count: int, paragraph: int) -> str:
    """The id of a comment's paragraph: eight hexadecimal digits, above 0 and below 0x80000000 as Word wants them.

    ``count`` tells findings apart that have one fingerprint.
    """
    digest = hashlib.sha256(f"{fingerprint} {count} {paragraph}".encode()).digest()
    return f"{int.from_bytes(digest[:4], 'big') % 0x7FFFFFFE + 1:08X}"


class New(NamedTuple):
    """A comment to be written: its number in the document, its paragraphs, their ids, and the day of the check.

    Without a day stated it has no date: the same document gives the same file whenever it is checked.
    """

    number: int
    paragraphs: Sequence[str]
    ids: Sequence[str]
    day: date | None = None


def empty_part(strict: bool) -> bytes:
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<w:comments xmlns:w="{STRICT_W if strict else W}" xmlns:w14="{_W14}" xmlns:mc="{_MC}" mc:Ignorable="w14"></w:comments>'
    ).encode()


def with_new(data: bytes, part: str, new: Iterable[New]) -> bytes:
    """The part with comments added behind those that it has."""
    markup = Markup(data, part)
    prefix, declared = markup.prefix(markup.root)
    w14, edits = _identifying(markup)
    content = "".join(_written(each, prefix, declared, w14) for each in new)
    return markup.edited([*edits, markup.appending(markup.root, content.encode("utf-8"))])


def _identifying(markup: Markup) -> tuple[str, list[Edit]]:
    """The prefix of paragraphs' ids, and what the root lacks for them: older programs must know to ignore them."""
    root = markup.root
    w14, mc = markup.prefixes.get(_W14, ""), markup.prefixes.get(_MC, "")
    ignored = root.attributes.get(f"{_MC} Ignorable")
    if w14 and w14 in (ignored or "").split():
        return w14, []
    added = ""
    if not w14:
        w14 = _free("w14", markup)
        added += f' xmlns:{w14}="{_W14}"'
    edits: list[Edit] = []
    if ignored is None:
        if not mc:
            mc = _free("mc", markup)
            added += f' xmlns:{mc}="{_MC}"'
        added += f' {mc}:Ignorable="{w14}"'
    elif (value := _IGNORABLE.search(markup.source, root.start)) is not None:
        edits.append(Edit(value.end(), value.end(), f"{w14} ".encode()))
    at = root.start + 1 + len(markup.tag(root))
    return w14, [Edit(at, at, added.encode()), *edits]


def _free(prefix: str, markup: Markup) -> str:
    """The prefix, or one like it that nothing else is declared by."""
    taken = set(markup.prefixes.values())
    return next(
        each for each in (prefix, *(f"{prefix}{n}" for n in range(1, len(taken) + 2))) if each not in taken
    )


def _written(comment: New, p: str, declared: str, w14: str) -> str:
    paragraphs = [
        _paragraph(text, p, f' {w14}:paraId="{number}"', first=not at)
        for at, (text, number) in enumerate(zip(comment.paragraphs, comment.ids, strict=True))
    ]
    day = f' {p}date="{comment.day}T00:00:00Z"' if comment.day else ""
    head = f'<{p}comment{declared} {p}id="{comment.number}" {p}author="{AUTHOR}"{day} {p}initials="{AUTHOR}">'
    return head + "".join(paragraphs) + f"</{p}comment>"


def _paragraph(text: str, p: str, identified: str, first: bool) -> str:
    code, space, rest = text.partition(" ") if first else ("", "", text)
    runs = f"<{p}r><{p}annotationRef/></{p}r>" if first else ""
    if code:
        runs += _run(code + space, p, f"<{p}b/>")
    runs += _run(rest, p, "")
    return f"<{p}p{identified}><{p}pPr>{_PLAIN.format(p=p)}</{p}pPr>{runs}</{p}p>"


def _run(text: str, p: str, more: str) -> str:
    words = escape(visible(text))
    return (
        f'<{p}r><{p}rPr>{more}<{p}sz {p}val="20"/></{p}rPr><{p}t xml:space="preserve">{words}</{p}t></{p}r>'
    )
