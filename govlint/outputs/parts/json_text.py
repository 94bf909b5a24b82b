"""JSON with exact numbers (integers of any size, decimals as written, never a float), and documents written as it.

One object with every document and a summary, or one document a line, each as it is done.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from decimal import Decimal
from json import JSONEncoder
from typing import TextIO

from govlint.outputs.parts.records import Record, Summary
from govlint.result import Result
from govlint.text.numerals import number
from govlint.text.visible import escaped
from govlint.version import __version__

_encode = JSONEncoder(ensure_ascii=False).encode


def dumps(value: object, indent: str | None = None) -> str:
    """JSON of dicts, lists, str, int, Decimal, bool, None; on one line, or each level ``indent`` deeper."""
    if indent is None:
        # At once, where there is no Decimal in it and no integer too long.
        with suppress(TypeError, ValueError):
            return escaped(_encode(value))
    return _dumps(value, indent, "\n" if indent is not None else "")


def _dumps(value: object, indent: str | None, newline: str) -> str:
    if isinstance(value, str):
        return escaped(_encode(value))
    if value is None or isinstance(value, bool):
        return _encode(value)
    if isinstance(value, (int, Decimal)):
        return number(value)
    deeper = newline + (indent or "")
    comma = "," + deeper if indent is not None else ", "
    if isinstance(value, Mapping):
        items = [
            f"{_dumps(str(key), None, '')}: {_dumps(item, indent, deeper)}" for key, item in value.items()
        ]
        return "{" + deeper + comma.join(items) + newline + "}" if items else "{}"
    if isinstance(value, Sequence):
        items = [_dumps(item, indent, deeper) for item in value]
        return "[" + deeper + comma.join(items) + newline + "]" if items else "[]"
    raise TypeError(f"no JSON for {type(value).__name__}")


# Documents

Recorder = Callable[[Result, str], Record]
_STEP = "  "


def write_object(results: Iterable[Result], out: TextIO, lang: str = "zh", *, record: Recorder) -> None:
    """``{"govlint": …, "documents": […], "summary": {…}}``; holds one document at a time."""
    summary = Summary()
    out.write(f'{{\n{_STEP}"govlint": {dumps(__version__)},\n{_STEP}"documents": [')
    separator = ""
    for result in summary.counting(results):
        out.write(f"{separator}\n{_STEP * 2}{_indented(record(result, lang), 2)}")
        separator = ","
    end = f"\n{_STEP}" if separator else ""
    out.write(f'{end}],\n{_STEP}"summary": {_indented(summary.record(), 1)}\n}}\n')


def write_lines(results: Iterable[Result], out: TextIO, lang: str = "zh", *, record: Recorder) -> None:
    """One object a line, each as its document is done."""
    for result in results:
        out.write(dumps(record(result, lang)) + "\n")
        out.flush()


def _indented(record: Record, level: int) -> str:
    return dumps(record, _STEP).replace("\n", "\n" + _STEP * level)
