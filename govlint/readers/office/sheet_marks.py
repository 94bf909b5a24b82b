"""What a sheet says beside its values: merged ranges, formulas without a value, what is not shown."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

Place = tuple[int, int]
"""Row and column, from 1."""
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})(?::([A-Z]{1,3})(\d{1,7}))?")
"""As in ``A1:C3``."""
_TOLD = re.compile(
    rb"mergeCell|<(?:\w+:)?(?:f[ />]|col [^>]*hidden=|row [^>]*hidden=|drawing |picture |oleObjects)"
)
"""As in ``<f>``."""
_MOST_FORMULAS = 200_000
_LAST_COLUMN = 200


class Marks(NamedTuple):
    merged: Sequence[tuple[Place, Place]]
    formulas: dict[int, dict[int, str]]
    """Row to the columns of its formulas whose value is not known, with them."""
    hidden_columns: set[int]
    hidden_rows: set[int]
    drawn: bool
    """Whether there is a drawing on it."""


def read_marks(content: bytes, name: str, anew: bool = False) -> Marks:
    """``anew`` is whether what formulas come to is worked out when the file is opened, whatever value is stored."""
    from govlint.readers.office.archive import parse_xml

    if not _TOLD.search(content):
        return Marks((), {}, set(), set(), False)
    root = parse_xml(content, name)
    rows = (each for each in root.iter(f"{_MAIN}row") if each.get("hidden") in ("1", "true"))
    hidden = {int(number) for each in rows if (number := each.get("r") or "").isdecimal()}
    drawn = next(root.iter(*(f"{_MAIN}{kind}" for kind in ("drawing", "picture", "oleObjects"))), None)
    return Marks(_merged(root), _formulas(root, name, anew), _columns(root), hidden, drawn is not None)


def _merged(root: Any) -> list[tuple[Place, Place]]:
    merged: list[tuple[Place, Place]] = []
    for each in root.iter(f"{_MAIN}mergeCell"):
        if match := _REFERENCE.fullmatch((each.get("ref") or "").replace("$", "")):
            left, top, right, bottom = match.groups()
            if right:
                merged.append(((int(top), column(left)), (int(bottom), column(right))))
    return merged


def _formulas(root: Any, name: str, anew: bool) -> dict[int, dict[int, str]]:
    from govlint.readers.office.archive import too_large

    found: dict[int, dict[int, str]] = {}
    for count, each in enumerate(root.iter(f"{_MAIN}f")):
        cell = each.getparent()
        of_words = cell.get("t") in ("str", "e")
        unknown = (anew and not of_words) or not cell.findtext(f"{_MAIN}v")
        if unknown and (place := place_of(cell)) is not None:
            found.setdefault(place[0], {})[place[1]] = each.text or ""
        if count > _MOST_FORMULAS:
            raise too_large(f"工作表“{name}”的公式过多", f"sheet “{name}” has too many formulas")
    return found


def place_of(cell: Any) -> Place | None:
    match = _REFERENCE.fullmatch(cell.get("r") or "")
    return (int(match[2]), column(match[1])) if match else None


def _columns(root: Any) -> set[int]:
    """The columns that are not shown."""
    hidden: set[int] = set()
    for each in root.iter(f"{_MAIN}col"):
        first, last = each.get("min") or "", each.get("max") or ""
        if each.get("hidden") in ("1", "true") and first.isdecimal() and last.isdecimal():
            hidden.update(range(int(first[:9]), min(int(last[:9]), _LAST_COLUMN) + 1))
    return hidden


def column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - 64
    return number


def letters(column: int) -> str:
    made = ""
    while column:
        column, rest = divmod(column - 1, 26)
        made = chr(65 + rest) + made
    return made
