"""One document checked by the settings that hold for it, or known from the cache."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from govlint import readers
from govlint.config.configuration import Configuration
from govlint.document import Unreadable, Words
from govlint.linting.settings import Settings
from govlint.result import Result
from govlint.runs.sources import Source
from govlint.text.digest import sha256

if TYPE_CHECKING:
    from govlint.runs.results_cache import Cache


# The linter is loaded where a document is checked: where all are known, most of govlint is not needed.


def check_source(source: Source, configuration: Configuration, cache: Cache | None = None) -> Result:
    """Check one document by the settings that hold for it; a result that the cache has is not made anew."""
    if cache is None:
        settings = configuration.settings(source.file)
        data = _bytes(source, settings)
        return data if isinstance(data, Result) else _made(data, _whole(data, source), source, settings)
    return _checked(source, configuration, cache)[0]


def check_to_data(source: Source, configuration: Configuration, cache: Cache | None) -> bytes:
    """The same, as bytes for another process. Raises ValueError for a result that is no plain data."""
    from govlint.runs.as_data import dumps

    if cache is None:
        return dumps(check_source(source, configuration))
    result, data = _checked(source, configuration, cache)
    return data if data is not None else dumps(result)


def known(source: Source, configuration: Configuration, cache: Cache | None) -> Result | None:
    """The result that the cache has of a document as it is now."""
    if cache is None or source.lost:
        return None
    settings = configuration.settings(source.file)
    data = _bytes(source, settings)
    return (
        None
        if isinstance(data, Result)
        else cache.get(cache.key(_whole(data, source), source.shown, settings), source.shown, settings)
    )


def _checked(source: Source, configuration: Configuration, cache: Cache) -> tuple[Result, bytes | None]:
    """The result, and the bytes it was kept as, if it was made anew and kept."""
    settings = configuration.settings(source.file)
    data = _bytes(source, settings)
    if isinstance(data, Result):
        return data, None
    whole = _whole(data, source)
    key = cache.key(whole, source.shown, settings)
    found = cache.get(key, source.shown, settings)
    if found is not None:
        return found, None
    result = _made(data, whole, source, settings)
    return result, cache.put(key, result)


def _whole(data: bytes, source: Source) -> bytes:
    """A document as it is read: one that is a file is read with the pictures beside it."""
    return readers.gathered(data, source.file) if source.file is not None and source.data is None else data


def _made(data: bytes, whole: bytes, source: Source, settings: Settings) -> Result:
    from govlint.linting.linter import check_bytes

    result = check_bytes(whole, source.shown, settings)
    return result if whole is data else replace(result, sha256=sha256(data))


def _lost(source: Source, words: Words, settings: Settings) -> Result:
    from govlint.linting.linter import unreadable

    return unreadable(source.shown, words, settings)


def _bytes(source: Source, settings: Settings) -> bytes | Result:
    """The content of a document, or the result where there is none to be had."""
    if source.lost:
        words = Words(f"无法打开：{source.lost.zh}。", f"It cannot be opened: {source.lost.en}.")
        return _lost(source, words, settings)
    if source.file is None or source.data is not None:
        return source.data or b""
    try:
        return readers.read_bytes(source.file, settings.limits)
    except Unreadable as error:
        return _lost(source, error.words, settings)
