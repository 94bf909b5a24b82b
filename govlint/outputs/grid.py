"""The part of a table that a finding is about, drawn for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rich.cells import cell_len

from govlint.outputs.concerned import Part
from govlint.outputs.lines import Line, Piece, cut, pad

_FLAT = 2
_LABELS = (40, 24, 12)
"""Most cells of a label over a column: the first with which the table fits, or the last."""


def grid(part: Part, cells: int) -> Iterator[Line]:
    """Rows below a header, at most ``cells`` wide; a row or two stand upright; blocks follow where too wide."""
    down, across, values = part.rows, part.columns, part.values
    if len(down) <= _FLAT and len(across) > len(down):
        down, across = across, down
        values = {(column, row): piece for (row, column), piece in values.items()}
    labels = max(cell_len(label) for label in down.values())
    for widest in _LABELS:
        sizes = {
            key: max(
                [
                    min(cell_len(label), widest),
                    *(cell_len(text) for (_, at), (text, _) in values.items() if at == key),
                ]
            )
            for key, label in across.items()
        }
        if labels + sum(sizes.values()) + 2 * len(sizes) <= cells:
            break
    labels = min(labels, max(cells - sum(sizes.values()) - 2 * len(sizes), cells // 3))
    sizes = {key: min(size, cells - labels - 2) for key, size in sizes.items()}
    for block in _blocks(sizes, cells - labels):
        yield [Piece(" " * labels), *(_cell(Piece(across[key], "dim"), sizes[key]) for key in block)]
        for at, label in down.items():
            shown = [_cell(values.get((at, key), Piece("")), sizes[key]) for key in block]
            yield [Piece(pad(cut(label, labels), labels)), *shown]
    for remark in part.remarks:
        yield [Piece(cut(remark, cells), "dim")]


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
