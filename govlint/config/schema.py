"""The settings file as a JSON Schema, for editors: made of the keys' own declarations."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from govlint.config.file import KEYS, Key
from govlint.linting import registry
from govlint.rule import Rule

ADDRESS = "https://json-schema.org/draft/2020-12/schema"
_CODE = r"^\s*([A-Za-z]+[0-9]*|[a-z0-9]+(-[a-z0-9]+)*)\s*$"


def schema(rules: Sequence[Rule] | None = None) -> dict[str, Any]:
    """A JSON Schema (2020-12) of ``govlint.toml`` and of ``[tool.govlint]``; ``rules`` are those that editors offer."""
    properties: dict[str, Any] = {}
    for name, key in KEYS.items():
        parent, _, last = name.rpartition(".")
        place = properties
        if parent:
            place = properties.setdefault(parent, _table({}))["properties"]
        place[last] = _of(key)
    return {
        "$schema": ADDRESS,
        "title": "govlint.toml",
        **_table(properties),
        "$defs": {"rule": _rule(registry.all_rules() if rules is None else rules)},
    }


def _table(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": False, "properties": properties}


def _of(key: Key) -> dict[str, Any]:
    described = {"description": f"{key.words.zh} · {key.words.en}"}
    if key.table:
        names = {"propertyNames": key.names} if key.names else {}
        return described | {"type": "object", **names, "additionalProperties": key.read.schema}
    default = key.default
    if isinstance(default, tuple):
        day = bool(default) and all(isinstance(part, int) for part in default)
        default = "-".join(f"{part:02}" for part in default) if day else list(default)
    return described | dict(key.read.schema) | ({} if default is None else {"default": default})


def _rule(rules: Sequence[Rule]) -> dict[str, Any]:
    """A code, a prefix of codes or a name; those that there are, and any that has the form of one."""
    known = sorted({rule.code[0] for rule in rules}) + [
        each for rule in rules for each in (rule.code, rule.name)
    ]
    return {
        "type": "string",
        "description": "规则的代码、前缀或名称 · a rule's code, prefix or name",
        "anyOf": [{"enum": known}, {"pattern": _CODE}],
    }
