"""What cells of a sheet show of their values: number formats that round, scale or hide, words struck out or white."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any, Literal, NamedTuple

from govlint.text.remarks import raised_mark

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_STYLED = re.compile(rb'\ss="(\d{1,6})"')
"""As in `` s="3"``."""
_PLAIN = frozenset(("General", "general", "@", "G/通用格式"))
_WHOLE = frozenset(("0", "#,##0", "0_ ", "#,##0_ ", "0_);[Red]\\(0\\)"))
"""Formats that show a whole number as it is."""
_FRACTION = re.compile(rb"<v>-?\d*(?:\.\d|\d[eE]-)")
"""As in ``<v>1.5``."""
_BUILT_IN = {
    1: "0",
    3: "#,##0",
    2: "0.00",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    37: "#,##0",
    38: "#,##0",
    39: "#,##0.00",
    40: "#,##0.00",
}
_LITERAL = re.compile(r'"([^"]*)"|[\\!](.)|_.|\*.')
"""As in ``"件"``."""
_BRACKETS = re.compile(r"\[[^\]]{0,60}\]")
"""As in ``[Red]``."""
_WORKED = re.compile(r"[ymdhsaeg/?]", re.IGNORECASE)
"""Of dates, powers and fractions, which are shown in other ways: ``yyyy``."""
_NUMBER = re.compile(r"[\d.]+")
"""As in ``1.5``."""
_STRUCK = re.compile(
    rb"<r>\s*<rPr>(?:(?!</rPr>).){0,900}?<strike(?: val=\"(?:1|true)\")?\s*/>(?:(?!</rPr>).){0,900}</rPr>\s*<t[^>]*>([^<]*)</t>\s*</r>",
    re.DOTALL,
)
"""As in ``<r><rPr><strike/></rPr><t>7</t></r>``."""
_RAISED = re.compile(
    rb"(<r>\s*<rPr>(?:(?!</rPr>).){0,900}?<vertAlign val=\"su(?:b|per)script\"\s*/>(?:(?!</rPr>).){0,900}</rPr>"
    rb"\s*<t[^>]*>)([^<]{1,40})(?=</t>\s*</r>)",
    re.DOTALL,
)
"""As in ``<r><rPr><vertAlign val="superscript"/></rPr><t>1</t></r>``: the mark of a note."""
Look = Literal["struck", "white", "raised", ""]


class Style(NamedTuple):
    """How the cells of a style look: the format of their numbers, and whether their words are to be seen."""

    code: str
    look: Look


class Shown(NamedTuple):
    """What of a sheet is shown otherwise than it is stored: places by what becomes of them."""

    otherwise: Sequence[tuple[int, int, str, str]]
    """Row, column, what is stored, what is shown."""
    nothing: Sequence[tuple[int, int]]
    """Noughts that are shown as a blank or a dash."""
    struck: Sequence[str]
    unseen: Sequence[str]


SAME = Shown((), (), (), ())


def read_styles(root: Any) -> dict[int, Style]:
    """The styles of cells, by number, that show a value in another way than it is stored; ``root`` is that of styles."""
    codes = {
        int(each.get("numFmtId") or 0): each.get("formatCode") or "" for each in root.iter(f"{_MAIN}numFmt")
    }
    fonts = [_look(each) for holder in root.iterchildren(f"{_MAIN}fonts") for each in holder]
    filled = [_is_filled(each) for holder in root.iterchildren(f"{_MAIN}fills") for each in holder]
    found: dict[int, Style] = {}
    formats = (
        each for holder in root.iterchildren(f"{_MAIN}cellXfs") for each in holder.iterchildren(f"{_MAIN}xf")
    )
    for number, each in enumerate(formats):
        format_, font, fill = (_whole(each.get(name)) for name in ("numFmtId", "fontId", "fillId"))
        code = codes.get(format_, _BUILT_IN.get(format_, ""))
        look: Look = fonts[font] if font < len(fonts) else ""
        if look == "white" and fill < len(filled) and filled[fill]:
            look = ""
        if look or (code and code not in _PLAIN):
            found[number] = Style(code, look)
    return found


def _whole(written: str | None) -> int:
    return int(written) if written and written.isdecimal() and len(written) < 8 else 0


def _look(font: Any) -> Look:
    strike = font.find(f"{_MAIN}strike")
    if strike is not None and strike.get("val", "1") not in ("0", "false"):
        return "struck"
    raised = font.find(f"{_MAIN}vertAlign")
    if raised is not None and raised.get("val") in ("superscript", "subscript"):
        return "raised"
    color = font.find(f"{_MAIN}color")
    if color is None:
        return ""
    white = (color.get("rgb") or "").upper().endswith("FFFFFF") or (
        color.get("theme") == "0" and not color.get("tint")
    )
    return "white" if white else ""


def _is_filled(fill: Any) -> bool:
    pattern = fill.find(f"{_MAIN}patternFill")
    return fill.find(f"{_MAIN}gradientFill") is not None or (
        pattern is not None and pattern.get("patternType") not in (None, "none")
    )


def apply(rows: dict[int, list[str]], root: Any, styles: Mapping[int, Style]) -> Shown:
    """Put what is shown in the place of what is stored; ``root`` is that of the sheet."""
    otherwise: list[tuple[int, int, str, str]] = []
    nothing: list[tuple[int, int]] = []
    passed: dict[str, list[str]] = {"struck": [], "white": []}
    for row, column, style, number in _styled(root, styles):
        texts = rows.get(row, [])
        stored = texts[column - 1] if column <= len(texts) else ""
        if not stored:
            continue
        if style.look == "raised":
            texts[column - 1] = raised_mark(stored) or stored
            continue
        if style.look:
            passed[style.look].append(stored)
            texts[column - 1] = ""
            continue
        seen = shown(stored, style.code) if number else None
        if seen is None or seen == stored:
            continue
        if not any(char.isdigit() for char in seen):
            if Decimal(stored) == 0:
                nothing.append((row, column))
            else:
                passed["white"].append(stored)
                texts[column - 1] = ""
        elif not _is_equal(stored, seen):
            otherwise.append((row, column, stored, seen))
            texts[column - 1] = seen
    return Shown(otherwise, nothing, passed["struck"], passed["white"])


def uses(content: bytes, styles: Mapping[int, Style]) -> bool:
    """Whether cells of a sheet have such a style, and values that it does not show as they are."""
    telling = {number for number, style in styles.items() if style.look or style.code not in _WHOLE}
    if styles and len(telling) < len(styles) and _FRACTION.search(content):
        telling = set(styles)
    return bool(telling) and not telling.isdisjoint(map(int, set(_STYLED.findall(content))))


def _styled(root: Any, styles: Mapping[int, Style]) -> Iterator[tuple[int, int, Style, bool]]:
    from govlint.readers.office.sheet_marks import place_of

    for cell in root.iter(f"{_MAIN}c"):
        style = styles.get(_whole(cell.get("s")) if cell.get("s") else -1)
        place = place_of(cell) if style is not None else None
        if style is not None and place is not None:
            yield *place, style, cell.get("t", "n") == "n"


def _is_equal(stored: str, seen: str) -> bool:
    written = seen.replace(",", "")
    numbers = _NUMBER.findall(written)
    if "%" in written or len(numbers) != 1:
        return False
    try:
        return abs(Decimal(numbers[0]) - abs(Decimal(stored))) <= Decimal("1e-9")
    except InvalidOperation:
        return False


def shown(stored: str, code: str) -> str | None:
    """A number as a format shows it; None where that is not told here, as for dates and formats with conditions."""
    try:
        value = Decimal(stored)
    except InvalidOperation:
        return None
    sections = _sections(code)
    if sections is None:
        return None
    at = 1 if value < 0 and len(sections) > 1 else 2 if value == 0 and len(sections) > 2 else 0
    section = sections[at] if at < len(sections) else sections[0]
    if not section:
        return ""
    parts = _parts(section)
    if parts is None:
        return None
    whole = "".join(sign for sign, literal in parts if not literal)
    digits = whole.replace(",", "").replace("%", "")
    if not set(digits) <= set("0#. +-()（）¥￥") or digits.count(".") > 1:
        return None
    scaled = (
        value.copy_abs()
        * 100 ** whole.count("%")
        / 1000 ** (len(whole.rstrip("%. ")) - len(whole.rstrip("%. ").rstrip(",")))
    )
    places = digits.partition(".")[2].count("0") + digits.partition(".")[2].count("#")
    least = digits.partition(".")[2].count("0")
    rounded = scaled.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    if rounded == 0 and "0" not in digits:
        return "".join(sign for sign, literal in parts if literal)
    minus = "-" if value < 0 and at == 0 and rounded else ""
    return minus + _filled(parts, format(rounded, "f"), places, least)


def _sections(code: str) -> list[str] | None:
    """The parts of a format for positive, negative and nought; None where they go by conditions."""
    if any(re.match(r"\[[<>=]", each) or "DBNum" in each for each in _BRACKETS.findall(code)):
        return None
    parts: list[str] = [""]
    quoted = False
    for char in _BRACKETS.sub("", code):
        quoted ^= char == '"'
        if char == ";" and not quoted:
            parts.append("")
        else:
            parts[-1] += char
    return parts


def _parts(section: str) -> list[tuple[str, bool]] | None:
    """The signs of a section, each with whether it stands for itself; None for dates and the like."""
    parts: list[tuple[str, bool]] = []
    at = 0
    while at < len(section):
        if match := _LITERAL.match(section, at):
            parts += [(char, True) for char in match[1] or match[2] or ""]
            at = match.end()
            continue
        if _WORKED.match(section[at]) or section.startswith("General", at):
            return None
        parts.append((section[at], section[at] not in "0#.,%"))
        at += 1
    return parts


def _filled(parts: Sequence[tuple[str, bool]], number: str, places: int, least: int) -> str:
    """The digits of a number in the places of a format, from the point outwards."""
    whole, _, fraction = number.partition(".")
    fraction = fraction[:least] + fraction[least:].rstrip("0")
    point = next((at for at, (sign, literal) in enumerate(parts) if sign == "." and not literal), len(parts))
    digits = list(whole)
    first = next(
        (at for at, (sign, literal) in enumerate(parts[:point]) if not literal and sign in "0#"), None
    )
    left: list[str] = []
    for at in range(point - 1, -1, -1):
        sign, literal = parts[at]
        if literal or sign == "%":
            left.append(sign)
        elif sign in "0#":
            if digits and not (digits == ["0"] and sign == "#"):
                left.append(digits.pop())
            if at == first:
                left += reversed(digits)
    tail = "".join(sign for sign, literal in parts[point + 1 :] if literal or sign == "%")
    return "".join(reversed(left)) + (f".{fraction}" if fraction else "") + tail


def without_marks(content: bytes, struck: list[str]) -> bytes:
    """A part without the words of a cell that are struck out beside others, which are told; its marks of notes as such."""
    if b"<strike" in content and b"<r>" in content:
        struck += [match[1].decode("utf-8", "replace") for match in _STRUCK.finditer(content)]
        content = _STRUCK.sub(b"", content)
    return _RAISED.sub(_as_mark, content) if b'script"' in content else content


def _as_mark(run: re.Match[bytes]) -> bytes:
    mark = raised_mark(run[2].decode("utf-8", "replace"))
    return run[0] if mark is None else run[1] + mark.encode()
