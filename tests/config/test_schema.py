"""The settings' JSON Schema says of a file what reading it says."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from govlint.cli.commands import main
from govlint.config.file import KEYS
from govlint.config.schema import schema

ROOT = Path(__file__).parents[2]
EXAMPLE = re.findall(r"```toml\n(.*?)```", (ROOT / "docs/settings.md").read_text("utf-8"), re.DOTALL)[0]
SCHEMA = schema()
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)


def mistakes(settings: str) -> list[str]:
    return [error.json_path for error in VALIDATOR.iter_errors(tomllib.loads(settings))]


def test_the_schema_is_one_and_stands_in_the_documentation(capsys: pytest.CaptureFixture[str]) -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    assert main(["config", "--schema"]) == 0
    printed = capsys.readouterr().out
    assert json.loads(printed) == SCHEMA
    assert (ROOT / "docs/schema/settings.schema.json").read_text("utf-8") == printed, (
        "govlint config --schema"
    )


@pytest.mark.parametrize(
    "settings",
    [
        "",
        EXAMPLE,
        'select = ["N003", "not-a-count", "n", "X001"]',
        "[limits]\nsize = 5000",
        '[limits]\nsize = "20 k"',
        '[deadlines]\nother = "02-28"',
        'docs-url = "http://docs.example/{code}"',
    ],
)
def test_right_settings(settings: str) -> None:
    assert mistakes(settings) == []


@pytest.mark.parametrize(
    ("settings", "place"),
    [
        ('selct = ["N"]', "$"),
        ('select = "N"', "$.select"),
        ('ignore = ["N0O3"]', "$.ignore[0]"),
        ('fail-on = "eror"', "$.fail-on"),
        ('severity = "error"', "$.severity"),
        ('[severity]\nN003 = "eror"', "$.severity.N003"),
        ('[severity]\nN0O3 = "error"', "$.severity"),
        ('[per-path-ignores]\n"b/**" = "T"', "$['per-path-ignores']['b/**']"),
        ("[limits]\nsise = 1", "$.limits"),
        ("[limits]\nsize = 0", "$.limits.size"),
        ('[limits]\nsize = "5 elephants"', "$.limits.size"),
        ("[limits]\ncharacters = 1.5", "$.limits.characters"),
        ('[deadlines]\ndepartment = "02-29"', "$.deadlines.department"),
        ('[deadlines]\ndepartment = "3-31"', "$.deadlines.department"),
        ('language = "fr"', "$.language"),
        ('docs-url = "javascript:alert(1)"', "$['docs-url']"),
        ('docs-url = "https://docs.example/ x"', "$['docs-url']"),
        ("agencies = 1", "$.agencies"),
    ],
)
def test_wrong_settings(settings: str, place: str, tmp_path: Path) -> None:
    assert [re.sub(r"\['fail-on'\]", ".fail-on", each) for each in mistakes(settings)] == [place]
    (tmp_path / "govlint.toml").write_text(settings, "utf-8")
    assert main(["config", str(tmp_path)]) == 2


def test_every_key_is_described() -> None:
    def keys(properties: dict[str, Any], before: str = "") -> set[str]:
        found: set[str] = set()
        for name, spec in properties.items():
            inner = spec.get("properties")
            found |= keys(inner, f"{name}.") if inner else {before + name}
            assert inner or " · " in spec["description"]
        return found

    assert keys(SCHEMA["properties"]) == set(KEYS)
