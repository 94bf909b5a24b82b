"""Shares and growth rates in the prose, worked out again from the figures that stand with them.

A percentage is right where any honest pair of figures gives it, rounded or truncated at its digits. It is judged only
where its base is stated: the whole that an “of which” divides, the table's total for an outcome of applications, last
year's figure or the difference to it for a growth.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from itertools import groupby
from typing import Literal

from msgspec import Struct

from govlint.checks.meanings import readings
from govlint.document import Span
from govlint.filing import Filing
from govlint.prose.quantities import amount
from govlint.prose.sentences import FigureSentence
from govlint.prose.statements import Statement, read_prose
from govlint.prose.words import Word, figure
from govlint.report import Report

_UP = re.compile(r"增|上升|提高|提升|上涨|多")
_DOWN = re.compile(r"减|下降|降低|回落|降幅|少")
_BASE = re.compile(
    r"(?:总|全部|全年|年度|政府|信息|公开|依申请|申请|受理|收到|办理|办结|答复|件|数|量|比|例|率|为|的|是|达|到)*"
)
"""What may stand between a share's 占 and its number without naming another base: ``全部申请的``."""
_OF = frozenset(("其中", "包括", "含", "包含"))
_UNITS_OF = frozenset(["件", "份", "条", "宗", "起", "项", "例", "个", "封", "篇", "次", "期", "场"])
_DIVIDES = re.compile(r"其中|按|从|分")
"""How a sentence begins that divides what the one before it has counted."""
_TOGETHER = 4
"""Figures whose sum a share may be said of: 予以公开6件、部分公开1件，占50%."""
_NEAR = 6
"""Figures before a percentage that it may be said of."""
_SAME = 40
"""Figures of a paragraph that may be the base of a later percentage."""
_FAR = Decimal("0.1")
"""Where a share is off by no more, its base is the one meant."""


class _Figure(Struct, frozen=True):
    at: int
    """Of its word in the sentence."""
    value: Decimal
    unit: str
    span: Span
    past: bool
    """Last year's."""
    step: int
    """1 or -1 for a difference to last year."""


class Wrong(Struct, frozen=True):
    """A percentage that no honest pair of figures gives."""

    span: Span
    stated: str
    expected: Decimal
    part: Decimal
    base: Decimal
    kind: Literal["share", "growth"]
    operands: tuple[Span, ...]
    digits: Span | None
    section: str
    sentence: int
    certain: bool


def wrong_percentages(report: Report) -> Iterator[Wrong]:
    prose = read_prose(report)
    statements = {statement.span: statement for statement in prose.statements}
    for _, group in groupby(prose.sentences, key=lambda sentence: sentence.paragraph):
        sentences = list(group)
        if any(word.kind == "PERCENT" for sentence in sentences for word in sentence.words):
            yield from _Paragraph(report, statements).check(sentences)


class _Paragraph:
    def __init__(self, report: Report, statements: Mapping[Span, Statement]) -> None:
        self.report = report
        self.statements = statements
        self.before: list[_Figure] = []
        self.opening: _Figure | None = None
        """The first count of the sentence before."""

    def check(self, sentences: Sequence[FigureSentence]) -> Iterator[Wrong]:
        for sentence in sentences:
            figures = list(_figures(self.report, sentence))
            for at, word in enumerate(sentence.words):
                if word.kind == "PERCENT" and (found := self._percent(sentence, at, figures)):
                    yield found
            self.before = [*self.before, *figures][-_SAME:]
            self.opening = next((each for each in figures if not each.past and not each.step), None)

    def _percent(self, sentence: FigureSentence, at: int, figures: Sequence[_Figure]) -> Wrong | None:
        """The nature of a percentage by the word of change or share before it, and its check."""
        for back in range(at - 1, max(-1, at - 8), -1):
            word = sentence.words[back]
            if word.kind in ("HARD", "FIGURE", "PERCENT", "CLOSE"):
                return None
            if word.kind == "CHANGE":
                between = sentence.text[word.end : sentence.words[at].start]
                after = sentence.text[sentence.words[at].end :]
                if _about(between, after) or not _plain_before(sentence.words, back):
                    return None
                here = [each for each in figures if each.at < at]
                if word.text.startswith("占"):
                    return self._share(sentence, at, here) if _BASE.fullmatch(between) else None
                if between.lstrip("了约近").startswith(("到", "至")):
                    return None
                sign = 1 if _UP.search(word.text) else -1 if _DOWN.search(word.text) else 0
                return self._growth(sentence, at, here, sign) if sign else None
        return None

    def _share(self, sentence: FigureSentence, at: int, here: Sequence[_Figure]) -> Wrong | None:
        shown = [each for each in here if not each.past and not each.step]
        stated = Stated.read(sentence.words[at].text)
        if stated is None or not shown or _clauses_between(sentence, shown[-1].at, at) > 1:
            return None
        if any(_is_of(word) for word in sentence.words[shown[-1].at : at]):
            return None  # 办理30件，其中予以公开占58.5%: of how many is not said
        part, whole = shown[-1], self._whole(sentence, shown)
        run = _since_share(sentence, shown, whole)
        sums = [sum((each.value for each in run[-many:]), Decimal(0)) for many in range(2, len(run) + 1)]
        named = _named_base(sentence, at)
        known = self._bases_of(part, named)
        total = whole or self._total(sentence, shown)
        bases = [*known, *([total.value] if total else ())]
        if not named:
            bases += self._honest(total) if total else ()
            bases += [
                each.value for each in (*self.before, *here) if each not in run and each.unit == part.unit
            ]
            bases.append(sum((each.value for each in run), Decimal(0)))
        parts = [*self._honest(part), *sums]
        if any(base > 0 and stated.says(value * 100 / base) for value in parts for base in bases):
            return None
        base = known[0] if known else total.value if total and total.unit == part.unit else None
        if not base or not part.unit or base < part.value:
            return None
        right = part.value * 100 / base
        if stated.value == 100 or _evened_out(sentence, stated, right):
            return None
        near = abs(right - stated.value) <= max(right * _FAR, Decimal(1))
        operands = (part.span, *([total.span] if total and total.value == base else []))
        return self._wrong(
            sentence, at, "share", stated, right, part.value, base, operands, near and len(shown) == 2
        )

    def _growth(self, sentence: FigureSentence, at: int, here: Sequence[_Figure], sign: int) -> Wrong | None:
        stated = Stated.read(sentence.words[at].text)
        current = [each for each in here if not each.past and not each.step]
        if stated is None or not current:
            return None
        new = current[-1]
        past = [each for each in here if each.past]
        steps = [each for each in here if each.step and each.at > new.at]
        bases = [each.value for each in past] + [new.value - each.value * each.step for each in steps]
        honest = [*bases, *(each.value for each in self.before if each.past), *self._last_year(new)]
        if any(
            base > 0 and stated.says(sign * (value - base) * 100 / base)
            for each in current[-_NEAR:]
            for value in self._honest(each)
            for base in honest
        ):
            return None
        operands = [*past, *steps]
        known = bases or self._last_year(new)[:1]
        if not new.unit or not known or known[-1] <= 0 or any(each.unit != new.unit for each in operands):
            return None
        base = known[-1]
        right = (new.value - base) * 100 / base
        certain = len(current) == 1 and len(bases) == 1
        spans = (new.span, *(each.span for each in operands[-1:]))
        return self._wrong(sentence, at, "growth", stated, sign * right, new.value, base, spans, certain)

    def _wrong(
        self,
        sentence: FigureSentence,
        at: int,
        kind: Literal["share", "growth"],
        stated: Stated,
        right: Decimal,
        part: Decimal,
        base: Decimal,
        operands: tuple[Span, ...],
        certain: bool,
    ) -> Wrong:
        word = sentence.words[at]
        digits = sentence.span(word.start, word.end - 1) if word.text.endswith("%") else None
        return Wrong(
            span=sentence.span(word.start, word.end),
            stated=word.text,
            expected=right.quantize(stated.step, ROUND_HALF_UP),
            part=part,
            base=base,
            kind=kind,
            operands=operands,
            digits=digits,
            section=sentence.section,
            sentence=sentence.span(0, 1).start,
            certain=certain,
        )

    def _whole(self, sentence: FigureSentence, shown: Sequence[_Figure]) -> _Figure | None:
        """What an “of which” before the last figure divides."""
        words = sentence.words
        for at in range(shown[-1].at, -1, -1):
            if _is_of(words[at]):
                before = [each for each in shown if each.at < at]
                if before:
                    return before[-1]
                last = self.before[-1] if self.before else None
                return self.opening if last and last.step else last if last and not last.past else None
        return None

    def _total(self, sentence: FigureSentence, shown: Sequence[_Figure]) -> _Figure | None:
        """The whole where no “of which” tells it: the first count of the sentence, or of the one before it."""
        part, first = shown[-1], shown[0]
        if first.at < part.at:
            shared = any(word.kind == "PERCENT" for word in sentence.words[first.at : shown[1].at])
            whole = first.unit == part.unit and first.value >= part.value and not shared
            return first if whole else None
        divides = _DIVIDES.match(sentence.text) is not None
        before = self.opening if divides else None
        return before if before and before.unit == part.unit and before.value >= part.value else None

    def _bases_of(self, part: _Figure, named: str) -> list[Decimal]:
        """The table's totals, where the figure is an outcome or applicant of this report's applications.

        ``named``: ``answered`` or ``received`` where the prose names the one that is meant.
        """
        statement = self.statements.get(part.span)
        if statement is None or statement.kind not in ("outcomes", "applicants"):
            return []
        cells = [f"applications.{row}.total" for row in ("outcome_total", "new_received", "carried_in")]
        values = [self.report.value(cell) for cell in cells]
        if any(value is None for value in values):
            return []
        handled, new, carried = (Decimal(value or 0) for value in values)
        return {"answered": [handled], "received": [new, new + carried]}.get(
            named, [handled, new, new + carried]
        )

    def _honest(self, one: _Figure) -> list[Decimal]:
        """A figure as stated, and as the table has it: its own mistake is another finding."""
        statement = self.statements.get(one.span)
        return [one.value, *(_sums_of(self.report, statement) if statement else ())]

    def _last_year(self, new: _Figure) -> list[Decimal]:
        """Last year's figures of the same quantity, where last year's report is given."""
        statement = self.statements.get(new.span)
        previous = self.report.previous
        return list(_sums_of(previous, statement)) if statement and previous else []


def _is_of(word: Word) -> bool:
    return word.kind == "FILLER" and word.text in _OF


def _evened_out(sentence: FigureSentence, stated: Stated, right: Decimal) -> bool:
    """Whether a share is off by one unit of its last digit where all of the sentence make 100: 33.3, 33.3 and 33.4."""
    shares = [Stated.read(word.text) for word in sentence.words if word.kind == "PERCENT"]
    off = abs(right.quantize(stated.step, ROUND_HALF_UP) - stated.value)
    return off <= stated.step and sum(share.value for share in shares if share) == 100


def _since_share(sentence: FigureSentence, shown: Sequence[_Figure], whole: _Figure | None) -> list[_Figure]:
    """The figures of which a share may be said together: those behind the whole and behind the share before."""
    shares = [at for at, word in enumerate(sentence.words[: shown[-1].at]) if word.kind == "PERCENT"]
    start = max([*shares[-1:], whole.at if whole and whole in shown else -1])
    return [each for each in shown if each.at > start][-_TOGETHER:]


def _named_base(sentence: FigureSentence, at: int) -> str:
    """Of what a share is said to be: ``answered`` for 占办结总数的, ``received`` for 占申请总数的."""
    said = "".join(word.text for word in sentence.words[max(0, at - 7) : at]).rpartition("占")[2]
    if re.search(r"办结|答复|办理|处理", said):
        return "answered"
    return "received" if re.search(r"申请|受理|收到", said) else ""


def _sums_of(report: Report | Filing, statement: Statement) -> Iterator[Decimal]:
    """What a report's tables give for the readings of a statement."""
    for reading in readings(report, statement):
        values = [report.value(address) for address, _ in reading]
        if all(value is not None for value in values):
            pairs = zip(values, reading, strict=True)
            yield sum((Decimal(value or 0) * sign for value, (_, sign) in pairs), Decimal(0))


class Stated(Struct, frozen=True):
    """A percentage as written: its value and the unit of its last digit."""

    value: Decimal
    step: Decimal

    @classmethod
    def read(cls, text: str) -> Stated | None:
        """The percentage in a text such as ``31.25%`` or ``百分之三十``; None where it is no number."""
        if text.endswith("%"):
            value = Decimal(text[:-1])
            return cls(value, Decimal(1).scaleb(int(value.as_tuple().exponent)))
        value_ = amount(text.removeprefix("百分之"))
        return None if value_ is None else cls(value_, Decimal(1))

    def says(self, value: Decimal) -> bool:
        """Whether a value is this one, rounded or truncated."""
        if abs(value) > 10**9:
            return False
        return any(
            value.quantize(self.step, rounding) == self.value
            for rounding in (ROUND_HALF_UP, ROUND_DOWN, ROUND_HALF_EVEN)
        )


def _figures(report: Report, sentence: FigureSentence) -> Iterator[_Figure]:
    """The counts of a sentence, approximate ones without unit, with whether they are last year's or differences to it."""
    words = sentence.words
    past = False
    for at, word in enumerate(words):
        if word.kind == "YEAR":
            past = report.year is not None and str(report.year) not in word.text
        elif word.kind in ("BEFORE", "COMPARE"):
            past = True
        elif word.kind in ("THIS", "OWN"):
            past = False
        elif word.kind == "HARD" and past and word.text != ":":
            past = _names_past(words[at + 1 :])
        elif word.kind == "FIGURE":
            match = figure(word.text)
            value = amount(match["number"]) if match else None
            if match is None or value is None or match["about"] or match["more"] or match["over"]:
                continue
            if match["unit"] not in _UNITS_OF:
                continue
            step = _step(words, at)
            yield _Figure(
                at, value, match["unit"], sentence.span(word.start, word.end), past and not step, step
            )


def _names_past(behind: Sequence[Word]) -> bool:
    """Whether the next clause goes on with last year: it names no other time and is no comparison."""
    for word in behind:
        if word.kind in ("HARD", "CHANGE", "PERCENT", "THIS", "OWN"):
            return False
        if word.kind in ("YEAR", "BEFORE", "COMPARE"):
            return True
    return False


def _step(words: Sequence[Word], at: int) -> int:
    """1 or -1 where a figure is a difference: 增加3件, 减少了3件."""
    for word in reversed(words[max(0, at - 2) : at]):
        if word.kind == "CHANGE":
            if not _plain_before(words, words.index(word)):
                return 0
            return 1 if _UP.search(word.text) else -1 if _DOWN.search(word.text) else 0
        if word.kind != "FILLER":
            return 0
    return 0


def _plain_before(words: Sequence[Word], change: int) -> bool:
    """Whether a word of change is said of the figure before it: no other thing is named between them."""
    for word in reversed(words[:change]):
        if word.kind in ("HARD", "OPEN", "CLOSE", "FIGURE", "PERCENT"):
            return True
        if word.kind == "GAP" and not _BASE.fullmatch(word.text):
            return False
    return True


def _about(between: str, after: str) -> bool:
    return bool(re.search(r"[约近超逾不]", between)) or after.startswith(("以上", "左右", "多", "余", "以内"))


def _clauses_between(sentence: FigureSentence, start: int, end: int) -> int:
    return sum(word.kind == "HARD" for word in sentence.words[start:end])
