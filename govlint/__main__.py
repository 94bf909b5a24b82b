"""The entry point of the ``govlint`` command."""

from __future__ import annotations

import os
import signal
import sys

INTERRUPTED = 130


def _leave(number: int, _: object) -> NoReturn:
    os._exit(INTERRUPTED)


if signal.getsignal(signal.SIGINT) is signal.default_int_handler and "multiprocessing" not in sys.modules:
    signal.signal(signal.SIGINT, _leave)  # while all is loaded: a traceback would tell nobody anything

import atexit  # noqa: E402
import contextlib  # noqa: E402
import errno  # noqa: E402
import gc  # noqa: E402
import threading  # noqa: E402
from typing import NoReturn  # noqa: E402

_CUT_OFF = (errno.ENOSPC, errno.EIO, errno.EBADF, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC))
BROKEN_PIPE = 141
"""128 and the signal's number, as shells tell it, and so is :data:`INTERRUPTED`."""
_PATIENCE = 5.0
"""Seconds for threads that are left at the end."""
_received: list[int] = []
"""The signal that ends this process, if any has."""


def main() -> NoReturn:
    """Run the command line; the process ends with the exit status of the contract."""
    if getattr(sys, "frozen", False):
        _serve_as_part()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    # Most of what is made at the start lives until the end: looking for garbage among it is wasted.
    gc.set_threshold(200_000)
    try:
        _load_msgspec()
        _clear_up_when_ended()
        from govlint.patterns import remembered

        with remembered():
            from govlint.cli.commands import main as run

            code = run()
        if sys.stdout is not None and not sys.stdout.closed:  # the language server closes its own
            sys.stdout.flush()
    except BrokenPipeError:
        # The reader of our output has gone, so not all was checked: as for a program that the signal ends.
        code = BROKEN_PIPE
    except KeyboardInterrupt:
        code = INTERRUPTED
    except Exception as error:
        if (
            isinstance(error, OSError) and error.errno in _CUT_OFF
        ):  # no fault of govlint's, nor of a document's
            _say(f"govlint: 输出中断：{error.strerror} / the output was cut off")
            code = 3
        else:
            _say(f"govlint: 内部错误，请报告 / internal error: {type(error).__name__}: {error}")
            code = 4
    if _received and code == INTERRUPTED:
        code = 128 + _received[0]
    _end(code)


def _load_msgspec() -> None:
    """Before anything is raised from signals: msgspec holds them for a missing module, and crashes later for want of it.

    Without typing_extensions, which it would take where it is installed: Python has all of that itself by now, and
    what typing_extensions loads takes longer than a check."""
    name = "typing_extensions"
    hidden = name not in sys.modules
    if hidden:
        sys.modules[name] = None  # type: ignore[assignment]
    import msgspec  # noqa: F401

    if hidden:
        del sys.modules[name]


def _clear_up_when_ended() -> None:
    """Let Ctrl-C, and the signals that ask a process to end, be raised: files half written and processes started go
    with it."""
    if signal.getsignal(signal.SIGINT) is _leave:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)  # one of them is not on Windows
        if number is not None and signal.getsignal(number) == signal.SIG_DFL:  # `nohup` has it ignored
            signal.signal(number, _ended)


def _ended(number: int, _: object) -> NoReturn:
    signal.signal(number, signal.SIG_DFL)  # a second one ends it at once
    _received.append(number)
    raise KeyboardInterrupt


def _serve_as_part() -> None:
    """Where this is a frozen program, started by itself to be one of its processes, be that one."""
    from multiprocessing import freeze_support

    freeze_support()
    from govlint.readers.paper import worker

    if sys.argv[1:] == [worker.SERVE]:
        worker.serve()
        sys.exit()


def _say(line: str) -> None:
    with contextlib.suppress(Exception):
        print(line, file=sys.stderr)


def _end(code: int) -> NoReturn:
    """End as the interpreter would, but leave taking all objects apart to the system, which does it at once."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, lambda *_: os._exit(code))
    if threading.active_count() > 1:  # a plugin's thread that goes on does not hold the end
        timer = threading.Timer(_PATIENCE, os._exit, (code,))
        timer.daemon = True
        timer.start()
    threading._shutdown()  # type: ignore[attr-defined]
    atexit._run_exitfuncs()
    _settle()
    os._exit(code)


def _settle() -> None:
    """Let no stream that cannot be written be flushed again at the end, which would change the exit status."""
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None:
                stream.flush()
        except (OSError, ValueError):
            with contextlib.suppress(OSError, ValueError):
                os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


if __name__ == "__main__":
    main()
