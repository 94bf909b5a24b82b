"""PDFium's functions as they are called most: with addresses for its objects, and without what pypdfium2 does around a call.

A call costs half a microsecond, and a page has thousands of characters: what is asked of each is asked by ``map``, and what
PDFium writes stands in one block for the whole page.
"""

from __future__ import annotations

import struct
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from ctypes import PYFUNCTYPE, addressof, byref, c_double, c_float, c_int, c_uint, c_void_p, cast
from itertools import repeat
from typing import Any

import pypdfium2.raw as c


def _bare(function: Any, result: Any, *arguments: Any) -> Callable[..., Any]:
    return PYFUNCTYPE(result, *arguments)(cast(function, c_void_p).value or 0)


def address_of(handle: Any) -> int:
    """Of an object of PDFium; 0 for none."""
    return addressof(handle.contents) if handle else 0


is_generated = _bare(c.FPDFText_IsGenerated, c_int, c_void_p, c_int)
count_objects = _bare(c.FPDFPage_CountObjects, c_int, c_void_p)
object_of = _bare(c.FPDFPage_GetObject, c_void_p, c_void_p, c_int)
count_inner = _bare(c.FPDFFormObj_CountObjects, c_int, c_void_p)
inner_of = _bare(c.FPDFFormObj_GetObject, c_void_p, c_void_p, c_uint)
kind_of = _bare(c.FPDFPageObj_GetType, c_int, c_void_p)
rendering_of = _bare(c.FPDFTextObj_GetTextRenderMode, c_int, c_void_p)
count_segments = _bare(c.FPDFPath_CountSegments, c_int, c_void_p)
segment_of = _bare(c.FPDFPath_GetPathSegment, c_void_p, c_void_p, c_int)
kind_of_segment = _bare(c.FPDFPathSegment_GetType, c_int, c_void_p)
is_closed = _bare(c.FPDFPathSegment_GetClose, c_int, c_void_p)

_code = _bare(c.FPDFText_GetUnicode, c_uint, c_void_p, c_int)
_writer = _bare(c.FPDFText_GetTextObject, c_void_p, c_void_p, c_int)
_loose_box = _bare(c.FPDFText_GetLooseCharBox, c_int, c_void_p, c_int, c_void_p)
_origin = _bare(c.FPDFText_GetCharOrigin, c_int, c_void_p, c_int, c_void_p, c_void_p)
_font_size = _bare(c.FPDFTextObj_GetFontSize, c_int, c_void_p, c_void_p)
_matrix = _bare(c.FPDFPageObj_GetMatrix, c_int, c_void_p, c_void_p)
_bounds = _bare(c.FPDFPageObj_GetBounds, c_int, *(c_void_p,) * 5)
_fill = _bare(c.FPDFPageObj_GetFillColor, c_int, *(c_void_p,) * 5)
_stroke = _bare(c.FPDFPageObj_GetStrokeColor, c_int, *(c_void_p,) * 5)
_mode = _bare(c.FPDFPath_GetDrawMode, c_int, *(c_void_p,) * 3)
_point = _bare(c.FPDFPathSegment_GetPoint, c_int, *(c_void_p,) * 3)

# PDFium writes into these, call after call: to make new ones for each costs more than the calls themselves.
_FLOATS, _WORDS = (c_float * 6)(), (c_uint * 4)()
_floats, _words = struct.Struct("6f").unpack, struct.Struct("4I").unpack
_FLOAT = [byref(_FLOATS, 4 * at) for at in range(6)]
_WORD = [byref(_WORDS, 4 * at) for at in range(4)]


def codes_of(page: int, count: int) -> Iterator[int]:
    """Of the characters of a page's text."""
    return map(_code, repeat(page), range(count))


Place = tuple[tuple[float, float, float, float], tuple[float, float], int | None]
"""A character's box (left, top, right, bottom), its origin, and the object that wrote it."""


def places_of(page: int, characters: Sequence[int]) -> Iterator[Place]:
    """Of some characters of a page's text."""
    count = len(characters)
    boxes, origins = (c_float * (4 * count))(), (c_double * (2 * count))()
    at, to = addressof(boxes), addressof(origins)
    deque(map(_loose_box, repeat(page), characters, range(at, at + 16 * count, 16)), 0)
    xs, ys = range(to, to + 16 * count, 16), range(to + 8, to + 8 + 16 * count, 16)
    deque(map(_origin, repeat(page), characters, xs, ys), 0)
    writers = map(_writer, repeat(page), characters)
    return zip(struct.iter_unpack("4f", boxes), struct.iter_unpack("2d", origins), writers, strict=True)


def size_of(item: int) -> float | None:
    return _FLOATS[0] if _font_size(item, _FLOAT[0]) else None


Matrix = tuple[float, float, float, float, float, float]


def matrix_of(item: int) -> Matrix | None:
    if not _matrix(item, _FLOAT[0]):
        return None
    a, b, d, e, f, g = _floats(_FLOATS)
    return a, b, d, e, f, g


def bounds_of(item: int) -> tuple[float, float, float, float] | None:
    """Left, bottom, right, top."""
    if not _bounds(item, _FLOAT[0], _FLOAT[1], _FLOAT[2], _FLOAT[3]):
        return None
    left, bottom, right, top, _, _ = _floats(_FLOATS)
    return left, bottom, right, top


def colour_of(item: int, stroke: bool = False) -> tuple[int, int]:
    """The darkest of the colour's parts, and its opacity; 0 to 255."""
    if not (_stroke if stroke else _fill)(item, _WORD[0], _WORD[1], _WORD[2], _WORD[3]):
        return 0, 255
    red, green, blue, alpha = _words(_WORDS)
    return min(red, green, blue), alpha


def drawn(item: int) -> tuple[bool, bool] | None:
    """Whether a path is filled, and whether its line is drawn."""
    if not _mode(item, _WORD[0], _WORD[1]):
        return None
    return _WORDS[0] != 0, _WORDS[1] != 0


def point_of(segment: int) -> tuple[float, float]:
    _point(segment, _FLOAT[0], _FLOAT[1])
    return _FLOATS[0], _FLOATS[1]
