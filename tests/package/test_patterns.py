"""Behind every pattern that is no plain list of words or class of characters stands an example that it finds."""

from __future__ import annotations

import ast
import importlib
import re
from collections.abc import Iterator
from pathlib import Path

from making.patterns import EXAMPLE, ROOT, compiled, modules

PLAIN = re.compile(r"[^\\()\[\]{}?*+.^$]+|\[\^?[^\]]+\][*+]?")
SIMPLE = re.compile(
    r"\^?(?:\(?(?:\\.|[^\\()\[\]{}?*+|^$]|\[(?:\\.|[^\]\\])+\])(?:[*+?]|\{[\d,]+\})?\)?\|?)*\$?"
)
"""A few characters and classes of them one after another, which a function may have of its own."""
METHODS = ("compile", "search", "match", "fullmatch", "sub", "split", "findall", "finditer")


def patterns(value: object) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from patterns(each)


def finds(pattern: re.Pattern[str] | re.Pattern[bytes], example: str) -> bool:
    if isinstance(pattern.pattern, bytes):
        return pattern.search(example.encode()) is not None  # type: ignore[arg-type]
    return pattern.search(example) is not None  # type: ignore[arg-type]


def test_each_pattern_has_an_example() -> None:
    lacking: list[str] = []
    seen = 0
    for dotted, path in modules():
        named = list(compiled(path))
        if not named:
            continue
        module = importlib.import_module(dotted)
        assert len(named) == len(dict(named)), f"{dotted}: a name is given twice"
        for name, told in named:
            for pattern in patterns(getattr(module, name)):
                text = pattern.pattern
                if PLAIN.fullmatch(text if isinstance(text, str) else text.decode("latin-1")):
                    continue
                seen += 1
                if not any(finds(pattern, example) for example in EXAMPLE.findall(told)):
                    lacking.append(f"{dotted}.{name}: {text!r}")
    assert lacking == []
    assert seen > 200


def inner(path: Path) -> Iterator[str]:
    """The patterns that are written out within functions."""
    for function in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(function, ast.FunctionDef | ast.Lambda):
            for call in ast.walk(function):
                if isinstance(call, ast.Call) and ast.unparse(call.func) in {
                    f"re.{each}" for each in METHODS
                }:
                    written = call.args[0].value if isinstance(call.args[0], ast.Constant) else ""
                    yield written.decode() if isinstance(written, bytes) else str(written)


def test_a_pattern_that_is_not_simple_has_a_name() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {pattern}"
        for _, path in modules()
        for pattern in inner(path)
        if not PLAIN.fullmatch(pattern) and not SIMPLE.fullmatch(pattern)
    ]
    assert found == []
