"""Options that several commands share."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

from msgspec import Struct
from msgspec.structs import asdict

from govlint import api, outputs
from govlint.config.configuration import Configuration
from govlint.errors import UsageError

MANY = 20
"""Documents from which progress is shown."""


class Option(Struct, frozen=True):
    """An option as it is written and explained; typer's own is made of it where typer is wanted at all."""

    flags: tuple[str, ...]
    help: str
    metavar: str | None = None
    least: int | None = None
    most: int | None = None
    variable: str | None = None
    """Of the environment, which sets it too."""


class Argument(Struct, frozen=True):
    help: str
    metavar: str | None = None


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
Paths = Annotated[list[str], Argument("文件或文件夹，- 为标准输入 · files, folders, or - for standard input")]
Output = Annotated[Path | None, Option(("--output",), "写入文件 · write to a file")]
Format = Annotated[str, Option(("--format",), "输出格式 · output format", metavar="|".join(outputs.FORMATS))]
Select = Annotated[
    list[str] | None,
    Option(
        ("--select",),
        "只用这些规则（代码、前缀或名称，逗号分隔） · only these rules (codes, prefixes or names, by commas)",
        metavar="CODES",
    ),
]
Ignore = Annotated[list[str] | None, Option(("--ignore",), "不用这些规则 · not these rules", metavar="CODES")]
ExtendSelect = Annotated[
    list[str] | None,
    Option(
        ("--extend-select",),
        "在默认的或设置文件所选的之外，另用这些规则 · these rules too, besides the usual or selected ones",
        metavar="CODES",
    ),
]
Fixable = Annotated[
    list[str] | None,
    Option(
        ("--fixable",),
        "只自动改正这些规则的问题 · corrections of these rules alone are applied",
        metavar="CODES",
    ),
]
Unfixable = Annotated[
    list[str] | None,
    Option(
        ("--unfixable",), "不自动改正这些规则的问题 · corrections of these are not applied", metavar="CODES"
    ),
]
Isolated = Annotated[bool, Option(("--isolated",), "不读任何设置文件 · read no settings file")]
Color = Annotated[
    Colour,
    Option(("--color",), "颜色，默认看是否终端 · colours; by default as the terminal has them"),
]
Verbose = Annotated[
    bool,
    Option(
        ("--verbose", "-v"),
        "在标准错误中说明设置、规则、每份文档的模板和用时"
        " · tell settings, rules, each document's template and time on standard error",
    ),
]
TemplateId = Annotated[
    str | None,
    Option(("--template",), "模板，默认 auto（自动） · template id, or auto (default)", metavar="auto|ID"),
]
Language = Annotated[
    Lang | None, Option(("--lang",), "消息的语言，默认 zh · language of messages, zh by default")
]
AsOf = Annotated[
    str | None,
    Option(("--as-of",), "检查日期 YYYY-MM-DD · the day of the check, YYYY-MM-DD", metavar="DATE"),
]
ConfigFile = Annotated[
    Path | None,
    Option(
        ("--config",),
        "设置文件；不写则从文档所在文件夹向上找 govlint.toml 或 pyproject.toml"
        " · settings file; else govlint.toml or pyproject.toml is found upward from the document",
    ),
]
RuleFolders = Annotated[
    list[Path] | None,
    Option(
        ("--rule-folder",),
        "自备规则的文件夹，可重复（会被执行） · folder of rules of your own, which are run; may be repeated",
        metavar="FOLDER",
    ),
]
FailLevelOption = Annotated[
    FailOn | None,
    Option(
        ("--fail-on",), "何种问题使退出码为 1，默认 error · what makes the exit status 1, error by default"
    ),
]
BaselineFile = Annotated[
    Path | None,
    Option(
        ("--baseline",), "基线文件：其中的问题不再报告 · a baseline: what it holds is known and does not fail"
    ),
]
WriteBaseline = Annotated[
    Path | None,
    Option(("--write-baseline",), "把现有问题写成基线文件 · write what is found now as a baseline"),
]
Previous = Annotated[
    str | None,
    Option(
        ("--previous",),
        "上年的报告，或 govlint audit 的结果库，用于两年核对"
        " · last year's report, or a store of govlint audit, to hold this year's against",
        metavar="FILE|STORE",
    ),
]
RegisterFile = Annotated[
    Path | None,
    Option(
        ("--register",),
        "机关名录（CSV 或 TOML）：别名、隶属关系 · the agency register: aliases and who belongs to whom",
    ),
]
Exclude = Annotated[
    list[str] | None,
    Option(
        ("--exclude",),
        "文件夹中略过这些路径，可重复，如 drafts/、*.tmp.docx · paths to pass over in folders; may be repeated",
        metavar="PATTERN",
    ),
]
Statistics = Annotated[
    bool,
    Option(("--statistics",), "只按规则计数（rich、json） · count findings by rule (rich, json)"),
]
NoCache = Annotated[
    bool,
    Option(
        ("--no-cache",),
        "不用以前的结果，也不留下结果 · neither use nor keep results",
        variable="GOVLINT_NO_CACHE",
    ),
]
Quiet = Annotated[
    bool,
    Option(
        ("--quiet", "-q"),
        "只显示有问题的文档，不显示总计和进度 · only what needs a person: no totals, no progress",
    ),
]
Jobs = Annotated[
    int | None,
    Option(
        ("--jobs", "-j"), "进程数，默认按文件多少决定 · processes; by default as many as pay off", least=1
    ),
]


class Here(Struct, frozen=True):
    """Which settings are looked at: each field is an option, by :func:`govlint.cli.groups.flat`."""

    config: ConfigFile = None
    isolated: Isolated = False
    rule_folder: RuleFolders = None
    lang: Language = None


class Chosen(Here, frozen=True):
    """Besides, which rules are applied, by which template, and what counts."""

    select: Select = None
    extend_select: ExtendSelect = None
    ignore: Ignore = None
    fixable: Fixable = None
    unfixable: Unfixable = None
    template: TemplateId = None
    fail_on: FailLevelOption = None


class Correcting(Struct, frozen=True):
    """What is to be put right."""

    fix: Annotated[bool, Option(("--fix",), "改正文件，只改不影响原意的 · apply safe fixes")] = False
    unsafe_fixes: Annotated[
        bool, Option(("--unsafe-fixes",), "也改数字、标题、表格名称等 · apply unsafe fixes too")
    ] = False
    diff: Annotated[bool, Option(("--diff",), "只显示会改什么，不写文件 · show the fixes, write nothing")] = (
        False
    )


class Which(Struct, frozen=True):
    """Which files are read."""

    exclude: Exclude = None
    no_gitignore: Annotated[
        bool, Option(("--no-gitignore",), "不按 .gitignore 略过文件 · read what .gitignore names too")
    ] = False
    show_files: Annotated[
        bool, Option(("--show-files",), "只列出会检查的文件 · list what would be read, and end")
    ] = False
    stdin_filename: Annotated[
        str,
        Option(
            ("--stdin-filename",),
            "标准输入（-）是这个文件的内容 · the file that standard input (-) is the content of",
            metavar="PATH",
        ),
    ] = ""


class Manner(Struct, frozen=True):
    """How a run goes about it and tells of it."""

    quiet: Quiet = False
    jobs: Jobs = None
    color: Color = Colour.auto
    verbose: Verbose = False
    no_cache: NoCache = False


def configured(
    stated: Here,
    *,
    as_of: str | None = None,
    agencies: Path | None = None,
    exclude: Sequence[str] | None = None,
) -> Configuration:
    """What is in force, from the options as they were given."""
    chosen = Chosen(**asdict(stated))
    if chosen.isolated and chosen.config is not None:
        raise UsageError("--isolated 与 --config 不能并用 / --isolated and --config exclude each other")
    return api.configure(
        config=None if chosen.isolated else chosen.config or "auto",
        select=_codes(chosen.select),
        extend_select=_codes(chosen.extend_select),
        ignore=_codes(chosen.ignore),
        fixable=_codes(chosen.fixable),
        unfixable=_codes(chosen.unfixable),
        template=chosen.template,
        fail_on=chosen.fail_on.value if chosen.fail_on else None,
        lang=chosen.lang.value if chosen.lang else None,
        as_of=_day(as_of),
        agencies=agencies,
        rule_folders=chosen.rule_folder or (),
        exclude=exclude or (),
    )


def _codes(values: Sequence[str] | None) -> tuple[str, ...]:
    return tuple(code.strip() for value in values or () for code in value.split(",") if code.strip())


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise UsageError(f"--as-of 应为 YYYY-MM-DD 形式的日期：{text} / not a date") from error
