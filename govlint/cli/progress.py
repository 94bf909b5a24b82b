"""A line on standard error that says how far a long run has come; only on a terminal."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator

from govlint.result import Result

_EVERY = 0.1
"""Seconds between two drawings."""


def shown(results: Iterable[Result], total: int, lang: str) -> Iterator[Result]:
    """The results, with progress while they are waited for: the line is gone whenever one is written."""
    words = "documents checked" if lang == "en" else "已检查"
    drawn = 0.0
    visible = False
    try:
        for done, result in enumerate(results, 1):
            if visible:
                sys.stderr.write("\r\x1b[K")
                sys.stderr.flush()
                visible = False
            yield result
            now = time.monotonic()
            if now - drawn >= _EVERY and done < total:
                sys.stderr.write(f"{words} {done}/{total}")
                sys.stderr.flush()
                drawn, visible = now, True
    finally:
        if visible:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
