"""``govlint extract --format jsonl``: one document a line, as each is done."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

from govlint.outputs.envelope import write_lines
from govlint.outputs.records import extract
from govlint.result import Result


def write(results: Iterable[Result], out: TextIO, lang: str = "zh") -> None:
    write_lines(results, out, lang, extract)
