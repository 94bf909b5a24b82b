"""Plain text and Markdown: UTF-8 with or without BOM, UTF-16, GB18030."""

from __future__ import annotations

import codecs
import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import TYPE_CHECKING

from govlint.comments import without_comments
from govlint.document import Document, Note, Unreadable, Words
from govlint.readers.inline_html import without_tags

if TYPE_CHECKING:
    from govlint.rule import Edit

_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\x0b\x0c\x1b"))
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_USUAL = re.compile(r"[\t\r\n -~\u2000-\u206f\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")


def sniff(data: bytes, path: str) -> bool:
    return True


def read(data: bytes, path: str) -> Document:
    """The text unchanged but for its line ends; comments addressed to govlint and the tags of HTML tables are made blank.

    Raises Unreadable for what is no text.
    """
    text, notes = decode(data)
    if not text.strip():
        raise Unreadable(
            Words("文件是空的，没有可读的文字。", "The file is empty: there is no text to read.")
        )
    kind = "markdown" if path.lower().endswith((".md", ".markdown")) else "text"
    text, comments = without_comments(text.replace("\r\n", "\n").replace("\r", "\n"))
    text = without_tags(text)
    return Document(path, kind, text, notes=notes, comments=comments)


def decode(data: bytes) -> tuple[str, list[Note]]:
    """The text of bytes in the encoding they are in, and a note where it had to be guessed or bytes were lost."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return data[len(bom) :].decode(encoding, "replace"), []
    if wide := _wide(data):
        return data.decode(wide, "replace"), [_guessed(wide)]
    if _is_binary(data):
        raise Unreadable(
            Words(
                "这不是文本文件，也不是能识别的文档格式。请另存为 .docx、.html、.pdf 或纯文本。",
                "This is neither text nor a document format that is known. Save it as .docx, .html, .pdf or text.",
            )
        )
    try:
        return data.decode("utf-8"), []
    except UnicodeDecodeError as error:
        wrong = error
    if (mended := damaged_utf8(data)) is not None:
        return mended, [_damaged(data, wrong.start, "UTF-8")]
    try:
        return data.decode("gb18030"), [_guessed("GB18030")]
    except UnicodeDecodeError:
        return data.decode("utf-8", "replace"), [_damaged(data, wrong.start, "UTF-8 / GB18030")]


def damaged_utf8(data: bytes) -> str | None:
    """The text of bytes that are UTF-8 but for a few damaged characters; None where they are in another encoding.

    Nearly any bytes make some words of GB18030, but hardly any Chinese in another encoding is nearly UTF-8.
    """
    text = data.decode("utf-8", "replace")
    return text if text.count("\ufffd") * 50 <= foreign(text) else None


def foreign(text: str) -> int:
    """Characters that are not ASCII."""
    return len(text) - len(text.encode("ascii", "ignore"))


def _damaged(data: bytes, start: int, encoding: str) -> Note:
    line = data.count(b"\n", 0, start) + 1
    return Note(
        Words(
            f"第{line}行起有不是 {encoding} 的字节，已用“\ufffd”代替。",
            f"From line {line} there are bytes that are not {encoding}; they were replaced by “\ufffd”.",
        )
    )


def rewrite(data: bytes, path: str, edits: Sequence[Edit]) -> tuple[bytes, list[Edit]]:
    """The file with the edits applied, in its own encoding and line ends, and the edits that could not be placed.

    A file whose text does not give back its own bytes (some were no text) is left as it is.
    """
    bom, encoding = _encoding(data)
    raw = data[len(bom) :].decode(encoding, "replace")
    if raw.encode(encoding, "replace") != data[len(bom) :]:
        return data, list(edits)
    # Offsets of line ends that are two characters in the file and one in Document.text.
    pairs = [match.start() - number for number, match in enumerate(re.finditer("\r\n", raw))]
    newline = "\r\n" if pairs else "\n" if "\n" in raw else "\r" if "\r" in raw else "\n"
    length = len(raw) - len(pairs)
    pieces: list[str] = []
    unplaced: list[Edit] = []
    at = last = 0
    for edit in sorted(edits, key=lambda edit: edit.span):
        start, end = edit.span
        if not (last <= start <= end <= length) or not _encodable(edit.text, encoding):
            unplaced.append(edit)
            continue
        pieces += [raw[at : start + bisect_left(pairs, start)], edit.text.replace("\n", newline)]
        at, last = end + bisect_left(pairs, end), end
    pieces.append(raw[at:])
    return bom + "".join(pieces).encode(encoding), unplaced


def _encodable(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def _encoding(data: bytes) -> tuple[bytes, str]:
    """The byte order mark and the encoding in which :func:`decode` reads the bytes."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return bom, encoding
    if wide := _wide(data):
        return b"", wide
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        try:
            data.decode("gb18030")
        except UnicodeDecodeError:
            return b"", "utf-8"
        if damaged_utf8(data) is not None:
            return b"", "utf-8"
        return b"", "gb18030"
    return b"", "utf-8"


def _guessed(encoding: str) -> Note:
    return Note(Words(f"文件按 {encoding} 编码读取。", f"The file was read as {encoding}."))


def _wide(data: bytes) -> str | None:
    """UTF-16 without a byte order mark shows itself by zero bytes, and by making words one way round only."""
    head = data[:4096]
    if head.count(0) * 40 < len(head) or not head.count(0):
        return None
    shares = {name: _share_of_text(head.decode(name, "replace")) for name in ("utf-16-le", "utf-16-be")}
    best = max(shares, key=lambda name: shares[name])
    return best if shares[best] > 0.9 else None


def _share_of_text(text: str) -> float:
    return len(_USUAL.findall(text)) / max(1, len(text))


def _is_binary(data: bytes) -> bool:
    """Control characters are rare in text, even in text with a stray NUL."""
    head = data[:65536]
    controls = len(head) - len(head.translate(None, _CONTROLS))
    return controls * 50 > len(head)
