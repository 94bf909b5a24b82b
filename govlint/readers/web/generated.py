"""What a page's own style sheets show that is not in its elements: numbers of lists, figures as generated content."""

from __future__ import annotations

import re
from typing import Any

from govlint.readers.web import style_sheets
from govlint.readers.web.elsewhere import mark
from govlint.readers.web.numbering import whole

MAY_GENERATE = re.compile(r"content\s*:[^;}]{0,80}(?:attr\(|counter\(|[\"'][^\"']{0,20}\d)", re.IGNORECASE)
"""As in ``content: attr(data-v)``."""
_CONTENT = re.compile(r"(?<![-\w])content\s*:\s*([^;}]{1,200})", re.IGNORECASE)
"""As in ``content: "5"``."""
_NUMBERED = re.compile(
    r"counter\([^(),]{1,80},\s*(?:cjk-ideographic|(?:simp|trad)-chinese-informal)\s*\)\s*[\"'](.{0,3}?)[\"']",
    re.IGNORECASE,
)
"""As in ``counter(item, cjk-ideographic) "、"``."""
_ATTRIBUTE = re.compile(r"attr\(\s*([-\w]{1,60})\s*\)", re.IGNORECASE)
"""As in ``attr(data-v)``."""
_OWN = "data-govlint"
"""The attribute of marks that findings were written into a page with."""
_QUOTED = re.compile(r"[\"'][^\"']{0,20}\d")
"""As in ``"5``."""


def place(root: Any) -> None:
    """Put generated numbers before the items of lists, and mark the cells in which figures are generated."""
    sheets = style_sheets.written_in(root, printed=False)
    if not MAY_GENERATE.search(sheets):
        return
    for element, declared in style_sheets.generating(root, sheets):
        found = _CONTENT.search(declared)
        if found is None or _OWN in element.attrib:
            continue
        if element.tag == "li":
            if numbered := _NUMBERED.search(found[1]):
                _number(element, numbered[1])
        elif _is_figure(element, found[1]):
            _mark_cell(element)


def _number(item: Any, behind: str) -> None:
    from govlint.readers.office.word_numbering import han

    listed = item.getparent()
    start = listed.get("start") if listed is not None else None
    at = sum(1 for _ in item.itersiblings("li", preceding=True)) + whole(start, 1)
    item.text = f"{han(at)}{behind}{(item.text or '').lstrip()}"


def _is_figure(element: Any, content: str) -> bool:
    named = _ATTRIBUTE.search(content)
    if named is not None:
        return any(char.isdigit() for char in element.get(named[1].lower()) or "")
    return "counter(" in content.lower() or _QUOTED.search(content) is not None


def _mark_cell(element: Any) -> None:
    """Whatever else such a cell holds, what is seen there is not what it holds."""
    cell = element if element.tag in ("td", "th") else next(element.iterancestors("td", "th"), None)
    if cell is None or any(char > "\u2e80" for char in "".join(cell.itertext())):
        return
    for inner in list(cell):
        cell.remove(inner)
    cell.text = None
    mark(cell.makeelement("span"), "generated", "", into=cell)
