"""The patterns that the code compiles, and what their examples find: below each of them stands a string with such."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
EXAMPLE = re.compile(r"``(.+?)``", re.DOTALL)


def modules() -> Iterator[tuple[str, Path]]:
    """The name of each module of the package and of its rules, with its path."""
    for top, name in (("govlint", "govlint"), ("rules", "govlint.rules")):
        for path in sorted((ROOT / top).rglob("*.py")):
            parts = path.relative_to(ROOT / top).with_suffix("").parts
            yield ".".join((name, *parts)).removesuffix(".__init__"), path


def compiled(path: Path) -> Iterator[tuple[str, str]]:
    """The names to which a module gives patterns, one or several in a tuple, with the string below each."""
    body = ast.parse(path.read_text("utf-8")).body
    for node, below in zip(body, [*body[1:], None], strict=True):
        value = node.value if isinstance(node, ast.Assign | ast.AnnAssign) else None
        calls = [each for each in ast.walk(value) if isinstance(each, ast.Call)] if value else []
        if any(ast.unparse(each.func) in ("re.compile", "lasting") for each in calls):
            name = node.targets[0] if isinstance(node, ast.Assign) else node.target  # type: ignore[union-attr]
            told = below.value if isinstance(below, ast.Expr) else None
            text = told.value if isinstance(told, ast.Constant) else ""
            yield ast.unparse(name), text if isinstance(text, str) else ""


def examples() -> list[str]:
    """All that are written below the patterns, each once."""
    told = (text for _, path in modules() for _, text in compiled(path))
    return list(dict.fromkeys(example for text in told for example in EXAMPLE.findall(text)))
