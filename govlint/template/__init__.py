"""A grammar goes in, a :class:`Template` comes out; knows no document and no report.

The model is at hand here; ``load`` and ``load_all`` are imported when they are first asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from govlint.template.model import (
    Block,
    Group,
    Landmark,
    RowSpec,
    SectionSpec,
    TableSpec,
    Template,
)

if TYPE_CHECKING:
    from govlint.template.loader import load, load_all

__all__ = [
    "Block",
    "Group",
    "Landmark",
    "RowSpec",
    "SectionSpec",
    "TableSpec",
    "Template",
    "load",
    "load_all",
]

if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        if name in ("load", "load_all"):
            from govlint.template import loader

            return getattr(loader, name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
