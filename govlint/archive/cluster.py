"""Batches on an existing dask cluster: ``--engine dask --address …``. Needs the extra ``dask``.

The workers must reach the documents and the store by the names that the driver has for them, and have this version of
govlint. A worker that is lost costs its batches, which are worked on again elsewhere; when the scheduler is lost, the
driver waits for one at the same address and submits anew what had not come back.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import islice
from typing import Any

from govlint.archive.child import Child, Failed
from govlint.archive.needs import needed
from govlint.archive.work import Batch, Done, Job
from govlint.errors import UsageError

_PATIENCE = 600.0
"""Seconds without a scheduler after which the run is given up."""
_TRIES = 5
"""Times that a task may be lost with its worker."""


class Dask:
    """Raises UsageError where nothing answers at the address."""

    def __init__(self, address: str, patience: float = _PATIENCE) -> None:
        self.distributed = needed("distributed", "dask")
        self.address, self.patience = address, patience
        try:
            with self._client() as client:
                self.workers = max(1, sum(client.nthreads().values()))
        except OSError as error:
            raise UsageError(f"{address} 没有 dask 调度器 / no dask scheduler there: {error}") from error

    def _client(self) -> Any:
        return self.distributed.Client(self.address, timeout="30s", set_as_default=False)

    def run(self, batches: Iterable[Batch], job: Job) -> Iterator[Done]:
        return self.spread(partial(on_worker, job=job), batches)

    def spread(self, do: Callable[[Any], Any], tasks: Iterable[Any]) -> Iterator[Any]:
        rest = enumerate(tasks)
        left: dict[int, Any] = {}
        """Submitted, and not come back."""
        lost_since: float | None = None
        while True:
            try:
                with self._client() as client:
                    for done in self._with(client, do, rest, left):
                        lost_since = None
                        yield done
                    return
            except _lost(self.distributed) as error:
                lost_since = lost_since or time.monotonic()
                if time.monotonic() - lost_since > self.patience:
                    raise Failed(f"{self.address}: {error}") from error
                time.sleep(0.5)

    def _with(
        self, client: Any, do: Callable[[Any], Any], rest: Iterator[tuple[int, Any]], left: dict[int, Any]
    ) -> Iterator[Any]:
        """Work through one client, until all is done or the scheduler is lost."""
        tries: dict[int, int] = {}
        numbers: dict[str, int] = {}
        waiting = self.distributed.as_completed(loop=client.loop)

        def submit(number: int, task: Any) -> None:
            left[number] = task
            future = client.submit(do, task, pure=False)
            numbers[future.key] = number
            waiting.add(future)

        for number, task in [*left.items(), *islice(rest, max(0, 2 * self.workers - len(left)))]:
            submit(number, task)
        for future in waiting:
            number = numbers.pop(future.key)
            try:
                done = future.result()
            except self.distributed.scheduler.KilledWorker as error:
                tries[number] = tries.get(number, 0) + 1
                if tries[number] > _TRIES:
                    raise Failed(str(error)) from error
                submit(number, left[number])
                continue
            del left[number]
            yield done
            for more in islice(rest, 1):
                submit(*more)


def _lost(distributed: Any) -> tuple[type[BaseException], ...]:
    """What is raised when the scheduler is gone."""
    from asyncio import CancelledError
    from concurrent.futures import CancelledError as Cancelled

    return (OSError, TimeoutError, CancelledError, Cancelled, distributed.comm.CommClosedError)


_children: dict[int, tuple[str, Child]] = {}


def on_worker(batch: Batch, job: Job) -> Done:
    """Work on a batch where the cluster put it, in a guarded process of the worker's thread."""
    thread = threading.get_ident()
    run, child = _children.get(thread, ("", None))
    if child is None or run != job.run:
        if child is not None:
            child.close()
        child = Child(job)
        _children[thread] = (job.run, child)
    return child.do(batch)
