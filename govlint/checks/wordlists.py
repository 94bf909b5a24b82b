"""Lists of words and names that rules go by: TOML files beside the rules, read when first needed."""

from __future__ import annotations

from functools import cache
from typing import Any

from govlint.folders import RULES
from govlint.template.built import cached


@cache
def word_list(name: str) -> dict[str, Any]:
    """The content of ``rules/<name>.toml``."""
    text = (RULES / f"{name}.toml").read_text("utf-8")
    return cached("words", text, (), (), lambda: _parsed(text), lambda held: isinstance(held, dict))


def _parsed(text: str) -> dict[str, Any]:
    import tomllib

    return tomllib.loads(text)
