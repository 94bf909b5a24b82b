"""Styles of an OpenDocument text: what they hide, and how they number lists and headings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import Struct, field

from govlint.readers.office.word_numbering import FORMATS

_NS = "urn:oasis:names:tc:opendocument:xmlns:"
OFFICE, TEXT, TABLE, DRAW, STYLE = (
    f"{{{_NS}{name}:1.0}}" for name in ("office", "text", "table", "drawing", "style")
)
SVG = f"{{{_NS}svg-compatible:1.0}}"
FO = f"{{{_NS}xsl-fo-compatible:1.0}}"
_DEEPEST = 20
_POINTS = re.compile(r"(\d{1,4}(?:\.\d{1,4})?)pt")
"""As in ``10.5pt``."""
_TINY = 3.0
_WHITE = re.compile("#(?:[Ff][0-9A-Fa-f]){3}")
"""As in ``#fefefe``."""
_KINDS = {
    "1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman", "一": "chineseCounting",
    "壹": "chineseLegalSimplified", "甲": "ideographTraditional", "子": "ideographZodiac", "①": "decimalEnclosedCircle",
    "１": "decimalFullWidth",
}  # fmt: skip
"""The first sign of ``style:num-format`` to the format of that name in Word."""


class _Level(Struct):
    format: str = ""
    prefix: str = ""
    suffix: str = ""
    start: int = 1
    shown: int = 1
    """How many levels the number shows, its own the last."""

    def number(self, value: int) -> str:
        return FORMATS.get(_KINDS.get(self.format[:1], ""), str)(value)


class Counter(Struct):
    """The numbers that a list has given."""

    levels: Mapping[int, _Level]
    counts: dict[int, int] = field(default_factory=dict)

    def next(self, depth: int, start: int | None = None) -> str:
        """The label of the next item at a depth, from 1; empty where the list has bullets or nothing."""
        here = self.levels.get(depth)
        for deeper in [level for level in self.counts if level > depth]:
            del self.counts[deeper]
        if here is None or not here.format:
            return ""
        first = here.start if start is None else start
        self.counts[depth] = (
            first if start is not None or depth not in self.counts else self.counts[depth] + 1
        )
        shown = range(max(1, depth - here.shown + 1), depth + 1)
        numbers = [
            self.levels[level].number(self.counts.get(level, 1)) for level in shown if level in self.levels
        ]
        return here.prefix + ".".join(numbers) + here.suffix


class Styles:
    def __init__(self, roots: Iterable[Any]) -> None:
        self._styles: dict[tuple[str, str], Any] = {}
        self._lists: dict[str, dict[int, _Level]] = {}
        self.outline: dict[int, _Level] = {}
        for root in roots:
            for style in root.iter(f"{STYLE}style"):
                self._styles[style.get(f"{STYLE}family") or "", style.get(f"{STYLE}name") or ""] = style
            for listed in root.iter(f"{TEXT}list-style"):
                self._lists[listed.get(f"{STYLE}name") or ""] = _levels(listed)
            for outline in root.iter(f"{TEXT}outline-style"):
                self.outline = _levels(outline)

    def levels(self, name: str | None) -> Mapping[int, _Level]:
        """How a list style numbers, by depth from 1."""
        return self._lists.get(name or "", {})

    def list_of(self, paragraph: str | None) -> str | None:
        """The list style that a paragraph style numbers by."""
        for style in self._chain("paragraph", paragraph):
            if (name := style.get(f"{STYLE}list-style-name")) is not None:
                return name or None
        return None

    def hides(self, family: str, name: str | None) -> bool:
        for style in self._chain(family, name):
            for properties in style.iterchildren(f"{STYLE}text-properties"):
                if (shown := properties.get(f"{TEXT}display")) is not None:
                    return bool(shown == "none")
        return False

    def looks(self, name: str | None) -> str:
        """``struck``, ``raised`` (or lowered), ``white`` or ``hidden`` where a style of text says so."""
        found: dict[str, str] = {}
        for style in self._chain("text", name):
            for properties in style.iterchildren(f"{STYLE}text-properties"):
                for key, stated in properties.items():
                    found.setdefault(key.rpartition("}")[2], stated)
        lines = found.get("text-line-through-style", found.get("text-line-through-type", "none"))
        if lines != "none":
            return "struck"
        place = found.get("text-position", "").partition(" ")[0]
        if place in ("super", "sub") or place.strip("-%") not in ("", "0"):
            return "raised"
        size = _POINTS.fullmatch(found.get("font-size", ""))
        if found.get("opacity") == "0%" or (size is not None and float(size[1]) < _TINY):
            return "hidden"
        return "white" if _WHITE.fullmatch(found.get("color", "")) else ""

    def has_ground(self, element: Any) -> bool:
        """Whether anything around an element gives it a colour of its own, on which white is seen."""
        for holder in (element, *element.iterancestors()):
            for key, name in holder.items():
                if not key.endswith("}style-name"):
                    continue
                for family in ("text", "paragraph", "table-cell", "table-row", "table", "graphic"):
                    for style in self._chain(family, name):
                        grounds = (
                            each.get(f"{FO}background-color") or each.get(f"{DRAW}fill-color")
                            for each in style
                        )
                        if any(ground not in (None, "transparent", "#ffffff") for ground in grounds):
                            return True
        return False

    def _chain(self, family: str, name: str | None) -> Iterable[Any]:
        for _ in range(_DEEPEST):
            style = self._styles.get((family, name or ""))
            if style is None:
                return
            yield style
            name = style.get(f"{STYLE}parent-style-name")


def _levels(listed: Any) -> dict[int, _Level]:
    found: dict[int, _Level] = {}
    for level in listed:
        depth = whole(level.get(f"{TEXT}level"), 1)
        format_ = level.get(f"{STYLE}num-format") or "" if "bullet" not in str(level.tag) else ""
        found[depth] = _Level(
            format_,
            level.get(f"{STYLE}num-prefix") or "",
            level.get(f"{STYLE}num-suffix") or "",
            whole(level.get(f"{TEXT}start-value"), 1),
            whole(level.get(f"{TEXT}display-levels"), 1),
        )
    return found


def whole(text: str | None, default: int) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 10 else default
