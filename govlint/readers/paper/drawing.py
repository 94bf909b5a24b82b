"""What is drawn on a page of a PDF beside its characters: lines, filled shapes, pictures; and which way the page is read."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pypdfium2.raw as c
from msgspec import Struct, field

from govlint.readers.paper import calls
from govlint.readers.paper.calls import Matrix
from govlint.readers.paper.rulings import Ruling

WHITE = 245
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


UNMOVED: Matrix = (1, 0, 0, 1, 0, 0)


def _times(one: Matrix, two: Matrix) -> Matrix:
    """The matrix that does one, then two."""
    a, b, d, e, f, g = one
    p, q, r, s, t, u = two
    return a * p + b * r, a * q + b * s, d * p + e * r, d * q + e * s, f * p + g * r + t, f * q + g * s + u


class Drawing(Struct):
    """The lines drawn on a page, and how much of it pictures cover."""

    turn: Turn
    rulings: list[Ruling] = field(default_factory=list)
    pictured: float = 0.0
    seen: int = 0
    grounds: list[tuple[float, float, float, float]] = field(default_factory=list)
    """Filled shapes and pictures, on which white text is seen."""
    written: dict[int, int] = field(default_factory=dict)
    """The addresses of the objects of text, with their place in the order in which the page was written."""

    def is_ground(self, x: float, y: float) -> bool:
        return any(x0 <= x <= x1 and y0 <= y <= y1 for x0, y0, x1, y1 in self.grounds)

    def walk(self, owner: int, count: Any, get: Any, matrix: Matrix, depth: int) -> None:
        for index in range(max(0, count(owner))):
            self.seen += 1
            if self.seen > _MOST_OBJECTS:
                return
            item = get(owner, index)
            kind = calls.kind_of(item)
            if kind == c.FPDF_PAGEOBJ_TEXT:
                self.written[item] = self.seen
            elif kind == c.FPDF_PAGEOBJ_PATH:
                self._path(item, matrix)
            elif kind == c.FPDF_PAGEOBJ_IMAGE:
                self._image(item, matrix)
            elif kind == c.FPDF_PAGEOBJ_FORM and depth < 6:
                inner = _times(calls.matrix_of(item) or UNMOVED, matrix)
                self.walk(item, calls.count_inner, calls.inner_of, inner, depth + 1)

    def _box(self, item: int, matrix: Matrix) -> tuple[float, float, float, float] | None:
        bounds = calls.bounds_of(item)
        if bounds is None:
            return None
        left, bottom, right, top = bounds
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
        if not all(map(math.isfinite, box)):
            return True
        dot = max(x1 - x0, y1 - y0) <= _THIN  # of a dotted line, in whichever direction
        if dot or x1 - x0 >= y1 - y0:
            self.rulings.append(Ruling(True, (y0 + y1) / 2, x0, x1))
        if dot or x1 - x0 < y1 - y0:
            self.rulings.append(Ruling(False, (x0 + x1) / 2, y0, y1))
        return True

    def _image(self, item: int, matrix: Matrix) -> None:
        box = self._box(item, matrix)
        if box is not None and not self._thin(box):
            self.grounds.append(box)
            width, height = self.turn.size
            x0, y0, x1, y1 = max(0.0, box[0]), max(0.0, box[1]), min(width, box[2]), min(height, box[3])
            self.pictured += max(0.0, x1 - x0) * max(0.0, y1 - y0)

    def _path(self, item: int, matrix: Matrix) -> None:
        drawn = calls.drawn(item)
        if drawn is None or not any(drawn):
            return
        fill, stroke = drawn
        box = self._box(item, matrix)
        if box is None:
            return
        blank = not fill or _is_white(item, False)
        if not blank:
            self.grounds.append(box)
        if (_is_white(item, True) if stroke else blank) or self._thin(box):
            return
        count = calls.count_segments(item)
        if count > _MOST_SEGMENTS or (not stroke and count < 8):
            return  # an ornament, or the ground of a cell
        placed = _times(calls.matrix_of(item) or UNMOVED, matrix)
        for shape in _shapes(item, count):
            moved = [_moved(placed, x, y) for x, y in shape]
            if not stroke:
                self._thin(self._bounds(moved))
                continue
            for one, two in pairwise(moved):
                self._thin(self._bounds([one, two]))


def _moved(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, d, e, f, g = matrix
    return a * x + d * y + f, b * x + e * y + g


def _is_white(item: int, stroke: bool) -> bool:
    """Whether a shape is drawn in white or not at all: lines that nobody sees."""
    lightest, alpha = calls.colour_of(item, stroke)
    return alpha < 16 or lightest > WHITE


def _shapes(item: int, count: int) -> Iterator[list[tuple[float, float]]]:
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
