"""Percentages whose base the words around them name in one breath: 分别占, a share in brackets, a rate, 由……增至.

Other than a share behind 占 these need no search for a base: it stands in the same phrase, or nothing is judged.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from msgspec import Struct

from govlint.checks.percentages import Stated, Wrong
from govlint.document import Span
from govlint.report import Report
from govlint.text.stretches import Stretch

_NUMBER = r"\d{1,9}(?:,\d{3})*(?:\.\d{1,4})?"
_UNIT = r"万?[件条份篇个次期项封起宗例家户人]"
_COUNT = re.compile(rf"(?<![\d.])({_NUMBER})({_UNIT})(?!率)")
"""As in ``1,204条``."""
_RESPECTIVE = re.compile(
    rf"(?:分别占(?:比|总数的?|全部的?)?(?:为)?|占比分别[为是达]?)((?:{_NUMBER}%[、,和及]?){{2,8}})"
)
"""As in ``分别占50%、31.25%、18.75%``."""
_BRACKETED = re.compile(rf"(?<![\d.])({_NUMBER})({_UNIT})\((?:占比?)?({_NUMBER}%)\)")
"""As in ``1,003条(83.3%)``."""
_RATE = re.compile(
    rf"(办结|答复|回复|办复|合格|达标|整改)(?:了|合格)?(?<![\d.])({_NUMBER})({_UNIT}),\1率(?:达到?|为)?({_NUMBER}%)"
)
"""As in ``办结150条,办结率91.5%``."""
_IN_PART = re.compile(r"按时|按期|及时|在办|正在|尚|期限|到期|除|其余|结转|转办|其中|含|一次性")
"""What a rate may leave out: ``按期``."""
_FROM_TO = re.compile(
    rf"[由从][^\d,。;]{{0,8}}({_NUMBER})({_UNIT})(?P<way>增|减|上升|下降|提高|降)[加少长]?[至到]({_NUMBER})\2,"
    rf"(?:同比)?(?:增长|增加|上升|提高|下降|减少|降低|增幅|降幅)(?:了|达到?|为)?({_NUMBER}%)"
)
"""As in ``由上年的50万次增至65万次,增长30%``."""
_AGAINST = re.compile(
    rf"(?<![\d.])({_NUMBER})({_UNIT}),?(?:同比|比上年|较上年|比去年|较去年)(?P<way>增|上升|提高|减|下降|降低)[加少长]?({_NUMBER}%)"
    rf"\((?:上年|去年|20\d\d年)(?:度|同期)?(?:为|的|共)?({_NUMBER})\2\)"
)
"""As in ``320条,同比下降20%(上年400条)``."""
_SHARE = re.compile(rf"{_NUMBER}%")
"""As in ``31.25%``."""


def wrong_rates(report: Report) -> Iterator[Wrong]:
    """The percentages of these phrases that the figures beside them do not give."""
    for stretch in report.stretches:
        for said in stretch.sentences if "%" in stretch.text else ():
            if "%" in said.text:
                sentence = _Sentence(stretch, said.start, said.text)
                yield from _respective(sentence)
                yield from _bracketed(sentence)
                yield from _rates(sentence)
                yield from _growths(sentence)


class _Sentence(Struct, frozen=True):
    """A sentence that has a percentage in it."""

    stretch: Stretch
    start: int
    """In the text of its stretch."""
    text: str

    def span(self, start: int, end: int) -> Span:
        """Where a part of it stands in the document."""
        return self.stretch.span(self.start + start, self.start + end)


def _value(digits: str) -> Decimal:
    return Decimal(digits.replace(",", ""))


def _wrong(
    sentence: _Sentence,
    at: tuple[int, int],
    kind: Literal["share", "growth"],
    part: Decimal,
    base: Decimal,
    operands: Sequence[tuple[int, int]],
) -> Wrong | None:
    """The percentage that stands at a place, where it does not follow from its two figures."""
    text = sentence.text[slice(*at)]
    stated = Stated.read(text)
    if stated is None or base <= 0:
        return None
    right = (part if kind == "share" else abs(part - base)) * 100 / base
    if stated.says(right):
        return None
    return Wrong(
        span=sentence.span(*at),
        stated=text,
        expected=right.quantize(stated.step, ROUND_HALF_UP),
        part=part,
        base=base,
        kind=kind,
        operands=tuple(sentence.span(*each) for each in operands),
        digits=Span(*sentence.span(at[0], at[1] - 1)),
        section=sentence.stretch.section,
        sentence=sentence.span(0, 1).start,
        certain=False,
    )


def _respective(sentence: _Sentence) -> Iterator[Wrong]:
    """Of several bases that would do the one by which most of the shares are right; none where no share is."""
    for match in _RESPECTIVE.finditer(sentence.text):
        shares = list(_SHARE.finditer(sentence.text, *match.span(1)))
        counts = list(_COUNT.finditer(sentence.text, 0, match.start()))
        parts = counts[-len(shares) :]
        if len(parts) < len(shares) or len({each[2] for each in parts}) > 1:
            continue
        values = [_value(each[1]) for each in parts]
        wholes = [_value(each[1]) for each in counts[: -len(shares)] if each[2] == parts[0][2]]
        found = [
            [
                _wrong(sentence, share.span(), "share", value, base, [part.span()])
                for share, value, part in zip(shares, values, parts, strict=True)
            ]
            for base in (*wholes, sum(values, Decimal(0)))
        ]
        best = min(found, key=lambda each: sum(wrong is not None for wrong in each))
        if any(wrong is None for wrong in best):
            yield from (wrong for wrong in best if wrong)


def _bracketed(sentence: _Sentence) -> Iterator[Wrong]:
    """Shares in brackets behind parts of the count before 其中, where one of them at least is right."""
    whole = _COUNT.search(sentence.text)
    start = sentence.text.find("其中")
    if whole is None or not whole.end() <= start:
        return
    base = _value(whole[1])
    shares = [each for each in _BRACKETED.finditer(sentence.text, start) if each[2] == whole[2]]
    found = [
        _wrong(sentence, each.span(3), "share", _value(each[1]), base, [each.span(1), whole.span(1)])
        for each in shares
        if _value(each[1]) <= base
    ]
    if len(found) > 1 and any(wrong is None for wrong in found):
        yield from (wrong for wrong in found if wrong)


def _rates(sentence: _Sentence) -> Iterator[Wrong]:
    for match in _RATE.finditer(sentence.text):
        counts = list(_COUNT.finditer(sentence.text, 0, match.start(2)))
        if len(counts) != 1 or counts[0][2] != match[3] or _IN_PART.search(sentence.text):
            continue
        part, base = _value(match[2]), _value(counts[0][1])
        if part <= base and (wrong := _wrong(sentence, match.span(4), "share", part, base, [match.span(2)])):
            yield wrong


def _growths(sentence: _Sentence) -> Iterator[Wrong]:
    for match in _FROM_TO.finditer(sentence.text):
        base, new = _value(match[1]), _value(match[4])
        rises = match["way"][0] in "增上提"
        if rises == (new > base) and (
            wrong := _wrong(sentence, match.span(5), "growth", new, base, [match.span(4)])
        ):
            yield wrong
    for match in _AGAINST.finditer(sentence.text):
        new, base = _value(match[1]), _value(match[5])
        rises = match["way"][0] in "增上提"
        if rises == (new > base) and (
            wrong := _wrong(sentence, match.span(4), "growth", new, base, [match.span(5)])
        ):
            yield wrong
