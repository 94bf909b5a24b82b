"""Where batches are worked on: this machine's cores, or a cluster. An engine is two functions and no more."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from typing import Any, Protocol

from govlint.archive.child import Child
from govlint.archive.work import Batch, Done, Job


class Engine(Protocol):
    """Works on batches in any order; each comes back once."""

    workers: int

    def run(self, batches: Iterable[Batch], job: Job) -> Iterator[Done]: ...

    def spread(self, do: Callable[[Any], Any], tasks: Iterable[Any]) -> Iterator[Any]:
        """What comes of tasks that may be done anew where they were lost; in any order."""
        ...


class Local:
    """One guarded process for each core, each driven by a thread that mostly waits."""

    def __init__(self, workers: int) -> None:
        self.workers = workers

    def spread(self, do: Callable[[Any], Any], tasks: Iterable[Any]) -> Iterator[Any]:
        """One after another: DuckDB has all cores for each."""
        return map(do, tasks)

    def run(self, batches: Iterable[Batch], job: Job) -> Iterator[Done]:
        mine = threading.local()
        children: list[Child] = []

        def do(batch: Batch) -> Done:
            if not hasattr(mine, "child"):
                mine.child = Child(job)
                children.append(mine.child)
            child: Child = mine.child
            return child.do(batch)

        pool = ThreadPoolExecutor(self.workers)
        under_way: set[Future[Done]] = set()
        try:
            for batch in batches:
                under_way.add(pool.submit(do, batch))
                if len(under_way) >= 2 * self.workers:
                    ready, under_way = wait(under_way, return_when=FIRST_COMPLETED)
                    yield from (future.result() for future in ready)
            while under_way:
                ready, under_way = wait(under_way, return_when=FIRST_COMPLETED)
                yield from (future.result() for future in ready)
        finally:
            for child in children:
                child.stop()
            pool.shutdown(cancel_futures=True)
            for child in children:
                child.close()
