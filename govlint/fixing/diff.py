"""What fixes would change, as a unified diff of lines or of places."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Literal

from govlint.document import Document
from govlint.text.visible import visible

_Code = tuple[Literal["replace", "delete", "insert", "equal"], int, int, int, int]
_CONTEXT = 3
"""Unchanged lines around a change in a diff."""


def unified(before: Document, after: Document, path: str, lang: str = "zh") -> Iterator[str]:
    """A unified diff of two states of a document, line by line of its text.

    Where a format has no lines of its own, each change says where it stands (page, paragraph, table, row, column).
    """
    old, new = _lines(before.text), _lines(after.text)
    if old == new:
        return
    yield f"--- {_shown(path)}"
    yield f"+++ {_shown(path)}"
    for group in _Lines(old, new).get_grouped_opcodes(_CONTEXT):
        place = _place(before, next(code for code in group if code[0] != "equal")[1], lang)
        yield f"@@ -{_range(group[0][1], group[-1][2])} +{_range(group[0][3], group[-1][4])} @@{place}"
        for kind, low, high, new_low, new_high in group:
            for line in old[low:high]:
                yield from _marked(" " if kind == "equal" else "-", line)
            for line in new[new_low:new_high] if kind != "equal" else ():
                yield from _marked("+", line)


def _lines(text: str) -> list[str]:
    """Lines with their ends, parted at newlines alone."""
    lines = [line + "\n" for line in text.split("\n")]
    lines[-1] = lines[-1][:-1]
    return lines if lines[-1] else lines[:-1]


class _Lines(SequenceMatcher[str]):
    """Lines matched one to one where none was added or taken away, which is quick however many are alike."""

    def __init__(self, old: list[str], new: list[str]) -> None:
        self._old, self._new = old, new
        super().__init__(None, *(([], []) if len(old) == len(new) else (old, new)), autojunk=False)

    def get_opcodes(self) -> list[_Code]:
        if len(self._old) != len(self._new):
            return list(super().get_opcodes())
        codes: list[_Code] = []
        for at, (one, other) in enumerate(zip(self._old, self._new, strict=True)):
            kind: Literal["equal", "replace"] = "equal" if one == other else "replace"
            start = codes.pop()[1] if codes and codes[-1][0] == kind else at
            codes.append((kind, start, at + 1, start, at + 1))
        return codes


def _marked(mark: str, line: str) -> Iterator[str]:
    yield mark + _shown(line.removesuffix("\n"))
    if not line.endswith("\n"):
        yield "\\ No newline at end of file"


def _range(low: int, high: int) -> str:
    count = high - low
    start = low + 1 if count else low
    return f"{start}" if count == 1 else f"{start},{count}"


def _place(document: Document, line: int, lang: str) -> str:
    if not document.origins:
        return ""
    origin = document.origin(document.line_span(min(line, document.text.count("\n")) + 1).start)
    return f" {origin.describe().say(lang)}" if origin else ""


def _shown(line: str) -> str:
    """A line that may go to a terminal: tabs stay, other controls are named."""
    return "\t".join(visible(part) for part in line.split("\t"))
