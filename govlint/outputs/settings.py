"""``govlint config``: what is in force for a document, and where each value came from."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple, TextIO

from govlint import registry
from govlint.config import Configuration, Value
from govlint.document import Words
from govlint.outputs.exact_json import dumps
from govlint.outputs.lines import Piece, pad
from govlint.outputs.records import Record
from govlint.rule import Rule
from govlint.settings_file import KEYS, Exemption


def write_values(
    configuration: Configuration, path: Path, out: TextIO, lang: str, form: str = "rich"
) -> None:
    """Every setting, or as one JSON object: ``file`` and ``settings`` by dotted key, each value and its origin."""
    file = configuration.file(path)
    values = configuration.values(path)
    if form == "json":
        settings = {
            key: {"value": _plain(key, value), "origin": value.origin} for key, value in values.items()
        }
        record: Record = {"file": str(file.path) if file else None, "settings": settings}
        out.write(dumps(record, "  ") + "\n")
        return
    from govlint.outputs.console import pen_for

    pen = pen_for(out)
    none = "no settings file" if lang == "en" else "没有设置文件"
    pen.text(str(file.path) if file else none, "bold")
    width = max(len(key) for key in values) + 2
    for key, value in values.items():
        stated = value.origin != "default"
        label = [Piece(pad(key, width), "bold" if stated else "")]
        pen.text(
            f"{_toml(_plain(key, value))}  # {_said(key, value, lang)}", label="".join(p.text for p in label)
        )


def _said(key: str, value: Value, lang: str) -> str:
    name = key if key in KEYS else key.partition(".")[0]
    default = "default" if lang == "en" else "默认值"
    origin = default if value.origin == "default" else value.origin.replace(f"{Path.cwd()}{os.sep}", "")
    return f"{KEYS[name].words.say(lang)} · {origin}"


def _plain(key: str, value: Value) -> Any:
    stated = value.value
    if isinstance(stated, Exemption):
        return list(stated.codes)
    if key.startswith("deadlines."):
        return date(2001, *stated).isoformat()[5:]
    if isinstance(stated, tuple):
        return [str(each) for each in stated]
    return str(stated) if isinstance(stated, Path) else stated


def _toml(value: Any) -> str:
    if value is None:
        return "—"
    return dumps(value)


def write_rule_verdict(
    configuration: Configuration, path: Path, code: str, out: TextIO, lang: str, form: str = "rich"
) -> None:
    """Whether one rule is applied to a document, and what decides it."""
    rule, on, why = decide(code, configuration, path)
    if form == "json":
        record: Record = {"code": rule.code, "name": rule.name, "on": on, "why": why.say(lang)}
        out.write(dumps(record, "  ") + "\n")
        return
    state = ("on" if on else "off") if lang == "en" else ("使用" if on else "不用")
    colon = ": " if lang == "en" else "："
    out.write(f"{rule.code} {rule.name} {state}{colon}{why.say(lang)}\n")


class Verdict(NamedTuple):
    """Whether a rule is applied, and which setting decides."""

    rule: Rule
    on: bool
    why: Words


def decide(code: str, configuration: Configuration, path: Path | None) -> Verdict:
    """Why a rule is applied to a document or not. Raises ValueError where there is no such rule."""
    settings = configuration.settings(path)
    values = configuration.values(path)
    rules = registry.all_rules(settings.rule_folders)
    rule = registry.named(code, rules)
    on = rule in settings.rules()
    file = configuration.file(path)
    for _, (exemption, origin) in file.table("per-path-ignores") if file and path else ():
        if exemption.fits(Path(os.path.abspath(path or ""))) and registry.fit(rule, exemption.codes):
            where = f"per-path-ignores “{exemption.pattern}” ({origin})"
            return Verdict(rule, on, Words(where, where))
    ignored, selected = (registry.fit(rule, values[key].value) for key in ("ignore", "select"))
    if on and selected:
        where = f"select ({values['select'].origin})"
    elif not on and ignored:
        where = f"ignore ({values['ignore'].origin})"
    elif not on and values["select"].value:
        where = f"select ({values['select'].origin})"
        return Verdict(rule, on, Words(f"不在 {where} 之中", f"not in {where}"))
    elif not on:
        return Verdict(rule, on, Words("默认不用，须用 select 点名", "off unless selected"))
    else:
        return Verdict(rule, on, Words("默认使用", "on by default"))
    return Verdict(rule, on, Words(where, where))
