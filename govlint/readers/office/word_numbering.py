"""Automatic numbering of Word paragraphs: the ``一、`` that stands in no text run."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from msgspec import Struct, field

from govlint.readers.office.word_seen import Look, look_of
from govlint.readers.office.word_xml import VAL, W, child, is_on, value

_LONGEST = 60
"""Characters of the words around a number."""
_LOST = re.compile(r"^(%\d)\?$")
"""As in ``%1?``: LibreOffice loses the mark that RTF puts behind a number."""
_DEPTH = 20
"""Styles based on styles that are followed."""


# Styles

_USED = re.compile(rb"""Style\s[^>]{0,80}?val=["']([^"'>]{1,255})""")
"""As in ``pStyle w:val="1"``."""
_STYLE_ID = re.compile(rb"""styleId=["']([^"'>]{1,255})""")
"""As in ``styleId="1"``."""
_BASED_ON = re.compile(rb"""basedOn\s[^>]{0,80}?val=["']([^"'>]{1,255})""")
"""As in ``basedOn w:val="1"``."""


def used_styles(data: bytes, source: bytes) -> bytes:
    """The XML of styles with only the default ones and those that ``source`` uses: mostly a tenth of it."""
    head, *rest = data.split(b"<w:style ")
    root = head.find(b">", head.find(b"<w:styles"))
    found: dict[bytes, bytes] = {}
    wanted = _USED.findall(source)
    for chunk in rest:
        if (name := _STYLE_ID.search(chunk)) is None:
            return data
        found[name[1]] = chunk
        if b"default=" in chunk[:200]:
            wanted.append(name[1])
    if not found or root < 0:
        return data
    chosen: list[bytes] = []
    while wanted:
        chunk = found.pop(wanted.pop(), b"")
        if chunk:
            end = chunk.find(b"</w:style>")
            style = chunk[:end] + b"</w:style>" if end >= 0 else chunk[: chunk.find(b">") + 1]
            chosen.append(b"<w:style " + style)
            if base := _BASED_ON.search(style):
                wanted.append(base[1])
    return head[: root + 1] + b"".join(chosen) + b"</w:styles>"


class Style(Struct):
    based_on: str | None
    numbering: str | None
    level: str | None
    hidden: bool | None
    look: Look


class Styles:
    """What styles say of numbering and of hidden text."""

    def __init__(self, root: Any) -> None:
        self._styles: dict[str, Style] = {}
        self.default: str | None = None
        for each in root.iter(f"{W}style") if root is not None else ():
            name = each.get(f"{W}styleId") or ""
            props = each.find(f"{W}pPr")
            self._styles[name] = Style(
                value(each, "basedOn"),
                value(props, "numPr", "numId"),
                value(props, "numPr", "ilvl"),
                is_on(each.find(f"{W}rPr"), "vanish"),
                look_of(looks) if (looks := each.find(f"{W}rPr")) is not None else "",
            )
            if each.get(f"{W}type") == "paragraph" and each.get(f"{W}default") in ("1", "true", "on"):
                self.default = name

    def _chain(self, name: str | None) -> Iterator[tuple[str, Style]]:
        for _ in range(_DEPTH):
            style = self._styles.get(name or "")
            if style is None or name is None:
                return
            yield name, style
            name = style.based_on

    def hidden(self, name: str | None) -> bool:
        return next((style.hidden for _, style in self._chain(name) if style.hidden is not None), False)

    def look(self, name: str | None) -> Look:
        return next((style.look for _, style in self._chain(name) if style.look), "")

    def numbering(self, name: str | None) -> tuple[str | None, str | None, str | None]:
        """(numbering, level, the style that states it) of a paragraph style or one that it is based on."""
        for found, style in self._chain(name or self.default):
            if style.numbering is not None:
                return style.numbering, style.level, found
        return None, None, None


# Numbers in words

_DIGITS = "零一二三四五六七八九"
_FORMAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"


def han(number: int, digits: str = _DIGITS, units: str = "十百千", leading: bool = False) -> str:
    """A number below ten thousand in words: 十一, 二十, 一百零三. ``leading``: 一十 for ten."""
    if not 0 < number < 10_000:
        return digits[0] if number == 0 else str(number)
    words, gap = "", False
    for place in (3, 2, 1, 0):
        digit = number // 10**place % 10
        if digit == 0:
            gap = gap or bool(words)
            continue
        words += (digits[0] if gap else "") + digits[digit] + (units[place - 1] if place else "")
        gap = False
    return words[1:] if 10 <= number < 20 and not leading else words


def _roman(number: int) -> str:
    words = ""
    pairs = zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"),
        strict=True,
    )
    for amount, sign in pairs:
        count, number = divmod(min(number, 10_000), amount)
        words += sign * count
    return words


def _letter(number: int) -> str:
    return chr(ord("a") + (number - 1) % 26) * min((number - 1) // 26 + 1, 20) if number > 0 else ""


def _cycle(signs: str) -> Callable[[int], str]:
    return lambda number: signs[(number - 1) % len(signs)]


def _enclosed(first: int, count: int) -> Callable[[int], str]:
    """Signs that Unicode has for the first few numbers only."""
    return lambda number: chr(first + number - 1) if 1 <= number <= count else str(number)


def _full_width(number: int) -> str:
    return str(number).translate({ord("0") + n: chr(0xFF10 + n) for n in range(10)})


def _digital(number: int) -> str:
    return "".join("〇一二三四五六七八九"[int(digit)] for digit in str(number))


def _counting(number: int) -> str:
    return han(number) if number < 100 else _digital(number)


def _formal(number: int) -> str:
    return han(number, _FORMAL, "拾佰仟", leading=True)


FORMATS: dict[str, Callable[[int], str]] = {
    "chineseCounting": _counting,
    "taiwaneseCounting": _counting,
    "chineseCountingThousand": han,
    "taiwaneseCountingThousand": han,
    "japaneseCounting": han,
    "koreanCounting": han,
    "ideographDigital": _digital,
    "japaneseDigitalTenThousand": _digital,
    "taiwaneseDigital": _digital,
    "chineseLegalSimplified": _formal,
    "japaneseLegal": _formal,
    "ideographLegalTraditional": _formal,
    "ideographTraditional": _cycle(_STEMS),
    "ideographZodiac": _cycle(_BRANCHES),
    "ideographZodiacTraditional": lambda number: _cycle(_STEMS)(number) + _cycle(_BRANCHES)(number),
    "decimalFullWidth": _full_width,
    "decimalFullWidth2": _full_width,
    "decimalZero": lambda number: f"{number:02}",
    "lowerLetter": _letter,
    "upperLetter": lambda number: _letter(number).upper(),
    "lowerRoman": lambda number: _roman(number).lower(),
    "upperRoman": _roman,
    "decimalEnclosedCircle": _enclosed(0x2460, 20),
    "decimalEnclosedCircleChinese": _enclosed(0x2460, 20),
    "decimalEnclosedParen": _enclosed(0x2474, 20),
    "decimalEnclosedFullstop": _enclosed(0x2488, 20),
    "ideographEnclosedCircle": _enclosed(0x3280, 10),
    "ideographParenthesized": _enclosed(0x3220, 10),
    "none": lambda number: "",
}


# Lists


class _Level(Struct):
    start: int = 1
    format: str = "decimal"
    text: str = ""
    legal: bool = False
    restart: int | None = None
    suffix: str = "tab"

    def shown(self, number: int, legal: bool) -> str:
        return str(number) if legal else FORMATS.get(self.format, str)(number)


class _List(Struct):
    """A numbering as paragraphs refer to it; those of one abstract numbering go on counting together."""

    abstract: str
    levels: dict[int, _Level]
    by_style: dict[str, int]
    starts: dict[int, int] = field(default_factory=dict)
    """Levels at which this numbering begins anew, and with what."""


def _whole(text: str | None, default: int) -> int:
    try:
        return max(-32768, min(int(text or default), 1_000_000))
    except ValueError:
        return default


def _format(level: Any) -> str:
    """The number format; a custom one stands in an alternative whose fallback every program knows."""
    found = [each.get(VAL) for each in level.iter(f"{W}numFmt")]
    return next((each for each in reversed(found) if each and each != "custom"), "decimal")


def _level(element: Any) -> _Level:
    restart = value(element, "lvlRestart")
    return _Level(
        _whole(value(element, "start"), 1) if element.find(f"{W}start") is not None else 0,
        _format(element),
        _LOST.sub(r"\1、", (value(element, "lvlText") or "")[:_LONGEST]),
        bool(is_on(element, "isLgl")),
        None if restart is None else _whole(restart, 0),
        value(element, "suff") or "tab",
    )


class Numbering:
    """Counts the numbered paragraphs as they come, and gives the words that Word shows before each."""

    def __init__(self, root: Any, styles: Styles) -> None:
        self._root, self._styles = root, styles
        self._lists: dict[str, _List | None] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[str] = set()
        self._of_style: dict[str | None, tuple[str | None, str | None, str | None]] = {}
        self._abstract: dict[str, Any] = {}
        self._numbers: dict[str, Any] = {}
        self._by_link: dict[str, Any] = {}
        if root is not None:
            self._numbers = {each.get(f"{W}numId"): each for each in root.iter(f"{W}num")}
            for each in root.iter(f"{W}abstractNum"):
                self._abstract[each.get(f"{W}abstractNumId")] = each
                if link := value(each, "styleLink"):
                    self._by_link[link] = each

    @property
    def active(self) -> bool:
        return bool(self._numbers)

    def label(self, props: Any) -> str:
        """The number of the next paragraph, given its ``w:pPr`` (or None); empty where it has none."""
        style = number = level = stated = None
        if props is not None:
            style = value(props, "pStyle")
            own = child(props, "numPr")
            if own is not None:
                number, level = value(own, "numId"), value(own, "ilvl")
        if number is None:
            if style not in self._of_style:
                self._of_style[style] = self._styles.numbering(style)
            number, inherited, stated = self._of_style[style]
            level = level if level is not None else inherited
        if number is None or number == "0":
            return ""
        if number not in self._lists:
            self._lists[number] = self._load(number)
        chosen = self._lists[number]
        if chosen is None:
            return ""
        if stated is not None and stated in chosen.by_style:
            depth = chosen.by_style[stated]
        elif level is None and style in chosen.by_style:
            depth = chosen.by_style[style]
        else:
            depth = _whole(level, 0)
        return self._count(number, chosen, max(0, min(depth, 8)))

    def _count(self, number: str, chosen: _List, depth: int) -> str:
        counts = self._counts.setdefault(chosen.abstract, {})
        if number not in self._begun:
            self._begun.add(number)
            for level in chosen.starts:
                counts.pop(level, None)
        here = chosen.levels.get(depth)
        if here is None:
            return ""
        start = chosen.starts.get(depth, here.start)
        counts[depth] = counts[depth] + 1 if depth in counts else start
        for level in [each for each in counts if each > depth]:
            spec = chosen.levels.get(level)
            restart = spec.restart if spec else None
            if restart is None or (restart and depth < restart):
                del counts[level]
        if here.format == "bullet":
            return ""
        text = here.text
        for level in range(depth + 1):
            sign = f"%{level + 1}"
            if sign in text:
                spec = chosen.levels.get(level, _Level())
                current = counts.get(level, chosen.starts.get(level, spec.start))
                text = text.replace(sign, spec.shown(current, here.legal))
        parted = here.suffix == "nothing" or not (text and text[-1].isascii() and text[-1].isalnum())
        return text if parted else text + " "

    def _load(self, number: str) -> _List | None:
        element = self._numbers.get(number)
        abstract = self._resolve(element)
        if element is None or abstract is None:
            return None
        levels: dict[int, _Level] = {}
        by_style: dict[str, int] = {}
        starts: dict[int, int] = {}

        def take(each: Any) -> None:
            depth = _whole(each.get(f"{W}ilvl"), 0)
            levels[depth] = _level(each)
            if linked := value(each, "pStyle"):
                by_style[linked] = depth

        for each in abstract.iterchildren(f"{W}lvl"):
            take(each)
        for override in element.iterchildren(f"{W}lvlOverride"):
            depth = _whole(override.get(f"{W}ilvl"), 0)
            for each in override.iterchildren(f"{W}lvl"):
                take(each)
                starts[depth] = levels[depth].start
            if (start := value(override, "startOverride")) is not None:
                starts[depth] = _whole(start, 1)
        return _List(abstract.get(f"{W}abstractNumId") or "", levels, by_style, starts)

    def _resolve(self, element: Any) -> Any:
        """The abstract numbering of a numbering, through a numbering style where it only names one."""
        abstract = self._abstract.get(value(element, "abstractNumId") or "")
        link = value(abstract, "numStyleLink")
        return abstract if link is None else self._by_link.get(link, abstract)
