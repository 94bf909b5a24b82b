"""Text of a Word document that is there and does not count: hidden, white on white, struck out, the mark of a note."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Literal, NamedTuple

from govlint.document import Note, Span, Words
from govlint.readers.office.word_xml import PPR, RPR, TBL, P, T, W, child, is_on, value
from govlint.readers.passed_over import STRUCK, passed_over
from govlint.text.remarks import raised_mark

Unseen = Literal["hidden", "struck", "note", "raised", ""]
"""Why text does not count; what is ``raised`` counts, as the mark of a note."""
_SIGNS = (
    b"vanish",
    b"strike",
    b'script"',
    b"background1",
    b":position ",
    b"noFill",
    *(b':sz w:val="%d"' % n for n in range(1, 6)),
)
_PALE = re.compile(rb'"F[0-9A-F]F[0-9A-F]F[0-9A-F]"', re.IGNORECASE)
"""As in ``"FFFFFF"``."""
_TC, _BOX = f"{W}tc", f"{W}txbxContent"
_CELL = {PPR, f"{W}tcPr", f"{W}tblPr", RPR}
_PLAIN_TABLES = ("", "TableGrid", "TableNormal")
_MOST_TOLD = 5
Look = Literal["struck", "raised", "white", "hidden", ""]
_LOOKS = ("strike", "dstrike", "vertAlign", "position", "color", "sz")
_FILL, _NO_FILL = (
    f"{{http://schemas.microsoft.com/office/word/2010/wordml}}{name}" for name in ("textFill", "noFill")
)
_WHITE = re.compile("(?:[Ff][0-9A-Fa-f]){3}")
"""As in ``FEFEFE``: nobody tells it from the paper."""
_SHIFTED, _TINY = 2.0, 3.0
"""Points by which a mark is raised or lowered, and of type that nobody reads."""
_TELLS = re.compile(r"[0-9\u4e00-\u9fff]")
"""As in ``7``."""


def may_hide(source: bytes) -> bool:
    """Whether there is anything in a part without which all its text counts."""
    if any(sign in source for sign in _SIGNS):
        return True
    colored = b':color w:val="F' in source or b':color w:val="f' in source
    return colored and _PALE.search(source) is not None


class Passed(NamedTuple):
    """Text that was passed over, and where in the text it would stand."""

    at: int
    text: str
    kind: Unseen


def look_of(props: Any) -> Look:
    """What run properties, a run's own or a style's, do to the words of it."""
    if is_on(props, "strike") or is_on(props, "dstrike"):
        return "struck"
    if (
        value(props, "vertAlign") in ("superscript", "subscript")
        or _points(value(props, "position")) >= _SHIFTED
    ):
        return "raised"
    fill = next(props.iterchildren(_FILL), None)
    if (fill is not None and next(fill.iterchildren(_NO_FILL), None) is not None) or (
        0 < _points(value(props, "sz")) < _TINY
    ):
        return "hidden"
    color = child(props, "color")
    return "white" if color is not None and _is_white(color) else ""


def unseen(props: Any, in_cell: bool, of_style: Callable[[str | None], Look]) -> Unseen:
    """Why the text of a run with these properties does not count; empty where it does."""
    look = look_of(props)
    if not look and not any(child(props, name) is not None for name in _LOOKS):
        look = of_style(value(props, "rStyle"))
    run = props.getparent()
    if look == "raised":
        mark = raised_mark("".join(each.text or "" for each in run.iterchildren(T)))
        if not in_cell or mark is None or not _is_beside_words(run):
            return ""
        return "raised" if mark else "note"
    if look == "white":
        return "hidden" if _is_on_white(run) else ""
    return look


def _points(half_points: str | None) -> float:
    written = (half_points or "").removeprefix("-")
    return int(written) / 2 if written.isdecimal() and len(written) < 6 else 0.0


def _is_white(color: Any) -> bool:
    theme = color.get(f"{W}themeColor")
    if theme is not None:
        return theme in ("background1", "light1") and color.get(f"{W}themeShade") is None
    return _WHITE.fullmatch(color.get(f"{W}val") or "") is not None


def _is_beside_words(run: Any) -> bool:
    """Whether a run that is smaller, or only raised or lowered beside others that are not, may be a mark."""
    if value(child(run, "rPr"), "position") is None:
        return True
    paragraph = next(run.iterancestors(P), None)
    others = paragraph.iter(f"{W}r") if paragraph is not None else ()
    return any(
        "".join(each.text or "" for each in other.iterchildren(T)).strip()
        for other in others
        if other is not run and (child(other, "rPr") is None or look_of(child(other, "rPr")) != "raised")
    )


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
    colors = (child(child(run, "rPr"), "color") if child(run, "rPr") is not None else None for run in runs)
    return any(color is None or not _is_white(color) for color in colors)


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
