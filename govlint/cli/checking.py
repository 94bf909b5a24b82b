"""The commands that read documents: ``check``, ``extract``, ``annotate``. They load nothing of typer's."""

# Annotations are looked at where options are read: they must not be put off.
from pathlib import Path
from typing import Annotated

from msgspec.structs import asdict

from govlint import outputs
from govlint.cli import running
from govlint.cli.files import found, list_files
from govlint.cli.options import (
    Argument,
    AsOf,
    BaselineFile,
    Chosen,
    Correcting,
    Exclude,
    FailOn,
    Format,
    Here,
    Jobs,
    Manner,
    NoCache,
    Option,
    Output,
    Paths,
    Previous,
    Quiet,
    Statistics,
    TemplateId,
    Which,
    WriteBaseline,
    configured,
)
from govlint.config.configuration import Configuration
from govlint.runs.leaving import Leaving


def against(configuration: Configuration, previous: str | None) -> Configuration:
    """The same, with reports held against last year's where those are given."""
    if previous is None:
        return configuration
    from govlint.archive.previous import against

    return against(configuration, previous)


def check(
    paths: Paths,
    format: Format = "rich",
    output: Output = None,
    as_of: AsOf = None,
    previous: Previous = None,
    baseline: BaselineFile = None,
    write_baseline: WriteBaseline = None,
    statistics: Statistics = False,
    *,
    correct: Correcting,
    chosen: Chosen,
    which: Which,
    how: Manner,
) -> int:
    """检查报告 · Check documents."""
    configuration = configured(chosen, as_of=as_of, exclude=which.exclude)
    configuration = against(configuration, previous)
    write = running.writer(format, outputs.FORMATS, how, statistics)
    own = (output, baseline, write_baseline)
    leaving = Leaving(configuration, own, not which.no_gitignore, listed=which.show_files)
    sources = found(paths, leaving, which.stdin_filename, how.quiet or which.show_files)
    if which.show_files:
        return list_files(sources, leaving, output, format, how.quiet)
    results = None
    if correct != Correcting():
        results, write = running.fixing(sources, configuration, write, correct, cache=not how.no_cache)
    known = running.Known(baseline, write_baseline)
    return running.run(sources, configuration, write, output, how, results=results, known=known)


def annotate(
    path: Annotated[str, Argument("报告 · the report, - for standard input", metavar="IN")],
    output: Annotated[
        Path | None, Option(("-o", "--output"), "写入批注的副本 · the copy with the notes")
    ] = None,
    in_place: Annotated[bool, Option(("--in-place",), "写在原文件里 · write into the file itself")] = False,
    as_of: AsOf = None,
    previous: Previous = None,
    fix: Annotated[
        bool, Option(("--fix",), "能改的先改正，其余加批注 · apply safe fixes, note the rest")
    ] = False,
    unsafe_fixes: Annotated[
        bool, Option(("--unsafe-fixes",), "也改数字、标题、表格名称等 · apply unsafe fixes too")
    ] = False,
    quiet: Quiet = False,
    *,
    chosen: Chosen,
) -> int:
    """把发现的问题写成批注 · Write the findings into the document."""
    from govlint.annotating.running import run

    configuration = configured(chosen, as_of=as_of)
    configuration = against(configuration, previous)
    return run(path, output, configuration, in_place, fix, unsafe_fixes, quiet)


def extract(
    paths: Paths,
    format: Annotated[
        str, Option(("--format",), "输出格式 · output format", metavar="|".join(outputs.EXTRACTS))
    ] = "json",
    output: Output = None,
    template: TemplateId = None,
    exclude: Exclude = None,
    jobs: Jobs = None,
    no_cache: NoCache = False,
    *,
    here: Here,
) -> int:
    """输出读到的内容和数字 · Print what was read."""
    every = Chosen(**asdict(here), select=["E"], template=template, fail_on=FailOn.never)
    configuration = configured(every, exclude=exclude)
    how = Manner(jobs=jobs, no_cache=no_cache)
    write = running.writer(format, outputs.EXTRACTS, how)
    if format in ("csv", "xlsx"):
        write = running.telling(write)
    return running.run(found(paths, Leaving(configuration, [output])), configuration, write, output, how)
