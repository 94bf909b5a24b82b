"""Where ``grammars/`` and ``rules/`` stand: inside the package where it is installed, beside it in a checkout."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parent


def _folder(name: str) -> Path:
    installed = _PACKAGE / name
    return installed if installed.is_dir() else _PACKAGE.parent / name


GRAMMARS = _folder("grammars")
RULES = _folder("rules")
