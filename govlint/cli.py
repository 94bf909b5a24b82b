"""The command line. Findings go to standard output or ``--output``, diagnostics to standard error."""

from __future__ import annotations

import difflib
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, TextIO

import typer

from govlint import outputs
from govlint.linter import Settings, check_bytes, check_file
from govlint.registry import all_rules, named
from govlint.result import EXIT_USAGE, Result, exit_code
from govlint.sources import Source, UsageError, collect

app = typer.Typer(
    name="govlint",
    help="检查政府信息公开工作年度报告 · A linter for mandated annual reports.",
    no_args_is_help=True,
    add_completion=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


class Lang(StrEnum):
    zh = "zh"
    en = "en"


class FailOn(StrEnum):
    error = "error"
    warning = "warning"
    info = "info"
    never = "never"


class Listing(StrEnum):
    rich = "rich"
    json = "json"


Paths = Annotated[
    list[str], typer.Argument(help="文件或文件夹，- 为标准输入 · files, folders, or - for standard input")
]
Output = Annotated[Path | None, typer.Option("--output", help="写入文件 · write to a file")]
Select = Annotated[
    list[str] | None, typer.Option("--select", help="只用这些规则（代码或前缀） · only these rules")
]
Ignore = Annotated[list[str] | None, typer.Option("--ignore", help="不用这些规则 · not these rules")]
TemplateId = Annotated[str, typer.Option("--template", help="模板，auto 为自动 · template id or auto")]
Language = Annotated[Lang, typer.Option("--lang", help="消息的语言 · language of messages")]
AsOf = Annotated[str | None, typer.Option("--as-of", help="检查日期 YYYY-MM-DD · the day of the check")]


def _codes(values: Sequence[str] | None) -> tuple[str, ...]:
    return tuple(code.strip() for value in values or () for code in value.split(",") if code.strip())


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise UsageError(f"--as-of 应为 YYYY-MM-DD 形式的日期：{text} / not a date") from error


def _writer(name: str, formats: Mapping[str, str]) -> outputs.Format:
    if name not in formats:
        near = difflib.get_close_matches(name, formats, 1)
        hint = f"，是否指 {near[0]}？" if near else f"，可用：{'、'.join(formats)}。"
        raise UsageError(f"没有名为 {name} 的输出格式{hint} / no such format")
    return outputs.load(name, formats)


def results_of(sources: Iterable[Source], settings: Settings) -> Iterator[Result]:
    """Check each document when it is asked for."""
    for source in sources:
        if source.path is None:
            yield check_bytes(source.data or b"", source.shown, settings)
        else:
            yield check_file(source.path, source.shown, settings)


@contextmanager
def opened(output: Path | None) -> Iterator[TextIO]:
    """Standard output, or the file that takes its place; a file is written when all is done."""
    if output is None:
        yield sys.stdout
        return
    try:
        with output.open("w", encoding="utf-8", newline="\n") as out:
            yield out
    except OSError as error:
        raise UsageError(f"无法写入 {output}：{error.strerror} / cannot write") from error


def _run(results: Iterable[Result], settings: Settings, writer: outputs.Format, output: Path | None) -> None:
    seen: list[Result] = []

    def each() -> Iterator[Result]:
        for result in results:
            # Only what the exit status depends on is kept: memory stays flat over many documents.
            seen.append(
                Result(
                    "",
                    "",
                    result.status,
                    findings=result.findings,
                    unchecked=result.unchecked,
                    fail_on=result.fail_on,
                )
            )
            yield result

    with opened(output) as out:
        writer.write(each(), out, settings.lang)
    raise typer.Exit(exit_code(seen))


@app.command()
def check(
    paths: Paths,
    format: Annotated[
        str, typer.Option("--format", metavar="|".join(outputs.FORMATS), help="输出格式 · output format")
    ] = "rich",
    output: Output = None,
    select: Select = None,
    ignore: Ignore = None,
    template: TemplateId = "auto",
    as_of: AsOf = None,
    fail_on: Annotated[
        FailOn, typer.Option("--fail-on", help="何种问题使退出码为 1 · what fails")
    ] = FailOn.error,
    fix: Annotated[bool, typer.Option("--fix", help="改正文件，只改不影响原意的 · apply safe fixes")] = False,
    unsafe_fixes: Annotated[
        bool, typer.Option("--unsafe-fixes", help="也改数字、标题、表格名称等 · apply unsafe fixes too")
    ] = False,
    diff: Annotated[
        bool, typer.Option("--diff", help="只显示会改什么，不写文件 · show the fixes, write nothing")
    ] = False,
    lang: Language = Lang.zh,
) -> None:
    """检查报告 · Check documents."""
    settings = Settings(
        select=_codes(select),
        ignore=_codes(ignore),
        template=template,
        fail_on=fail_on.value,
        lang=lang.value,
        as_of=_day(as_of),
    )
    writer = _writer(format, outputs.FORMATS)
    settings.rules()
    settings.templates()
    sources = collect(paths)
    results = results_of(sources, settings)
    if fix or unsafe_fixes or diff:
        from govlint.fixing import Preview, fixed_results

        def again(data: bytes, path: str) -> Result:
            return check_bytes(data, path, settings)

        if diff:
            writer = preview = Preview(sources, again, unsafe_fixes, sys.stderr)
            results = preview.results(settings.lang)
        else:
            results = fixed_results(sources, again, unsafe_fixes, sys.stderr, settings.lang)
    _run(results, settings, writer, output)


@app.command()
def extract(
    paths: Paths,
    format: Annotated[
        str, typer.Option("--format", metavar="|".join(outputs.EXTRACTS), help="输出格式 · output format")
    ] = "json",
    output: Output = None,
    template: TemplateId = "auto",
    lang: Language = Lang.zh,
) -> None:
    """输出读到的内容和数字 · Print what was read."""
    settings = Settings(select=("E",), template=template, fail_on="never", lang=lang.value)
    writer = _writer(format, outputs.EXTRACTS)
    settings.templates()
    _run(results_of(collect(paths), settings), settings, writer, output)


@app.command("rules")
def list_rules(
    format: Annotated[Listing, typer.Option("--format", help="输出格式 · output format")] = Listing.rich,
    output: Output = None,
    lang: Language = Lang.zh,
) -> None:
    """列出全部规则 · List all rules."""
    from govlint.outputs.catalogue import write_rules

    with opened(output) as out:
        write_rules(all_rules(), out, lang.value, format.value)


@app.command()
def explain(
    code: Annotated[str, typer.Argument(help="规则代码，如 N003 · a rule's code or name")],
    format: Annotated[Listing, typer.Option("--format", help="输出格式 · output format")] = Listing.rich,
    output: Output = None,
    lang: Language = Lang.zh,
) -> None:
    """说明一条规则：为什么、依据、示例 · Explain one rule."""
    from govlint.outputs.catalogue import write_rule

    rule = named(code)
    with opened(output) as out:
        write_rule(rule, out, lang.value, format.value)


@app.command()
def lsp(lang: Language = Lang.zh) -> None:
    """供编辑器使用的语言服务器 · The language server, on standard input and output."""
    try:
        from govlint.lsp import serve
    except ModuleNotFoundError as error:
        raise UsageError(
            f"缺少 {error.name}，请安装：pip install 'govlint[lsp]' / the language server needs the extra lsp"
        ) from error
    serve(Settings(lang=lang.value))


@app.command()
def new(
    template: Annotated[str, typer.Option("--template", help="模板编号 · template id")],
    agency: Annotated[str, typer.Option("--agency", help="机关名称 · name of the agency")],
    year: Annotated[int, typer.Option("--year", help="报告年度 · the year reported on")],
    output: Annotated[Path, typer.Option("-o", "--output", help="写入的 .docx 或 .md · file to write")],
    force: Annotated[bool, typer.Option("--force", help="覆盖已有文件 · replace the file")] = False,
) -> None:
    """起草空白报告 · Write a blank draft."""
    from govlint.drafting import draft
    from govlint.linter import Settings

    if template == "auto":
        raise UsageError("起草时请写明模板编号 / name the template")
    (chosen,) = Settings(template=template).templates()
    draft(chosen, agency, year, output, force=force)
    print(f"已写入 {output} / written", file=sys.stderr)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit status. Wrong usage is said in one line, not in a traceback."""
    try:
        code: Any = app(args=list(arguments) if arguments is not None else None, standalone_mode=False)
    except (UsageError, ValueError) as error:
        print(f"govlint: {error}", file=sys.stderr)
        return EXIT_USAGE
    except Exception as error:
        show = getattr(error, "show", None)  # typer's own usage errors, of whichever click it carries
        if show is None:
            raise
        show()
        return EXIT_USAGE
    return int(code or 0)
