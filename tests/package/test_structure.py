"""The house itself: imports run one way, and files and functions stay short enough to be read."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LAYERS = """
    __main__ | cli | lsp desk | archive annotating | outputs | fixing | __init__ | api | runs | config | rules
    | linting drafting | checks | result | prose parsing | rule | report | filing | agencies template readers
    | numbers | text | errors | document version folders plugins patterns | cache | files frames
"""
"""What a module may import: what stands in a lower layer, or in its own folder. Parts of a layer know nothing of each other."""
LEVEL = {name: at for at, layer in enumerate(reversed(LAYERS.split("|"))) for name in layer.split()}
FILES = sorted(path for top in ("govlint", "rules") for path in (ROOT / top).rglob("*.py"))


def name_of(path: Path) -> str:
    dotted = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    return dotted if dotted.startswith("govlint") else f"govlint.{dotted}"  # rules/ is govlint.rules


def imported(path: Path, known: set[str]) -> Iterator[str]:
    """The modules of govlint that a file imports, anywhere in it and for types too."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("govlint"):
            for alias in node.names:
                name = f"{node.module}.{alias.name}"
                yield name if name in known else node.module or ""


def part(name: str) -> str:
    return [*name.split("."), "__init__"][1]


@pytest.fixture(scope="module")
def graph() -> dict[str, set[str]]:
    known = {name_of(path) for path in FILES}
    return {name: set(imported(path, known)) - {name} for path in FILES if (name := name_of(path))}


def test_imports_run_one_way(graph: dict[str, set[str]]) -> None:
    wrong = [
        f"{name} -> {other}"
        for name, others in graph.items()
        for other in others
        if part(name) != part(other) and LEVEL[part(name)] <= LEVEL[part(other)]
    ]
    assert wrong == []


def test_the_picture_of_the_layers_is_true() -> None:
    picture = (ROOT / "docs/architecture.md").read_text("utf-8").split("```")[1]
    assert [layer.replace(",", " ").split() for layer in picture.split(">")] == [
        layer.split() for layer in LAYERS.split("|")
    ]


def test_there_is_no_circle(graph: dict[str, set[str]]) -> None:
    TopologicalSorter(graph).prepare()  # CycleError names it


def test_files_are_short() -> None:
    lengths = {path.relative_to(ROOT).as_posix(): len(path.read_text("utf-8").splitlines()) for path in FILES}
    assert {name: length for name, length in lengths.items() if length > 450} == {}


def test_functions_are_short() -> None:
    long = {}
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef):
                name = f"{path.relative_to(ROOT).as_posix()}:{node.name}"
                length = (node.end_lineno or 0) - node.lineno + 1
                if length > 50:
                    long[name] = length
    assert long == {}
