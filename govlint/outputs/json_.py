"""``govlint check --format json``: one object with every document."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

from govlint.outputs.envelope import write_object
from govlint.outputs.records import document
from govlint.result import Result


def write(results: Iterable[Result], out: TextIO, lang: str = "zh") -> None:
    write_object(results, out, lang, document)
