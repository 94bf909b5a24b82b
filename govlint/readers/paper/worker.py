"""The process in which PDF is read: a hostile file may hang it, crash it or fill its memory, and it alone.

One process serves many documents; it is started with the first, ended when a document takes too long, and started
anew for the next. PDFium is imported there instead of here, so that the process costs little more than its start.
"""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
import threading
from collections.abc import Mapping
from typing import Any

from govlint.frames import receive, send

_START = "import sys; sys.path[:] = {path!r}; from govlint.readers.paper.worker import serve; serve()"
SERVE = "--read-paper"
"""The only argument of a frozen govlint that is to be such a process: it cannot be given code."""
ALONE = sys.platform == "emscripten"
"""In a browser no process can be started; the worker that runs all of govlint there can be ended by its page."""
MEMORY = 1_000_000_000
"""Bytes that a document may take; where pages are recognised, six times as much."""


class Failed(Exception):
    """The process ended, by the time limit (``late``) or by itself."""

    def __init__(self, late: bool) -> None:
        super().__init__("late" if late else "crashed")
        self.late = late


class Worker:
    def __init__(self) -> None:
        # PDFium's and onnxruntime's own words to standard error are none of the user's business.
        self.process = subprocess.Popen(
            _command(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self.owner = os.getpid()
        self.late = False

    def ask(self, request: Mapping[str, Any], data: bytes, seconds: float) -> dict[str, Any]:
        """The answer to one request. Raises Failed."""
        timer = threading.Timer(seconds, self._expire)
        timer.daemon = True
        timer.start()
        try:
            assert self.process.stdin is not None
            assert self.process.stdout is not None
            send(self.process.stdin, json.dumps(request).encode())
            send(self.process.stdin, data)
            answer: dict[str, Any] = json.loads(receive(self.process.stdout))
            return answer
        except (OSError, EOFError, ValueError) as error:
            self.close()
            raise Failed(self.late) from error
        finally:
            timer.cancel()

    def _expire(self) -> None:
        self.late = True
        self.process.kill()

    def close(self) -> None:
        if self.owner == os.getpid():
            self.process.kill()
            self.process.wait()
        for stream in (self.process.stdin, self.process.stdout):
            if stream is not None:
                try:
                    stream.close()
                except OSError:
                    continue


def _command() -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable, SERVE]
    return [sys.executable, "-P", "-c", _START.format(path=sys.path)]


_idle: list[Worker] = []


def ask(request: Mapping[str, Any], data: bytes, seconds: float) -> dict[str, Any]:
    """Ask an idle process, or a new one. Raises Failed."""
    if ALONE:
        return _answer(request, data)
    worker: Worker | None = None
    while worker is None and _idle:
        worker = _idle.pop()
        if worker.owner != os.getpid() or worker.process.poll() is not None:
            worker = None  # of the process that this one was forked from, or ended
    worker = worker or Worker()
    answer = worker.ask(request, data, seconds)
    _idle.append(worker)
    return answer


@atexit.register
def _close_all() -> None:
    while _idle:
        _idle.pop().close()


def serve() -> None:
    """Answer requests from standard input until it ends."""
    source = sys.stdin.buffer
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer
    while True:
        try:
            request = json.loads(receive(source))
            data = receive(source)
        except EOFError:
            return
        _limit_memory(6 * MEMORY if request.get("recognise") else MEMORY)
        try:
            answer = _answer(request, data)
        except MemoryError:
            return
        send(answers, json.dumps(answer).encode())


def _answer(request: Mapping[str, Any], data: bytes) -> dict[str, Any]:
    from govlint.document import Unreadable
    from govlint.readers.paper import extract

    try:
        return extract.read(data, **request)
    except Unreadable as error:
        return {"unreadable": list(error.words)}


def _limit_memory(most: int) -> None:
    try:
        import resource
    except ImportError:  # not on Windows
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    soft = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
