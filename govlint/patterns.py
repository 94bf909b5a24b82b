"""Compiled patterns, kept in the cache from one run to the next: to compile them all costs more than to check a report.

Modules write ``re.compile`` as ever. Between :func:`remembered`'s begin and end the compiler below it is asked only
for what the cache does not hold; patterns that stand in the code are then added to the cache. The codes are
those of CPython's ``_sre``, whose own ``compile`` verifies them; elsewhere nothing is remembered.
"""

from __future__ import annotations

import contextlib
import marshal
import re
import sys
from collections.abc import Callable, Iterator
from types import FrameType
from typing import Any

from govlint import cache

_MOST = 800
"""Patterns in the cache: where there are more, those of the last run alone."""
_MOST_FILES = 3
"""Files: as many versions of Python may be in use by turns."""

_Key = tuple[str, int]
_Parts = tuple[int, list[int], int, dict[str, int], tuple[str | None, ...]]


@contextlib.contextmanager
def remembered() -> Iterator[None]:
    """Patterns compiled within come from the cache; the cache is written at the end, if any was not in it."""
    compiler: Any = getattr(re, "_compiler", None)
    folder = cache.folder() if hasattr(compiler, "_sre") and hasattr(compiler, "_code") else None
    if folder is None:
        yield
        return
    path = folder / f"patterns-{sys.implementation.cache_tag}-{compiler.MAGIC}.data"
    known: dict[_Key, _Parts] = {}
    with contextlib.suppress(Exception):  # whatever is amiss with the file
        known = dict(marshal.loads(cache.read(path)))
    asked = _Remembering(compiler, known)
    ordinary, compiler.compile = compiler.compile, asked.compile
    try:
        yield
    finally:
        compiler.compile = ordinary
    if asked.new:
        held = known | asked.new if len(known) + len(asked.new) <= _MOST else asked.used | asked.new
        cache.write(path, marshal.dumps(held), _MOST_FILES)


class _Remembering:
    def __init__(self, compiler: Any, known: dict[_Key, _Parts]) -> None:
        self._compiler = compiler
        self._ordinary: Callable[..., re.Pattern[Any]] = compiler.compile
        self._known = known
        self.used: dict[_Key, _Parts] = {}
        self.new: dict[_Key, _Parts] = {}

    def compile(self, pattern: Any, flags: int = 0) -> re.Pattern[Any]:
        """As ``re._compiler.compile``."""
        if type(pattern) is not str:
            return self._ordinary(pattern, flags)
        key = (pattern, int(flags))
        parts = self._known.get(key)
        if parts is None:
            if not _is_lasting(pattern):
                return self._ordinary(pattern, flags)
            parts = self.new[key] = self._parts(*key)
        self.used[key] = parts
        try:
            return self._compiler._sre.compile(pattern, *parts)  # type: ignore[no-any-return]
        except (RuntimeError, TypeError, ValueError, OverflowError):  # no code of a pattern
            self.new[key] = self._parts(*key)
            return self._ordinary(pattern, flags)

    def _parts(self, pattern: str, flags: int) -> _Parts:
        """What the compiler would give to ``_sre.compile`` beside the pattern."""
        parsed = self._compiler._parser.parse(pattern, flags)
        code = [int(each) for each in self._compiler._code(parsed, flags)]
        state = parsed.state
        names = {number: name for name, number in state.groupdict.items()}
        indices = tuple(names.get(number) for number in range(state.groups))
        return int(flags | state.flags), code, state.groups - 1, state.groupdict, indices


def lasting(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """``re.compile`` for a pattern that is made in a function, but from a grammar or a list of words alone."""
    return re.compile(pattern, flags)


def _is_lasting(pattern: str) -> bool:
    """Whether a pattern stands in the code of govlint: those made from a document's own words are not worth keeping."""
    frame: FrameType | None = sys._getframe(2)
    while frame is not None and frame.f_globals.get("__name__") == re.__name__:
        frame = frame.f_back
    if frame is None or pattern in frame.f_code.co_consts or frame.f_code is lasting.__code__:
        return frame is not None
    while frame is not None:
        if frame.f_code.co_name == "<module>":
            return str(frame.f_globals.get("__name__", "")).startswith("govlint")
        frame = frame.f_back
    return False
