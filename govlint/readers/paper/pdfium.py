"""PDF to pages of marks, through PDFium: the characters where they stand, and the lines that are drawn."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from itertools import starmap
from typing import Any, NamedTuple

import pypdfium2
import pypdfium2.raw as c
from msgspec import Struct

from govlint.document import Unreadable, Words
from govlint.readers.paper import calls
from govlint.readers.paper.drawing import UNMOVED, WHITE, Drawing, Turn
from govlint.readers.paper.glyphs import Glyph, Page
from govlint.readers.paper.legible import is_meaningless

MOST_PAGES = 500
"""Pages of a document that is still read: ten times a long report."""
MOST_CHARACTERS = 2_000_000
_MOST_NOTES = 5000
_NOT_SHOWN = frozenset((0x7F, 0xA0, 0xAD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070),
                        0xE5E5, 0xFEFF, 0xFFFE, 0xFFFF))  # fmt: skip
"""Spaces and marks that show nothing."""
_PALE = 165
_TINY = 3.0
"""Points of type that nobody reads."""
_LARGE = 1.7
"""Times the usual size from which text may be a watermark."""
_LARGEST = 20_000.0
"""Points of a page's side: forty times A4."""


class Scanned(Page):
    """A page with what tells whether it is a picture of text."""

    pictured: bool = False
    """A picture covers the most of it, and no text is seen on it."""
    illustrated: bool = False
    """A large picture stands between its text, which may be that of a table."""
    hidden: bool = False
    """Its text is an invisible layer behind a picture, as scanners write."""
    coded: bool = True
    """Its glyphs say which characters they are."""
    unseen: str = ""
    """Text on it that nobody sees, or that runs behind the page's own: white, tiny, a watermark."""


def open_document(data: bytes) -> pypdfium2.PdfDocument:
    try:
        document = pypdfium2.PdfDocument(data)
        count = len(document)
    except pypdfium2.PdfiumError as error:
        raise Unreadable(_refused(str(error), data)) from error
    if count == 0:
        raise Unreadable(
            Words("PDF 中没有页面，文件可能已损坏。", "The PDF has no pages; it may be damaged.")
        )
    if count > MOST_PAGES:
        raise Unreadable(
            Words(
                f"PDF 有 {count:,} 页，超过 {MOST_PAGES} 页的上限，不会是一份年度报告。请拆成单份报告再检查。",
                f"The PDF has {count:,} pages, over the limit of {MOST_PAGES}: it is no single report. Split it.",
            )
        )
    return document


def _refused(reason: str, data: bytes) -> Words:
    if "password" in reason.lower() or "security" in reason.lower():
        return Words(
            "PDF 已加密，需要密码才能打开。请去掉密码后另存再检查。",
            "The PDF is encrypted and wants a password. Save it without one.",
        )
    return Words(
        "PDF 已损坏或不完整，无法打开。请重新下载，或从原文档重新导出。",
        "The PDF is damaged or incomplete. Download it again, or export it again from the original document.",
    )


def pages(document: pypdfium2.PdfDocument) -> Iterator[Scanned]:
    """The pages one by one. A page that cannot be loaded makes the document unreadable: it may hold figures."""
    characters = 0
    for number in range(1, len(document) + 1):
        try:
            loaded = _with_fields(document, number)
            text = loaded.get_textpage()
        except pypdfium2.PdfiumError as error:
            raise Unreadable(
                Words(
                    f"PDF 第{number}页已损坏，无法读取。请从原文档重新导出。",
                    f"Page {number} of the PDF is damaged. Export it again from the original document.",
                )
            ) from error
        try:
            page = _page(number, loaded, text)
        finally:
            text.close()
            loaded.close()
        characters += len(page.glyphs)
        if characters > MOST_CHARACTERS:
            from govlint.readers.limits import too_long

            raise too_long(characters)
        yield page


def _with_fields(document: pypdfium2.PdfDocument, number: int) -> Any:
    """A page on which what its form's fields show is text as any other; notes are none of it."""
    loaded = document[number - 1]
    kinds: list[int] = []
    for index in range(min(c.FPDFPage_GetAnnotCount(loaded.raw), _MOST_NOTES)):
        note = c.FPDFPage_GetAnnot(loaded.raw, index)
        kinds.append(c.FPDFAnnot_GetSubtype(note))
        c.FPDFPage_CloseAnnot(note)
    if c.FPDF_ANNOT_WIDGET not in kinds:
        return loaded
    for index in reversed(range(len(kinds))):
        if kinds[index] != c.FPDF_ANNOT_WIDGET:
            c.FPDFPage_RemoveAnnot(loaded.raw, index)
    c.FPDFPage_Flatten(loaded.raw, c.FLAT_NORMALDISPLAY)
    loaded.close()
    return document[number - 1]


class _Marks(Struct):
    """The characters of a page, where each stands, and the object that wrote it, 0 for none."""

    texts: list[str]
    places: list[calls.Place]
    writers: list[int]
    unknown: int
    """How many glyphs say nothing about which character they are."""


def _page(number: int, loaded: Any, text: Any) -> Scanned:
    left, bottom, right, top = loaded.get_bbox()
    width, height = right - left, top - bottom
    if not (0 < width < _LARGEST and 0 < height < _LARGEST):
        raise Unreadable(
            Words(
                f"PDF 第{number}页的尺寸不合理（{width:.0f}×{height:.0f} 点），无法读取。",
                f"Page {number} of the PDF has an impossible size ({width:.0f} by {height:.0f} points).",
            )
        )
    marks = _marks(text)
    written = Counter(marks.writers)
    styles = dict(zip(written, starmap(_style, calls.looks_of(list(written))), strict=True))
    angles: Counter[int] = Counter()
    for item, count in written.items():
        angles[styles[item].angle] += count
    upright = max((0, 90, 180, 270), key=lambda angle: angles[angle])
    if not angles:
        upright = -loaded.get_rotation() % 360
    turn = Turn(upright, left, bottom, right, top)
    page = Scanned(number, *turn.size, turn=upright, edges=turn.edges)
    drawing = Drawing(turn, styles)
    drawing.walk(calls.reference_to(loaded.raw), calls.count_objects, calls.object_of, UNMOVED, 0)
    page.rulings = drawing.rulings
    seen = _set(page, marks, styles, turn, drawing)
    covered = drawing.pictured > 0.5 * width * height
    page.hidden = covered and seen < 0.1 * len(page.glyphs)
    shapes = not marks.texts and drawing.seen > 200  # letters may be drawn so
    page.pictured = seen < 12 and (covered or shapes)
    page.illustrated = not page.pictured and drawing.pictured > 0.2 * width * height
    page.coded = marks.unknown < 8 or marks.unknown < 0.2 * (marks.unknown + len(marks.texts))
    page.coded = page.coded and not is_meaningless(page.glyphs)
    return page


def _set(page: Scanned, marks: _Marks, styles: dict[int, _Style], turn: Turn, drawing: Drawing) -> int:
    """Put the characters on the page, but for those that are not seen as its text; how many are visible."""
    placed: list[Glyph] = []
    unseen: list[str] = []
    left, bottom, right, top = turn.edges
    left, bottom, right, top = left - 1, bottom - 1, right + 1, top + 1
    orders = dict.fromkeys(styles, 0) | drawing.written
    hands = {  # of each object its style, the number of its run and its order
        item: (styles[item], number if item else 0, orders[item])
        for number, item in enumerate(sorted(styles, key=orders.__getitem__), 1)
    }
    laid = zip(marks.texts, marks.places, turn.laid(marks.places), marks.writers, strict=True)
    for text, (x, y, _, _, _, _), (x0, y0, x1, y1, baseline), writer in laid:
        style, run, order = hands[writer]
        if style.angle != turn.angle or not (left <= x <= right and bottom <= y <= top):
            unseen.append(text)
            continue
        size = style.size
        if not style.plain:
            tiny = size < _TINY and y1 - y0 < _TINY
            if tiny or (style.white and not drawing.is_ground((x0 + x1) / 2, (y0 + y1) / 2)):
                unseen.append(text)
                continue
            size = size or (y1 - y0) / 1.2
        placed.append(Glyph(text, x0, x1, baseline - 0.36 * size, size, None, run, order))
    behind = _watermarks(placed, {run for style, run, _ in hands.values() if style.pale})
    unseen += [glyph.text for glyph in placed if glyph.run in behind]
    page.glyphs = [glyph for glyph in placed if glyph.run not in behind]
    page.unseen = "".join(unseen).strip()
    hidden = {run for style, run, _ in hands.values() if style.hidden}
    return sum(glyph.run not in hidden for glyph in placed) if hidden else len(placed)


def _watermarks(placed: list[Glyph], pale: set[int]) -> set[int]:
    """The runs of text that run behind other text: in pale or large type, and over or under it."""
    if not placed:
        return set()
    sizes = sorted([glyph.size for glyph in placed])
    usual = sizes[len(sizes) // 2]
    large = {glyph.run for glyph in placed if glyph.size > _LARGE * usual}
    if not large and not pale:
        return set()
    own = [glyph for glyph in placed if glyph.run not in large | pale]
    words: dict[int, str] = {}
    crossed: Counter[int] = Counter()
    for glyph in placed:
        if glyph.run in large or glyph.run in pale:
            words[glyph.run] = words.get(glyph.run, "") + glyph.text
            crossed[glyph.run] += any(_cross(glyph, other) for other in own)
    found = {run for run in words if run in large & pale or crossed[run] > 1}
    texts = {words[run] for run in found}
    return found | {run for run in pale if words.get(run) in texts}


def _cross(one: Glyph, two: Glyph) -> bool:
    """Whether two characters stand on top of each other."""
    level = abs(one.y - two.y) < 0.4 * (one.size + two.size)
    return level and min(one.x1, two.x1) - max(one.x0, two.x0) > 0.3 * (two.x1 - two.x0)


def _marks(text: Any) -> _Marks:
    own = calls.reference_to(text.raw)
    shown: list[str] = []
    indexes: list[int] = []
    unknown = 0
    high = 0
    for index, code in enumerate(calls.codes_of(own, min(text.count_chars(), MOST_CHARACTERS))):
        if 0x2E80 <= code < 0xD800 or 0x21 <= code < 0x7F:  # as nearly all are
            shown.append(chr(code))
            indexes.append(index)
            continue
        if code < 32 or code in _NOT_SHOWN or (code == 32 and calls.is_generated(own, index) == 1):
            if code and (code >= 32 or code in (2, 9, 10, 13)):
                continue
            unknown += 1
            code = 0xFFFD
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00) if high else 0xFFFD
        if code == 0xFFFD or (0xE000 <= code < 0xF900 and not 0xF000 <= code < 0xF100) or code > 0x10FFFF:
            unknown += 1
            code = 0xFFFD
        shown.append(chr(code))
        indexes.append(index)
    return _Marks(shown, calls.places_of(own, indexes), calls.writers_of(own, indexes), unknown)


class _Style(NamedTuple):
    size: float
    angle: int
    """Degrees, in steps of 90; -1 for what stands aslant."""
    hidden: bool
    white: bool
    """In the paper's own colour, or wholly transparent."""
    pale: bool
    """So light or transparent that other text is read over it."""
    plain: bool
    """Neither white nor tiny, as nearly all is."""


@lru_cache(1000)
def _style(look: calls.Look, rendering: int) -> _Style:
    red, green, blue, opacity, size, a, b, d, e = look
    lightest = min(red, green, blue)
    degrees = math.degrees(math.atan2(b, a)) % 360
    step = round(degrees / 90) * 90
    angle = step % 360 if abs(degrees - step) < 8 else -1
    hidden = rendering == c.FPDF_TEXTRENDERMODE_INVISIBLE
    white = not hidden and (lightest > WHITE or opacity < 16)
    pale = lightest > _PALE or opacity < 150
    high = abs(size) * math.hypot(d, e)
    return _Style(high, angle, hidden, white, pale, not white and high >= _TINY)


def render(document: pypdfium2.PdfDocument, number: int, longest: int) -> Any:
    """A page as a picture in grey or colour, at most ``longest`` pixels a side, as a numpy array."""
    loaded = document[number - 1]
    try:
        scale = longest / max(loaded.get_size())
        return loaded.render(scale=min(scale, 300 / 72)).to_numpy()
    finally:
        loaded.close()
