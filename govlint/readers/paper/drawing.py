"""What is drawn on a page of a PDF beside its characters: lines, filled shapes, pictures; and which way the page is read."""

from __future__ import annotations

import math
from collections.abc import Container, Iterator, Sequence
from itertools import pairwise, repeat
from typing import Any

import pypdfium2.raw as c
from msgspec import Struct, field

from govlint.readers.paper import calls
from govlint.readers.paper.calls import Matrix, Place, Shape
from govlint.readers.paper.rulings import Ruling

WHITE = 245
_TEXT, _PATH = c.FPDF_PAGEOBJ_TEXT, c.FPDF_PAGEOBJ_PATH
_MOST_OBJECTS = 60_000
_MOST_SEGMENTS = 4000
_THIN = 3.0
"""Points up to which a filled shape is a line."""


class Turn:
    """From PDF space to a page that is read upright, with its origin in the upper left corner."""

    def __init__(self, angle: int, left: float, bottom: float, right: float, top: float) -> None:
        self.angle = angle
        self.edges = left, bottom, right, top
        width, height = right - left, top - bottom
        self.size = (height, width) if angle in (90, 270) else (width, height)

    def point(self, x: float, y: float) -> tuple[float, float]:
        left, bottom, right, top = self.edges
        match self.angle:
            case 90:
                return y - bottom, x - left
            case 180:
                return right - x, y - bottom
            case 270:
                return top - y, right - x
        return x - left, top - y

    def box(self, left: float, bottom: float, right: float, top: float) -> tuple[float, float, float, float]:
        if not self.angle and left <= right and bottom <= top:  # as nearly all are
            first, _, _, last = self.edges
            return left - first, last - top, right - first, last - bottom
        x0, y0 = self.point(left, bottom)
        x1, y1 = self.point(right, top)
        return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)

    def laid(self, places: Sequence[Place]) -> list[tuple[float, float, float, float, float]]:
        """The boxes of characters, each with the height of its origin."""
        if self.angle:
            return [
                (*self.box(left, bottom, right, top), self.point(x, y)[1])
                for x, y, left, top, right, bottom in places
            ]
        first, _, _, last = self.edges
        return [
            (left - first, last - top, right - first, last - bottom, last - y)
            if left <= right and bottom <= top
            else (*self.box(left, bottom, right, top), last - y)
            for _, y, left, top, right, bottom in places
        ]


UNMOVED: Matrix = (1, 0, 0, 1, 0, 0)


def _times(one: Matrix, two: Matrix) -> Matrix:
    """The matrix that does one, then two."""
    a, b, d, e, f, g = one
    p, q, r, s, t, u = two
    return a * p + b * r, a * q + b * s, d * p + e * r, d * q + e * s, f * p + g * r + t, f * q + g * s + u


class Drawing(Struct):
    """The lines drawn on a page, and how much of it pictures cover."""

    turn: Turn
    texts: Container[int]
    """The addresses of the objects of text that wrote the page's characters."""
    rulings: list[Ruling] = field(default_factory=list)
    pictured: float = 0.0
    seen: int = 0
    grounds: list[tuple[float, float, float, float]] = field(default_factory=list)
    """Filled shapes and pictures, on which white text is seen."""
    written: dict[int, int] = field(default_factory=dict)
    """The addresses of the objects of text, with their place in the order in which the page was written."""

    def is_ground(self, x: float, y: float) -> bool:
        return any(x0 <= x <= x1 and y0 <= y <= y1 for x0, y0, x1, y1 in self.grounds)

    def walk(self, owner: calls.Reference, count: Any, get: Any, matrix: Matrix, depth: int) -> None:
        most = _MOST_OBJECTS - self.seen
        items = list(map(get, repeat(owner), range(min(most, count(owner)))))
        kinds = [_TEXT if item in self.texts else calls.kind_of(item) for item in items]
        shapes = calls.shapes_of([item for item, kind in zip(items, kinds, strict=True) if kind == _PATH])
        for item, kind in zip(items, kinds, strict=True):
            self.seen += 1
            if self.seen > _MOST_OBJECTS:
                return
            if kind == _TEXT:
                self.written[item] = self.seen
            elif kind == _PATH:
                self._path(item, next(shapes), matrix)
            elif kind == c.FPDF_PAGEOBJ_IMAGE:
                self._image(item, matrix)
            elif kind == c.FPDF_PAGEOBJ_FORM and depth < 6:
                inner = _times(calls.matrix_of(item) or UNMOVED, matrix)
                self.walk(calls.form_at(item), calls.count_inner, calls.inner_of, inner, depth + 1)

    def _box(
        self, left: float, bottom: float, right: float, top: float, matrix: Matrix
    ) -> tuple[float, float, float, float]:
        if matrix == UNMOVED and math.isfinite(left + bottom + right + top):
            return self.turn.box(left, bottom, right, top)
        return self._bounds([_moved(matrix, left, bottom), _moved(matrix, right, top)])

    def _bounds(self, points: list[tuple[float, float]]) -> tuple[float, float, float, float]:
        turned = [self.turn.point(x, y) for x, y in points]
        xs, ys = [x for x, _ in turned], [y for _, y in turned]
        return min(xs), min(ys), max(xs), max(ys)

    def _thin(self, box: tuple[float, float, float, float]) -> bool:
        """Add a shape as a line if it is one."""
        x0, y0, x1, y1 = box
        if min(x1 - x0, y1 - y0) > _THIN:
            return False
        if not math.isfinite(x0 + y0 + x1 + y1):
            return True
        dot = max(x1 - x0, y1 - y0) <= _THIN  # of a dotted line, in whichever direction
        if dot or x1 - x0 >= y1 - y0:
            self.rulings.append(Ruling(True, (y0 + y1) / 2, x0, x1))
        if dot or x1 - x0 < y1 - y0:
            self.rulings.append(Ruling(False, (x0 + x1) / 2, y0, y1))
        return True

    def _image(self, item: int, matrix: Matrix) -> None:
        bounds = calls.bounds_of(item)
        if bounds is not None and not self._thin(box := self._box(*bounds, matrix)):
            self.grounds.append(box)
            width, height = self.turn.size
            x0, y0, x1, y1 = max(0.0, box[0]), max(0.0, box[1]), min(width, box[2]), min(height, box[3])
            self.pictured += max(0.0, x1 - x0) * max(0.0, y1 - y0)

    def _path(self, item: int, shape: Shape, matrix: Matrix) -> None:
        fill, stroke, red, green, blue, opacity, left, bottom, right, top = shape
        if not fill and not stroke:
            return
        box = self._box(left, bottom, right, top, matrix)
        blank = not fill or _is_white(red, green, blue, opacity)
        if not blank:
            self.grounds.append(box)
        if (_is_white(*calls.stroke_of(item)) if stroke else blank) or self._thin(box):
            return
        count = calls.count_segments(item)
        if count > _MOST_SEGMENTS or (not stroke and count < 8):
            return  # an ornament, or the ground of a cell
        placed = _times(calls.matrix_of(item) or UNMOVED, matrix)
        for points in _straight(item, count):
            moved = [_moved(placed, x, y) for x, y in points]
            if not stroke:
                self._thin(self._bounds(moved))
                continue
            for one, two in pairwise(moved):
                self._thin(self._bounds([one, two]))


def _moved(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, d, e, f, g = matrix
    return a * x + d * y + f, b * x + e * y + g


def _is_white(red: int, green: int, blue: int, opacity: int) -> bool:
    """Whether what is drawn so is white or not drawn at all: lines that nobody sees."""
    return opacity < 16 or min(red, green, blue) > WHITE


def _straight(item: int, count: int) -> Iterator[list[tuple[float, float]]]:
    """The straight lines of a path, shape by shape; a curve parts them."""
    shape: list[tuple[float, float]] = []
    for index in range(count):
        segment = calls.segment_of(item, index)
        point = calls.point_of(segment)
        if calls.kind_of_segment(segment) != c.FPDF_SEGMENT_LINETO:
            if len(shape) > 1:
                yield shape
            shape = []
        shape.append(point)
        if calls.is_closed(segment) and len(shape) > 1:
            shape.append(shape[0])
    if len(shape) > 1:
        yield shape
