"""Drafts as Markdown, whose tables cannot merge cells: words over columns stand before the first of them."""

from __future__ import annotations

from collections.abc import Iterator

from govlint.drafting import Draft
from govlint.template.layout import Box, Grid


def write(draft: Draft) -> bytes:
    return ("\n\n".join(_parts(draft)) + "\n").encode()


def _parts(draft: Draft) -> Iterator[str]:
    title, *rest = draft.head
    yield f"# {title}"
    yield from rest
    template = draft.template
    for section in template.sections.values():
        yield f"## {section.heading}"
        if section.table:
            yield from _tables(draft.grid(template.tables[section.table]))
    for table in template.tables.values():
        if not table.section:
            yield from _tables(draft.grid(table))


def _tables(made: Grid) -> Iterator[str]:
    """A table for each header; what stands across the whole width stands above."""
    lines: list[list[str]] = []
    rows: list[list[Box]] = [[] for _ in range(made.height)]
    for box in sorted(made.boxes, key=lambda box: (box.row, box.column)):
        rows[box.row].append(box)
    at = 0
    while at < made.height:
        row = rows[at]
        if row and row[0].role == "banner":
            if lines:
                yield _table(lines)
                lines = []
            yield row[0].text
            at += 1
        elif any(box.role == "head" for box in row):
            if lines:
                yield _table(lines)
            end = at
            while end < made.height and all(box.role == "head" for box in rows[end]):
                end += 1
            lines = [_header(made, [box for each in rows[at:end] for box in each])]
            at = end
        else:
            lines += _line(made, row, lines)
            at += 1
    yield _table(lines)


def _header(made: Grid, boxes: list[Box]) -> list[str]:
    """One line of names: each column's, with the words above it before the first that they cover."""
    named: dict[int, list[str]] = {}
    for box in sorted(boxes, key=lambda box: box.row):
        named.setdefault(box.column, []).append(box.text)
    return [" ".join(filter(None, named[column])) for column in sorted(named)]


def _line(made: Grid, row: list[Box], before: list[list[str]]) -> Iterator[list[str]]:
    """A row of figures behind its name; words that go for several rows have a line of their own above."""
    figures = [box.text for box in row if box.role == "figure"]
    if not before:  # a form without a header: Markdown wants one
        yield [""] * (1 + len(figures))
    *groups, label = [box.text for box in row if box.role == "label"] or [""]
    for words in groups:
        yield [words, *([""] * len(figures))]
    yield [label, *figures] if made.labels else figures


def _table(lines: list[list[str]]) -> str:
    head, *rest = lines
    return "\n".join(map(_row, [head, ["---"] * len(head), *rest]))


def _row(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |"
