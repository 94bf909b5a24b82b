"""What the READMEs promise: the same two commands in both, one of them what the whole check runs, and the files they name."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
READMES = [ROOT / "README.md", ROOT / "README.zh-CN.md"]


def commands(path: Path) -> list[str]:
    return re.findall(r"^python3 -m venv .*(?:\\\n.*)*", path.read_text("utf-8"), re.MULTILINE)


def test_both_give_the_same_two_commands() -> None:
    first, second = map(commands, READMES)
    assert first == second
    assert len(first) == 2


def test_the_whole_check_runs_the_test_command() -> None:
    assert commands(READMES[0])[1] in (ROOT / ".ci/run").read_text("utf-8").split("\n")


@pytest.mark.parametrize("path", READMES, ids=lambda path: path.name)
def test_every_file_named_is_there(path: Path) -> None:
    text = path.read_text("utf-8")
    named = {*re.findall(r"\]\(([^):]+)\)", text), *re.findall(r"(?<!\w)examples/[\w.-]+", text)}
    assert [name for name in sorted(named) if not (ROOT / name).exists()] == []
