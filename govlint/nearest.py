"""The right name nearest to a wrong one, for messages."""

from __future__ import annotations

from collections.abc import Iterable


def hint(name: str, allowed: Iterable[str]) -> str:
    """``是否指 N003？``, or the names that there are."""
    import difflib

    listed = list(dict.fromkeys(allowed))
    near = difflib.get_close_matches(name, listed, 1, 0.5)
    return f"是否指 {near[0]}？" if near else f"可用：{'、'.join(listed)}。"
