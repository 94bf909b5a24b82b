"""``govlint audit``: documents into a store, batch by batch, then against each other."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct

from govlint.archive.engines import Engine
from govlint.archive.folder import Local as LocalFolder
from govlint.archive.needs import needed
from govlint.archive.plan import batch_size, plan
from govlint.archive.sources import Without, located
from govlint.archive.store import Store
from govlint.archive.work import Job, digest_of
from govlint.config.configuration import Configuration
from govlint.errors import UsageError

LIMIT = 300.0
"""Seconds that a document may take."""


class Progress(Struct):
    """How far a run has come."""

    total: int
    done: int = 0
    read: int = 0
    """Documents read anew; the others had not changed."""
    seconds: float = 0.0
    worst: tuple[int, str] = (0, "")
    """The most errors that a document has so far, and its path."""


def audit(
    paths: Sequence[str],
    where: str,
    configuration: Configuration,
    engine: Engine,
    *,
    fresh: bool = False,
    limit: float = LIMIT,
    show: Callable[[Progress], None] = lambda progress: None,
) -> Progress:
    """Read what is new or changed into the store, and hold the documents against each other.

    Raises UsageError where nothing is found, for wrong settings, and where another run is writing the store.
    """
    needed("pyarrow"), needed("duckdb"), needed("fsspec")
    store = Store(where)
    with store.locked():
        if fresh:
            store.clear()
        state = store.state()
        store.recover()
        own = store.folder.path if isinstance(store.folder, LocalFolder) else None
        without = Without(own, configuration.exclusions)
        progress = Progress(_count(paths, without))
        first = next(located(paths, without)).local
        changed = _read(paths, without, store, configuration, engine, limit, progress, show)
        store.recover()  # what lost workers had staged
        _compare(store, configuration, engine, state, changed, progress.total, first)
    return progress


def _count(paths: Sequence[str], without: Without) -> int:
    count = sum(1 for _ in located(paths, without))
    if not count:
        raise UsageError("没有找到可检查的文件 / no documents found")
    return count


def _read(
    paths: Sequence[str],
    without: Without,
    store: Store,
    configuration: Configuration,
    engine: Engine,
    limit: float,
    progress: Progress,
    show: Callable[[Progress], None],
) -> bool:
    """Bring the store up to date; whether anything in it changed."""
    from govlint.version import __version__

    started = time.monotonic()
    size = batch_size(progress.total, engine.workers)
    batches = plan(located(paths, without), store, size)
    changed = False
    for done in engine.run(batches, Job(where_of(store), configuration, limit)):
        if done.changed:
            if not changed:
                store.write_state(govlint=__version__, complete=False)
            changed = True
            store.commit(done.number, done.staged)
        progress.done += done.documents
        progress.read += done.read
        progress.seconds = time.monotonic() - started
        progress.worst = max(progress.worst, done.worst)
        show(progress)
    return changed


def where_of(store: Store) -> str:
    """The store's place as workers elsewhere must know it."""
    return str(Path(store.where).resolve()) if isinstance(store.folder, LocalFolder) else store.where


def _compare(
    store: Store,
    configuration: Configuration,
    engine: Engine,
    state: Mapping[str, Any],
    changed: bool,
    documents: int,
    first: Path | None,
) -> None:
    """Hold the documents against each other, unless nothing changed since that was last done."""
    from govlint.archive.between import compare
    from govlint.version import __version__

    settings = configuration.settings(first)
    digest = digest_of(settings)
    if not changed and state.get("complete") and state.get("between") == digest:
        return
    store.write_state(govlint=__version__, complete=False)
    if store.parts("documents"):
        compare(store, where_of(store), settings, engine, documents)
    store.write_state(govlint=__version__, complete=True, between=digest)
