"""Plain text and Markdown: UTF-8 with or without BOM, UTF-16, GB18030."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from govlint.document import Document, Unreadable, Words
from govlint.readers.marks_of_text import ESCAPED, without_marks
from govlint.text.encoding import decode, encodable
from govlint.text.folding import UNSEEN
from govlint.text.remarks import raised_mark, without_comments

if TYPE_CHECKING:
    from govlint.document import Edit

SUFFIXES = (".txt", ".md", ".markdown")
WEIGHT = 1
_UNSEEN = re.compile(rf"[{UNSEEN}](?<=[\d.,].)[{UNSEEN}]*(?=[\d.,])")
"""Characters that show nothing, within a figure: ``1\u200b2``."""
_UNSEEN_OR_ESCAPING = re.compile(rf"{_UNSEEN.pattern}|{ESCAPED.pattern}")
"""As in ``1\u200b2``."""
_ENDS = "\r\x85\u2028\u2029"
"""What else ends a line, one character for one."""


def sniff(data: bytes, path: str) -> bool:
    return True


def read(data: bytes, path: str) -> Document:
    """The text but for its line ends and what no one sees within a figure; comments addressed to govlint and the tags
    of HTML tables are made blank.

    Raises Unreadable for what is no text.
    """
    found = decode(data)
    if not found.text.strip():
        raise Unreadable(
            Words("文件是空的，没有可读的文字。", "The file is empty: there is no text to read.")
        )
    kind = "markdown" if _is_markdown(path) else "text"
    text = found.text.replace("\r\n", "\n")
    for end in _ENDS:
        text = text.replace(end, "\n")
    text = _left_out_of(path).sub("", text)
    text, comments = without_comments(text)
    text, struck = without_marks(text, kind == "markdown")
    text = without_tags(text)
    notes = list(found.notes)
    if struck:
        from govlint.readers.passed_over import struck_in

        notes.append(struck_in(Words("", "There is"), struck))
    return Document(path, kind, text, notes=notes, comments=comments)


def _is_markdown(path: str) -> bool:
    return path.lower().endswith((".md", ".markdown"))


def _left_out_of(path: str) -> re.Pattern[str]:
    """What is not in the text of a file, but for line ends."""
    return _UNSEEN_OR_ESCAPING if _is_markdown(path) else _UNSEEN


def rewrite(data: bytes, path: str, edits: Sequence[Edit]) -> tuple[bytes, list[Edit]]:
    """The file with the edits applied, in its own encoding and line ends, and the edits that could not be placed.

    A file whose text does not give back its own bytes (some were no text) is left as it is.
    """
    raw, encoding, bom, _ = decode(data)
    if raw.encode(encoding, "replace") != data[len(bom) :]:
        return data, list(edits)
    # Offsets in Document.text before which the file has a character more.
    pairs = list(_left_out(raw, _left_out_of(path)))
    newline = "\r\n" if "\r\n" in raw else "\n" if "\n" in raw else "\r" if "\r" in raw else "\n"
    length = len(raw) - len(pairs)
    pieces: list[str] = []
    unplaced: list[Edit] = []
    at = last = 0
    for edit in sorted(edits, key=lambda edit: edit.span):
        start, end = edit.span
        if not (last <= start <= end <= length) or not encodable(edit.text, encoding):
            unplaced.append(edit)
            continue
        pieces += [raw[at : start + bisect_left(pairs, start)], edit.text.replace("\n", newline)]
        at, last = end + bisect_left(pairs, end), end
    pieces.append(raw[at:])
    return bom + "".join(pieces).encode(encoding), unplaced


def _left_out(raw: str, pattern: re.Pattern[str]) -> Iterator[int]:
    count = 0
    for match in re.finditer(rf"\r\n|{pattern.pattern}", raw):
        characters = 1 if match.group() == "\r\n" else len(match.group())
        yield from [match.start() - count] * characters
        count += characters


_TABLE = re.compile(r"</?table\b", re.IGNORECASE)
"""As in ``<table``."""
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,9})\b[^<>]{0,2000}>|&nbsp;|\s")
"""As in ``<p>``."""
_MARK = re.compile(r"(<su[pb]>)([^<>\n]{1,20})(</su[pb]>)", re.IGNORECASE)
"""As in ``<sup>1</sup>``."""
_BREAK = re.compile(r"<br\s{0,9}/?>", re.IGNORECASE)
"""As in ``<br/>``."""


def without_tags(text: str) -> str:
    """The text with the tags of its HTML tables made blank, but for what parts rows, cells and lines."""
    if "<" not in text:
        return text
    text = _MARK.sub(_as_mark, text)
    pieces: list[str] = []
    copied = depth = start = 0
    for match in _TABLE.finditer(text):
        if match.group()[1] != "/":
            start = start if depth else match.start()
            depth += 1
        elif depth and (depth := depth - 1) == 0:
            end = text.find(">", match.end()) + 1 or len(text)
            pieces += [_broken(text[copied:start]), _table(text[start:end])]
            copied = end
    return "".join((*pieces, _broken(text[copied:])))


def _as_mark(element: re.Match[str]) -> str:
    mark = raised_mark(element[2])
    return element[0] if mark is None else " " * (len(element[0]) - len(mark)) + mark


def _broken(text: str) -> str:
    """Line breaks in the cells of pipe tables."""
    return _BREAK.sub(lambda match: "\v" + " " * (len(match.group()) - 1), text)


def _table(source: str) -> str:
    first = True

    def blank(match: re.Match[str]) -> str:
        nonlocal first
        mark = " "
        tag = (match[2] or "").lower()
        if tag == "tr" and not match[1]:
            first, mark = True, "\n"
        elif tag in ("td", "th") and not match[1]:
            first, mark = False, " " if first else "\t"
        elif tag in ("br", "p") and not match[1] and not first:
            mark = "\v"
        elif tag == "table":
            mark = "\n"
        return mark + " " * (len(match.group()) - 1)

    return _TAG.sub(blank, source)
