"""Lists of words and names that rules go by: TOML files beside the rules, read when first needed."""

from __future__ import annotations

import tomllib
from functools import cache
from typing import Any

from govlint.folders import RULES


@cache
def word_list(name: str) -> dict[str, Any]:
    """The content of ``rules/<name>.toml``."""
    return tomllib.loads((RULES / f"{name}.toml").read_text("utf-8"))
