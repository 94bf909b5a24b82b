"""Output formats. Each is a module with ``write(results, out, lang)``, imported when it is asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib import import_module
from typing import Protocol, TextIO, cast

from govlint.result import Result

FORMATS: Mapping[str, str] = {
    "rich": "console",
    "json": "json_",
    "jsonl": "jsonl",
    "sarif": "sarif",
    "github": "github",
    "gitlab": "gitlab",
    "junit": "junit",
    "html": "html_",
    "markdown": "markdown",
}
"""Format of ``govlint check`` to its module."""

EXTRACTS: Mapping[str, str] = {
    "json": "extract_json",
    "jsonl": "extract_jsonl",
    "csv": "extract_csv",
    "xlsx": "extract_xlsx",
}
"""Format of ``govlint extract`` to its module."""


class Format(Protocol):
    def write(self, results: Iterable[Result], out: TextIO, lang: str = "zh") -> None:
        """Write every result as it comes, in the language given (``zh`` or ``en``)."""


def load(name: str, formats: Mapping[str, str] = FORMATS) -> Format:
    """A format by name. Raises KeyError where there is none of that name."""
    return cast(Format, import_module(f"{__name__}.{formats[name]}"))
