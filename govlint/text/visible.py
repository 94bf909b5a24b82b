"""Characters of a document or a file name that must not reach a terminal as they are."""

from __future__ import annotations

import re

_BLANK = "\t\n\v\f\r"
_UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff"
    "\ud800-\udfff\U000e0000-\U000e0fff]"
)
"""Controls, bidirectional overrides, invisible characters, line separators, and bytes that are no text."""


def visible(text: str) -> str:
    """``text`` on one line, every unsafe character replaced by its code point: ``<U+001B>``."""
    return text if text.isascii() and text.isprintable() else _UNSAFE.sub(_shown, text)


def escaped(text: str) -> str:
    """JSON string content with every unsafe character as ``\\uXXXX`` (which JSON reads back unchanged)."""
    return _UNSAFE.sub(_escape, text)


def _shown(match: re.Match[str]) -> str:
    character = match.group()
    return " " if character in _BLANK else f"<U+{ord(character):04X}>"


def _escape(match: re.Match[str]) -> str:
    units = match.group().encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2))
