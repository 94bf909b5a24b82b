"""The text of a workbook's sheets, one below the other, and the place of every cell in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct, field

from govlint.document import UNREAD_MARK, Note, Origin, Span, Unread
from govlint.readers.office import sheet_notes
from govlint.readers.office.archive import too_large
from govlint.readers.office.sheet_marks import Place, letters
from govlint.readers.office.sheets import LAST_COLUMN, MOST_CELLS, Sheet

_LABEL = re.compile(r"[^。]{0,9}[㐀-鿿]{2}[^。]{0,70}")
"""As in ``规章``."""
_FEW_LABELS, _ALIKE = 6, 0.7
"""Labels on a sheet of tables, at least, and the share of them that two sheets of the same tables have in common."""


class SheetText(Struct):
    """The text of the sheets, one below the other, and the place of every cell."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    origins: list[tuple[int, Origin]] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    doubtful: list[Span] = field(default_factory=list)
    lines: list[list[str]] = field(default_factory=list)
    labels: dict[str, set[str]] = field(default_factory=dict)
    """Sheet to the labels on it."""

    @property
    def words(self) -> str:
        return "".join(self.parts)

    def holds_already(self, sheet: Sheet) -> str | None:
        """The sheet before that has the same tables as one: last year's, another body's, a specimen."""
        labels = {text for row in sheet.rows.values() for text in row if _LABEL.fullmatch(text)}
        for name, known in self.labels.items():
            if len(labels) >= _FEW_LABELS and len(labels & known) >= _ALIKE * len(labels | known):
                return name
        self.labels[sheet.name] = labels
        return None

    def add(self, sheet: Sheet) -> None:
        start = len(self.origins)
        covered, ends = _extents(sheet)
        for block in _blocks(sorted(sheet.rows)):
            starts = [
                next(at for at, text in enumerate(row, 1) if text)
                for row in map(sheet.rows.get, block)
                if row and any(row)
            ]
            left, right = min(starts, default=1), max(ends[number] for number in block)
            for number in block:
                self._row(sheet, number, [at for at in range(left, right + 1) if (number, at) not in covered])
        self._tell(sheet, start)

    def _tell(self, sheet: Sheet, start: int) -> None:
        """What of a sheet was not read as it stands, or is not in its cells."""
        own = self.origins[start:]
        if sheet.worked:
            self.notes.append(sheet_notes.worked(sheet.name, sheet.worked))
        if sheet.unworked:
            words = sheet_notes.unworked(sheet.name, sheet.unworked)
            for at, origin in own:
                if origin.column in sheet.unworked.get(origin.row or 0, ()):
                    self.unread.append(Unread(words, Span(at, at + len(UNREAD_MARK))))
        if sheet.seen is not None:
            self.notes += sheet_notes.seen(sheet.name, sheet.seen)
            places = {(row, column) for row, column, *_ in sheet.seen.otherwise}
            self.doubtful += [Span(at, at + 1) for at, origin in own if (origin.row, origin.column) in places]
        drawn = [
            *sheet.drawn,
            *(
                (sheet.concealed[0], sheet_notes.concealed(sheet.name, sheet.concealed))
                for _ in sheet.concealed[:1]
            ),
        ]
        for row, words in drawn:
            at = next((at for at, origin in own if (origin.row or 0) >= row), self.length)
            self.unread.append(Unread(words, Span(at, at), sure=False))

    def _row(self, sheet: Sheet, number: int, columns: list[int]) -> None:
        """One line. Of a title or a heading only its own cell: the blank rest of its row is no table."""
        row = sheet.rows.get(number, ())
        texts = [row[column - 1] if column <= len(row) else "" for column in columns]
        if texts and texts[0] and not any(texts[1:]):
            columns, texts = columns[:1], texts[:1]
        if not any(texts):
            return
        self.lines.append(texts)
        for at, (column, text) in enumerate(zip(columns, texts, strict=True)):
            if at:
                self._emit("\t")
            name = f"{letters(column)}{number}"
            self.origins.append((self.length, Origin(row=number, column=column, sheet=sheet.name, cell=name)))
            self._emit(text)
        self._emit("\n")

    def _emit(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)


def _blocks(numbers: Sequence[int]) -> Iterator[list[int]]:
    """Rows that follow each other without a blank one between."""
    block: list[int] = []
    for number in numbers:
        if block and number > block[-1] + 1:
            yield block
            block = []
        block.append(number)
    if block:
        yield block


def _extents(sheet: Sheet) -> tuple[set[Place], dict[int, int]]:
    """The places that a merged cell covers but for its first, and the last column that each row has."""
    ends = {number: len(row) for number, row in sheet.rows.items()}
    bottom = max(ends, default=0)
    covered: set[Place] = set()
    visited = 0
    for (top, left), (low, right) in sheet.merged:
        right = min(right, LAST_COLUMN)
        low = min(low, bottom)
        visited += max(0, low - top + 1) * max(0, right - left + 1)
        if visited > 10 * MOST_CELLS:
            raise too_large(
                f"工作表“{sheet.name}”的合并单元格异常", f"sheet “{sheet.name}” has absurd merged cells"
            )
        for number in range(top, low + 1):
            if number in ends:
                ends[number] = max(ends[number], right)
                covered.update((number, column) for column in range(left, right + 1))
        covered.discard((top, left))
    return covered, ends
