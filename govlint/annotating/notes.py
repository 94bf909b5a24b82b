"""What writing findings into a document came to."""

from __future__ import annotations

from typing import NamedTuple


class Written(NamedTuple):
    """The file, how many notes were written, how many of before were kept, and how many found no room."""

    data: bytes
    new: int
    kept: int = 0
    left: int = 0
