"""What lies on a sheet and not in its cells: pictures, text boxes, charts and embedded objects."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from govlint.document import Words

if TYPE_CHECKING:
    from govlint.readers.office.package import Package

_XDR = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_ANCHORS = tuple(f"{_XDR}{kind}Anchor" for kind in ("twoCell", "oneCell", "absolute"))
_EMU = 12_700
"""Units of a drawing to the point."""
_NARROW, _LOW = 190.0, 40.0
"""Points up to which a picture is no table or page: a seal, a logo."""
_FEW_ROWS = 3


def read(package: Package, path: str, sheet: str) -> list[tuple[int, Words]]:
    """The row at which each stands, from 1, and what is told of it."""
    from govlint.readers.office.archive import parse_xml
    from govlint.readers.office.package import usual

    name = package.related_to(path).get("drawing", "")
    if name not in package.archive.names:
        return [(1, _told("嵌入的对象", "an embedded object", sheet, 1))]
    found: list[tuple[int, Words]] = []
    for anchor in parse_xml(usual(package.archive.read(name)), name).iter(*_ANCHORS):
        top = _row(anchor, "from")
        kind = _kind(anchor)
        if kind is not None and not _is_small(anchor, top):
            found.append((top + 1, _told(*kind, sheet, top + 1)))
    return found


def _kind(anchor: Any) -> tuple[str, str] | None:
    if next(anchor.iter(f"{_XDR}pic"), None) is not None:
        return "图片", "a picture"
    if next(anchor.iter(f"{_XDR}graphicFrame"), None) is not None:
        return "图表", "a chart"
    if any((each.text or "").strip() for each in anchor.iter(f"{_A}t")):
        return "文本框", "a text box"
    return None


def _row(anchor: Any, end: str) -> int:
    """Of a corner, from 0."""
    text = anchor.findtext(f"{_XDR}{end}/{_XDR}row") or ""
    return int(text) if text.isdecimal() and len(text) < 8 else 0


def _is_small(anchor: Any, top: int) -> bool:
    extent = anchor.find(f"{_XDR}ext")
    if extent is None:
        return 0 < _row(anchor, "to") - top < _FEW_ROWS
    sides = [extent.get(side) or "" for side in ("cx", "cy")]
    if not all(side.isdecimal() and len(side) < 12 for side in sides):
        return False
    width, height = (int(side) / _EMU for side in sides)
    return width < _NARROW or height < _LOW


def _told(zh: str, en: str, sheet: str, row: int) -> Words:
    return Words(
        f"工作表“{sheet}”第{row}行处有{zh}，其中的内容（如表格）没有读取。请把内容填在单元格里。",
        f"Sheet “{sheet}” has {en} at row {row}, whose content (such as a table) was not read. Put it into cells.",
    )
