"""How deep a page may nest its tags."""

from __future__ import annotations

from govlint.document import Unreadable, Words

DEEPEST = 500
"""Calls of the walker within each other; Python allows a thousand."""


def too_deep() -> Unreadable:
    return Unreadable(
        Words(
            "网页的标签嵌套过深，文件可能已损坏。请在浏览器中打开，复制正文到 Word 或文本文件后再检查。",
            "The page nests its tags too deep and may be damaged. Copy its text into a Word or text file.",
        )
    )
