"""Patterns of paths in settings: ``*`` and ``?`` stay within a folder, ``**`` crosses folders."""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Sequence
from functools import cache

_CLASS = re.compile(r"\[[^\]/]+\]")
"""As in ``[!a-z]``."""


def check(pattern: str) -> None:
    """Raises ValueError for a pattern that means nothing: none, or a range from a later to an earlier character."""
    if not pattern.strip("/. "):
        raise ValueError("应为路径 / should be a path")
    for found in _CLASS.finditer(pattern):
        try:
            re.compile(found.group().replace("[!", "[^").replace("\\", "\\\\"))
        except re.error as error:
            raise ValueError(
                f"{found.group()} 不是正确的字符范围（{error}） / no range of characters"
            ) from error


def fits(pattern: str, path: str) -> bool:
    """Whether a pattern means a relative path; without a slash it means a name in any folder.

    Takes time by the product of both lengths at most, whatever the pattern.

    >>> [fits(pattern, "a/b/c.txt") for pattern in ("*.txt", "a/*.txt", "a/**", "**/b/*", "a/", "c.*/")]
    [True, False, True, True, True, False]
    """
    parts = _parts(pattern)
    reached = {0}
    for name in path.split("/"):
        reached = _open(reached, parts)
        step: set[int] = set()
        for at in reached:
            if at == len(parts):
                continue
            part = parts[at]
            if part is None:
                step.add(at)
                if at == len(parts) - 1:
                    step.add(at + 1)
            elif part.fullmatch(name):
                step.add(at + 1)
        reached = step
    return len(parts) in reached


def _open(reached: set[int], parts: Sequence[re.Pattern[str] | None]) -> set[int]:
    """With the places that ``**`` for no folder at all leads to; at the end it means one name at least."""
    found = set(reached)
    for at in range(len(parts) - 1):
        if at in found and parts[at] is None:
            found.add(at + 1)
    return found


@cache
def _parts(pattern: str) -> Sequence[re.Pattern[str] | None]:
    """By folder; None for ``**``."""
    if "/" not in pattern.rstrip("/"):
        pattern = "**/" + pattern
    if pattern.endswith("/"):
        pattern += "**"
    parts: list[re.Pattern[str] | None] = []
    for part in pattern.removeprefix("/").split("/"):
        if part != "**":
            # Its stars never go back on what they have taken, unlike those of a plain regular expression.
            parts.append(re.compile(fnmatch.translate(part)))
        elif not parts or parts[-1] is not None:
            parts.append(None)
    return parts
