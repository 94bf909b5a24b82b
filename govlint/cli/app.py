"""The commands as typer has them: for help, for completion, and for whatever is wrong on a command line."""

from __future__ import annotations

from copy import copy
from pathlib import Path
from typing import Annotated, Any

import typer

from govlint.cli.archives import audit, report
from govlint.cli.browser import page
from govlint.cli.checking import against, annotate, check, extract
from govlint.cli.desk import serve
from govlint.cli.groups import flat
from govlint.cli.listing import explain, in_force, list_rules, show_config
from govlint.cli.options import ConfigFile, Here, Isolated, Option, Previous, RuleFolders
from govlint.errors import UsageError
from govlint.version import __version__

app = typer.Typer(
    name="govlint",
    no_args_is_help=True,
    add_completion=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


def lsp(
    previous: Previous = None,
    *,
    here: Here,
) -> None:
    """供编辑器使用的语言服务器 · The language server, on standard input and output."""
    try:
        from govlint.lsp import serve
    except ModuleNotFoundError as error:
        raise UsageError(
            f"缺少 {error.name}，请安装：pip install 'govlint[lsp]' / the language server needs the extra lsp"
        ) from error
    configuration = in_force(here)[0]
    serve(against(configuration, previous))


def new(
    output: Annotated[Path, Option(("-o", "--output"), "写入的 .docx 或 .md · file to write")],
    template: Annotated[str | None, Option(("--template",), "模板编号 · template id")] = None,
    agency: Annotated[str | None, Option(("--agency",), "机关名称 · name of the agency")] = None,
    year: Annotated[int | None, Option(("--year",), "报告年度 · the year reported on")] = None,
    previous: Annotated[
        Path | None,
        Option(
            ("--previous",),
            "上年的报告：机关、年度、模板和上年结转由它得出；或 govlint audit 的结果库，另写 --agency、--year"
            " · last year's report, which gives agency, year, template and what is carried over; or a store, with"
            " --agency and --year",
        ),
    ] = None,
    force: Annotated[bool, Option(("--force",), "覆盖已有文件 · replace the file")] = False,
    config: ConfigFile = None,
    rule_folder: RuleFolders = None,
    isolated: Isolated = False,
) -> None:
    """起草空白报告 · Write a blank draft."""
    from govlint.cli.drafts import new_draft

    new_draft(
        in_force(Here(config=config, isolated=isolated, rule_folder=rule_folder))[0],
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


for _command in (check, annotate, extract, lsp, new, explain, audit, report, serve, page):
    app.command()(flat(_command))
app.command("config")(flat(show_config))
app.command("rules")(flat(list_rules))


def command(name: str) -> Any:
    """The click command, of the subcommand that is called alone where there is one of that name: to build them all
    takes time."""
    called = [each for each in app.registered_commands if name == _name(each)]
    wanted = copy(app)
    wanted.registered_commands = called or app.registered_commands
    return typer.main.get_command(wanted)


def _name(command: Any) -> str:
    return str(command.name or command.callback.__name__)
