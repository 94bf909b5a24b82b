"""Lines of a terminal: text measured in cells (a Chinese character takes two), wrapped, cut and written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple, TextIO

from rich.cells import cell_len

from govlint.text.visible import visible

if TYPE_CHECKING:
    from rich.console import Console

_UNIT = re.compile(r"[0-9A-Za-z_.'-]+|\s+|\S")
"""As in ``govlint``."""
_NOT_FIRST = frozenset("，。、；：？！）》〉”’」』】〕…—·％,;:!?)]}%")
_NOT_LAST = frozenset("（《〈“‘「『【〔([{")
_NARROWEST = 12
"""Least cells beside a label; with less the label has a line of its own."""
_LONGEST = 4000
"""Most characters of one text; a document may hold a line of millions."""


class Piece(NamedTuple):
    """Text of one style; ``style`` is a Rich style, empty for plain."""

    text: str
    style: str = ""


Line = list[Piece]


def width_of(line: Iterable[Piece]) -> int:
    return sum(cell_len(piece.text) for piece in line)


def pad(text: str, cells: int, right: bool = False) -> str:
    """``text`` filled with spaces to ``cells``; ``right`` aligns it right."""
    space = " " * (cells - cell_len(text))
    return space + text if right else text + space


def head(text: str, cells: int) -> str:
    """The longest beginning of ``text`` that takes at most ``cells``."""
    if len(text) <= cells and cell_len(text) <= cells:
        return text
    taken = 0
    text = text[: 4 * cells + 4]  # combining characters take no cell: do not look through millions of them
    for at, character in enumerate(text):
        taken += cell_len(character)
        if taken > cells:
            return text[:at]
    return text


def tail(text: str, cells: int) -> str:
    """The longest end of ``text`` that takes at most ``cells``."""
    return head(text[::-1], cells)[::-1]


def cut(text: str, cells: int) -> str:
    """``text``, its end replaced by … where it takes more than ``cells``."""
    shown = head(text, cells)
    return shown if len(shown) == len(text) else head(text, max(cells - 1, 0)) + "…"


def wrap(text: str, cells: int) -> Iterator[str]:
    """Lines of at most ``cells``: Chinese breaks anywhere but before closing or after opening punctuation."""
    line, taken = "", 0
    for unit in _units(text):
        size = cell_len(unit)
        if line and taken + size > cells:
            yield line.rstrip()
            line, taken = "", 0
            unit = unit.lstrip()
            size = cell_len(unit)
        while size > cells:
            part = head(unit, cells) or unit[0]
            yield part
            unit = unit[len(part) :]
            size = cell_len(unit)
        line += unit
        taken += size
    if line.strip():
        yield line.rstrip()


def _units(text: str) -> Iterator[str]:
    """What must stay together: words of Latin letters and digits, and punctuation with what it belongs to."""
    held = ""
    for match in _UNIT.finditer(text):
        unit = match.group()
        if held and not (unit in _NOT_FIRST or held[-1] in _NOT_LAST):
            yield held
            held = ""
        held += unit
    if held:
        yield held


class Pen:
    """Writes lines to a stream, with Rich where it has colours; nothing unsafe passes."""

    def __init__(self, out: TextIO, cells: int, colour: bool) -> None:
        self.out = out
        self.cells = max(cells, 24)
        self.console = _console(out, self.cells) if colour else None

    def line(self, *pieces: Piece) -> None:
        safe = [Piece(visible(piece.text), piece.style) for piece in pieces]
        if self.console is None:
            self.out.write("".join(piece.text for piece in safe).rstrip() + "\n")
            return
        from rich.text import Text

        text = Text.assemble(*((piece.text, piece.style) for piece in safe), end="")
        text.rstrip()
        self.console.print(text, soft_wrap=True)

    def text(self, text: str, style: str = "", indent: int = 0, label: str = "") -> None:
        """``text`` wrapped; its lines hang behind ``label``, which already holds its padding."""
        hang = indent + cell_len(label)
        if label and self.cells - hang < _NARROWEST:
            self.line(Piece(" " * indent + label, "dim"))
            label, hang = "", indent + 2
            indent = hang
        lead = Piece(" " * indent + label, "dim")
        for part in wrap(visible(cut(text, _LONGEST)), self.cells - hang):
            self.line(lead, Piece(part, style))
            lead = Piece(" " * hang)


def _console(out: TextIO, cells: int) -> Console:
    from rich.console import Console

    return Console(
        file=out, width=cells, force_terminal=True, markup=False, emoji=False, highlight=False, soft_wrap=True
    )
