"""What a user did wrong, as opposed to what a document or govlint itself did, and the right name for it."""

from __future__ import annotations

from collections.abc import Iterable


class UsageError(ValueError):
    """Wrong usage or configuration: exit status 2."""


def hint(name: str, allowed: Iterable[str]) -> str:
    """``是否指 N003？``, or the names that there are."""
    import difflib

    listed = list(dict.fromkeys(allowed))
    near = difflib.get_close_matches(name, listed, 1, 0.5)
    return f"是否指 {near[0]}？" if near else f"可用：{'、'.join(listed)}。"
