"""Text of a Word document that is there and does not count: hidden, white on white, struck out, the mark of a note."""

from __future__ import annotations

import re
from typing import Any, Literal, NamedTuple

from govlint.document import Note, Span, Words
from govlint.readers.office.word_xml import PPR, RPR, TBL, P, T, W, child, is_on, value
from govlint.readers.passed_over import STRUCK, passed_over
from govlint.text.folding import compact
from govlint.text.remarks import NOTE_MARK

Unseen = Literal["hidden", "struck", "note", ""]
SIGNS = (b"vanish", b"strike", b"superscript", b"FFFFFF")
"""Without any of these in the source all text counts."""
_TC, _BOX = f"{W}tc", f"{W}txbxContent"
_CELL = {PPR, f"{W}tcPr", f"{W}tblPr", RPR}
_PLAIN_TABLES = ("", "TableGrid", "TableNormal")
_MOST_TOLD = 5
_TELLS = re.compile(r"[0-9\u4e00-\u9fff]")
"""As in ``7``."""


class Passed(NamedTuple):
    """Text that was passed over, and where in the text it would stand."""

    at: int
    text: str
    kind: Unseen


def unseen(props: Any, in_cell: bool) -> Unseen:
    """Why the text of a run with these properties does not count; empty where it does."""
    if is_on(props, "strike") or is_on(props, "dstrike"):
        return "struck"
    run = props.getparent()
    if in_cell and value(props, "vertAlign") == "superscript":
        words = compact("".join(each.text or "" for each in run.iterchildren(T)))
        if words.isdecimal() or NOTE_MARK.fullmatch(words.strip("()")):
            return "note"
    if (value(props, "color") or "").upper() == "FFFFFF" and _is_on_white(run):
        return "hidden"
    return ""


def _is_on_white(run: Any) -> bool:
    """Whether nothing gives white text a ground; of a style's ground one sees only that the rest is not white too."""
    if child(child(run, "rPr"), "highlight") is not None:
        return False
    holder = None
    for each in (run, *run.iterancestors()):
        if each.tag == _BOX:
            return False
        if holder is None and each.tag in (P, _TC):
            holder = each
        for props in each:
            if props.tag in _CELL and _is_dark(child(props, "shd")):
                return False
        if each.tag == _TC:
            holder = each
        if each.tag == TBL:
            style = value(child(each, "tblPr"), "tblStyle") or ""
            return style in _PLAIN_TABLES or _is_beside_others(holder)
    return True


def _is_dark(shading: Any) -> bool:
    if shading is None:
        return False
    plain = (shading.get(f"{W}fill") or "auto").lower() in ("auto", "ffffff", "none")
    return not plain or shading.get(f"{W}val") not in (None, "clear", "nil")


def _is_beside_others(holder: Any) -> bool:
    runs = [run for run in holder.iter(f"{W}r") if any((each.text or "").strip() for each in run.iter(T))]
    return any((value(child(run, "rPr"), "color") or "").upper() != "FFFFFF" for run in runs)


def notes(passed: list[Passed]) -> list[Note]:
    """What is told of text that was passed over; the marks of notes need no word."""
    telling = [each for each in _joined(passed) if each.kind != "note" and _TELLS.search(each.text)]
    made = [_told(each) for each in telling[:_MOST_TOLD]]
    if more := len(telling[_MOST_TOLD:]):
        made.append(
            Note(
                Words(
                    f"另有{more}处隐藏、白色或划掉的文字，没有作为正文读取。",
                    f"There are {more} more places with hidden, white or struck-out text, which was not read.",
                )
            )
        )
    return made


def _joined(passed: list[Passed]) -> list[Passed]:
    """Passages of several runs as one."""
    made: list[Passed] = []
    for each in passed:
        if made and made[-1].at == each.at and made[-1].kind == each.kind:
            made[-1] = each._replace(text=made[-1].text + each.text)
        else:
            made.append(each)
    return made


def _told(each: Passed) -> Note:
    what = STRUCK if each.kind == "struck" else Words("隐藏或白色的文字", "text that is hidden or white")
    return passed_over(Words("文档中", "The document"), what, each.text, Span(each.at, each.at))
