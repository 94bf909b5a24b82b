"""Results go in, text for people and programs comes out; knows no reader and decides nothing.

Formats of ``govlint check`` are the modules of ``formats/``, those of ``govlint extract`` the modules of ``extracts/``.
Each has ``write(results, out, lang)`` and is imported when it is asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib import import_module
from pathlib import Path
from typing import Protocol, TextIO, cast

from govlint.folders import modules
from govlint.result import Result


def _listed(folder: str) -> dict[str, str]:
    """The formats of a folder by name; a file's name ends with ``_`` where a module of that name is imported too."""
    return {name.rstrip("_"): f"{folder}.{name}" for name in modules(str(Path(__file__).with_name(folder)))}


FORMATS: Mapping[str, str] = _listed("formats")
"""Format of ``govlint check`` to its module."""

EXTRACTS: Mapping[str, str] = _listed("extracts")
"""Format of ``govlint extract`` to its module."""


class Format(Protocol):
    def write(self, results: Iterable[Result], out: TextIO, lang: str = "zh") -> None:
        """Write every result as it comes, in the language given (``zh`` or ``en``)."""


def load(name: str, formats: Mapping[str, str] = FORMATS) -> Format:
    """A format by name. Raises KeyError where there is none of that name."""
    return cast(Format, import_module(f"{__name__}.{formats[name]}"))
