"""The lines that are drawn on a page."""

from __future__ import annotations

from msgspec import Struct


class Ruling(Struct, frozen=True, gc=False):
    """A line along ``at`` (y of a level one, x of an upright one) from ``start`` to ``end``."""

    level: bool
    at: float
    start: float
    end: float
