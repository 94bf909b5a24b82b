"""HTML inside Markdown and text: its tables and line breaks as the text convention has them, offset for offset."""

from __future__ import annotations

import re

_TABLE = re.compile(r"</?table\b", re.IGNORECASE)
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,9})\b[^<>]{0,2000}>|&nbsp;|\s")
_BREAK = re.compile(r"<br\s{0,9}/?>", re.IGNORECASE)


def without_tags(text: str) -> str:
    """The text with the tags of its HTML tables made blank, but for what parts rows, cells and lines."""
    if "<" not in text:
        return text
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
