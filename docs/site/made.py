"""Pages that the program itself makes: rules with what it says of their examples, commands, the JSON it writes."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import typer

import govlint
from govlint.cli.app import app
from govlint.cli.help import help_in
from govlint.linting.examples import apply_example
from govlint.outputs.parts.basis import basis_of, cite, scope
from govlint.outputs.parts.counts import SEVERITY
from govlint.outputs.parts.details import details
from govlint.result import Result
from govlint.rule import Example, Finding, Rule

SCHEMAS = Path(__file__).parents[1] / "schema"
SUBJECTS = {"years", "series", "versions", "copies", "roll-up", "renames"}
HOW = {
    "safe": ("`--fix` 直接改正，不影响原意。", "`--fix` corrects it; the meaning stays."),
    "unsafe": (
        "`--unsafe-fixes` 改正；改前请用 `--diff` 核对。",
        "`--unsafe-fixes` corrects it: look with `--diff` first.",
    ),
    "told": ("说明应写什么，由人来改。", "What to write is told; a person writes it."),
    "person": ("由人判断怎样改。", "A person decides."),
}


def _say(zh: str, en: str, lang: str) -> str:
    return zh if lang == "zh" else en


@cache
def _rules() -> tuple[Rule, ...]:
    return tuple(govlint.all_rules())


def rule_index(lang: str) -> str:
    head = _say("| 代码 | 名称 | 报告什么 | 级别 |", "| code | name | what it reports | severity |", lang)
    lines = [_say("# 全部规则", "# All rules", lang), "", head, "|---|---|---|---|"]
    lines += [
        f"| [{rule.code}]({rule.code}.md) | `{rule.name}` | {rule.title.say(lang)} | {SEVERITY[rule.severity].say(lang)} |"
        for rule in _rules()
    ]
    return "\n".join(lines) + "\n"


@cache
def rule_pages(lang: str) -> Mapping[str, str]:
    """A page for each rule, of its own file: basis, message, why, examples and what is said of them."""
    return {f"rules/{rule.code}.md": "\n".join(_rule(rule, lang)) + "\n" for rule in _rules()}


def _rule(rule: Rule, lang: str) -> Iterator[str]:
    yield from (f"# {rule.code} {rule.title.say(lang)}", "")
    off = "" if rule.default else _say("，默认关闭", ", off by default", lang)
    yield from (f"| {_say('名称', 'name', lang)} | `{rule.name}` |", "|---|---|")
    yield f"| {_say('级别', 'severity', lang)} | {SEVERITY[rule.severity].say(lang)}{off} |"
    templates = "、".join(f"`{name}`" for name in scope(rule)) or _say("全部", "all", lang)
    yield f"| {_say('模板', 'templates', lang)} | {templates} |"
    yield f"| {_say('依据', 'legal basis', lang)} | {cite(basis_of(rule), lang)} |"
    told = [_told(rule, example) for example in rule.bad]
    fix = {_way(finding) for found in told if found for finding in found[1]} or {"person"}
    ways = " ".join(HOW[way][0 if lang == "zh" else 1] for way in HOW if way in fix)
    yield f"| {_say('怎样改', 'fix', lang)} | {ways} |"
    yield from ("", f"## {_say('为什么', 'Why', lang)}", "", rule.why.say(lang))
    if rule.bad:
        yield from ("", f"## {_say('错误示例', 'Bad', lang)}")
    for example, found in zip(rule.bad, told, strict=True):
        yield from _example(example, lang)
        for result, finding in ((found[0], each) for each in found[1]) if found else ():
            yield from ("", f"> **{rule.code}** {finding.words.say(lang)}")
            for name, text in details(finding, result, lang):
                if name in ("suggestion", "evidence"):
                    yield from (">", f"> {text}")
    if rule.good:
        yield from ("", f"## {_say('正确示例', 'Good', lang)}")
    for example in rule.good:
        yield from _example(example, lang)
    yield from ("", f"## {_say('不用这条规则', 'Without it', lang)}", "")
    yield _say("在设置中，或在报告里写明理由：", "In the settings, or in the report with a reason:", lang)
    yield from ("", "```toml", f'ignore = ["{rule.code}"]', "```", "", "```markdown")
    yield f"<!-- govlint: ignore {rule.code} {_say('理由', 'reason', lang)} -->"
    yield "```"


def _told(rule: Rule, example: Example) -> tuple[Result, list[Finding]] | None:
    """What is found in a bad example, where it is one document."""
    if rule.subject in SUBJECTS or example.beside:
        return None
    result = govlint.check(apply_example(example).encode(), name="报告.txt", config=None, select=[rule.code])
    return result, list(result.findings)


def _way(finding: Finding) -> str:
    suggestion = finding.suggestion
    if suggestion is None:
        return "person"
    if suggestion.edits and finding.certainty == "certain":
        return "safe" if all(edit.safe for edit in suggestion.edits) else "unsafe"
    return "told"


def _example(example: Example, lang: str) -> Iterator[str]:
    parts = [(None, example.text.strip("\n") or _say("（删去）", "(left out)", lang))]
    if example.instead_of not in ("", example.text):
        parts.append((_say("原应为：", "In the place of:", lang), example.instead_of))
    parts += [
        (
            f"{beside.name}{_say('：', ':', lang)}",
            beside.told or _say("（其余相同）", "(otherwise the same)", lang),
        )
        for beside in example.beside
    ]
    if example.register:
        parts.append((_say("机关名录：", "Register:", lang), example.register))
    for told, text in parts:
        yield from ("", told) if told else ()
        yield from ("", "```text", text.strip("\n"), "```")


def commands_page(lang: str) -> str:
    """Every command and its options, as ``--help`` says them."""
    root = help_in(lang, typer.main.get_command(app))
    lines = [_say("# 命令", "# Commands", lang)]
    for name, each in sorted(root.commands.items()):
        lines += ["", f"## govlint {name}", "", each.help or "", "", "| | |", "|---|---|"]
        for parameter in each.params:
            spelt = (
                ", ".join(f"`{word}`" for word in parameter.opts) if parameter.opts[0].startswith("-") else ""
            )
            spelt = spelt or f"`{parameter.name.upper()}`"
            lines.append(
                f"| {spelt} | {(getattr(parameter, 'help', '') or '').replace('|', chr(92) + '|')} |"
            )
    return "\n".join(lines) + "\n"


def schema_page(lang: str) -> str:
    """The fields of what is written and of the settings."""
    lines = [_say("# JSON 与设置的结构", "# JSON and settings", lang)]
    for path in sorted(SCHEMAS.glob("*.json")):
        schema = json.loads(path.read_text("utf-8"))
        lines += ["", f"## {schema['title']}", "", f"[{path.name}](schema/{path.name})", ""]
        lines += _fields(schema, schema["title"], lang)
        for name, inner in schema.get("$defs", {}).items():
            if inner.get("properties"):
                lines += ["", f"### {path.name.split('.')[0]}: {name}", "", *_fields(inner, name, lang)]
    return "\n".join(lines) + "\n"


def _fields(schema: Mapping[str, Any], of: str, lang: str, before: str = "") -> list[str]:
    head = _say("| 字段 | 类型 | 说明 |", "| field | type | |", lang)
    return [head, "|---|---|---|", *_rows(schema, lang, before)]


def _rows(schema: Mapping[str, Any], lang: str, before: str) -> Iterator[str]:
    for name, spec in schema.get("properties", {}).items():
        told = spec.get("description", "")
        zh, between, en = told.partition(" · ")
        yield f"| `{before}{name}` | {_type(spec)} | {(en if lang == 'en' and between else zh)} |"
        yield from _rows(spec, lang, f"{before}{name}.")


def _type(spec: Mapping[str, Any]) -> str:
    if "enum" in spec:
        return ", ".join(f"`{json.dumps(each)}`" for each in spec["enum"])
    if "$ref" in spec:
        return spec["$ref"].rpartition("/")[2]
    if "anyOf" in spec:
        return " / ".join(dict.fromkeys(map(_type, spec["anyOf"])))
    kind = spec.get("type", "")
    told = " / ".join(kind) if isinstance(kind, list) else kind
    return f"{told}: {_type(spec['items'])}" if kind == "array" and "items" in spec else told
