"""Which files a command reads, and ``check --show-files``, which only lists them."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from govlint.cli.output import opened
from govlint.errors import UsageError
from govlint.result import EXIT_INCOMPLETE, EXIT_PASS
from govlint.runs.leaving import Leaving, PassedOver
from govlint.runs.sources import STDIN, Sources, collect
from govlint.text.visible import visible

_NAMED = 5
"""Most files that a message names."""


def found(paths: Sequence[str], leaving: Leaving, stdin_filename: str = "", quiet: bool = False) -> Sources:
    """The documents to be read; what govlint itself wrote is passed over, and said. Raises UsageError."""
    if stdin_filename and STDIN not in paths:
        raise UsageError(
            "--stdin-filename 须与 -（标准输入）同用 / --stdin-filename goes with - (standard input)"
        )
    sources = collect(paths, leaving, stdin_filename)
    if not quiet:
        _tell(leaving.own, "govlint 自己写的", "govlint's own outputs")
        _tell(leaving.strange, "不在仓库中的 .gitignore 所列的", "what a .gitignore of no repository names")
    return sources


def _tell(passed_over: PassedOver, zh: str, en: str) -> None:
    count = passed_over.count
    if not count:
        return
    names = "、".join(visible(each.path) for each in passed_over.some[:_NAMED])
    names += " …" if count > _NAMED else ""
    print(
        f"govlint: 略过{zh} {count} 个（点名即可检查）：{names} / passed over {count}, {en}: name them to check them",
        file=sys.stderr,
    )


def list_files(sources: Sources, leaving: Leaving, output: Path | None, form: str, quiet: bool) -> int:
    """Write the paths that would be read, one a line or as JSON; what is passed over, and what cannot be opened, is said.

    The exit status: 3 where a folder or path cannot be opened.
    """
    passed_over = [*leaving.left.some, *leaving.own.some]
    with opened(output) as out:
        if form == "json":
            from govlint.outputs.parts.json_text import dumps

            readable = [source.shown for source in sources if not source.lost]
            left = [{"path": path, "why": why.en} for path, why in passed_over]
            out.write(dumps({"files": readable, "left_out": left}, "  ") + "\n")
        else:
            out.writelines(f"{visible(source.shown)}\n" for source in sources if not source.lost)
    for path, why in [] if quiet else passed_over:
        print(f"govlint: 略过 {visible(path)}：{why.zh} / {why.en}", file=sys.stderr)
    lost = [(source.shown, source.lost) for source in sources if source.lost]
    for shown, why in lost:
        print(f"govlint: {visible(shown)}：{why.zh} / {why.en}", file=sys.stderr)
    return EXIT_INCOMPLETE if lost else EXIT_PASS
