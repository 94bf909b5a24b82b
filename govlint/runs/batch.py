"""Many documents on all cores: results in the order of the documents, and no more of them in memory than cores.

A worker process is given one document after another and sends each result back. One that dies takes no more with it
than the document it was at, which becomes unreadable, and another takes its place.
"""

from __future__ import annotations

import gc
import itertools
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import islice
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field

from govlint.document import Words
from govlint.result import Result
from govlint.runs.as_data import dumps, loads
from govlint.runs.checking import check_source, check_to_data, known
from govlint.runs.sources import Source

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

    from govlint.config.configuration import Configuration
    from govlint.runs.results_cache import Cache

_AHEAD = 16
"""Documents for each worker that may be under way or wait for a slower one before them."""
_HAND = 2
"""Documents that a worker is given at a time, so that it need not wait for the next."""


def cores() -> int:
    """Cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class _Worker(Struct):
    process: BaseProcess
    pipe: Connection
    held: deque[int] = field(default_factory=deque)
    """Documents given to it that it has not answered, in order."""


def check_in_parallel(
    sources: Iterable[Source], configuration: Configuration, count: int, cache: Cache | None = None
) -> Iterator[Result]:
    """Check the documents on ``count`` processes, of which none is started before a document needs it."""
    return _Pool(sources, configuration, count, cache).results()


class _Pool:
    def __init__(
        self, sources: Iterable[Source], configuration: Configuration, count: int, cache: Cache | None
    ) -> None:
        self.rest = iter(sources)
        self.configuration, self.count, self.cache = configuration, count, cache
        self.workers: list[_Worker] = []
        self.taken: dict[int, Source] = {}
        """Documents whose results were not yet handed on, by number: no more than are allowed to be under way."""
        self.done: dict[int, Result] = {}
        self.given = 0
        """Documents that were given to a worker, or known from the cache; all before have been too."""

        self.unknown = -1
        """The last document that the cache was asked for in vain."""

    def results(self) -> Iterator[Result]:
        try:
            for wanted in itertools.count():
                self._look_ahead(wanted)
                if wanted not in self.taken:
                    return
                if self.taken[wanted].data is not None and wanted not in self.done:
                    self.done[wanted] = check_source(self.taken[wanted], self.configuration, self.cache)
                while wanted not in self.done:
                    self._give_out(wanted)
                    if wanted in self.done:
                        break
                    self._take_what_is_ready()
                del self.taken[wanted]
                yield self.done.pop(wanted)
        finally:
            for worker in self.workers:
                worker.process.terminate()
                worker.pipe.close()
            for worker in self.workers:
                worker.process.join()

    def _take_what_is_ready(self) -> None:
        """Wait for an answer. Where all is known there is none, and what this loads is not needed."""
        from multiprocessing.connection import wait

        ready = wait([worker.pipe for worker in self.workers if worker.held])
        for number, worker in enumerate(self.workers):
            if worker.pipe in ready and not self._take(worker):
                self.workers[number] = self._replaced(worker)

    def _look_ahead(self, wanted: int) -> None:
        """Take the documents that may be under way while one is waited for."""
        room = _AHEAD * self.count - len(self.taken)
        start = wanted + len(self.taken)
        self.taken.update(enumerate(islice(self.rest, room), start))

    def _give_out(self, wanted: int) -> None:
        """Give documents to workers that have room, so far ahead as is allowed; those known need none."""
        self.given = max(self.given, wanted)
        while (source := self.taken.get(self.given)) is not None:
            if source.data is None:  # standard input is not copied about
                found = None
                if self.unknown != self.given:
                    found = known(source, self.configuration, self.cache)
                if found is not None:
                    self.done[self.given] = found
                else:
                    self.unknown = self.given
                    worker = self._free()
                    if worker is None:
                        return
                    _give(worker, self.given, source)
            self.given += 1

    def _free(self) -> _Worker | None:
        """An idle worker; else a new one, if there may be more; else one that has room."""
        worker = min(self.workers, key=lambda each: len(each.held), default=None)
        if (worker is None or worker.held) and len(self.workers) < self.count:
            worker = _start(self.configuration, self.workers, self.cache)
            self.workers.append(worker)
        return worker if worker is not None and len(worker.held) < _HAND else None

    def _take(self, worker: _Worker) -> bool:
        """Take one answer of a worker; False where it has died."""
        try:
            answer = worker.pipe.recv_bytes()
        except (EOFError, OSError):
            return False
        at = worker.held.popleft()
        source = self.taken[at]
        self.done[at] = loads(answer, source.shown, self.configuration.settings(source.file))
        return True

    def _replaced(self, dead: _Worker) -> _Worker:
        """A new worker with what the dead one had not begun; what it was at becomes unreadable."""
        from govlint.linting.linter import unreadable

        dead.pipe.close()
        dead.process.join()
        lost = dead.held.popleft()
        source = self.taken[lost]
        reason = _reason(dead.process.exitcode)
        words = Words(
            f"检查此文件的进程意外终止（{reason.zh}），常因文件损坏或内存不足。请单独检查此文件，或重新保存后再检查。",
            f"The process that checked this file died ({reason.en}), often of a damaged file or for want of memory. "
            "Check the file by itself, or save it anew.",
        )
        self.done[lost] = unreadable(source.shown, words, self.configuration.settings(source.file))
        worker = _start(self.configuration, [each for each in self.workers if each is not dead], self.cache)
        for index in dead.held:
            _give(worker, index, self.taken[index])
        return worker


def _give(worker: _Worker, index: int, source: Source) -> None:
    worker.held.append(index)
    with suppress(OSError):  # where it has died: that shows when its answer is read
        worker.pipe.send(source)


def _reason(code: int | None) -> Words:
    if code is not None and code < 0:
        try:
            name = signal.Signals(-code).name
        except ValueError:
            name = str(-code)
        return Words(f"信号 {name}", f"signal {name}")
    return Words(f"退出码 {code}", f"exit status {code}")


_GARBAGE = 10_000
"""Objects after which a worker looks for garbage: what it was started with is left out, so that a look costs little."""


def _start(configuration: Configuration, others: Sequence[_Worker], cache: Cache | None) -> _Worker:
    import multiprocessing

    import govlint.linting.linter  # noqa: F401  # here, so that a fork has it: where all is known nobody needs it

    # A fork has everything loaded; it is safe on Linux, and only while there is one thread.
    fork = sys.platform.startswith("linux") and threading.active_count() == 1
    context: Any = multiprocessing.get_context("fork" if fork else "spawn")
    pipe, theirs = context.Pipe()
    # A fork has our ends of the pipes too: while it holds one, its worker never sees that we have gone.
    ours = [pipe, *(other.pipe for other in others)] if fork else []
    if fork:
        gc.freeze()  # what the two share stays shared: a collection would write to all of it
    process: BaseProcess = context.Process(
        target=_work, args=(theirs, configuration, ours, cache), daemon=True
    )
    process.start()
    theirs.close()
    return _Worker(process, pipe)


def _work(
    pipe: Connection, configuration: Configuration, others: Sequence[Connection], cache: Cache | None
) -> None:
    """The life of a worker: it ends when the other side of the pipe is closed, however its parent ends.

    ``others`` are the parent's own ends, as the fork has them.
    """
    gc.set_threshold(_GARBAGE)
    for other in others:
        other.close()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent is told too, and ends its workers
    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_DFL)
    try:
        while True:
            source = pipe.recv()
            pipe.send_bytes(_answer(source, configuration, cache))
    except (EOFError, OSError):
        return


def _answer(source: Source, configuration: Configuration, cache: Cache | None) -> bytes:
    from govlint.linting.linter import broken

    settings = configuration.settings(source.file)
    try:
        return check_to_data(source, configuration, cache)
    except Exception as error:  # a rule of the user's own put something into a finding that cannot be sent
        return dumps(broken(source.shown, error, settings))
