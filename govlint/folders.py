"""Where ``grammars/`` and ``rules/`` stand: inside the package where it is installed, beside it in a checkout; and
what modules a folder holds."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

_PACKAGE = Path(__file__).parent


def _folder(name: str) -> Path:
    installed = _PACKAGE / name
    return installed if installed.is_dir() else _PACKAGE.parent / name


GRAMMARS = _folder("grammars")
RULES = _folder("rules")


def modules(folder: str) -> Sequence[str]:
    """The names of a folder's modules and packages, in order.

    ``pkgutil`` tells them too, and loads for it what takes longer than a check; it is asked in a program that has
    its modules within itself.
    """
    if getattr(sys, "frozen", False):
        from pkgutil import iter_modules

        return sorted(each.name for each in iter_modules([folder]))
    with os.scandir(folder) as entries:
        return sorted(
            entry.name.removesuffix(".py")
            for entry in entries
            if not entry.name.startswith("__")
            and (entry.name.endswith(".py") or os.path.exists(os.path.join(entry.path, "__init__.py")))
        )
