"""Plain text and Markdown: UTF-8 with or without BOM, UTF-16, GB18030."""

from __future__ import annotations

import codecs

from govlint.document import Document, Note, Unreadable, Words

_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\x0b\x0c\x1b"))
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def sniff(data: bytes, path: str) -> bool:
    return True


def read(data: bytes, path: str) -> Document:
    """The text unchanged but for its line ends. Raises Unreadable for what is no text."""
    text, notes = decode(data)
    if not text.strip():
        raise Unreadable(
            Words("文件是空的，没有可读的文字。", "The file is empty: there is no text to read.")
        )
    kind = "markdown" if path.lower().endswith((".md", ".markdown")) else "text"
    return Document(path, kind, text.replace("\r\n", "\n").replace("\r", "\n"), notes=notes)


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
    """UTF-16 without a byte order mark shows itself by zero bytes on one side only."""
    head = data[:4096]
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if len(head) < 4 or max(even, odd) < len(head) // 40:
        return None
    if even == 0:
        return "utf-16-le"
    return "utf-16-be" if odd == 0 else None


def _is_binary(data: bytes) -> bool:
    """Control characters are rare in text, even in text with a stray NUL."""
    head = data[:65536]
    controls = len(head) - len(head.translate(None, _CONTROLS))
    return controls * 50 > len(head)
