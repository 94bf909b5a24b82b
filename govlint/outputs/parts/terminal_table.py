"""The part of a table that a finding is about, drawn for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rich.cells import cell_len

from govlint.outputs.parts.table_part import Pair, Part
from govlint.outputs.parts.terminal import Line, Piece, cut, pad

_FLAT = 2
_LABELS = (40, 24, 12, 8)
"""Most cells of a label over a column: the first with which the table fits, or the last."""


def grid(part: Part, cells: int) -> Iterator[Line]:
    """Rows below a header, at most ``cells`` wide; a row or two stand upright; blocks follow where too wide."""
    down, across, values = part.rows, part.columns, part.values
    if len(down) <= _FLAT and len(across) > len(down):
        down, across = across, down
        values = {(column, row): piece for (row, column), piece in values.items()}
    labels = max(cell_len(label) for label in down.values())
    least = min(labels, max(cells // 5, 12))
    for widest in _LABELS:
        sizes = _sizes(across, values, widest)
        room = cells - sum(sizes.values()) - 2 * len(sizes)
        if room >= least:
            break
    labels = min(labels, max(room, least))
    sizes = {key: min(size, cells - labels - 2) for key, size in sizes.items()}
    for block in _blocks(sizes, cells - labels):
        yield [Piece(" " * labels), *(_cell(Piece(across[key], "dim"), sizes[key]) for key in block)]
        for at, label in down.items():
            shown = [_cell(values.get((at, key), Piece("")), sizes[key]) for key in block]
            yield [Piece(pad(cut(label, labels), labels)), *shown]
    for remark in part.remarks:
        yield [Piece(cut(remark, cells), "dim")]


def _sizes(across: Mapping[str, str], values: Mapping[Pair, Piece], widest: int) -> dict[str, int]:
    """The width of each column: its figures in full, its label up to ``widest``."""
    sizes = {key: min(cell_len(label), widest) for key, label in across.items()}
    for (_, key), piece in values.items():
        sizes[key] = max(sizes[key], cell_len(piece.text))
    return sizes


def _cell(value: Piece, size: int) -> Piece:
    return Piece("  " + pad(cut(value.text, size), size, right=True), value.style)


def _blocks(sizes: Mapping[str, int], room: int) -> Iterator[list[str]]:
    """Columns that fit side by side, two cells apart."""
    block: list[str] = []
    taken = 0
    for key, size in sizes.items():
        if block and taken + size + 2 > room:
            yield block
            block, taken = [], 0
        block.append(key)
        taken += size + 2
    if block:
        yield block
