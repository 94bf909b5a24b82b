"""Pages of glyphs and ruling lines to paragraphs and tables: for PDF and recognised scans."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, partial
from itertools import pairwise
from operator import attrgetter

from msgspec import Struct, field

from govlint.document import Origin
from govlint.readers.paper.furniture import furniture
from govlint.readers.paper.glyphs import (
    CLOSED,
    HAN,
    ORDINAL,
    Block,
    Cell,
    Glyph,
    Line,
    Page,
    Table,
    lines_of,
    once,
    rows_of,
    score_of,
    sheet_of,
    text_of,
)
from govlint.readers.paper.ruled import Grid, grids
from govlint.text.folding import fold


def blocks(pages: Sequence[Page]) -> list[Block]:
    """The lines and tables of all pages in reading order, without furniture; tables over several pages are one."""
    drawn = [grids(page.rulings, page.width, page.height) for page in pages]
    rows = [rows_of(page.glyphs) for page in pages]
    dropped = furniture(pages, rows, drawn)
    made: list[Block] = []
    for page, own, tables in zip(pages, rows, drawn, strict=True):
        remaining = [glyph for row in own if id(row) not in dropped for glyph in once(row)]
        parts = _page_blocks(page, remaining, tables)
        if made and parts and isinstance(first := parts[0], Table):
            _put_back_overhang(made, first, page.width)
            before = made[-1]
            if isinstance(before, Table):
                if not before.open:
                    _mend_group(before, first.rows[0])
                if _continues(before, first, page.width):
                    _append(before, first)
                    parts.pop(0)
        made += parts
    return made


def _page_blocks(page: Page, glyphs: Sequence[Glyph], drawn: Sequence[Grid]) -> list[Block]:
    inside: dict[int, dict[int, list[Glyph]]] = {}
    outside: list[Glyph] = []
    rows = cache(partial(_rows_at, drawn))
    for word in _words_of(glyphs):
        place = _cell_of(word, rows)
        if place is None:
            outside += word
        else:
            inside.setdefault(place[0], {}).setdefault(place[1], []).extend(word)
    tables = [_table(page, drawn[index], texts) for index, texts in inside.items()]
    from govlint.readers.paper.unruled import with_tables

    found: list[Block] = [*with_tables(lines_of(outside, page.number), page.width), *tables]
    found.sort(key=lambda block: block.y)
    return found


def _words_of(glyphs: Iterable[Glyph]) -> Iterator[list[Glyph]]:
    """Glyphs that were written together and stand close to each other: they belong to one cell, also where its
    lines are too narrow for them."""
    word: list[Glyph] = []
    for glyph in sorted(glyphs, key=attrgetter("run")):
        before = word[-1] if word else None
        if before and not (
            glyph.run
            and glyph.run == before.run
            and abs(glyph.y - before.y) < 0.35 * glyph.size
            and abs(glyph.x0 - before.x1) < 0.3 * glyph.size
        ):
            yield word
            word = []
        word.append(glyph)
    if word:
        yield word


_Rows = Sequence[tuple[int, float, float, Sequence[float], Sequence[int]]]
"""Of each table at a height its index, its outer edges, the lines within, and the regions between them."""


def _rows_at(drawn: Sequence[Grid], y: float) -> _Rows:
    return [
        (at, grid.x0, grid.x1, grid.xs[1:-1], row)
        for at, grid in enumerate(drawn)
        if (row := grid.row(y)) is not None
    ]


def _cell_of(word: Sequence[Glyph], rows: Callable[[float], _Rows]) -> tuple[int, int] | None:
    """The table and the region in which most of a word stands; None where none of it stands in a table."""
    places: list[tuple[int, int]] = []
    for glyph in word:
        middle = (glyph.x0 + glyph.x1) / 2
        for at, left, right, lines, row in rows(glyph.y):  # of the smallest table first
            if left <= middle <= right:
                places.append((at, row[bisect_right(lines, middle)]))
                break
    if not places or 2 * places.count(places[0]) > len(places):  # as nearly all are
        return places[0] if places else None
    return Counter(places).most_common(1)[0][0]


def _table(page: Page, grid: Grid, glyphs: dict[int, list[Glyph]]) -> Table:
    rows: list[list[Cell]] = [[] for _ in range(grid.height)]
    cells: list[Cell] = []
    for index, region in enumerate(grid.regions):
        lines = lines_of(glyphs.get(index, ()), page.number)
        cell = Cell(
            text_of(lines),
            region.x0,
            region.x1,
            page.number,
            region.top,
            region.bottom,
            region.left,
            score_of(lines),
            lines,
        )
        rows[region.top].append(cell)
        cells.append(cell)
    foot = sorted((cell for cell in cells if cell.last == grid.height - 1), key=lambda cell: cell.x0)
    for row in rows:
        row.sort(key=lambda cell: cell.x0)
    return Table(page.number, grid.y0, (grid.x0, grid.x1), [row for row in rows if row], foot)


# Tables over several pages

_REST = 4
"""Characters of a header's cell that a page break may have cut off."""


def _continues(table: Table, part: Table, width: float) -> bool:
    """Whether a part has the table's edges; on the left it may lack columns of labels that span the page break."""
    near = max(4.0, 0.012 * width)
    left, right = part.fits
    ends = table.fits[1], table.rows[-1][-1].x1  # a row with a cell too many is longer than the others
    if all(abs(end - right) >= near for end in ends):
        return False
    inner = (cell.x0 for row in table.rows for cell in row if HAN.search(cell.text))
    return abs(table.fits[0] - left) < near or any(abs(start - left) < near for start in inner)


def _put_back_overhang(made: list[Block], part: Table, width: float) -> None:
    """The last words of a cell that goes on on the next page may hang out below its table: put them back to it."""
    if len(made) < 2 or not isinstance(table := made[-2], Table) or not isinstance(line := made[-1], Line):
        return
    cells = (cell for cell in table.open if cell.x0 <= line.x0 and line.x1 <= cell.x1)
    cell = next((cell for cell in cells if ORDINAL.match(cell.text)), None)
    if cell and len(line.text) <= _REST and HAN.search(line.text) and _continues(table, part, width):
        _put_to(cell, line.text, [line], score_of([line]))
        made.pop()


def _put_to(cell: Cell, text: str, lines: Sequence[Line], score: float | None) -> None:
    """Words that a page break cut off behind those of their cell."""
    cell.text += text
    cell.lines += lines
    if score is not None:
        cell.score = min(score, cell.score if cell.score is not None else 1.0)


def _words(row: Sequence[Cell]) -> list[str]:
    return ["".join(cell.text.split()) for cell in row]


def _append(table: Table, part: Table) -> None:
    """The rows of a part behind those of the table: a repeated header dropped, a broken row mended."""
    rows = part.rows
    repeated = 0
    tails: list[str] = []
    for own, other in zip(table.rows, rows, strict=False):
        if not _repeats(_words(own), _words(other), tails):
            break
        repeated += 1
    rows = rows[repeated:]
    _without_tails(rows[:2], tails)
    while rows and not any(cell.text for cell in rows[0]):
        rows = rows[1:]
    if rows and _mend(table.open, rows[0], table.rows[-1]):
        rows = rows[1:]
    table.rows += rows
    table.open = part.open


def _repeats(own: Sequence[str], other: Sequence[str], tails: list[str]) -> bool:
    """Whether a row is a repeated header's, of whose cells some are cut short; ``tails`` is given what these lack."""
    if len(own) != len(other) or not any(own):
        return False
    lacking = [one[len(two) :] for one, two in zip(own, other, strict=True) if one != two]
    begun = (
        one == two or (len(two) > _REST and one.startswith(two)) for one, two in zip(own, other, strict=True)
    )
    if not all(begun) or len(lacking) > 1:
        return False
    tails += lacking
    return True


def _without_tails(rows: Sequence[Sequence[Cell]], tails: Sequence[str]) -> None:
    """Take off the words of a header's cell that hang over into the rows below it, over other words there."""
    cells = [cell for row in rows for cell in row if cell.lines]
    for tail in tails:
        while len(tail) > 1:
            lengths = range(len(tail), min(2, len(tail) - 1), -1)
            tail = next((tail[n:] for n in lengths if any(_took(cell, tail[:n]) for cell in cells)), "")


def _took(cell: Cell, words: str) -> bool:
    """Whether words that were written in a cell could be taken off it."""
    glyphs = [glyph for line in cell.lines for glyph in line.glyphs if not glyph.text.isspace()]
    glyphs.sort(key=lambda glyph: glyph.order)
    at = "".join(glyph.text for glyph in glyphs).find(words)
    if at >= 0:
        cell.lines = lines_of([*glyphs[:at], *glyphs[at + len(words) :]], cell.page)
        cell.text = text_of(cell.lines)
    return at >= 0


def _mend(open_cells: Sequence[Cell], first: list[Cell], last: Sequence[Cell]) -> bool:
    """Put what a page break cut off back to its cells. Whether the whole first row was such a rest."""
    pairs = [(cell, _above(open_cells, cell)) for cell in first]
    labels = [cell for cell in first if HAN.search(cell.text)]
    rest = _is_rest(first, labels, last, open_cells)
    cut = _is_header(last) and _is_header(first) and any(above is None for _, above in pairs)
    for cell, above in pairs:
        if above is None or not cell.text:
            continue
        if (
            cut and above.text and (len(cell.text) <= _REST or _closes(above.text, cell.text))
        ):  # beside cells that a wider one above is parted into
            above.text, cell.text = above.text + cell.text, ""
            continue
        group = cell.last > cell.row or (labels and cell is not labels[-1])
        goes_on = above.last > above.row or ORDINAL.match(above.text) is not None
        if rest or (group and cell in labels and not ORDINAL.match(cell.text) and goes_on):
            _put_to(above, cell.text, cell.lines, cell.score)
            cell.text = ""
    return rest


def _closes(begun: str, rest: str) -> bool:
    """Whether a bracket that is open in a cell is closed in its rest."""
    folded, behind = fold(begun), fold(rest)
    return folded.count("(") > folded.count(")") and behind.count("(") < behind.count(")")


def _mend_group(table: Table, first: Sequence[Cell]) -> None:
    """Put the rest of a group's label, which a page break has cut off, back to it: where no lines tell cells apart."""
    labels = [cell for cell in first if HAN.search(cell.text)]
    if len(labels) < 2 or len(labels[0].text) > _REST or ORDINAL.match(labels[0].text):
        return
    rest = labels[0]
    for row in reversed(table.rows):
        group = row[0]
        if ORDINAL.match(group.text) and sum(1 for cell in row if HAN.search(cell.text)) > 1:
            if min(group.x1, rest.x1) > max(group.x0, rest.x0):
                group.text, rest.text = group.text + rest.text, ""
            return


def _is_header(row: Sequence[Cell]) -> bool:
    return not any(cell.text and not HAN.search(cell.text) for cell in row) and not any(
        ORDINAL.match(cell.text) for cell in row
    )


def _above(open_cells: Sequence[Cell], cell: Cell) -> Cell | None:
    return next(
        (each for each in open_cells if abs(each.x0 - cell.x0) < 5 and abs(each.x1 - cell.x1) < 5), None
    )


def _is_rest(
    first: Sequence[Cell], labels: Sequence[Cell], last: Sequence[Cell], open_cells: Sequence[Cell]
) -> bool:
    """Whether a page's first row is the rest of the row before: figures on one of the two pages only."""
    above = [cell for cell in last if cell.text and not HAN.search(cell.text)]
    below = [cell for cell in first if cell.text and not HAN.search(cell.text)]
    numbered = any(ORDINAL.match(cell.text) for cell in last)
    if len(first) < 2 or (above and below):
        return False
    if not numbered:
        return not above and not below and _is_header_rest(first, open_cells)
    if labels and ORDINAL.match(labels[-1].text):
        return False
    return bool(below) or bool(labels)


def _is_header_rest(first: Sequence[Cell], open_cells: Sequence[Cell]) -> bool:
    """Whether a page begins with the rest of a header's row: some words, each below a cell that has some too."""
    pairs = [(cell.text, _above(open_cells, cell)) for cell in first if cell.text]
    return len(pairs) < len(first) and all(
        len(text) <= _REST and above is not None and bool(above.text) for text, above in pairs
    )


# Paragraphs


class _Margins(Struct):
    left: float
    right: float
    pitch: float
    size: float
    middle: float


def _margins(lines: Sequence[Line], width: float) -> _Margins:
    """Of the text, by most of its lines."""
    if not lines:
        return _Margins(0, 0, 0, 0, 0)
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size, 1)] += len(line.text)
    size = sizes.most_common(1)[0][0]
    usual = [line for line in lines if abs(line.size - size) < 0.15 * size] or list(lines)
    ends = sorted(line.x1 for line in usual)
    starts = sorted(line.x0 for line in usual)
    gaps = [
        two.y - one.y for one, two in pairwise(usual) if one.page == two.page and 0 < two.y - one.y < 4 * size
    ]
    pitch = sorted(gaps)[len(gaps) // 3] if gaps else 1.5 * size
    return _Margins(starts[len(starts) // 20], ends[-1 - len(ends) // 20], pitch, size, width / 2)


def _goes_on(one: Line, two: Line, margins: _Margins) -> bool:
    """Whether a line goes on in the next: it is full, and the next is no new beginning."""
    size = one.size
    if abs(one.size - two.size) > 0.12 * size:
        return False
    if _is_title(one, margins) and _is_title(two, margins) and one.page == two.page:
        return two.y - one.y < 2.2 * size
    room = margins.right - one.x1
    closed = one.text.endswith(CLOSED)
    if room > (1.3 if closed else 2.8) * size:
        return False
    if one.page == two.page and two.y - one.y > 1.35 * margins.pitch:
        return False
    if closed and (ORDINAL.match(two.text) or two.x0 > margins.left + 0.8 * size):
        return False
    if two.x0 > margins.left + 0.8 * size:  # a block set in, or a new paragraph
        return abs(two.x0 - one.x0) < 0.4 * size and not ORDINAL.match(two.text) and room < 1.3 * size
    return True


def _is_title(line: Line, margins: _Margins) -> bool:
    """Whether a line is in large type and in the middle."""
    return line.size > 1.2 * margins.size and abs(line.middle - margins.middle) < 1.5 * line.size


class Text(Struct):
    """What a document's ``text`` and ``origins`` are made of."""

    pieces: list[str] = field(default_factory=list)
    origins: list[tuple[int, Origin]] = field(default_factory=list)
    lines: list[tuple[int, Sequence[Line]]] = field(default_factory=list)
    """Where each paragraph and cell begins, and what it was put together of."""
    guessed: list[tuple[int, int]] = field(default_factory=list)
    """Where the tables stand whose cells are told apart by their distances alone."""
    length: int = 0

    def add(self, text: str, origin: Origin | None = None, lines: Sequence[Line] = ()) -> None:
        if origin is not None:
            self.origins.append((self.length, origin))
            self.lines.append((self.length, lines))
        self.pieces.append(text)
        self.length += len(text)


def compose(pages: Sequence[Page]) -> Text:
    """The text of pages, with the place of every paragraph and cell."""
    made = Text()
    tables = 0
    paragraphs = 0
    found = blocks(pages)
    margins = _margins([block for block in found if isinstance(block, Line)], pages[0].width if pages else 0)
    for block in _paragraphs(found, margins):
        if isinstance(block, Table):
            tables += 1
            _add_table(made, block, tables)
        else:
            paragraphs += 1
            score = score_of(block)
            confidence = round(score, 3) if score is not None else None
            origin = Origin(page=sheet_of(block[0].page), paragraph=paragraphs, confidence=confidence)
            made.add(text_of(block), origin, block)
            made.add("\n")
    return made


def _paragraphs(found: Iterable[Block], margins: _Margins) -> Iterator[Table | list[Line]]:
    held: list[Line] = []
    for block in found:
        if held and not (isinstance(block, Line) and _goes_on(held[-1], block, margins)):
            yield held
            held = []
        if isinstance(block, Line):
            held.append(block)
        else:
            yield block
    if held:
        yield held


def _add_table(made: Text, table: Table, number: int) -> None:
    start = made.length
    for at, row in enumerate(table.rows, 1):
        cells = _without_lead(row)
        if not any(cell.text for cell in cells):
            continue
        for index, cell in enumerate(cells):
            if index:
                made.add("\t")
            column = cell.column + 1
            confidence = round(cell.score, 3) if cell.score is not None else None
            made.add(
                cell.text,
                Origin(page=sheet_of(cell.page), table=number, row=at, column=column, confidence=confidence),
                cell.lines,
            )
        made.add("\n")
    if table.guessed:
        made.guessed.append((start, made.length))


def _without_lead(row: Sequence[Cell]) -> Sequence[Cell]:
    """A row without the blanks before its label, which are the rest of a group's cell on the page before."""
    first = next((at for at, cell in enumerate(row) if cell.text), 0)
    return row[first:] if first and HAN.search(row[first].text) else row
