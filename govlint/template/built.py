"""What is built from grammars, kept in the cache from one run to the next.

The cache holds plain values (``marshal``: numbers, texts, tuples, dictionaries) and the names of a few known kinds of
object, never objects that load as code.
"""

from __future__ import annotations

import contextlib
import marshal
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from msgspec import Struct

from govlint import cache
from govlint.text.digest import sha256
from govlint.version import __version__

Built = TypeVar("Built")
_MOST_FILES = 8
"""Files of one name: as many sets of templates may be in use by turns."""


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
    of the objects in it (structs and named tuples); ``is_right`` tells whether what was read is of its form.
    """
    folder = cache.folder()
    path = folder / f"{name}-{_key(sources, code)}.data" if folder else None
    if path is not None:
        # Whatever is amiss with the file, the grammars are there: nothing of the cache may end a run.
        with contextlib.suppress(Exception):
            found = _restored(marshal.loads(cache.read(path)), kinds)
            if is_right(found):
                return found  # type: ignore[no-any-return]
    built = build()
    if path is not None:
        with contextlib.suppress(ValueError):
            cache.write(path, marshal.dumps(_plain(built, kinds)), _MOST_FILES)
    return built


def _key(sources: object, code: Sequence[str]) -> str:
    times = [path.stat().st_mtime_ns for path in _files(code)]
    key = repr((__version__, sys.version_info[:3], sources, times))
    return sha256(key)[:20]


def _files(code: Sequence[str]) -> Sequence[Path]:
    """What the modules are loaded from: a frozen program has them all in itself."""
    if getattr(sys, "frozen", False):
        return [Path(sys.executable)]
    package = Path(__file__).parents[1]
    return [package / f"{module.replace('.', '/')}.py" for module in code]


# Objects as plain values: ("=", value), ("t", items), ("d", keys and items), ("day", its ordinal), or ("@", the place among the objects);
# an object is its kind's name and its fields, and stands behind those that it holds.


def _plain(value: object, kinds: Sequence[type]) -> tuple[list[tuple[str, list[Any]]], tuple[str, Any]]:
    """Raises ValueError for an object of another kind."""
    objects: list[tuple[str, list[Any]]] = []
    places: dict[int, int] = {}

    def node(value: Any) -> tuple[str, Any]:
        if type(value) in kinds:
            if id(value) not in places:
                fields = [node(getattr(value, name)) for name in _fields(type(value))]
                objects.append((type(value).__name__, fields))
                places[id(value)] = len(objects) - 1
            return "@", places[id(value)]
        if isinstance(value, Mapping):
            items = [node(each) for each in value.values()]
            if all(tag == "=" for tag, _ in items):
                return "=", dict(zip(value, [plain for _, plain in items], strict=True))
            return "d", (list(value), items)
        if isinstance(value, tuple | list):
            items = [node(each) for each in value]
            if all(tag == "=" for tag, _ in items):
                return "=", tuple(plain for _, plain in items)
            return "t", items
        if value is None or type(value) in (str, int, bool):
            return "=", value
        if type(value) is date:
            return "day", value.toordinal()
        raise ValueError(f"{type(value).__name__} is no plain value")

    root = node(value)
    return objects, root


def _restored(plain: Any, kinds: Sequence[type]) -> Any:
    """Raises an exception of any kind for what :func:`_plain` has not written."""
    named = {kind.__name__: kind for kind in kinds}
    objects: list[Any] = []

    def made(node: Any) -> Any:
        tag, held = node
        if tag == "=":
            return held
        if tag == "@":
            return objects[held]
        if tag == "day":
            return date.fromordinal(held)
        if tag == "t":
            return tuple([made(each) for each in held])
        keys, items = held
        return dict(zip(keys, [made(each) for each in items], strict=True))

    listed, root = plain
    for kind, fields in listed:
        objects.append(named[kind](*[held if tag == "=" else made((tag, held)) for tag, held in fields]))
    return made(root)


def _fields(kind: type) -> Sequence[str]:
    if issubclass(kind, Struct):
        return kind.__struct_fields__
    return kind._fields  # type: ignore[attr-defined, no-any-return]
