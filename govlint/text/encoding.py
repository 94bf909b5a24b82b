"""Bytes to text: by byte order mark, by what decodes, and only then by what a page declares."""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from govlint.document import Note, Unreadable, Words

_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\x0b\x0c\x1b"))
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_USUAL = re.compile(r"[\t\r\n -~\u2000-\u206f\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
"""What a report is written in: ASCII, Chinese characters, their punctuation."""
_DECLARED = re.compile(rb"""\s*=\s*["']?\s*([\w.:-]{2,40})""")
"""Behind ``charset`` or ``encoding``: ``="gb2312"``."""
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


_PACKED = (b"PK\x03\x04", b"\x1f\x8b", b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a", b"BZh9", b"\xfd7zXZ\x00")
"""What archives begin with."""


class Decoded(NamedTuple):
    """The text, and what is needed to write it back: the encoding and the byte order mark."""

    text: str
    encoding: str
    bom: bytes = b""
    notes: tuple[Note, ...] = ()
    """Where the encoding had to be guessed, or bytes were lost."""


def decode(data: bytes) -> Decoded:
    """The text of bytes in the encoding they are in. Raises Unreadable for what is no text."""
    if plain := _certain(data):
        return plain
    if data.startswith(_PACKED):
        raise Unreadable(
            Words(
                "这是压缩包，不是文档。请解压后检查，.zip 和 .tar 也可用 govlint audit 检查其中的全部报告。",
                "This is an archive and no document. Unpack it; `govlint audit` checks the reports in .zip and .tar.",
            )
        )
    if _is_binary(data):
        raise Unreadable(
            Words(
                "这不是文本文件，也不是能识别的文档格式。请另存为 .docx、.html、.pdf 或纯文本。",
                "This is neither text nor a document format that is known. Save it as .docx, .html, .pdf or text.",
            )
        )
    return _utf8(data) or _guessed(data, "gb18030")


def decode_page(data: bytes, declared: str | None = None) -> Decoded:
    """The text of a page. ``declared`` is what stands outside it, such as in the headers of a saved page.

    Raises Unreadable where no encoding makes words of it.
    """
    if plain := _certain(data):
        return plain._replace(notes=())
    stated = _codec(declared) or _stated(data)
    if text := _utf8(data):
        if stated in ("gb18030", "big5hkscs") and not text.notes and not data.isascii():
            return text._replace(notes=(_contradicted(stated, "UTF-8"),))
        return text
    found = _guessed(data, stated if stated == "big5hkscs" else "gb18030")
    if found.text.count("\ufffd") * 4 > _foreign(found.text):
        decode(data)  # raises for what is no text at all
        raise Unreadable(
            Words(
                "网页的文字编码无法识别（不是 UTF-8、GB18030、Big5 或 UTF-16）。请在浏览器中打开后另存为 UTF-8。",
                "The encoding of the page is not known (not UTF-8, GB18030, Big5 or UTF-16). Save it as UTF-8.",
            )
        )
    said = (_contradicted("utf-8", "GB18030"),) if stated == "utf-8" else ()
    return found._replace(notes=(*said, *found.notes[1:]))


def encodable(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def _certain(data: bytes) -> Decoded | None:
    """By its byte order mark, or as UTF-16 without one."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return Decoded(data[len(bom) :].decode(encoding, "replace"), encoding, bom)
    if wide := wide_encoding(data):
        return Decoded(data.decode(wide, "replace"), wide, notes=(_read_as(wide),))
    return None


def wide_encoding(data: bytes) -> str | None:
    """UTF-16 without a byte order mark shows itself by zero bytes, and by making words one way round only."""
    head = data[:4096]
    if 0 not in head or head.count(0) * 40 < len(head):
        return None
    shares = {name: _share_of_text(head.decode(name, "replace")) for name in ("utf-16-le", "utf-16-be")}
    best = max(shares, key=lambda name: shares[name])
    return best if shares[best] > 0.9 else None


def _utf8(data: bytes) -> Decoded | None:
    """UTF-8, also with a few damaged characters; None where the bytes are in another encoding.

    Nearly any bytes make some words of GB18030, but hardly any Chinese in another encoding is nearly UTF-8.
    """
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        text = data.decode("utf-8", "replace")
        if text.count("\ufffd") * 50 > _foreign(text):
            return None
        return Decoded(text, "utf-8", notes=(_damaged(data, text.count("\ufffd"), error),))


def _guessed(data: bytes, encoding: str) -> Decoded:
    """In an encoding of two bytes a character, each that is damaged lost alone."""
    notes = [_read_as(encoding.upper())]
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        text = data.decode(encoding, "replace")
        notes.append(_damaged(data, text.count("\ufffd"), error))
    return Decoded(text, encoding, notes=tuple(notes))


def _foreign(text: str) -> int:
    """Characters that are not ASCII."""
    return len(text) - len(text.encode("ascii", "ignore"))


def _share_of_text(text: str) -> float:
    return len(_USUAL.findall(text)) / max(1, len(text))


def _is_binary(data: bytes) -> bool:
    """Control characters are rare in text, even in text with a stray NUL."""
    head = data[:65536]
    controls = len(head) - len(head.translate(None, _CONTROLS))
    return controls * 50 > len(head)


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


def _read_as(encoding: str) -> Note:
    return Note(Words(f"文件按 {encoding} 编码读取。", f"The file was read as {encoding}."))


def _contradicted(stated: str, real: str) -> Note:
    name = stated.upper()
    return Note(
        Words(
            f"网页声明的编码是 {name}，实际是 {real}，已按 {real} 读取。",
            f"The page declares {name} but is in {real}; it was read as {real}.",
        )
    )


def _damaged(data: bytes, count: int, first: UnicodeDecodeError) -> Note:
    line = data.count(b"\n", 0, first.start) + 1
    return Note(
        Words(
            f"第{line}行起有 {count} 处字节损坏，已用“\ufffd”代替。",
            f"From line {line} on, damaged bytes at {count} places were replaced by “\ufffd”.",
        )
    )
