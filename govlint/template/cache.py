"""What is built from grammars, kept in the user's cache folder from one run to the next.

The cache holds plain values (``marshal``: numbers, texts, tuples, dictionaries) and the names of a few known kinds of
object, never objects that load as code. A file is used where it is the user's own, nobody else may write it or its
folder, and it is whole; anything odd about it, or about the folder, and what it held is built anew.
"""

from __future__ import annotations

import contextlib
import dataclasses
import hashlib
import marshal
import os
import stat
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from govlint.files import replace
from govlint.version import __version__

Built = TypeVar("Built")
_KEPT = 8
"""Files of one name: as many sets of templates may be in use by turns."""
_LARGEST = 50_000_000
_DIGEST = 32


def cached(
    name: str,
    sources: object,
    code: Sequence[str],
    kinds: Sequence[type],
    build: Callable[[], Built],
    is_right: Callable[[object], bool],
) -> Built:
    """What ``build`` gives, from the cache where the same ``sources`` were built by the same ``code`` before.

    ``code`` are the modules of govlint, such as ``template.build``, that the result depends on; ``kinds`` the classes
    of the objects in it (dataclasses and named tuples); ``is_right`` tells whether what was read is of its form.
    """
    folder = _folder()
    path = folder / f"{name}-{_key(sources, code)}.data" if folder else None
    if path is not None:
        # Whatever is amiss with the file, the grammars are there: nothing of the cache may end a run.
        with contextlib.suppress(Exception):
            found = _restored(marshal.loads(_checked(path)), kinds)
            if is_right(found):
                return found  # type: ignore[no-any-return]
    built = build()
    if path is not None:
        with contextlib.suppress(OSError, ValueError):  # a read-only home costs time, nothing else
            data = marshal.dumps(_plain(built, kinds))
            if os.path.lexists(path) and not stat.S_ISREG(path.lstat().st_mode):
                path.unlink()  # a link would be followed, a pipe waited at
            replace(path, hashlib.sha256(data).digest() + data)
            path.chmod(0o600)
            _tidy(path.parent, name)
    return built


def _key(sources: object, code: Sequence[str]) -> str:
    times = [path.stat().st_mtime_ns for path in _files(code)]
    key = repr((__version__, sys.version_info[:3], sources, times))
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:20]


def _files(code: Sequence[str]) -> Sequence[Path]:
    """What the modules are loaded from: a frozen program has them all in itself."""
    if getattr(sys, "frozen", False):
        return [Path(sys.executable)]
    package = Path(__file__).parents[1]
    return [package / f"{module.replace('.', '/')}.py" for module in code]


# Files


def _folder() -> Path | None:
    """The cache folder, made where there is none; None where there is none to be trusted."""
    bases = [os.environ.get(name, "") for name in ("XDG_CACHE_HOME", "LOCALAPPDATA")]
    base = next((each for each in bases if os.path.isabs(each)), None)  # a relative one is to be ignored
    try:
        folder = (Path(base) if base else Path("~/.cache").expanduser()) / "govlint"
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        return folder if stat.S_ISDIR(_own(os.lstat(folder)).st_mode) else None
    except (OSError, RuntimeError, ValueError):
        return None


def _own(status: os.stat_result) -> os.stat_result:
    """Raises PermissionError for what is another's, or may be written by others."""
    if hasattr(os, "getuid") and (
        status.st_uid != os.getuid() or status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
    ):
        raise PermissionError("not one's own")
    return status


def _checked(path: Path) -> bytes:
    """The content of a file of the cache. Raises OSError or ValueError where it is not to be trusted, or not whole."""
    flags = (
        os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    )
    with os.fdopen(os.open(path, flags), "rb") as file:
        status = _own(os.fstat(file.fileno()))
        if not stat.S_ISREG(status.st_mode) or status.st_nlink != 1 or status.st_size > _LARGEST:
            raise PermissionError("no plain file")
        data = file.read(_LARGEST)
    if hashlib.sha256(data[_DIGEST:]).digest() != data[:_DIGEST]:
        raise ValueError("not whole")
    return data[_DIGEST:]


def _tidy(folder: Path, name: str) -> None:
    """Leave the newest files of a name, and none of the form that older versions wrote."""
    for old in folder.glob(f"{name}-*.pickle"):
        old.unlink()
    files = sorted(folder.glob(f"{name}-*.data"), key=lambda file: file.lstat().st_mtime_ns, reverse=True)
    for old in files[_KEPT:]:
        old.unlink()


# Objects as plain values: ("=", value), ("t", items), ("d", keys and items), or (a kind's name, its fields)


def _plain(value: object, kinds: Sequence[type]) -> tuple[str, Any]:
    """Raises ValueError for an object of another kind."""
    if type(value) in kinds:
        return type(value).__name__, [_plain(getattr(value, name), kinds) for name in _fields(type(value))]
    if isinstance(value, Mapping):
        items = [_plain(each, kinds) for each in value.values()]
        if all(tag == "=" for tag, _ in items):
            return "=", dict(value)
        return "d", (list(value), items)
    if isinstance(value, tuple | list):
        items = [_plain(each, kinds) for each in value]
        if all(tag == "=" for tag, _ in items):
            return "=", tuple(plain for _, plain in items)
        return "t", items
    if value is None or type(value) in (str, int, bool):
        return "=", value
    raise ValueError(f"{type(value).__name__} is no plain value")


def _restored(plain: Any, kinds: Sequence[type]) -> Any:
    """Raises an exception of any kind for what :func:`_plain` has not written."""
    named = {kind.__name__: kind for kind in kinds}
    same: dict[tuple[type, Any], Any] = {}

    def made(node: Any) -> Any:
        tag, held = node
        if tag == "=":
            return held
        if tag == "t":
            return tuple(map(made, held))
        if tag == "d":
            keys, items = held
            return dict(zip(keys, map(made, items), strict=True))
        kind = named[tag]
        values = [made(each) for each in held]
        made_one = kind(**dict(zip(_fields(kind), values, strict=True)))
        try:  # an object that was in several places is one again
            return same.setdefault((kind, tuple(values)), made_one)
        except TypeError:
            return made_one

    return made(plain)


def _fields(kind: type) -> Sequence[str]:
    if dataclasses.is_dataclass(kind):
        return [field.name for field in dataclasses.fields(kind) if field.init]
    return kind._fields  # type: ignore[attr-defined, no-any-return]
