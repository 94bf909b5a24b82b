"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from govlint import api
from govlint.config.configuration import Configuration
from govlint.errors import UsageError

MANY = 20
"""Documents from which progress is shown."""


class Lang(StrEnum):
    zh = "zh"
    en = "en"


class FailOn(StrEnum):
    error = "error"
    warning = "warning"
    info = "info"
    never = "never"


class Colour(StrEnum):
    auto = "auto"
    always = "always"
    never = "never"

    @property
    def wanted(self) -> bool | None:
        """None: as the stream and the environment say."""
        return None if self is Colour.auto else self is Colour.always


class Listing(StrEnum):
    rich = "rich"
    json = "json"


# Help is written in both languages, parted by " · ", and shown in one: see govlint/help.py.
Paths = Annotated[
    list[str], typer.Argument(help="文件或文件夹，- 为标准输入 · files, folders, or - for standard input")
]
Output = Annotated[Path | None, typer.Option("--output", help="写入文件 · write to a file")]
Select = Annotated[
    list[str] | None,
    typer.Option(
        "--select",
        metavar="CODES",
        help="只用这些规则（代码、前缀或名称，逗号分隔） · only these rules (codes, prefixes or names, by commas)",
    ),
]
Ignore = Annotated[
    list[str] | None, typer.Option("--ignore", metavar="CODES", help="不用这些规则 · not these rules")
]
ExtendSelect = Annotated[
    list[str] | None,
    typer.Option(
        "--extend-select",
        metavar="CODES",
        help="在默认的或设置文件所选的之外，另用这些规则 · these rules too, besides the usual or selected ones",
    ),
]
Fixable = Annotated[
    list[str] | None,
    typer.Option(
        "--fixable",
        metavar="CODES",
        help="只自动改正这些规则的问题 · corrections of these rules alone are applied",
    ),
]
Unfixable = Annotated[
    list[str] | None,
    typer.Option(
        "--unfixable", metavar="CODES", help="不自动改正这些规则的问题 · corrections of these are not applied"
    ),
]
Isolated = Annotated[bool, typer.Option("--isolated", help="不读任何设置文件 · read no settings file")]
Color = Annotated[
    Colour,
    typer.Option("--color", help="颜色，默认看是否终端 · colours; by default as the terminal has them"),
]
Verbose = Annotated[
    bool,
    typer.Option(
        "--verbose",
        "-v",
        help="在标准错误中说明设置、规则、每份文档的模板和用时"
        " · tell settings, rules, each document's template and time on standard error",
    ),
]
TemplateId = Annotated[
    str | None,
    typer.Option(
        "--template", metavar="auto|ID", help="模板，默认 auto（自动） · template id, or auto (default)"
    ),
]
Language = Annotated[
    Lang | None, typer.Option("--lang", help="消息的语言，默认 zh · language of messages, zh by default")
]
AsOf = Annotated[
    str | None,
    typer.Option("--as-of", metavar="DATE", help="检查日期 YYYY-MM-DD · the day of the check, YYYY-MM-DD"),
]
ConfigFile = Annotated[
    Path | None,
    typer.Option(
        "--config",
        help="设置文件；不写则从文档所在文件夹向上找 govlint.toml 或 pyproject.toml"
        " · settings file; else govlint.toml or pyproject.toml is found upward from the document",
    ),
]
RuleFolders = Annotated[
    list[Path] | None,
    typer.Option(
        "--rule-folder",
        metavar="FOLDER",
        help="自备规则的文件夹，可重复（会被执行） · folder of rules of your own, which are run; may be repeated",
    ),
]
FailLevelOption = Annotated[
    FailOn | None,
    typer.Option(
        "--fail-on", help="何种问题使退出码为 1，默认 error · what makes the exit status 1, error by default"
    ),
]
BaselineFile = Annotated[
    Path | None,
    typer.Option(
        "--baseline",
        help="基线文件：其中的问题不再报告 · a baseline: what it holds is known and does not fail",
    ),
]
WriteBaseline = Annotated[
    Path | None,
    typer.Option("--write-baseline", help="把现有问题写成基线文件 · write what is found now as a baseline"),
]
Previous = Annotated[
    str | None,
    typer.Option(
        "--previous",
        metavar="FILE|STORE",
        help="上年的报告，或 govlint audit 的结果库，用于两年核对"
        " · last year's report, or a store of govlint audit, to hold this year's against",
    ),
]
RegisterFile = Annotated[
    Path | None,
    typer.Option(
        "--register",
        help="机关名录（CSV 或 TOML）：别名、隶属关系 · the agency register: aliases and who belongs to whom",
    ),
]
Exclude = Annotated[
    list[str] | None,
    typer.Option(
        "--exclude",
        metavar="PATTERN",
        help="文件夹中略过这些路径，可重复，如 drafts/、*.tmp.docx · paths to pass over in folders; may be repeated",
    ),
]
Statistics = Annotated[
    bool,
    typer.Option("--statistics", help="只按规则计数（rich、json） · count findings by rule (rich, json)"),
]
NoCache = Annotated[
    bool,
    typer.Option(
        "--no-cache",
        envvar="GOVLINT_NO_CACHE",
        show_envvar=False,
        help="不用以前的结果，也不留下结果 · neither use nor keep results",
    ),
]
Quiet = Annotated[
    bool,
    typer.Option(
        "--quiet",
        "-q",
        help="只显示有问题的文档，不显示总计和进度 · only what needs a person: no totals, no progress",
    ),
]
Jobs = Annotated[
    int | None,
    typer.Option(
        "--jobs", "-j", min=1, help="进程数，默认按文件多少决定 · processes; by default as many as pay off"
    ),
]


@dataclass(frozen=True)
class Chosen:
    """Options that commands take together: each field is one, by :func:`govlint.cli.groups.flat`."""

    extend_select: ExtendSelect = None
    fixable: Fixable = None
    unfixable: Unfixable = None
    isolated: Isolated = False


@dataclass(frozen=True)
class Correcting:
    """What is to be put right."""

    fix: Annotated[bool, typer.Option("--fix", help="改正文件，只改不影响原意的 · apply safe fixes")] = False
    unsafe_fixes: Annotated[
        bool, typer.Option("--unsafe-fixes", help="也改数字、标题、表格名称等 · apply unsafe fixes too")
    ] = False
    diff: Annotated[
        bool, typer.Option("--diff", help="只显示会改什么，不写文件 · show the fixes, write nothing")
    ] = False


@dataclass(frozen=True)
class Which:
    """Which files are read."""

    exclude: Exclude = None
    no_gitignore: Annotated[
        bool, typer.Option("--no-gitignore", help="不按 .gitignore 略过文件 · read what .gitignore names too")
    ] = False
    show_files: Annotated[
        bool, typer.Option("--show-files", help="只列出会检查的文件 · list what would be read, and end")
    ] = False
    stdin_filename: Annotated[
        str,
        typer.Option(
            "--stdin-filename",
            metavar="PATH",
            help="标准输入（-）是这个文件的内容 · the file that standard input (-) is the content of",
        ),
    ] = ""


@dataclass(frozen=True)
class Manner:
    """How a run goes about it and tells of it."""

    quiet: Quiet = False
    jobs: Jobs = None
    color: Color = Colour.auto
    verbose: Verbose = False
    no_cache: NoCache = False


def configured(
    config: Path | None,
    rule_folders: Sequence[Path] | None,
    lang: Lang | None,
    select: Sequence[str] | None = None,
    ignore: Sequence[str] | None = None,
    template: str | None = None,
    fail_on: FailOn | None = None,
    as_of: str | None = None,
    agencies: Path | None = None,
    more: Chosen | None = None,
    isolated: bool = False,
    exclude: Sequence[str] | None = None,
) -> Configuration:
    """What is in force, from the options as they were given."""
    more = more or Chosen(isolated=isolated)
    if more.isolated and config is not None:
        raise UsageError("--isolated 与 --config 不能并用 / --isolated and --config exclude each other")
    return api.configure(
        config=None if more.isolated else config or "auto",
        extend_select=_codes(more.extend_select),
        fixable=_codes(more.fixable),
        unfixable=_codes(more.unfixable),
        select=_codes(select),
        ignore=_codes(ignore),
        template=template,
        fail_on=fail_on.value if fail_on else None,
        lang=lang.value if lang else None,
        as_of=_day(as_of),
        agencies=agencies,
        rule_folders=rule_folders or (),
        exclude=exclude or (),
    )


def _codes(values: Sequence[str] | None) -> tuple[str, ...]:
    return tuple(code.strip() for value in values or () for code in value.split(",") if code.strip())


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise UsageError(f"--as-of 应为 YYYY-MM-DD 形式的日期：{text} / not a date") from error
