"""A process that works on batches, guarded by the one that started it.

A document that ends its process, or hangs it longer than the limit, is tried once more, alone in a new process; where
that ends too it is reported as unreadable. The others of its batch go on, and what was done of them is not done again.
The protocol is pickles with their length before them, over standard input and output.
"""

from __future__ import annotations

import os
import pickle
import queue
import signal
import subprocess
import sys
import threading
import zlib
from contextlib import suppress
from typing import IO, Any

from govlint.archive.schema import Rows
from govlint.archive.work import Batch, Done, Job
from govlint.document import Words
from govlint.frames import receive, send

_PATIENCE = 5
"""Times that a process may end at no document before the run is given up."""
_START_LIMIT = 300.0
"""Seconds that a process may take where it is at no document: to start, and to write a batch."""
_START = "import sys; sys.path[:] = {path!r}; from govlint.archive.child import serve; serve()"


class Ended(Exception):
    """The process ended at a document, or had to be ended."""

    def __init__(self, index: int | None, words: Words) -> None:
        super().__init__(words.en)
        self.index, self.words = index, words


class Failed(Exception):
    """The work itself failed, and no document is at fault."""


class Child:
    """One worker process, started when first needed and again whenever it has ended."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.process: subprocess.Popen[bytes] | None = None
        self.stopped = False
        self.answers: queue.Queue[bytes | None] = queue.Queue()

    def do(self, batch: Batch) -> Done:
        """Work on a batch to its end, whatever its documents do. Raises Failed."""
        finished: dict[int, bytes] = {}
        idle = 0
        while True:
            try:
                return self._ask(batch, finished)
            except Ended as ended:
                if ended.index is None or ended.index in batch.failed:
                    idle += 1  # not at a document: killed from outside, or it cannot start
                    if idle > _PATIENCE:
                        raise Failed(ended.words.en) from ended
                elif words := self._alone(batch, ended.index, finished):
                    batch.failed[ended.index] = words

    def _alone(self, batch: Batch, index: int, finished: dict[int, bytes]) -> Words | None:
        """Try one document by itself; its rows are kept, or how it ended is told."""
        single = Batch(-1, [batch.documents[index]])
        rows: dict[int, bytes] = {}
        try:
            self._ask(single, rows)
        except Ended as ended:
            if ended.index is not None and not rows:
                return ended.words
        if rows:
            finished[index] = rows[0]
        return None

    def _ask(self, batch: Batch, finished: dict[int, bytes]) -> Done:
        """Raises Ended; rows of documents that were done are added to ``finished``."""
        process = self._running()
        assert process.stdin is not None
        at: int | None = None
        try:
            send(process.stdin, pickle.dumps((batch, finished)))
        except OSError:
            raise self._ended(None) from None
        while True:
            try:
                answer = self.answers.get(
                    timeout=self.job.limit if at is not None else max(_START_LIMIT, self.job.limit)
                )
            except queue.Empty:
                self.close()
                limit = f"{self.job.limit:g}"
                raise Ended(at, _late(limit)) from None
            if answer is None:
                raise self._ended(at)
            kind, index, content = pickle.loads(answer)
            if kind == "at":
                at = index
            elif kind == "rows":
                finished[index], at = content, None
            elif kind == "done":
                done: Done = content
                return done
            else:
                raise Failed(content)

    def _ended(self, at: int | None) -> Ended:
        code = self.process.wait() if self.process else None
        self.close()
        zh, en = f"退出码 {code}", f"exit status {code}"
        if code is not None and code < 0:
            try:
                name = signal.Signals(-code).name
            except ValueError:
                name = str(-code)
            zh, en = f"信号 {name}", f"signal {name}"
        return Ended(at, _died(Words(zh, en)))

    def _running(self) -> subprocess.Popen[bytes]:
        if self.process is not None and self.process.poll() is None:
            return self.process
        self.close()
        if self.stopped:
            raise Failed("stopped")
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-c", _START.format(path=sys.path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self.answers = queue.Queue()
        threading.Thread(target=_listen, args=(self.process.stdout, self.answers), daemon=True).start()
        assert self.process.stdin is not None
        send(self.process.stdin, pickle.dumps(self.job))
        return self.process

    def stop(self) -> None:
        """End the process, which starts no more; from whatever thread."""
        self.stopped = True
        if self.process is not None:
            self.process.kill()

    def close(self) -> None:
        if self.process is None:
            return
        self.process.kill()
        self.process.wait()
        with suppress(OSError, AttributeError):  # the listener reads the other one to its end
            self.process.stdin.close()  # type: ignore[union-attr]
        self.process = None


def _late(limit: str) -> Words:
    return Words(
        f"检查此文件超过 {limit} 秒没有结果，已中止（单独再试一次也是如此）。请单独检查此文件，或重新保存后再检查。",
        f"Checking this file took more than {limit} seconds, by itself too, and was ended. Save it anew and check again.",
    )


def _died(how: Words) -> Words:
    return Words(
        f"检查此文件的进程意外终止（{how.zh}；单独再试一次也是如此），常因文件损坏或内存不足。请单独检查此文件，或重新保存后再检查。",
        f"The process that checked this file died ({how.en}), by itself too, often of a damaged file or for want of memory. "
        "Check the file by itself, or save it anew.",
    )


def _listen(stream: IO[bytes], answers: queue.Queue[bytes | None]) -> None:
    """Put what a process answers into a queue, and None when it has ended."""
    try:
        while True:
            answers.put(receive(stream))
    except (EOFError, OSError, ValueError):
        answers.put(None)


def serve() -> None:
    """The life of a worker process: batches from standard input until it ends."""
    from govlint.archive.work import work

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the one that started it is told too, and ends it
    source = sys.stdin.buffer
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer

    def answer(kind: str, index: int, content: Any) -> None:
        send(answers, pickle.dumps((kind, index, content)))

    def tell(index: int, rows: Rows | None) -> None:
        if rows is None:
            answer("at", index, None)
        else:
            # Packed, for whoever started this process holds it until the batch is done.
            answer("rows", index, zlib.compress(pickle.dumps(rows), 1))

    try:
        job: Job = pickle.loads(receive(source))
        job.configuration.settings(None)  # loads rules and templates, which is no document's time
        while True:
            batch, finished = pickle.loads(receive(source))
            before = {index: pickle.loads(zlib.decompress(rows)) for index, rows in finished.items()}
            try:
                if batch.number < 0:  # one document by itself, whose rows are all that is wanted
                    alone(batch, job, tell)
                    answer("done", 0, None)
                else:
                    answer("done", 0, work(batch, job, before, tell))
            except Exception as error:
                answer("failed", 0, f"{type(error).__name__}: {error}")
    except (EOFError, OSError):
        return


def alone(batch: Batch, job: Job, tell: Any) -> None:
    """Read one document and tell its rows; nothing is staged."""
    from govlint.archive.work import rows_alone

    tell(0, None)
    tell(0, rows_alone(batch.documents[0], job))
