"""PDFium's functions as they are called most: with addresses for its objects, and without what pypdfium2 does around a call.

Most of a call is what is done around it, and a page has thousands of characters, strings and lines: what is asked of each is
asked by ``map``, and what PDFium writes stands in one block, a record each.
"""

from __future__ import annotations

import struct
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from ctypes import PYFUNCTYPE, addressof, byref, c_char, c_double, c_float, c_int, c_uint, c_void_p, cast
from itertools import islice, repeat
from typing import Any

import pypdfium2.raw as c


def _bare(function: Any, result: Any, *arguments: Any) -> Callable[..., Any]:
    return PYFUNCTYPE(result, *arguments)(cast(function, c_void_p).value or 0)


Reference = Any
"""A page, its text or a form, as the functions of what they hold take it: given references and numbers that are ready, a call
takes half the time that it takes to convert addresses to what a function is declared to take."""


def reference_to(handle: Any) -> Reference:
    return byref(handle.contents)


def form_at(item: int) -> Reference:
    """A form, from the address of its object."""
    return byref(c_char.from_address(item))


is_generated = _bare(c.FPDFText_IsGenerated, c_int)
count_objects = _bare(c.FPDFPage_CountObjects, c_int)
object_of = _bare(c.FPDFPage_GetObject, c_void_p)
count_inner = _bare(c.FPDFFormObj_CountObjects, c_int)
inner_of = _bare(c.FPDFFormObj_GetObject, c_void_p)
kind_of = _bare(c.FPDFPageObj_GetType, c_int, c_void_p)
count_segments = _bare(c.FPDFPath_CountSegments, c_int, c_void_p)
segment_of = _bare(c.FPDFPath_GetPathSegment, c_void_p, c_void_p, c_int)
kind_of_segment = _bare(c.FPDFPathSegment_GetType, c_int, c_void_p)
is_closed = _bare(c.FPDFPathSegment_GetClose, c_int, c_void_p)

_code = _bare(c.FPDFText_GetUnicode, c_uint)
_writer = _bare(c.FPDFText_GetTextObject, c_void_p)
_loose_box = _bare(c.FPDFText_GetLooseCharBox, c_int)
_origin = _bare(c.FPDFText_GetCharOrigin, c_int)
_font_size = _bare(c.FPDFTextObj_GetFontSize, c_int, c_void_p, c_void_p)
_matrix = _bare(c.FPDFPageObj_GetMatrix, c_int, c_void_p, c_void_p)
_bounds = _bare(c.FPDFPageObj_GetBounds, c_int, *(c_void_p,) * 5)
_fill = _bare(c.FPDFPageObj_GetFillColor, c_int, *(c_void_p,) * 5)
_stroke = _bare(c.FPDFPageObj_GetStrokeColor, c_int, *(c_void_p,) * 5)
_rendering = _bare(c.FPDFTextObj_GetTextRenderMode, c_int, c_void_p)
_mode = _bare(c.FPDFPath_GetDrawMode, c_int, *(c_void_p,) * 3)
_point = _bare(c.FPDFPathSegment_GetPoint, c_int, *(c_void_p,) * 3)

# PDFium writes into these, call after call: to make new ones for each costs more than the calls themselves.
_FLOATS, _WORDS = (c_float * 6)(), (c_uint * 4)()
_floats, _words = struct.Struct("6f").unpack, struct.Struct("4I").unpack
_FLOAT = [addressof(_FLOATS) + 4 * at for at in range(6)]
_WORD = [addressof(_WORDS) + 4 * at for at in range(4)]


def codes_of(text: Reference, count: int) -> Iterator[int]:
    """Of its characters."""
    return map(_code, repeat(text), range(count))


def _records(blank: bytes, count: int) -> tuple[bytearray, Callable[[int], range]]:
    """Records that are ``blank``, and where in memory what is at an offset of each stands."""
    block = bytearray(blank * count)
    start = addressof(c_char.from_buffer(block)) if block else 0
    return block, lambda offset: range(start + offset, start + offset + len(block), len(blank))


def _ask(function: Callable[..., Any], *arguments: Iterable[Any]) -> None:
    deque(map(function, *arguments), 0)


Place = tuple[float, float, float, float, float, float]
"""A character's origin (x, y), and its box (left, top, right, bottom)."""

_MANY = 500
"""Characters that are asked at a time: as many references are ready."""
_PLACES = (c_double * (4 * _MANY))()
_X, _Y, _BOX = ([byref(_PLACES, at) for at in range(first, 32 * _MANY, 32)] for first in (0, 8, 16))


def places_of(text: Reference, characters: Sequence[int]) -> list[Place]:
    """Of some of its characters."""
    found: list[Place] = []
    for first in range(0, len(characters), _MANY):
        some = characters[first : first + _MANY]
        _ask(_origin, repeat(text), some, _X, _Y)
        _ask(_loose_box, repeat(text), some, _BOX)
        found += islice(struct.iter_unpack("2d4f", _PLACES), len(some))
    return found


def writers_of(text: Reference, characters: Sequence[int]) -> list[int]:
    """The objects that wrote some of its characters; 0 for none."""
    return [writer or 0 for writer in map(_writer, repeat(text), characters)]


Look = tuple[int, int, int, int, float, float, float, float, float]
"""Red, green, blue and opacity, 0 to 255; the size of type; and its matrix without where it stands."""
_BLACK = struct.pack("4I", 0, 0, 0, 255)


def looks_of(items: Sequence[int]) -> Iterator[tuple[Look, int]]:
    """Of objects of text, each with its way of drawing."""
    block, at = _records(_BLACK + bytes(32), len(items))
    _ask(_fill, items, at(0), at(4), at(8), at(12))
    _ask(_font_size, items, at(16))
    _ask(_matrix, items, at(20))
    return zip(struct.iter_unpack("4I5f12x", block), map(_rendering, items), strict=True)


Shape = tuple[int, int, int, int, int, int, float, float, float, float]
"""Whether it is filled, and its line drawn; red, green, blue and opacity of what fills it; left, bottom, right, top."""


def shapes_of(items: Sequence[int]) -> Iterator[Shape]:
    """Of paths."""
    block, at = _records(bytes(8) + _BLACK + bytes(16), len(items))
    _ask(_mode, items, at(0), at(4))
    _ask(_fill, items, at(8), at(12), at(16), at(20))
    _ask(_bounds, items, at(24), at(28), at(32), at(36))
    return struct.iter_unpack("6I4f", block)


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


def stroke_of(item: int) -> tuple[int, int, int, int]:
    """The colour of a path's line: red, green, blue and opacity, 0 to 255."""
    if not _stroke(item, _WORD[0], _WORD[1], _WORD[2], _WORD[3]):
        return 0, 0, 0, 255
    red, green, blue, opacity = _words(_WORDS)
    return red, green, blue, opacity


def point_of(segment: int) -> tuple[float, float]:
    _point(segment, _FLOAT[0], _FLOAT[1])
    return _FLOATS[0], _FLOATS[1]
