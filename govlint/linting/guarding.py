"""The process while a plugin's code runs, be it loaded or applied: what it prints goes to standard error, as standard
output is the findings', it can neither leave the process nor double it, and it has a time limit where there are alarms.

What reaches into the interpreter itself, into its frames, builtins, signals and descriptors, is not guarded against.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from typing import Any, NoReturn

SECONDS = 60.0
"""Most that a rule may take for a document, or a plugin to be loaded."""
_FAULT = 70

_exit = os._exit
_lock = threading.Lock()
_inside: list[int] = []
"""The threads within."""
_streams: tuple[Any, Any] = (sys.stdout, sys.__stdout__)
_began = 0.0
"""When the code began that is running, by the clock that only goes forward."""
_forks = False


class OutOfTime(BaseException):
    """Raised in a plugin's code at its time limit; no ``except Exception`` of its own holds it."""


@contextlib.contextmanager
def guarded() -> Iterator[None]:
    """Plugins' code runs within, with an alarm unless it is not to be had or another's."""
    limit()
    with _held():
        alarm = getattr(signal, "SIGALRM", None) if hasattr(signal, "setitimer") else None
        main = threading.current_thread() is threading.main_thread()
        if alarm is None or not main or signal.getsignal(alarm) is not signal.SIG_DFL:
            yield
            return
        signal.signal(alarm, _ring)
        signal.setitimer(signal.ITIMER_REAL, SECONDS)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(alarm, signal.SIG_DFL)


def limit() -> None:
    """From now on there is so much time."""
    global _began
    _began = time.monotonic()


@contextlib.contextmanager
def _held() -> Iterator[None]:
    """The process is as it was when the last of several threads has left."""
    thread = threading.get_ident()
    with _lock:
        if not _inside:
            _hold()
        _inside.append(thread)
    try:
        yield
    finally:
        with _lock:
            _inside.remove(thread)
            if not _inside:
                sys.stdout, sys.__stdout__ = _streams  # type: ignore[misc]
                _leaving(_exit)


def _hold() -> None:
    global _streams, _forks
    _streams = sys.stdout, sys.__stdout__
    if sys.stderr is not None:
        sys.stdout = sys.__stdout__ = sys.stderr  # type: ignore[misc, assignment]
    _leaving(_leave)
    if not _forks and hasattr(os, "register_at_fork"):
        _forks = True
        os.register_at_fork(after_in_child=_end_child)


def _leaving(way: object) -> None:
    below = sys.modules[os.name]  # posix or nt, from which it comes
    os._exit = below._exit = way  # type: ignore[assignment, attr-defined]


def _leave(status: int) -> NoReturn:
    raise SystemExit(f"os._exit({status})")


def _end_child() -> None:
    """A copy of the process would write the findings once more."""
    if threading.get_ident() in _inside:
        _exit(_FAULT)


def _ring(number: int, frame: object) -> None:
    """One alarm is for all that runs: what began since the last has the rest of its time."""
    left = _began + SECONDS - time.monotonic()
    signal.setitimer(signal.ITIMER_REAL, left if left > 0 else SECONDS)
    if left <= 0:
        raise OutOfTime(f"{SECONDS:.0f} s")
