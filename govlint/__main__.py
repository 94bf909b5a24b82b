"""The entry point of the ``govlint`` command."""

from __future__ import annotations

import gc
import os
import sys
from typing import NoReturn


def main() -> NoReturn:
    """Run the command line; the process ends with the exit status of the contract."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    # Most of what is made at the start lives until the end: looking for garbage among it is wasted.
    gc.set_threshold(200_000)
    try:
        from govlint.cli.commands import main as run

        code = run()
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader of our output has gone: not an error, and nothing more can be said.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    except KeyboardInterrupt:
        code = 130
    except Exception as error:
        print(f"govlint: 内部错误，请报告 / internal error: {type(error).__name__}: {error}", file=sys.stderr)
        code = 4
    sys.exit(code)


if __name__ == "__main__":
    main()
