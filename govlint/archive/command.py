"""What ``govlint audit`` does on a terminal: the run with its progress, then the summary."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from govlint.archive.audit import audit
from govlint.archive.child import Failed
from govlint.archive.engines import Engine, Local
from govlint.archive.progress import Line
from govlint.archive.store import Store, sound
from govlint.archive.summary import summary, write
from govlint.config.configuration import Configuration
from govlint.document import Words
from govlint.outputs.formats.rich_ import pen_for
from govlint.result import EXIT_FAULT


def run(
    paths: Sequence[str],
    out: str,
    configuration: Configuration,
    *,
    jobs: int | None = None,
    address: str | None = None,
    fresh: bool = False,
    limit: float,
    quiet: bool = False,
) -> int:
    """The exit status."""
    from govlint.runs.batch import cores

    lang = configuration.settings(None).lang
    engine: Engine = Local(jobs or cores())
    if address is not None:
        from govlint.archive.cluster import Dask

        engine = Dask(address)
    line = Line(lang, quiet)
    try:
        with sound(out):
            progress = audit(paths, out, configuration, engine, fresh=fresh, limit=limit, show=line)
    except Failed as error:
        line.end()
        words = Words(
            f"运行中断：{error}。已完成的都已保存，请再运行一次。",
            f"The run was ended: {error}. What was done is kept: run it again.",
        )
        print(f"govlint: {words.say(lang)}", file=sys.stderr)
        return EXIT_FAULT
    line.end()
    with sound(out):
        made = summary(Store(out))
    if not quiet:
        read = Words(
            f"读取 {progress.read} 份，其余 {progress.done - progress.read} 份没有变化",
            f"{progress.read} read, {progress.done - progress.read} unchanged",
        )
        print(f"govlint: {read.say(lang)}", file=sys.stderr)
        write(made, pen_for(sys.stdout), lang, out)
    return made.exit_code
