"""Plain text and Markdown: UTF-8 with or without BOM, UTF-16, GB18030."""

from __future__ import annotations

import codecs
import re

from govlint.comments import without_comments
from govlint.document import Document, Note, Unreadable, Words

_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\x0b\x0c\x1b"))
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_USUAL = re.compile(r"[\t\r\n -~\u2000-\u206f\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")


def sniff(data: bytes, path: str) -> bool:
    return True


def read(data: bytes, path: str) -> Document:
    """The text unchanged but for its line ends; comments addressed to govlint are made blank.

    Raises Unreadable for what is no text.
    """
    text, notes = decode(data)
    if not text.strip():
        raise Unreadable(
            Words("文件是空的，没有可读的文字。", "The file is empty: there is no text to read.")
        )
    kind = "markdown" if path.lower().endswith((".md", ".markdown")) else "text"
    text, comments = without_comments(text.replace("\r\n", "\n").replace("\r", "\n"))
    return Document(path, kind, text, notes=notes, comments=comments)


def decode(data: bytes) -> tuple[str, list[Note]]:
    """The text of bytes in the encoding they are in, and a note where it had to be guessed or bytes were lost."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return data.decode(encoding, "replace").removeprefix("\ufeff"), []
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
    try:
        return data.decode("gb18030"), [_guessed("GB18030")]
    except UnicodeDecodeError:
        line = data.count(b"\n", 0, wrong.start) + 1
        note = Note(
            Words(
                f"第{line}行起有不是 UTF-8 也不是 GB18030 的字节，已用“\ufffd”代替。",
                f"From line {line} there are bytes that are neither UTF-8 nor GB18030; they were replaced by “\ufffd”.",
            )
        )
        return data.decode("utf-8", "replace"), [note]


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
