"""The text of a web page's bytes: by byte order mark, by what decodes, and only then by what the page declares."""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from govlint.document import Note, Unreadable, Words
from govlint.readers import text as plain

_DECLARED = re.compile(rb"""\s*=\s*["']?\s*([\w.:-]{2,40})""")
_HEAD = 16384
"""Bytes in which a declaration is looked for: pages put scripts before it."""
_MULTIBYTE = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "hz": "gb18030",
    "big5": "big5hkscs",
    "big5hkscs": "big5hkscs",
    "utf-8": "utf-8",
}
"""By the codec's own name. Declared single-byte encodings decode everything and prove nothing."""
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


class Decoded(NamedTuple):
    """The text, and what is needed to write it back: the encoding and the byte order mark."""

    text: str
    encoding: str
    bom: bytes = b""
    notes: tuple[Note, ...] = ()


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """The text of a page. ``declared`` is what stands outside it, such as in the headers of a saved page."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return Decoded(data[len(bom) :].decode(encoding, "replace"), encoding, bom)
    if wide := _wide(data):
        return Decoded(data.decode(wide, "replace"), wide)
    stated = _codec(declared) or _stated(data)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _other(data, stated)
    if stated in ("gb18030", "big5hkscs") and not data.isascii():
        return Decoded(text, "utf-8", notes=(_contradicted(stated, "UTF-8"),))
    return Decoded(text, "utf-8")


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark: markup is ASCII, and every other of its bytes is zero."""
    head = data[:1024]
    for encoding in ("utf-16-le", "utf-16-be"):
        if head.count(b"\0") * 4 >= len(head) and re.search(
            r"<\s*[a-zA-Z!]", head.decode(encoding, "ignore")
        ):
            return encoding
    return None


def _stated(data: bytes) -> str | None:
    """The first declaration of any weight, in a meta element of either form or in an XML declaration."""
    head = data[:_HEAD].lower()
    for word in (b"charset", b"encoding"):
        at = head.find(word)
        while at >= 0:
            at += len(word)
            if (match := _DECLARED.match(head, at)) and (codec := _codec(match[1])):
                return codec
            at = head.find(word, at)
    return None


def _codec(name: str | bytes | None) -> str | None:
    """The codec that a declaration asks for; None where it proves nothing or is not known."""
    if not name:
        return None
    try:
        label = name.decode("ascii") if isinstance(name, bytes) else name
        return _MULTIBYTE.get(codecs.lookup(label.strip("\"' ")).name)
    except (LookupError, UnicodeError, ValueError):
        return None


def _other(data: bytes, stated: str | None) -> Decoded:
    """Bytes that are not all UTF-8: GB18030, what was declared, or UTF-8 with a few damaged characters."""
    if (mended := plain.damaged_utf8(data)) is not None:
        return Decoded(mended, "utf-8", notes=(_damaged(mended.count("\ufffd")),))
    encoding = stated if stated == "big5hkscs" else "gb18030"
    text = data.decode(encoding, "replace")
    lost = text.count("\ufffd")
    if lost * 4 > plain.foreign(text):
        plain.decode(data)  # raises for what is no text at all
        raise Unreadable(
            Words(
                "网页的文字编码无法识别（不是 UTF-8、GB18030、Big5 或 UTF-16）。请在浏览器中打开后另存为 UTF-8。",
                "The encoding of the page is not known (not UTF-8, GB18030, Big5 or UTF-16). Save it as UTF-8.",
            )
        )
    notes = []
    if stated == "utf-8":
        notes.append(_contradicted("utf-8", "GB18030"))
    if lost:
        notes.append(_damaged(lost))
    return Decoded(text, encoding, notes=tuple(notes))


def _contradicted(stated: str, real: str) -> Note:
    name = stated.upper()
    return Note(
        Words(
            f"网页声明的编码是 {name}，实际是 {real}，已按 {real} 读取。",
            f"The page declares {name} but is in {real}; it was read as {real}.",
        )
    )


def _damaged(count: int) -> Note:
    return Note(
        Words(
            f"有 {count} 处字节损坏，已用“\ufffd”代替。",
            f"Damaged bytes at {count} places were replaced by “\ufffd”.",
        )
    )
