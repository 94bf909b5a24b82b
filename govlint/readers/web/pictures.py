"""Pictures that a page holds in its own source: recognised where text recognition is installed."""

from __future__ import annotations

import re
from functools import lru_cache

from govlint.document import Document, Unreadable

_EMBEDDED = re.compile(r"data:image/[\w.+-]{1,40};base64,([A-Za-z0-9+/=]+)")
"""As in ``data:image/png;base64,iVBORw0KGgo=``."""
_KEPT = re.compile(r"data:,(\d+)")
"""As in ``data:,3``."""
LEAST = 2000
"""Bytes of a picture with words in it."""
MOST = 30
"""Pictures that are recognised."""


def recognises() -> bool:
    from govlint.readers.paper import pdf

    return pdf.recognises()


def set_aside(source: str) -> tuple[str, list[str]]:
    """A page with numbers in the place of its pictures, and those as they are written."""
    kept: list[str] = []

    def number(match: re.Match[str]) -> str:
        if len(match[1]) * 3 < LEAST * 4 or len(kept) >= MOST:
            return "data:,"
        kept.append(match[1])
        return f"data:,{len(kept) - 1}"

    return _EMBEDDED.sub(number, source), kept


def number_of(source: str) -> str:
    """The number in the place of a picture; empty where there is none."""
    match = _KEPT.fullmatch(source.strip())
    return match[1] if match else ""


@lru_cache(MOST)
def recognised(written: str) -> Document | None:
    """What a picture says; None where it says nothing or is none."""
    from base64 import b64decode

    from govlint.readers.paper import pdf

    try:
        content = b64decode(written)
        document = pdf.read(content, "picture.png") if pdf.is_image(content) else None
    except (Unreadable, ValueError):
        return None
    return document if document is not None and document.text.strip() else None
