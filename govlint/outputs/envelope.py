"""The JSON envelope: one object with every document and a summary, written document by document."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TextIO

from govlint import __version__
from govlint.outputs.exact_json import dumps
from govlint.outputs.records import Record, Summary
from govlint.result import Result

Recorder = Callable[[Result, str], Record]
_STEP = "  "


def write_object(results: Iterable[Result], out: TextIO, lang: str, record: Recorder) -> None:
    """``{"govlint": …, "documents": […], "summary": {…}}``; holds one document at a time."""
    summary = Summary()
    out.write(f'{{\n{_STEP}"govlint": {dumps(__version__)},\n{_STEP}"documents": [')
    separator = ""
    for result in summary.counting(results):
        out.write(f"{separator}\n{_STEP * 2}{_indented(record(result, lang), 2)}")
        separator = ","
    end = f"\n{_STEP}" if separator else ""
    out.write(f'{end}],\n{_STEP}"summary": {_indented(summary.record(), 1)}\n}}\n')


def write_lines(results: Iterable[Result], out: TextIO, lang: str, record: Recorder) -> None:
    """One object a line, each as its document is done."""
    for result in results:
        out.write(dumps(record(result, lang)) + "\n")
        out.flush()


def _indented(record: Record, level: int) -> str:
    return dumps(record, _STEP).replace("\n", "\n" + _STEP * level)
