"""JSON with exact numbers: integers of any size and decimals as they were written, never through a float."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from json import JSONEncoder

from govlint.outputs.characters import escaped

_encode = JSONEncoder(ensure_ascii=False).encode


def number(value: int | Decimal) -> str:
    """The digits of a number, without exponent: ``11``, ``3.50``."""
    if isinstance(value, int) and value.bit_length() < 10_000:
        return str(value)
    # Python refuses str() of longer integers; a Decimal of them is exact.
    return format(Decimal(value), "f")


def dumps(value: object, indent: str | None = None) -> str:
    """JSON of dicts, lists, str, int, Decimal, bool, None; on one line, or each level ``indent`` deeper."""
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
