"""Tables that a page makes of other elements: rows of cells that only a style sheet sets side by side."""

from __future__ import annotations

import re
from typing import Any

_TABLES = ("div", "section", "ul", "ol", "dl", "form", "main", "article")
_ROWS = frozenset(("div", "ul", "li", "ol", "dl", "p", "section"))
_CELLS = frozenset(("div", "li", "p", "dt", "dd"))
_INLINE = frozenset(("span", "b", "strong", "em", "label", "i"))
"""Cells too, but in a paragraph, where they only set words in another type."""
_FIGURE = re.compile(r"\s*(?:\d[\d,，.]*|[-—/])?\s*")
"""As in ``1,204``."""
_LONGEST = 120
"""Characters of a cell."""
_LEAST_ROWS = 3
_ROLES = {
    "table": "table",
    "grid": "table",
    "treegrid": "table",
    "row": "tr",
    **dict.fromkeys(("cell", "gridcell", "columnheader", "rowheader"), "td"),
}
"""What elements say they are, for those who do not see the page, and the markup for it."""


def named(root: Any) -> None:
    """Make tables of what the page says are tables, rows and cells."""
    for element in root.xpath("//*[@role]"):
        tag = _ROLES.get(element.get("role"))
        if tag is None or element.tag in ("table", "tr", "td", "th"):
            continue
        element.tag = tag
        for span in ("rowspan", "colspan"):
            if number := element.get(f"aria-{span}"):
                element.set(span, number)
    for group in root.xpath("//table//*[@role='rowgroup']"):
        group.tag = "tbody"


def tabulate(root: Any) -> None:
    """Make tables of what looks like them: at least three rows, most of them with several cells, some with figures."""
    for element in list(root.iter(*_TABLES)):
        if len(element) >= _LEAST_ROWS and not (element.text or "").strip():
            rows = [_cells(row) for row in element]
            if _is_table(rows):
                _make(element)


def _cells(row: Any) -> list[str] | None:
    """The texts of a row's cells; None where it is no row."""
    if row.tag not in _ROWS or (row.tail or "").strip():
        return None
    if not len(row):
        text = (row.text or "").strip()
        return [text] if text and len(text) <= _LONGEST else None
    if (row.text or "").strip():
        return None
    texts: list[str] = []
    for cell in row:
        if not isinstance(cell.tag, str):  # a comment
            return None
        text = "".join(cell.itertext()).strip()
        allowed = cell.tag in _CELLS or (cell.tag in _INLINE and row.tag != "p")
        if not allowed or (cell.tail or "").strip() or len(text) > _LONGEST or "。" in text:
            return None
        texts.append(text)
    return texts


def _is_table(rows: list[list[str] | None]) -> bool:
    if any(row is None for row in rows):
        return False
    wide = [row for row in rows if row is not None and len(row) > 1]
    figures = [row for row in wide if any(text and _FIGURE.fullmatch(text) for text in row[1:])]
    return len(wide) >= _LEAST_ROWS - 1 and 2 * len(wide) > len(rows) and 3 * len(figures) >= len(rows)


def _make(element: Any) -> None:
    from lxml import etree

    element.tag = "table"
    for row in element:
        row.tag = "tr"
        if not len(row):
            cell = etree.SubElement(row, "td")
            cell.text, row.text = row.text, None
        for cell in row:
            cell.tag = "td"
