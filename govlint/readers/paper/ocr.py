"""Pictures of pages to pages of marks: ruling lines by morphology, text by RapidOCR, whose models come with it.

Cells are cut out along the lines and recognised one by one: a lone digit is easily overlooked on a whole page, and
neighbours are easily read as one number.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

import cv2
import numpy as np
from msgspec.structs import replace
from rapidocr_onnxruntime import RapidOCR

from govlint.document import Unreadable, Words
from govlint.readers.paper.glyphs import Glyph, Page
from govlint.readers.paper.ruled import Grid, grids
from govlint.readers.paper.rulings import Ruling

Image = Any
"""A numpy array of pixels."""

_LONG_SIDE = 842.0
"""Points of A4's longer side, which a picture without a size is taken for."""
_MOST_PIXELS = 2600
_LEVEL, _UPRIGHT = 30.0, 9.0
"""Points of the shortest line that is looked for."""
_STROKE = 24.0
"""Points up to which an upright line may be the stroke of a character, unless it runs from line to line."""
_STRAIGHT = 0.08
"""Degrees of slant that do no harm."""


@cache
def _engine() -> Any:
    engine = RapidOCR()
    # Cells are small: pictures padded to a line of text would take four times as long.
    engine.text_rec.rec_image_shape = [3, 48, 96]
    engine.text_rec.rec_batch_num = 12
    return engine


def pages_of_image(data: bytes) -> list[Page]:
    """The pages of a picture file, of which TIFF may hold several."""
    ok, images = cv2.imdecodemulti(np.frombuffer(data, np.uint8), cv2.IMREAD_GRAYSCALE)
    if not ok or not images:
        raise Unreadable(
            Words(
                "图像文件已损坏，或不是能识别的格式，无法打开。请重新扫描或另存为 PNG、JPEG、TIFF。",
                "The picture is damaged or of an unknown format. Scan it again, or save it as PNG, JPEG or TIFF.",
            )
        )
    made: list[Page] = []
    for number, image in enumerate(images, 1):
        height, width = image.shape[:2]
        scale = _LONG_SIDE / max(height, width)
        shrink = _MOST_PIXELS / max(height, width)
        if shrink < 1:
            image = cv2.resize(image, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA)
        made.append(recognise(image, Page(number, width * scale, height * scale)))
    return made


def recognise(image: Image, page: Page) -> Page:
    """The page of that picture: its number and size, and the marks on the picture."""
    grey = (
        image if image.ndim == 2 else cv2.cvtColor(np.ascontiguousarray(image[:, :, :3]), cv2.COLOR_BGR2GRAY)
    )
    grey = _upright(grey)
    width, height = page.width, page.height
    if (grey.shape[1] > grey.shape[0]) != (width > height):
        width, height = height, width
    scale = width / grey.shape[1]
    grey = _straight(grey)
    ink = _ink(grey, scale)
    rulings = _frames(ink, scale)
    made = Page(page.number, width, height, [], rulings)
    tables = grids(rulings, width, height)
    for table in tables:
        made.glyphs += _cells(grey, ink, table, scale)
    rest = grey.copy()
    for table in tables:
        rest[
            round(table.y0 / scale) : round(table.ys[-1] / scale),
            round(table.x0 / scale) : round(table.x1 / scale),
        ] = 255
    made.glyphs += _prose(rest, scale)
    return made


def _upright(grey: Image) -> Image:
    """A page that lies on its side or stands on its head set right, by the shape of its lines and by the classifier."""
    engine = _engine()
    small = min(1.0, 1200 / max(grey.shape))
    reduced = cv2.cvtColor(cv2.resize(grey, None, fx=small, fy=small), cv2.COLOR_GRAY2BGR)
    boxes, _ = engine.auto_text_det(reduced)
    if boxes is None or len(boxes) < 4:
        return grey
    tall = [box for box in boxes if np.ptp(box[:, 1]) > 2 * np.ptp(box[:, 0])]
    wide = [box for box in boxes if np.ptp(box[:, 0]) > 2 * np.ptp(box[:, 1])]
    if len(tall) > 2 * len(wide):
        grey = cv2.rotate(grey, cv2.ROTATE_90_CLOCKWISE)
        return _upright(grey)
    longest = sorted(wide, key=lambda box: -float(np.ptp(box[:, 0])))[:9]
    crops = engine.get_crop_img_list(reduced, longest)
    _, turned, _ = engine.text_cls(crops)
    votes = sum(1 for label, score in turned if label == "180" and score > 0.9)
    return cv2.rotate(grey, cv2.ROTATE_180) if votes * 2 > len(turned) else grey


def _straight(grey: Image) -> Image:
    """The picture turned so that its long lines are level."""
    width = grey.shape[1]
    small = min(1.0, 1000 / width)
    reduced = cv2.resize(grey, None, fx=small, fy=small, interpolation=cv2.INTER_AREA)
    edges = cv2.Canny(reduced, 60, 180)
    lines = cv2.HoughLinesP(edges, 1, np.pi / 1800, 150, minLineLength=250, maxLineGap=8)
    if lines is None:
        return grey
    points = lines.reshape(-1, 4).astype(float)
    angles = np.degrees(np.arctan2(points[:, 3] - points[:, 1], points[:, 2] - points[:, 0]))
    level = angles[np.abs(angles) < 6]
    if not len(level) or abs(angle := float(np.median(level))) < _STRAIGHT or abs(angle) > 5:
        return grey
    middle = (width / 2, grey.shape[0] / 2)
    matrix = cv2.getRotationMatrix2D(middle, angle, 1.0)
    size = (width, grey.shape[0])
    return cv2.warpAffine(grey, matrix, size, flags=cv2.INTER_CUBIC, borderValue=255)


def _ink(grey: Image, scale: float) -> Image:
    """Black on white as 255 on 0, without the specks of a scanner."""
    calm = cv2.medianBlur(grey, 3)
    ink = cv2.adaptiveThreshold(calm, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 51, 22)
    _, parts, boxes, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    small = np.flatnonzero(boxes[:, cv2.CC_STAT_AREA] < max(4, (0.8 / scale) ** 2))
    ink[np.isin(parts, small)] = 0
    return ink


def _frames(ink: Image, scale: float) -> list[Ruling]:
    """The ruling lines; of short upright ones those alone that run from one level line to another."""
    level = list(_rulings(ink, True, scale))

    def meets(upright: Ruling, y: float) -> bool:
        return any(
            abs(line.at - y) < 2.5 and line.start - 2.5 < upright.at < line.end + 2.5 for line in level
        )

    return level + [
        upright
        for upright in _rulings(ink, False, scale)
        if upright.end - upright.start > _STROKE
        or (meets(upright, upright.start) and meets(upright, upright.end))
    ]


def _rulings(ink: Image, level: bool, scale: float) -> Iterator[Ruling]:
    length = max(8, round((_LEVEL if level else _UPRIGHT) / scale))
    size = (length, 1) if level else (1, length)
    # Thickened across first and closed along, so that a line that drifts or is broken by a pixel stays one.
    gap = max(3, round(1.5 / scale))
    thick = cv2.dilate(ink, np.ones((3, 1) if level else (1, 3), np.uint8))
    thick = cv2.morphologyEx(thick, cv2.MORPH_CLOSE, np.ones((1, gap) if level else (gap, 1), np.uint8))
    lines = cv2.morphologyEx(thick, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_RECT, size))
    _, _, boxes, _ = cv2.connectedComponentsWithStats(lines, connectivity=8)
    for x, y, width, height, _ in boxes[1:]:
        across = height if level else width
        if across * scale > 6:
            continue  # a filled area, or a picture
        if level:
            yield Ruling(True, float(y + height / 2) * scale, float(x) * scale, float(x + width) * scale)
        else:
            yield Ruling(False, float(x + width / 2) * scale, float(y) * scale, float(y + height) * scale)


def _cells(grey: Image, ink: Image, table: Grid, scale: float) -> list[Glyph]:
    places: list[tuple[int, int, int, int]] = []
    inset = 1.6
    for region in table.regions:
        x0, x1 = round((region.x0 + inset) / scale), round((region.x1 - inset) / scale)
        y0 = round((table.ys[region.top] + inset) / scale)
        y1 = round((table.ys[region.bottom + 1] - inset) / scale)
        if x1 - x0 > 4 and y1 - y0 > 4:
            places += _lines_in(ink, x0, y0, x1, y1, scale)
    return _glyphs(grey, places, scale)


def _lines_in(
    ink: Image, x0: int, y0: int, x1: int, y1: int, scale: float
) -> Iterator[tuple[int, int, int, int]]:
    """The places of the lines of text in a cell, by the white between them."""
    cell = ink[y0:y1, x0:x1]
    filled = (cell > 0).sum(axis=1) > 0
    runs: list[list[int]] = []
    for at in np.flatnonzero(filled):
        if runs and at - runs[-1][1] <= 1.2 / scale:
            runs[-1][1] = int(at)
        else:
            runs.append([int(at), int(at)])
    least = 4.0 / scale
    merged: list[list[int]] = []
    for run in runs:  # strokes that white parts from their character
        small = run[1] - run[0] < least or (merged and merged[-1][1] - merged[-1][0] < least)
        if merged and small and run[0] - merged[-1][1] < 1.2 * least:
            merged[-1][1] = run[1]
        else:
            merged.append(run)
    margin = round(1.5 / scale)
    for top, bottom in merged:
        columns = np.flatnonzero((cell[top : bottom + 1] > 0).sum(axis=0))
        left, right = int(columns[0]), int(columns[-1])
        if max(bottom - top, right - left) < 2.0 / scale:
            continue  # a speck
        yield (
            x0 + max(0, left - margin),
            y0 + max(0, top - margin),
            min(x1, x0 + right + 1 + margin),
            min(y1, y0 + bottom + 1 + margin),
        )


def _glyphs(grey: Image, places: Sequence[tuple[int, int, int, int]], scale: float) -> list[Glyph]:
    if not places:
        return []
    pad = round(2 / scale)
    crops = [
        cv2.cvtColor(
            cv2.copyMakeBorder(grey[y0:y1, x0:x1], pad, pad, pad, pad, cv2.BORDER_CONSTANT, value=255),
            cv2.COLOR_GRAY2BGR,
        )
        for x0, y0, x1, y1 in places
    ]
    results, _ = _engine().text_rec(crops)
    made: list[Glyph] = []
    for (x0, y0, x1, y1), result in zip(places, results, strict=True):
        text, score = _figure(str(result[0]).strip(), float(result[1]))
        if text:
            size = (y1 - y0) * scale
            made.append(Glyph(text, x0 * scale, x1 * scale, (y0 + y1) / 2 * scale, size, score))
    return made


_LOOKALIKES = str.maketrans("OoQ〇○口lI|丨", "0000001111")


def _figure(text: str, score: float) -> tuple[str, float]:
    """A cell of nothing but digits and what looks like them is a figure."""
    if text and not text.isdecimal() and (turned := text.translate(_LOOKALIKES)).isdecimal():
        return turned, min(score, 0.6)
    return text, score


def _prose(grey: Image, scale: float) -> list[Glyph]:
    found, _ = _engine()(cv2.cvtColor(grey, cv2.COLOR_GRAY2BGR), use_cls=False)
    made: list[Glyph] = []
    for box, text, score in found or ():
        points = np.asarray(box, float) * scale
        (x0, y0), (x1, y1) = points.min(axis=0), points.max(axis=0)
        size = float(y1 - y0) * 0.8
        if str(text).strip():
            made.append(Glyph(str(text), float(x0), float(x1), float(y0 + y1) / 2, size, float(score)))
    if not made:
        return made
    sizes = sorted(glyph.size for glyph in made)
    usual = sizes[len(sizes) // 2]
    return [replace(glyph, size=usual) if abs(glyph.size - usual) < 0.3 * usual else glyph for glyph in made]
