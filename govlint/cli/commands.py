"""The command line. Findings go to standard output or ``--output``, diagnostics to standard error."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from copy import copy
from pathlib import Path
from typing import Annotated, Any

import typer

from govlint import outputs
from govlint.cli import running
from govlint.cli.archives import audit, report
from govlint.cli.desk import serve
from govlint.cli.files import found, list_files
from govlint.cli.groups import flat
from govlint.cli.help import help_in, help_language
from govlint.cli.listing import explain, here, list_rules, show_config
from govlint.cli.options import (
    AsOf,
    BaselineFile,
    Chosen,
    ConfigFile,
    Correcting,
    Exclude,
    FailLevelOption,
    FailOn,
    Ignore,
    Isolated,
    Jobs,
    Language,
    Manner,
    NoCache,
    Output,
    Paths,
    Previous,
    Quiet,
    RuleFolders,
    Select,
    Statistics,
    TemplateId,
    Which,
    WriteBaseline,
    configured,
)
from govlint.config.configuration import Configuration
from govlint.errors import UsageError
from govlint.result import EXIT_USAGE
from govlint.runs.leaving import Leaving
from govlint.text.visible import visible
from govlint.version import __version__

app = typer.Typer(
    name="govlint",
    no_args_is_help=True,
    add_completion=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


def _against(configuration: Configuration, previous: str | None) -> Configuration:
    """The same, with reports held against last year's where those are given."""
    if previous is None:
        return configuration
    from govlint.archive.previous import against

    return against(configuration, previous)


@app.command()
@flat
def check(
    paths: Paths,
    format: Annotated[
        str, typer.Option("--format", metavar="|".join(outputs.FORMATS), help="输出格式 · output format")
    ] = "rich",
    output: Output = None,
    select: Select = None,
    ignore: Ignore = None,
    template: TemplateId = None,
    as_of: AsOf = None,
    previous: Previous = None,
    fail_on: FailLevelOption = None,
    config: ConfigFile = None,
    rule_folder: RuleFolders = None,
    baseline: BaselineFile = None,
    write_baseline: WriteBaseline = None,
    lang: Language = None,
    statistics: Statistics = False,
    *,
    correct: Correcting,
    more: Chosen,
    which: Which,
    how: Manner,
) -> None:
    """检查报告 · Check documents."""
    configuration = configured(
        config, rule_folder, lang, select, ignore, template, fail_on, as_of, more=more, exclude=which.exclude
    )
    configuration = _against(configuration, previous)
    write = running.writer(format, outputs.FORMATS, how, statistics)
    leaving = Leaving(configuration, (output, baseline, write_baseline), not which.no_gitignore)
    sources = found(paths, leaving, which.stdin_filename, how.quiet or which.show_files)
    if which.show_files:
        raise typer.Exit(list_files(sources, leaving, output, format, how.quiet))
    results = None
    if correct != Correcting():
        results, write = running.fixing(sources, configuration, write, correct, cache=not how.no_cache)
    known = running.Known(baseline, write_baseline)
    running.run(sources, configuration, write, output, how, results=results, known=known)


@app.command()
@flat
def annotate(
    path: Annotated[str, typer.Argument(metavar="IN", help="报告 · the report, - for standard input")],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="写入批注的副本 · the copy with the notes")
    ] = None,
    in_place: Annotated[
        bool, typer.Option("--in-place", help="写在原文件里 · write into the file itself")
    ] = False,
    select: Select = None,
    ignore: Ignore = None,
    template: TemplateId = None,
    as_of: AsOf = None,
    previous: Previous = None,
    fail_on: FailLevelOption = None,
    fix: Annotated[
        bool, typer.Option("--fix", help="能改的先改正，其余加批注 · apply safe fixes, note the rest")
    ] = False,
    unsafe_fixes: Annotated[
        bool, typer.Option("--unsafe-fixes", help="也改数字、标题、表格名称等 · apply unsafe fixes too")
    ] = False,
    config: ConfigFile = None,
    rule_folder: RuleFolders = None,
    lang: Language = None,
    quiet: Quiet = False,
    *,
    more: Chosen,
) -> None:
    """把发现的问题写成批注 · Write the findings into the document."""
    from govlint.annotating.running import run

    configuration = configured(config, rule_folder, lang, select, ignore, template, fail_on, as_of, more=more)
    configuration = _against(configuration, previous)
    raise typer.Exit(run(path, output, configuration, in_place, fix, unsafe_fixes, quiet))


@app.command()
def extract(
    paths: Paths,
    format: Annotated[
        str, typer.Option("--format", metavar="|".join(outputs.EXTRACTS), help="输出格式 · output format")
    ] = "json",
    output: Output = None,
    template: TemplateId = None,
    exclude: Exclude = None,
    config: ConfigFile = None,
    rule_folder: RuleFolders = None,
    lang: Language = None,
    jobs: Jobs = None,
    isolated: Isolated = False,
    no_cache: NoCache = False,
) -> None:
    """输出读到的内容和数字 · Print what was read."""
    configuration = configured(
        config, rule_folder, lang, ["E"], None, template, FailOn.never, isolated=isolated, exclude=exclude
    )
    how = Manner(jobs=jobs, no_cache=no_cache)
    write = running.writer(format, outputs.EXTRACTS, how)
    if format in ("csv", "xlsx"):
        write = running.telling(write)
    running.run(found(paths, Leaving(configuration, [output])), configuration, write, output, how)


@app.command()
def lsp(
    config: ConfigFile = None,
    rule_folder: RuleFolders = None,
    previous: Previous = None,
    lang: Language = None,
    isolated: Isolated = False,
) -> None:
    """供编辑器使用的语言服务器 · The language server, on standard input and output."""
    try:
        from govlint.lsp import serve
    except ModuleNotFoundError as error:
        raise UsageError(
            f"缺少 {error.name}，请安装：pip install 'govlint[lsp]' / the language server needs the extra lsp"
        ) from error
    configuration = here(config, lang, rule_folder, isolated)[0]
    serve(_against(configuration, previous))


@app.command()
def new(
    output: Annotated[Path, typer.Option("-o", "--output", help="写入的 .docx 或 .md · file to write")],
    template: Annotated[str | None, typer.Option("--template", help="模板编号 · template id")] = None,
    agency: Annotated[str | None, typer.Option("--agency", help="机关名称 · name of the agency")] = None,
    year: Annotated[int | None, typer.Option("--year", help="报告年度 · the year reported on")] = None,
    previous: Annotated[
        Path | None,
        typer.Option(
            "--previous",
            help="上年的报告：机关、年度、模板和上年结转由它得出"
            " · last year's report, which gives agency, year, template and what is carried over",
        ),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="覆盖已有文件 · replace the file")] = False,
    config: ConfigFile = None,
    rule_folder: RuleFolders = None,
    isolated: Isolated = False,
) -> None:
    """起草空白报告 · Write a blank draft."""
    from govlint.cli.drafts import new_draft

    new_draft(
        here(config, None, rule_folder, isolated)[0],
        output,
        template=template,
        agency=agency,
        year=year,
        previous=previous,
        force=force,
    )


def _say_version(wanted: bool) -> None:
    if wanted:
        print(f"govlint {__version__}")
        raise typer.Exit()


@app.callback()
def govlint(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_say_version, is_eager=True, help="显示版本 · show the version"),
    ] = False,
) -> None:
    """检查政府信息公开工作年度报告 · A linter for mandated annual reports."""


app.command("config")(flat(show_config))
app.command("rules")(list_rules)
app.command()(explain)
app.command()(flat(audit))
app.command()(report)
app.command()(serve)


def _command(given: Sequence[str]) -> Any:
    """The click command, of the subcommand that is called alone: to build them all takes time."""
    called = [each for each in app.registered_commands if given and given[0] == _name(each)]
    wanted = copy(app)
    wanted.registered_commands = called or app.registered_commands
    return typer.main.get_command(wanted)


def _name(command: Any) -> str:
    return str(command.name or command.callback.__name__)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit status. Wrong usage is said in one line, not in a traceback."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    try:
        command = help_in(help_language(given, os.environ), _command(given))
        code: Any = command.main(given, prog_name="govlint", standalone_mode=False)
    except SystemExit as error:  # typer's word for a reader of our output that has gone
        if isinstance(error.__context__, OSError):
            raise BrokenPipeError from error
        raise
    except UsageError as error:
        print(f"govlint: {visible(str(error))}", file=sys.stderr)
        return EXIT_USAGE
    except Exception as error:
        if not hasattr(error, "format_message"):  # typer's own usage errors, of whichever click it carries
            raise
        from govlint.cli.misuse import said

        print(said(error), file=sys.stderr)
        return EXIT_USAGE
    return int(code or 0)
