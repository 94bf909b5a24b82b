"""What is built from grammars, kept in the user's cache folder from one run to the next."""

from __future__ import annotations

import hashlib
import os
import pickle
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from govlint.version import __version__

Built = TypeVar("Built")


def cached(name: str, sources: object, code: Sequence[str], build: Callable[[], Built]) -> Built:
    """What ``build`` gives, from the cache where the same ``sources`` were built by the same ``code`` before.

    ``code`` are the modules of govlint, such as ``template.build``, that the result depends on.
    """
    path = _file(name, sources, code)
    try:
        return _trusted(path)  # type: ignore[return-value]
    except Exception:  # absent, damaged, written by another user or version: build anew
        pass
    built = build()
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        temporary = path.with_suffix(f".{os.getpid()}")
        temporary.write_bytes(pickle.dumps(built))
        temporary.replace(path)
    except OSError:  # a read-only home costs time, nothing else
        pass
    return built


def _file(name: str, sources: object, code: Sequence[str]) -> Path:
    base = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA") or "~/.cache"
    package = Path(__file__).parents[1]
    times = [(package / f"{module.replace('.', '/')}.py").stat().st_mtime_ns for module in code]
    key = repr((__version__, sys.version_info[:3], sources, times))
    digest = hashlib.sha256(key.encode()).hexdigest()[:20]
    return Path(base).expanduser() / "govlint" / f"{name}-{digest}.pickle"


def _trusted(path: Path) -> object:
    if hasattr(os, "getuid") and path.stat().st_uid != os.getuid():
        raise PermissionError(path)
    return pickle.loads(path.read_bytes())
