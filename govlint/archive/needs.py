"""The libraries of the extra ``audit``, imported when an archive is first touched."""

from __future__ import annotations

import importlib
from typing import Any

from govlint.errors import UsageError


def needed(name: str, extra: str = "audit") -> Any:
    """A module of the extra. Raises UsageError that names the extra where it is missing."""
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as error:
        raise UsageError(
            f"缺少 {error.name}，请安装：pip install 'govlint[{extra}]' / this needs the extra {extra}"
        ) from error
