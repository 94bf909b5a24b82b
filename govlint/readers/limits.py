"""What is refused as too large, and what is said of it."""

from __future__ import annotations

from msgspec import Struct

from govlint.document import Unreadable, Words

LARGEST = 200_000_000
"""Bytes of a file that is still read."""
LONGEST = 2_000_000
"""Characters of text that are still checked: forty times a long report."""


class Limits(Struct, frozen=True):
    """What is refused as too large."""

    size: int = LARGEST
    characters: int = LONGEST


LIMITS = Limits()


def too_long(length: int, limit: int = LONGEST) -> Unreadable:
    """What is said of a text of so many characters, which is no one report."""
    return Unreadable(
        Words(
            f"文字有 {length:,} 字，超过 {limit:,} 字的上限，不会是一份年度报告。请拆成单份报告再检查。",
            f"The text has {length:,} characters, over the limit of {limit:,}: it is no single report. Split it.",
        )
    )


def too_large(size: int, limit: int = LARGEST) -> Unreadable:
    """What is said of a file of so many bytes."""
    return Unreadable(
        Words(
            f"文件有 {megabytes(size)} MB，超过 {megabytes(limit)} MB 的上限。",
            f"The file has {megabytes(size)} MB, over the limit of {megabytes(limit)} MB.",
        )
    )


def megabytes(size: int) -> str:
    return f"{size / 1_000_000:.3g}" if size < 10_000_000 else f"{size // 1_000_000}"
