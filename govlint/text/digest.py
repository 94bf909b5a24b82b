"""SHA-256 of a document's bytes, and of what stands for something else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

_SHORT = 1_000_000
"""Bytes up to which Python's own code is done before OpenSSL, which ``hashlib`` loads, would have been loaded."""


def _own() -> Callable[[bytes], Any] | None:
    for module in ("_sha2", "_sha256"):  # since Python 3.12, before it
        try:
            made: Callable[[bytes], Any] = __import__(module).sha256
        except ImportError:
            continue
        return made
    return None


_SHORT_SHA256 = _own()


def sha256(data: bytes | str) -> str:
    """Hexadecimal digits; of a text, those of its UTF-8."""
    held = data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data
    if _SHORT_SHA256 is not None and len(held) <= _SHORT:
        return str(_SHORT_SHA256(held).hexdigest())
    import hashlib

    return hashlib.sha256(held).hexdigest()
