"""What stands behind the label of a row that holds words: text, or boxes of which some are ticked."""

from __future__ import annotations

import re
from collections.abc import Sequence

from govlint.document import Span
from govlint.parsing.row_values import Figures, Part, cell_of
from govlint.text.furniture import end_of_report

_EDGES = " \n\r|\x1f:"
_BORDER = re.compile(r"[|\x1f]")
_LINE = re.compile(r"\n")
"""As in ``\n``."""
_BELOW = re.compile(
    r"[。;]|填[表报]|制表|审[核批签]|负责人|经办|联系|电话|单位|日期|时间|说明|备注|[注附](?=[:件])"
)
"""What stands below a form: ``填表人``."""
_LONGEST = 100
"""Characters of a line that a cell goes on with."""
EMPTY_BOXES = "□☐○◯"
TICKED_BOXES = "☑☒■√✓✔●◉"
BOXES = frozenset(EMPTY_BOXES + TICKED_BOXES)
_MARKED = re.compile(f"[{EMPTY_BOXES}{TICKED_BOXES}]")


def read_words(source: str, folded: str, gap: Span, last: bool, kinds: Sequence[str]) -> Figures:
    """What stands behind the label of a row that holds words; ``last``: no label follows.

    One cell holds all of it, several are parted by borders, or by lines where there are none.
    """
    start, end = gap
    if last:
        end = _end_of_words(folded, start, end, len(kinds))
    if len(kinds) == 1:
        return Figures([_words(source, folded, start, end)])
    border = _BORDER if _BORDER.search(folded, start, end) else _LINE
    while start < end and folded[start] in _EDGES:
        start += 1
    while end > start and folded[end - 1] in " \n\r":
        end -= 1
    ends = [*(match.start() for match in border.finditer(folded, start, end)), end]
    starts = [start, *(at + 1 for at in ends[:-1])]
    parts = [_words(source, folded, *span) for span in zip(starts, ends, strict=True)]
    while len(parts) > len(kinds) and parts[-1].kind == "blank":  # the border of what follows
        parts.pop()
    for index, (part, kind) in enumerate(zip(parts, kinds, strict=False)):
        if part.kind == "text" and kind not in ("WORDS", "CHOICE"):
            parts[index] = cell_of(folded[part.span.start : part.span.end], part.span)
    return Figures(parts, bordered=True)


def _words(source: str, folded: str, start: int, end: int) -> Part:
    while start < end and folded[start] in _EDGES:
        start += 1
    while end > start and folded[end - 1] in _EDGES:
        end -= 1
    text = source[start:end]
    return Part(text, Span(start, end), "text" if text else "blank")


def _end_of_words(folded: str, start: int, end: int, cells: int) -> int:
    """The end of the line, or of one line a cell, and of the lines behind it that go on with boxes."""
    at = start
    while at < end and folded[at] in _EDGES[:1] + "|\x1f:":
        at += 1
    if at < end and folded[at] == "\n" and cells > 1:
        for _ in range(cells):
            at = _line_end(folded, at + 1, end)
    else:
        at = _line_end(folded, at, end)
        if cells == 1 and not folded[start:at].strip(_EDGES) and len(_BORDER.findall(folded, start, at)) < 2:
            at = _end_of_wrapped(folded, at, end)
    while at < end and _boxes_at(folded, at + 1, end):
        at = _line_end(folded, at + 1, end)
    return at


def _end_of_wrapped(folded: str, at: int, end: int) -> int:
    """The end of the next line, where it is what an open cell holds and not what stands below the form."""
    behind = _line_end(folded, at + 1, min(end, at + _LONGEST))
    line = folded[at + 1 : behind].strip(_EDGES)
    below = not line or _BELOW.search(line) is not None or end_of_report(folded, at, behind) <= at
    return at if below or behind == at + _LONGEST else behind


def _boxes_at(folded: str, at: int, end: int) -> bool:
    return _MARKED.match(folded[at:end].lstrip(" |\x1f\n")[:1]) is not None


def _line_end(folded: str, at: int, end: int) -> int:
    found = folded.find("\n", at, end)
    return found if found >= 0 else end
