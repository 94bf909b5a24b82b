"""The values of a workbook's sheets.

openpyxl reads them row by row, from a copy that holds only the parts with text. Merged ranges, and formulas that were
never worked out, it does not tell in that mode: these are taken from the sheet's own XML.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from govlint.document import Unreadable, Words
from govlint.readers.office import sheet_drawings, sheet_formats, sheet_formulas
from govlint.readers.office.archive import damaged, parse_xml, too_large
from govlint.readers.office.package import Package, usual
from govlint.readers.office.sheet_formats import Shown
from govlint.readers.office.sheet_marks import Place, read_marks
from govlint.text.folding import INVISIBLE

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_NUMBER = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_NEEDED = re.compile(r"\[Content_Types\]\.xml|(?:xl/)?_rels/[^/]+\.rels|xl/[^/]+\.xml")
"""Beside the sheets that the workbook names: ``xl/styles.xml``."""
_STYLES = "xl/styles.xml"
_LARGEST_STYLES = 3_000_000
_FORMAT = re.compile(rb"formatCode\s*=\s*[\"']([^\"'<]*)")
"""As in ``formatCode="0.00"``."""
_LONGEST_FORMAT = 1_000
"""Characters, four times what Excel takes: openpyxl takes the square of it."""
_LARGEST_SHEET = 16_000_000
_LAST_ROW, LAST_COLUMN = 1_048_576, 200
"""The last row that Excel has, and a column far behind the last of any report."""
_MOST_NAMED = 1_000
"""Sheets of a workbook; openpyxl looks at each."""
_MOST_ROWS, MOST_CELLS, _MOST_SHEETS = 5_000, 200_000, 100
"""With values, of all sheets together: a report's tables have about sixty rows of ten cells."""
_WORKED_ANEW = re.compile(rb"fullCalcOnLoad\s*=\s*[\"'](?:1|true)")
"""As in ``fullCalcOnLoad="1"``: what formulas come to is worked out when the file is opened; what is stored may be nought."""


class Sheet(Struct):
    name: str
    rows: Mapping[int, Sequence[str]]
    """By number, from 1, those with a value; each as far as its last value."""
    merged: Sequence[tuple[Place, Place]]
    unworked: Mapping[int, set[int]]
    """Row to the columns of its formulas that have no value."""
    worked: int = 0
    """Cells whose formula had no value and was worked out."""
    concealed: Sequence[int] = ()
    """Rows that are not shown."""
    drawn: Sequence[tuple[int, Words]] = ()
    """Pictures and the like: the row at which one stands, and what is told of it."""
    seen: Shown | None = None


def read_sheets(package: Package, struck: list[str]) -> Iterator[Sheet]:
    """The sheets that are shown, in order; ``struck`` is given the words that are struck out."""
    parts = _parts(package)
    paths = _paths(package, parts)
    remaining = {name: sheet_formats.without_marks(content, struck) for name, content in parts.items()}
    styles = remaining.get(_STYLES, b"")
    looks: dict[int, sheet_formats.Style] = {}
    if 0 < len(styles) <= _LARGEST_STYLES:
        looks = sheet_formats.read_styles(parse_xml(styles, _STYLES))
    if len(styles) > _LARGEST_STYLES or any(len(each) > _LONGEST_FORMAT for each in _FORMAT.findall(styles)):
        del remaining[_STYLES]  # years of copying leave tens of thousands of them behind
    try:
        try:
            tables = _values(remaining)
        except Exception:  # openpyxl refuses styles that Excel and WPS take; only dates are told by them
            remaining.pop(_STYLES, None)
            tables = _values(remaining)
    except Unreadable:
        raise
    except Exception as error:  # on damaged parts openpyxl lets every kind of error through
        raise damaged("工作簿的内容有误", "the parts of the workbook are wrong") from error
    anew = _WORKED_ANEW.search(parts[package.main]) is not None
    for name, rows in tables:
        path = paths.get(name, "")
        content = parts.get(path, b"")
        marks = read_marks(content, name, anew)
        worked = sheet_formulas.work_out(rows, marks.formulas) if marks.formulas else 0
        unworked = sheet_formulas.left_open(rows, marks.formulas)
        seen = sheet_formats.SAME
        if sheet_formats.uses(content, looks):
            seen = sheet_formats.apply(rows, parse_xml(content, path), looks)
        drawn = sheet_drawings.read(package, path, name) if marks.drawn else ()
        concealed = sorted(row for row in marks.hidden_rows if row in rows)
        for row in concealed:
            del rows[row]
            unworked.pop(row, None)
        sheet = Sheet(name, rows, marks.merged, unworked, worked, concealed, drawn, seen)
        if marks.hidden_columns:
            sheet = _without_helpers(sheet, marks.hidden_columns)
        yield sheet


def _parts(package: Package) -> dict[str, bytes]:
    """The parts that hold text and structure, each found to be free of entities; of sheets those that are shown."""
    found = {
        name: _part(package, name)
        for name in sorted(package.archive.names)
        if name == package.main or _NEEDED.fullmatch(name)
    }
    for name in list(_paths(package, found).values())[:_MOST_SHEETS]:
        if name in package.archive.names:
            found[name] = _part(package, name)
    return found


def _part(package: Package, name: str) -> bytes:
    content = usual(package.archive.read(name))
    if len(content) > _LARGEST_SHEET:
        size = len(content) // 1_000_000
        raise too_large(f"“{name}”有 {size} MB", f"“{name}” has {size} MB")
    if b"<!DOCTYPE" in content or b"\x00" in content[:100]:
        parse_xml(content, name)
    return content


def _paths(package: Package, parts: Mapping[str, bytes]) -> dict[str, str]:
    """Sheet title to the name of its part, of the sheets that are shown."""
    found: dict[str, str] = {}
    for at, each in enumerate(parse_xml(parts[package.main], package.main).iter(f"{_MAIN}sheet")):
        if at == _MOST_NAMED:
            raise too_large(f"有超过 {_MOST_NAMED} 个工作表", f"more than {_MOST_NAMED} sheets are in it")
        if each.get("state", "visible") == "visible":
            found[each.get("name") or ""] = package.targets.get(each.get(_NUMBER) or "", "")
    return found


def _values(parts: Mapping[str, bytes]) -> list[tuple[str, dict[int, list[str]]]]:
    """Title and rows of each sheet that is shown."""
    from openpyxl import load_workbook  # type: ignore[import-untyped]

    copy = io.BytesIO()
    with zipfile.ZipFile(copy, "w") as target:
        for name, content in parts.items():
            target.writestr(name, content)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of extensions that openpyxl leaves out
        book = load_workbook(copy, read_only=True, data_only=True, keep_links=False)
        shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        budget = _Budget(_MOST_ROWS, MOST_CELLS, _LAST_ROW)
        return [(sheet.title, _rows(sheet, budget)) for sheet in shown[:_MOST_SHEETS]]


class _Budget(Struct):
    rows: int
    cells: int
    visited: int

    def spend(self, sheet: str, cells: int) -> None:
        self.visited -= 1
        self.rows -= bool(cells)
        self.cells -= cells
        if min(self.rows, self.cells, self.visited) < 0:
            raise too_large(f"工作表“{sheet}”的数据过多", f"sheet “{sheet}” has too many rows or cells")


def _rows(sheet: Any, budget: _Budget) -> dict[int, list[str]]:
    """Rows with a value. The stated size of a sheet is often wrong and is not believed."""
    sheet.reset_dimensions()
    found: dict[int, list[str]] = {}
    rows = sheet.iter_rows(max_row=_LAST_ROW, max_col=LAST_COLUMN, values_only=True)
    blank: tuple[object, ...] | None = None
    for number, row in enumerate(rows, 1):
        if row is blank:  # openpyxl gives one and the same for all rows that are not there
            continue
        end = len(row)
        while end and row[end - 1] is None:
            end -= 1
        budget.spend(sheet.title, end)
        if not end:
            blank = row
        else:
            found[number] = [_shown(value) for value in row[:end]]
    return found


_SHOWN_DIGITS = 11
"""As many as Excel shows of a number without a format of its own."""
_LEAST = Decimal("1e-9")
"""What is nearer to nought comes of reckoning with fractions."""
_ERROR = re.compile(r"#([A-Z]{2,6}(?:/[A0])?)[!?]?")
"""As in ``#REF!``: what a formula has come to, which is no mark of a heading."""
_NEW_LINE = re.compile("(?:_x000D_)?\r?\n|[\r\x85\u2028\u2029]")
"""As in ``_x000D_\n``."""


def _shown(value: object) -> str:
    """A value as a person reads it: 3.0 is 3, and 0.3000000000004 is 0.3, as Excel shows them."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int):
        return format(Decimal(value), "f")
    if isinstance(value, float):
        exact = Decimal(f"{value:.15g}")
        if len(exact.as_tuple().digits) > _SHOWN_DIGITS or abs(exact) < _LEAST:
            exact = round(Decimal(f"{value:.{_SHOWN_DIGITS}g}"), _SHOWN_DIGITS - 1).normalize()
        return format(exact.to_integral_value() if exact == exact.to_integral_value() else exact, "f")
    if hasattr(value, "isoformat"):
        return str(value.isoformat())[:10]
    if isinstance(value, str) and (error := _ERROR.fullmatch(value)):
        return f"{error[1]}错误"
    text = re.sub(r"[\t\x0b\x0c\x1f]", " ", INVISIBLE.sub("", str(value))).strip()
    return _NEW_LINE.sub("\v", text)


def _without_helpers(sheet: Sheet, hidden: set[int]) -> Sheet:
    """The sheet without the hidden columns beside what is shown; those between shown ones are part of a table."""
    shown = [at for row in sheet.rows.values() for at, text in enumerate(row, 1) if text and at not in hidden]
    if not shown:
        return sheet
    left, right = min(shown), max(shown)
    rows: dict[int, Sequence[str]] = {}
    for number, row in sheet.rows.items():
        remaining = [text if left <= at else "" for at, text in enumerate(row[:right], 1)]
        while remaining and not remaining[-1]:
            remaining.pop()
        if remaining:
            rows[number] = remaining
    unworked = {
        number: shown_columns
        for number, columns in sheet.unworked.items()
        if (shown_columns := {at for at in columns if left <= at <= right or at not in hidden})
    }
    return replace(sheet, rows=rows, unworked=unworked)
