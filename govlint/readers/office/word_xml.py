"""Elements of WordprocessingML: their names, switches and contents, whatever document they stand in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
VAL = f"{W}val"
_OFF = ("0", "false", "off", "none")


def child(parent: Any, name: str) -> Any:
    """The first child of that name, or None; quicker than ``find``, which takes paths."""
    return next(parent.iterchildren(W + name), None)


def value(parent: Any, *path: str) -> str | None:
    """The ``w:val`` of an element some steps below; None where a step is missing."""
    for name in path:
        if parent is None:
            return None
        parent = child(parent, name)
    return None if parent is None else parent.get(VAL)


def is_on(parent: Any, name: str) -> bool | None:
    """A switch such as ``w:vanish``: None where it is not set."""
    found = child(parent, name) if parent is not None else None
    return None if found is None else found.get(VAL, "1") not in _OFF


P, TBL, TR, TC, R, T = (W + name for name in ("p", "tbl", "tr", "tc", "r", "t"))
PPR, RPR, _TCPR = (W + name for name in ("pPr", "rPr", "tcPr"))
SDT, _SDT_PR, _CONTENT = W + "sdt", W + "sdtPr", W + "sdtContent"
_BOX = W + "txbxContent"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
ALTERNATE, _CHOICE, _FALLBACK = f"{_MC}AlternateContent", f"{_MC}Choice", f"{_MC}Fallback"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_VAL, ID = f"{W}val", f"{W}id"

_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
MATHS, MATH_TEXT = frozenset((f"{_M}oMath", f"{_M}oMathPara")), f"{_M}t"

MATH_BUILT = tuple(
    _M + name
    for name in "f sSup sSub sSubSup sPre rad nary m eqArr acc bar limLow limUpp groupChr func".split()
)
"""Formulas that are more than a row of signs."""
OLE = "{urn:schemas-microsoft-com:office:office}OLEObject"

BDO = W + "bdo"
WRAPPERS = frozenset(
    (BDO, *(W + name for name in ("smartTag", "customXml", "hyperlink", "dir", "ruby", "rubyBase")))
)
INSERTED = frozenset((W + "ins", W + "moveTo"))
DELETED = frozenset((W + "del", W + "moveFrom"))
DRAWINGS = frozenset((W + "drawing", W + "pict", W + "object", ALTERNATE))
LITERAL = {ord(char): " " for char in "\t\n\r\v\f\x1f"}
LINED = LITERAL | dict.fromkeys((0x85, 0x2028, 0x2029), "\n")
WRAPPED = LITERAL | dict.fromkeys((0x85, 0x2028, 0x2029), "\v")
"""Control characters to blanks, and what ends lines elsewhere to ends of lines, in paragraphs and in cells."""
SYMBOLS = re.compile("[\uf020-\uf0ff]")
"""As in ``\uf035``: characters of symbol fonts that stand in text."""
_WIDEST = 1000
_DINGBATS = {
    "wingdings": {0x6C: "●", 0x6E: "■", 0x6F: "□", 0x71: "□", 0x75: "◆", 0xA7: "▪", 0xA8: "□", 0xD8: "➢",
                  0xFB: "✗", 0xFC: "√", 0xFD: "☒", 0xFE: "☑", **{0x80 + n: chr(0x245F + n) for n in range(1, 11)},
                  **{0x8B + n: chr(0x2775 + n) for n in range(1, 11)}},
    "wingdings 2": {0x50: "√", 0x52: "☑", 0x53: "☒", 0xA3: "□"},
    "symbol": {0xB7: "·", 0xB4: "×", 0xB8: "÷", 0xB1: "±", 0xA3: "≤", 0xB3: "≥"},
}  # fmt: skip


def plain_text(paragraph: Any) -> str | None:
    """The text of a paragraph of nothing but words; None where there is anything else in it."""
    words = ""
    for run in paragraph:
        tag = run.tag
        if tag == R:
            for element in run:
                tag = element.tag
                if tag == T:
                    words += element.text or ""
                elif tag != RPR:
                    return None
        elif tag != PPR:
            return None
    return words if words.isprintable() and words == words.strip() else None


def mark_deleted(paragraph: Any) -> bool:
    """Whether the paragraph's end is deleted by a tracked change."""
    props = paragraph.find(PPR)
    if props is None:
        return False
    mark = props.find(RPR)
    return mark is not None and any(mark.find(name) is not None for name in DELETED)


def control_content(sdt: Any) -> Any:
    """What stands in a content control; None where that is only the hint to fill it in."""
    props = sdt.find(_SDT_PR)
    if props is not None and is_on(props, "showingPlcHdr"):
        return None
    return sdt.find(_CONTENT)


def chosen_branch(alternate: Any) -> Any:
    choice = alternate.find(_CHOICE)
    return choice if choice is not None else alternate.find(_FALLBACK)


def text_boxes(element: Any) -> Iterator[Any]:
    """The contents of text boxes, each once, though the file has them once for each generation of programs."""
    stack = [element]
    while stack:
        each = stack.pop()
        if each.tag == _BOX:
            yield each
        elif each.tag == ALTERNATE:
            options = [option for option in each if option.tag in (_CHOICE, _FALLBACK)]
            having = [option for option in options if next(option.iter(_BOX), None) is not None]
            stack += having[:1]
        else:
            stack += reversed(each)


def cells_of(row: Any) -> Iterator[Any]:
    stack = list(reversed(row))
    while stack:
        each = stack.pop()
        tag = each.tag
        if tag == TC:
            yield each
        elif tag == SDT:
            if (content := control_content(each)) is not None:
                stack += reversed(content)
        elif tag in WRAPPERS or tag in INSERTED:
            stack += reversed(each)


def merges_of(cell: Any) -> tuple[int, str, str, bool]:
    """(columns, vertical merge, horizontal merge, deleted) of a cell; a merge is ``restart`` or ``continue``."""
    width, down, across = 1, "", ""
    if not len(cell) or cell[0].tag != _TCPR:
        return width, down, across, False
    for each in cell[0]:
        tag = each.tag
        if tag == W + "gridSpan":
            width = max(1, bounded(each.get(_VAL), 1))
        elif tag == W + "vMerge":
            down = each.get(_VAL) or "continue"
        elif tag == W + "hMerge":
            across = each.get(_VAL) or "continue"
        elif tag == W + "cellMerge":
            down = {"rest": "restart", "cont": "continue"}.get(each.get(W + "vMerge") or "", down)
        elif tag == W + "cellDel":
            return width, down, across, True
    return width, down, across, False


def bounded(text: str | None, default: int) -> int:
    return min(int(text), _WIDEST) if text and text.isdecimal() and len(text) < 10 else default


def symbol_of(element: Any) -> str:
    """The character of a symbol run."""
    try:
        return symbol(int(element.get(W + "char") or "", 16), element.get(W + "font") or "")
    except ValueError:
        return ""


def symbol(code: int, font: str) -> str:
    """A character of a symbol font, which keeps its own in a private area that means nothing elsewhere."""
    if 0xF000 <= code <= 0xF0FF or 0 <= code <= 0xFF:
        font = font.lower()
        readable = font not in _DINGBATS or (font == "symbol" and chr(code & 0xFF) in "0123456789.,()+-/%")
        plain = chr(code & 0xFF) if 0x20 <= code & 0xFF < 0x7F and readable else ""
        return _DINGBATS.get(font, {}).get(code & 0xFF, plain)
    if 0xD800 <= code <= 0xDFFF or not 0 <= code <= 0x10FFFF:
        return ""
    return chr(code).translate(LITERAL)


def with_symbols(element: Any, text: str) -> str:
    """The text of an element with the characters of its run's symbol font as what they show."""
    props = child(element.getparent(), "rPr")
    fonts = child(props, "rFonts") if props is not None else None
    font = "" if fonts is None else fonts.get(f"{W}ascii") or fonts.get(f"{W}hAnsi") or ""
    return SYMBOLS.sub(lambda match: symbol(ord(match[0]), font), text)
