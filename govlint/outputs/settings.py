"""``govlint config``: what is in force for a document, and where each value came from."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import Any, TextIO

from govlint.config.configuration import Configuration, decide
from govlint.config.file import KEYS, Exclusion, Exemption, Value
from govlint.outputs.parts.json_text import dumps
from govlint.outputs.parts.records import Record
from govlint.outputs.parts.terminal import Piece, pad


def write_values(
    configuration: Configuration,
    path: Path,
    out: TextIO,
    lang: str,
    form: str = "rich",
    colour: bool | None = None,
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
    from govlint.outputs.formats.rich_ import pen_for

    pen = pen_for(out, None, colour)
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
        return [each.pattern if isinstance(each, Exclusion) else str(each) for each in stated]
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
