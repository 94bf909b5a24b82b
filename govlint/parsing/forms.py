"""Tables in a form that was read before: the same text but for the figures is the same table with other figures.

Offices fill in one form year after year, and those of a portal fill in the same, so most tables of most reports are,
but for the figures, one that was read already. Its text is kept as the pieces between numbers, with what was made of
it: where its labels begin, and where the figure of each cell stands. Only a table that departed in nothing is kept.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate, count
from typing import NamedTuple

from msgspec import Struct, field

from govlint.document import Span
from govlint.parsing.vocabulary import Mention
from govlint.template.model import Template

NUMBER = re.compile(r"([0-9][0-9]*(?:\.[0-9]+)?)")
"""What the text of a form is parted at: ``12.5``."""
_MOST = 60
"""Forms kept of a template: those that were met last."""
_MOST_SEEN = 1000
_MARK = 12
"""Characters that a form is looked for by."""


class OtherForm(Exception):
    """A table that has the text of a known form is otherwise than that was: the document is to be read without forms."""


class Place(NamedTuple):
    """A place in a table: so many characters before the end of a piece, counted from the table's first."""

    piece: int
    back: int


class Figure(NamedTuple):
    """Where a figure begins and ends, as in :class:`Place`. ``blank``: there is none."""

    before: int
    """The piece at whose end it begins, but for so many characters."""
    skipped: int
    last: int
    """The piece at whose end it ends, but for so many characters."""
    cut: int
    blank: bool


class Row(NamedTuple):
    """The cells of a row, or of several that share their figures, with a figure for each or one run of digits for all."""

    addresses: tuple[str, ...]
    figures: tuple[Figure, ...]


class Glued(NamedTuple):
    """A number of the text that is no figure alone: digits ``before`` and ``behind`` are of labels, or it is ``whole``."""

    piece: int
    before: str
    behind: str
    whole: bool

    def fits(self, text: str) -> bool:
        if self.whole:
            return text == self.before
        longer = len(text) > len(self.before) + len(self.behind)
        return longer and text.startswith(self.before) and text.endswith(self.behind)


class Pieces:
    """A folded text parted at its numbers: every second piece is one."""

    def __init__(self, folded: str) -> None:
        self.folded = folded
        self.texts: list[str] = NUMBER.split(folded)
        self.ends = list(accumulate(map(len, self.texts)))


class Form(Struct, eq=False):
    """A table as it was read, but for its figures."""

    table: str
    chain: Sequence[Mention]
    """The labels where they stood then."""
    labels: Sequence[Place]
    """Where they begin."""
    start: Place
    opening: str
    """The text from the first label to the first number."""
    between: list[str]
    """The pieces from number to number."""
    closing: str
    """What stands behind the last number, as far as the next heading."""
    end: Place
    """Of the last figure, which may be an empty cell."""
    glued: Sequence[Glued]
    rows: Sequence[Row]
    extent: tuple[Place, Place]
    """From the first figure to the last."""
    around: set[tuple[str, ...]] = field(default_factory=set)
    """The kinds of the tokens in its section, which the parser took as they were."""
    met: int = 0
    """When it was met last, by a count of all."""
    anchor: int = 0
    """The longest piece, by whose end the form is looked for."""

    def __post_init__(self) -> None:
        pieces = [self.opening, *self.between]
        self.anchor = 2 * max(range(len(pieces)), key=lambda at: len(pieces[at]))

    @property
    def mark(self) -> str:
        return (self.between[self.anchor // 2 - 1] if self.anchor else self.opening)[-_MARK:]

    def fits(self, pieces: Pieces, first: int) -> bool:
        texts, last = pieces.texts, first + 2 * len(self.between) + 2
        return (
            first >= 0
            and last < len(texts)
            and texts[first + 2 : last : 2] == self.between
            and texts[first].endswith(self.opening)
            and texts[last].startswith(self.closing)
            and all(glued.fits(texts[first + glued.piece]) for glued in self.glued)
        )


class Filled(Struct, eq=False):
    """A form in a document."""

    form: Form
    pieces: Pieces
    first: int

    def at(self, place: Place) -> int:
        """The offset of a place in the source."""
        return self.pieces.ends[self.first + place.piece] - place.back

    def span(self, figure: Figure) -> Span:
        ends = self.pieces.ends
        return Span(
            ends[self.first + figure.before] - figure.skipped, ends[self.first + figure.last] - figure.cut
        )

    @property
    def start(self) -> int:
        return self.at(self.form.start)

    @property
    def end(self) -> int:
        return self.at(self.form.end)

    @property
    def last_number(self) -> int:
        """Its end."""
        return self.pieces.ends[self.first + 2 * len(self.form.between) + 1]

    @property
    def limit(self) -> int:
        """Where the next heading must begin."""
        return self.last_number + len(self.form.closing)


_forms: dict[Template, dict[str, list[Form]]] = {}
"""By their marks."""
_met = count(1)


_seen: set[int] = set()
"""Digests of tables without their figures."""


def met_before(table: str, template: Template) -> bool:
    """Whether a table of this text but for its figures was read before: only then is its form worth keeping."""
    digest = hash((template.id, NUMBER.sub("0", table)))
    if digest in _seen:
        return True
    if len(_seen) >= _MOST_SEEN:
        _seen.clear()
    _seen.add(digest)
    return False


def find(folded: str, template: Template) -> list[Filled]:
    """The tables of a text that have a known form; none where two have the same."""
    forms = _forms.get(template)
    if not forms:
        return []
    pieces = Pieces(folded)
    texts, shortest = pieces.texts, min(map(len, forms))
    found: list[Filled] = []
    for at in [at for at in range(0, len(texts), 2) if len(texts[at]) >= shortest]:
        for form in forms.get(texts[at][-_MARK:], ()):
            first = at - form.anchor
            if form.fits(pieces, first):
                form.met = next(_met)
                found.append(Filled(form, pieces, first))
                break
    tables = {filled.form.table for filled in found}
    return found if len(tables) == len(found) else []


def keep(form: Form, template: Template) -> None:
    """From now on a table of this text is this one."""
    forms = _forms.setdefault(template, {})
    marked = forms.setdefault(form.mark, [])
    same = next((each for each in marked if _same(each, form)), None)
    if same:
        same.around |= form.around
    else:
        marked.append(form)
        marked.sort(key=lambda each: -len(each.opening) - len(each.closing))  # the one that says most
        form.met = next(_met)
        if sum(map(len, forms.values())) > _MOST:
            _leave_out_oldest(forms)


def _leave_out_oldest(forms: dict[str, list[Form]]) -> None:
    oldest = min((form for marked in forms.values() for form in marked), key=lambda form: form.met)
    forms[oldest.mark].remove(oldest)
    if not forms[oldest.mark]:
        del forms[oldest.mark]


def forget() -> None:
    """As if no report had been read."""
    _forms.clear()
    _seen.clear()


def _same(one: Form, other: Form) -> bool:
    return (
        one.table == other.table
        and one.opening == other.opening
        and one.between == other.between
        and one.closing == other.closing
        and one.glued == other.glued
    )
