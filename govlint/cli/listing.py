"""The commands that list and explain: ``config``, ``rules``, ``explain``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from govlint import api
from govlint.cli.options import (
    Argument,
    Chosen,
    Color,
    Colour,
    Here,
    Listing,
    Option,
    Output,
    configured,
)
from govlint.cli.output import opened
from govlint.config.configuration import Configuration
from govlint.errors import UsageError
from govlint.linting.registry import named


def in_force(stated: Here) -> tuple[Configuration, str]:
    """What is in force in the working folder, and the language."""
    configuration = configured(stated)
    return configuration, configuration.settings(None).lang


def show_config(
    path: Annotated[
        Path | None, Argument("文档或文件夹，默认当前文件夹 · document or folder; here by default")
    ] = None,
    rule: Annotated[
        str | None,
        Option(("--rule",), "说明一条规则用或不用的原因 · why one rule is on or off", metavar="CODE"),
    ] = None,
    format: Annotated[Listing, Option(("--format",), "输出格式 · output format")] = Listing.rich,
    output: Output = None,
    schema: Annotated[
        bool,
        Option(("--schema",), "输出设置文件的 JSON Schema，供编辑器使用 · the settings file's JSON Schema"),
    ] = False,
    color: Color = Colour.auto,
    *,
    chosen: Chosen,
) -> None:
    """显示生效的设置及其来源 · Show the settings in force and where each comes from."""
    from govlint.outputs.settings import write_rule_verdict, write_values

    if schema:
        _write_schema(output)
        return
    if path is not None and not path.exists():
        raise UsageError(f"路径不存在：{path} / no such file or directory")
    configuration = configured(chosen)
    document = (path or Path()) / "-" if path is None or path.is_dir() else path
    language = configuration.settings(document).lang
    with opened(output) as out:
        if rule is not None:
            write_rule_verdict(configuration, document, rule, out, language, format.value)
        else:
            write_values(configuration, document, out, language, format.value, color.wanted)


def _write_schema(output: Path | None) -> None:
    from govlint.config.schema import schema
    from govlint.outputs.parts.json_text import dumps

    with opened(output) as out:
        out.write(dumps(schema(), "  ") + "\n")


def list_rules(
    format: Annotated[Listing, Option(("--format",), "输出格式 · output format")] = Listing.rich,
    output: Output = None,
    color: Color = Colour.auto,
    *,
    here: Here,
) -> None:
    """列出全部规则 · List all rules."""
    from govlint.outputs.catalogue import write_rules

    configuration, language = in_force(here)
    with opened(output) as out:
        write_rules(api.all_rules(configuration), out, language, format.value, colour=color.wanted)


def explain(
    code: Annotated[str, Argument("规则代码，如 N003 · a rule's code or name")],
    format: Annotated[Listing, Option(("--format",), "输出格式 · output format")] = Listing.rich,
    output: Output = None,
    color: Color = Colour.auto,
    *,
    here: Here,
) -> None:
    """说明一条规则：为什么、依据、示例 · Explain one rule."""
    from govlint.outputs.catalogue import write_rule

    configuration, language = in_force(here)
    rule = named(code, api.all_rules(configuration))
    with opened(output) as out:
        write_rule(rule, out, language, format.value, colour=color.wanted)
