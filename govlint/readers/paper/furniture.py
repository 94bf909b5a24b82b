"""Page numbers and running heads: what stands at the head or foot of pages and is none of their text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from govlint.readers.paper.glyphs import Glyph, Page, line_of
from govlint.readers.paper.ruled import Grid

_NUMBERED = re.compile(
    r"[-—–－·•~～\s]{1,4}\d{1,4}[-—–－·•~～\s]{1,4}|第?\s*\d{1,4}\s*页?\s*[,，/／|]?\s*共\s*\d{1,4}\s*页|第\s*\d{1,4}\s*页"
    r"|\d{1,4}\s*[/／]\s*\d{1,4}|(?:Page|PAGE|page)\s*\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?"
)
"""As in ``- 3 -``."""
_WORDS = re.compile(r"[㐀-鿿A-Za-z]")
"""Figures alone may be a table's, repeated by chance."""
_BARE = re.compile(r"\d{1,3}|[ivxIVX]{1,5}")
"""As in ``iv``."""
_EDGE, _RIM = 0.12, 0.09


def furniture(
    pages: Sequence[Page], rows: Sequence[list[list[Glyph]]], tables: Sequence[list[Grid]]
) -> set[int]:
    """The ids of the rows that number the pages or run along their heads and feet."""
    found: set[int] = set()
    alike: dict[tuple[str, int], list[int]] = {}
    for page, own, drawn in zip(pages, rows, tables, strict=True):
        for row in own:
            middle = sum([glyph.y for glyph in row]) / len(row)
            depth = min(middle, page.height - middle)
            if depth > _EDGE * page.height or not (line := line_of(row, page.number)).text:
                continue
            framed = any(grid.encloses(line.middle, line.y) for grid in drawn)
            narrow = line.x1 - line.x0 < 0.3 * page.width
            numbered = _NUMBERED.fullmatch(line.text) or (not framed and _BARE.fullmatch(line.text))
            if numbered and narrow and (not framed or depth < _RIM * page.height):
                found.add(id(row))
            elif not framed:  # in a table it may be the header, repeated on each page
                text = re.sub(r"\d+", "0", "".join(line.text.split()))
                alike.setdefault((text, round(line.y / 6)), []).append(id(row))
    for (text, height), same in list(alike.items()):
        near = [row for step in (-1, 0, 1) for row in alike.get((text, height + step), ())]
        if len(near) >= max(2, 0.4 * len(pages)) and _WORDS.search(text):
            found.update(same)
    return found
