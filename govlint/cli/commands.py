"""The command line. Findings go to standard output or ``--output``, diagnostics to standard error."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Sequence
from typing import Any

from govlint.errors import UsageError, reason
from govlint.result import EXIT_USAGE
from govlint.text.visible import visible

_OF_NAMES = (errno.ENAMETOOLONG, errno.EACCES, errno.ELOOP)
"""What asking after a path that the user named may meet with anywhere: no fault of govlint's."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit status. Wrong usage is said in one line, not in a traceback."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    try:
        if given[:1] == ["check"]:
            from govlint.cli.checking import check
            from govlint.cli.quick import arguments as plainly

            if (named := plainly(check, given[1:])) is not None:
                return check(**named)
        return _by_typer(given)
    except UsageError as error:
        print(f"govlint: {visible(str(error))}", file=sys.stderr)
        return EXIT_USAGE
    except OSError as error:
        if error.errno not in _OF_NAMES or not error.filename:
            raise
        why = reason(error)
        print(f"govlint: {visible(str(error.filename))}：{why.zh} / {why.en}", file=sys.stderr)
        return EXIT_USAGE


def _by_typer(given: Sequence[str]) -> int:
    from govlint.cli.app import command
    from govlint.cli.help import help_in, help_language

    try:
        called = help_in(help_language(given, os.environ), command(given[0] if given else ""))
        code: Any = called.main(given, prog_name="govlint", standalone_mode=False)
    except SystemExit as error:  # typer's word for a reader of our output that has gone
        if isinstance(error.__context__, OSError):
            raise BrokenPipeError from error
        raise
    except UsageError:
        raise
    except Exception as error:
        if not hasattr(error, "format_message"):  # typer's own usage errors, of whichever click it carries
            raise
        from govlint.cli.misuse import said

        print(said(error), file=sys.stderr)
        return EXIT_USAGE
    return int(code or 0)
