"""Many documents on all cores: results in the order of the documents, and no more of them in memory than cores.

A worker process is given one document after another and sends each result back. One that dies takes no more with it
than the document it was at, which becomes unreadable, and another takes its place.
"""

from __future__ import annotations

import copyreg
import dataclasses
import io
import os
import pickle
import signal
import sys
import threading
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from govlint.document import Span, Words
from govlint.linting import registry
from govlint.linting.linter import broken, unreadable
from govlint.linting.settings import Settings
from govlint.report import Cell
from govlint.result import Result
from govlint.rule import Rule
from govlint.runs.checking import check_source
from govlint.runs.sources import Source
from govlint.template.loader import load
from govlint.template.model import Template

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

    from govlint.config.configuration import Configuration

_AHEAD = 16
"""Documents for each worker that may be under way or wait for a slower one before them."""
_HAND = 2
"""Documents that a worker is given at a time, so that it need not wait for the next."""


def cores() -> int:
    """Cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@dataclass
class _Worker:
    process: BaseProcess
    pipe: Connection
    held: deque[int] = field(default_factory=deque)
    """Documents given to it that it has not answered, in order."""


def check_in_parallel(
    sources: Sequence[Source], configuration: Configuration, count: int
) -> Iterator[Result]:
    """Check the documents on ``count`` processes."""
    from multiprocessing.connection import wait

    workers: list[_Worker] = []
    for _ in range(count):
        workers.append(_start(configuration, workers))
    done: dict[int, Result] = {}
    given = 0
    try:
        for wanted in range(len(sources)):
            if sources[wanted].data is not None:
                done[wanted] = check_source(sources[wanted], configuration)
            while wanted not in done:
                for worker in sorted(workers, key=lambda worker: len(worker.held)):
                    while len(worker.held) < _HAND and given < min(len(sources), wanted + _AHEAD * count):
                        if sources[given].data is None:  # standard input is not copied about
                            _give(worker, given, sources)
                        given += 1
                ready = wait([worker.pipe for worker in workers if worker.held])
                for number, worker in enumerate(workers):
                    if worker.pipe in ready and not _take(worker, done):
                        others = [each for each in workers if each is not worker]
                        workers[number] = _replace(worker, done, sources, configuration, others)
            yield done.pop(wanted)
    finally:
        for worker in workers:
            worker.process.terminate()
            worker.pipe.close()
        for worker in workers:
            worker.process.join()


def _give(worker: _Worker, index: int, sources: Sequence[Source]) -> None:
    worker.held.append(index)
    with suppress(OSError):  # where it has died: that shows when its answer is read
        worker.pipe.send(sources[index])


def _take(worker: _Worker, done: dict[int, Result]) -> bool:
    """Take one answer of a worker; False where it has died."""
    try:
        answer = worker.pipe.recv_bytes()
    except (EOFError, OSError):
        return False
    done[worker.held.popleft()] = loads(answer)
    return True


def _replace(
    dead: _Worker,
    done: dict[int, Result],
    sources: Sequence[Source],
    configuration: Configuration,
    others: Sequence[_Worker],
) -> _Worker:
    """A new worker with what the dead one had not begun; what it was at becomes unreadable."""
    dead.pipe.close()
    dead.process.join()
    lost = dead.held.popleft()
    source = sources[lost]
    reason = _reason(dead.process.exitcode)
    words = Words(
        f"检查此文件的进程意外终止（{reason.zh}），常因文件损坏或内存不足。请单独检查此文件，或重新保存后再检查。",
        f"The process that checked this file died ({reason.en}), often of a damaged file or for want of memory. "
        "Check the file by itself, or save it anew.",
    )
    done[lost] = unreadable(source.shown, words, configuration.settings(source.path))
    worker = _start(configuration, others)
    for index in dead.held:
        _give(worker, index, sources)
    return worker


def _reason(code: int | None) -> Words:
    if code is not None and code < 0:
        try:
            name = signal.Signals(-code).name
        except ValueError:
            name = str(-code)
        return Words(f"信号 {name}", f"signal {name}")
    return Words(f"退出码 {code}", f"exit status {code}")


def _start(configuration: Configuration, others: Sequence[_Worker]) -> _Worker:
    import multiprocessing

    # A fork has everything loaded; it is safe on Linux, and only while there is one thread.
    fork = sys.platform.startswith("linux") and threading.active_count() == 1
    context: Any = multiprocessing.get_context("fork" if fork else "spawn")
    pipe, theirs = context.Pipe()
    # A fork has our ends of the pipes too: while it holds one, its worker never sees that we have gone.
    ours = [pipe, *(other.pipe for other in others)] if fork else []
    process: BaseProcess = context.Process(target=_work, args=(theirs, configuration, ours), daemon=True)
    process.start()
    theirs.close()
    return _Worker(process, pipe)


def _work(pipe: Connection, configuration: Configuration, others: Sequence[Connection]) -> None:
    """The life of a worker: it ends when the other side of the pipe is closed, however its parent ends.

    ``others`` are the parent's own ends, as the fork has them.
    """
    for other in others:
        other.close()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent is told too, and ends its workers
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    try:
        while True:
            source = pipe.recv()
            pipe.send_bytes(_answer(source, configuration))
    except (EOFError, OSError):
        return


def _answer(source: Source, configuration: Configuration) -> bytes:
    settings = configuration.settings(source.path)
    try:
        return dumps(check_source(source, configuration), settings)
    except Exception as error:  # a rule of the user's own put something into a finding that cannot be sent
        return dumps(broken(source.shown, error, settings), settings)


# Results between processes. Rules and templates are the same on both sides and stay where they are; the many cells go
# as plain tuples, which cost a tenth.


def dumps(result: Result, settings: Settings) -> bytes:
    """A result as bytes."""
    cells: list[tuple[Any, ...]] = []
    if result.report is not None:
        cells = [
            (cell.address, cell.state, cell.value, cell.raw, *cell.span, cell.uncertain)
            for cell in result.report.cells.values()
        ]
        result = dataclasses.replace(result, report=result.report.without_cells())
    out = io.BytesIO()
    pickler = pickle.Pickler(out, pickle.HIGHEST_PROTOCOL)
    pickler.dispatch_table = {
        **copyreg.dispatch_table,
        Rule: lambda rule: (_rule, (rule.code, settings.rule_folders)),
        Template: lambda kind: (load, (kind.id, settings.template_folders)),
    }
    pickler.dump((result, cells))
    return out.getvalue()


def loads(data: bytes) -> Result:
    result: Result
    result, cells = pickle.loads(data)
    if result.report is not None:
        result.report.filled(
            {
                address: Cell(address, state, value, raw, Span(start, end), uncertain)
                for address, state, value, raw, start, end, uncertain in cells
            }
        )
    return result


def _rule(code: str, folders: tuple[Path, ...]) -> Rule:
    return _by_code(folders)[code]


@cache
def _by_code(folders: tuple[Path, ...]) -> Mapping[str, Rule]:
    return {rule.code: rule for rule in registry.all_rules(folders)}
