"""A run of ``check`` or ``extract``: results on their way to an output format, and the exit status at the end."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import TextIO

from msgspec import Struct

from govlint import api, outputs
from govlint.cli.options import MANY, Correcting, Manner
from govlint.cli.output import opened
from govlint.config.configuration import Configuration
from govlint.errors import UsageError, hint
from govlint.result import Result, Tally
from govlint.runs.checking import check_source
from govlint.runs.sources import Source, Sources

Write = Callable[..., None]
"""An output format's ``write(results, out, lang)``."""


class Known(Struct, frozen=True):
    """Baseline files: the one to hold results against, the one to be written."""

    baseline: Path | None = None
    write: Path | None = None


NOTHING = Known()


def writer(name: str, formats: Mapping[str, str], how: Manner, statistics: bool = False) -> Write:
    """Raises UsageError for a format that there is not."""
    if name not in formats:
        raise UsageError(f"没有名为 {name} 的输出格式，{hint(name, formats)} / no such format")
    if not statistics:
        write: Write = outputs.load(name, formats).write
        return partial(write, quiet=how.quiet, colour=how.color.wanted) if name == "rich" else write
    from govlint.outputs.statistics import WRITERS

    if name not in WRITERS:
        raise UsageError(
            "--statistics 只有 rich 和 json 两种格式 / --statistics has the formats rich and json"
        )
    return partial(WRITERS[name], quiet=how.quiet, colour=how.color.wanted)


def run(
    sources: Sources,
    configuration: Configuration,
    write: Write,
    output: Path | None,
    how: Manner,
    *,
    results: Iterator[Result] | None = None,
    known: Known = NOTHING,
) -> int:
    """Check, write, and give the exit status. Nothing of a result is kept: memory stays flat."""
    lang = configuration.settings(sources.first.file).lang
    if results is None:
        results = api.check_many(sources, configuration=configuration, jobs=how.jobs, cache=not how.no_cache)
    if how.verbose:
        from govlint.cli.verbose import told

        results = told(results, sources, configuration, lang)
    elif len(sources) > MANY and not how.quiet and sys.stderr.isatty():
        from govlint.cli.progress import shown

        results = shown(results, len(sources), lang)
    if known != NOTHING:
        results = _held_against(results, sources, known, "" if how.quiet else lang)
    tally = Tally()
    with opened(output) as out:
        write(tally.counting(results), out, lang)
    return tally.exit_code


def _held_against(results: Iterator[Result], sources: Sources, files: Known, lang: str) -> Iterator[Result]:
    """The results with what is known set apart; what that came to is told in ``lang``, if any, before the totals."""
    from govlint.runs import baseline as baselines

    known = baselines.load(files.baseline, sources) if files.baseline is not None else None
    anew = baselines.Writer(files.write, sources) if files.write is not None else None

    def told() -> Iterator[Result]:
        passing = known.applied(results) if known is not None else results
        yield from anew.applied(passing) if anew is not None else passing
        if known is not None and lang:
            print(known.summary(lang), file=sys.stderr)

    return told()


def fixing(
    sources: Sources, configuration: Configuration, write: Write, correct: Correcting, *, cache: bool
) -> tuple[Iterator[Result], Write]:
    """The results of putting the documents right, or of showing what would be changed."""
    from govlint.fixing.fixes import Preview, fixed_results

    configuration.prepare(source.file for source in sources)
    lang = configuration.settings(sources.first.file).lang
    stored = api.results_cache() if cache else None
    unsafe = correct.unsafe_fixes

    def again(data: bytes, shown: str) -> Result:
        return check_source(Source(shown, shown, data), configuration, stored)

    if correct.diff:
        preview = Preview(sources, again, unsafe, sys.stderr)
        return preview.results(lang), preview.write
    return fixed_results(sources, again, unsafe, sys.stderr, lang), write


def telling(write: Write) -> Write:
    """Write tables, which have no place for what could not be read: that is said on standard error."""

    def told(results: Iterable[Result], out: TextIO, lang: str) -> None:
        write(_told(results, lang), out, lang)

    return told


def _told(results: Iterable[Result], lang: str) -> Iterator[Result]:
    for result in results:
        if result.report is None:
            words = result.error or next((found.words for found in result.findings), None)
            print(f"govlint: {result.path}: {words.say(lang) if words else result.status}", file=sys.stderr)
        yield result
