"""HTML as government sites publish it: the article of a page, its tables as they are seen, its metadata."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from govlint.document import Document, Unreadable, Words
from govlint.text.encoding import decode_page

if TYPE_CHECKING:
    from govlint.document import Edit

SUFFIXES = (".html", ".htm", ".shtml", ".xhtml")
WEIGHT = 1
_NAMES = (*SUFFIXES, ".jhtml", ".asp", ".aspx", ".jsp", ".php")
"""How addresses of pages end."""
_STARTS = re.compile(r"\s*<(?:!doctype\s+html|html|head|body)[\s>]", re.IGNORECASE)
"""As in ``<!DOCTYPE html>``."""
_FRAGMENT = re.compile(
    r"\s*<(?:meta|title|table|div|p|span|center|font|h[1-6]|style|script|link|section|article|main|ul|ol|b)[\s>]",
    re.I,
)
"""As in ``<table>``."""
_TAG = re.compile(
    r"</(?:p|div|td|tr|table|span|body|html|h[1-6]|li|a|font|b|strong|center)\s*>|<br\s*/?>", re.IGNORECASE
)
"""As in ``</td>``."""
_LARGEST = 60_000_000
_MOST_TAGS = 600_000


def sniff(data: bytes, path: str) -> bool:
    """Markup is recognised by what it begins with; by its tags alone only where the suffix says that it is a page."""
    head = _without_prologue(decode_head(data))
    if _STARTS.match(head):
        return True
    if path.lower().endswith((".md", ".markdown")):
        return False
    tags = len(_TAG.findall(head))
    if _FRAGMENT.match(head):
        return tags >= 2
    return path.lower().endswith(_NAMES) and tags >= 1


def decode_head(data: bytes) -> str:
    """The beginning of a file, well enough to see what it is."""
    head = data[:8192]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head.decode("utf-16", "ignore")
    if head.count(0) * 4 > len(head):
        return head.replace(b"\0", b"").decode("latin-1")
    return head.removeprefix(b"\xef\xbb\xbf").decode("latin-1")


def _without_prologue(head: str) -> str:
    """A beginning without the XML declaration and comments that may stand before markup."""
    head = head.lstrip()
    for opening, closing in (("<?xml", "?>"), *(("<!--", "-->"),) * 5):
        if head.startswith(opening):
            head = head[head.find(closing) + len(closing) :].lstrip() if closing in head else ""
    return head


def read(data: bytes, path: str, declared: str | None = None) -> Document:
    """The report in a page; ``declared`` is the encoding that is stated outside it.

    Raises Unreadable for a page without text and for what is no page.
    """
    if importlib.util.find_spec("lxml") is None:  # as in a browser
        raise _without_lxml()
    if len(data) > _LARGEST or max(data.count(b"<"), data.count(b"&")) > _MOST_TAGS:
        raise _too_large()
    from govlint.readers.web.webpage import read_page

    decoded = decode_page(data, declared)
    return read_page(decoded.text, path, "html", decoded.notes)


def rewrite(data: bytes, path: str, edits: Sequence[Edit]) -> tuple[bytes, list[Edit]]:
    """The page with the edits made in its source and nothing else changed, and the edits that could not be placed."""
    from govlint.readers.web.rewrite import rewrite_page

    return rewrite_page(data, path, edits, read)


def _without_lxml() -> Unreadable:
    return Unreadable(
        Words(
            "这里不能读取网页（没有 lxml）。请用安装在电脑上的 govlint 检查，或把正文另存为 .docx 或 .txt 再检查。",
            "Web pages cannot be read here (without lxml). Check them with govlint on a computer, or save the text as .docx "
            "or .txt.",
        )
    )


def _too_large() -> Unreadable:
    return Unreadable(
        Words(
            f"网页超过 {_LARGEST // 1_000_000} MB 或 {_MOST_TAGS:,} 个标签的上限，不会是一份年度报告的网页。",
            f"The page is over {_LARGEST // 1_000_000} MB or {_MOST_TAGS:,} tags: it is no page of a single report.",
        )
    )
