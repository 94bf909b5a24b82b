"""What the prose of a report says about figures: sentences to clauses, clauses to statements.

A statement is understood only where every word between what is counted and the number is known, where it speaks of
the report's own body and year, and of the whole. Whatever else there is, of another year, body, matter or of a part,
is no statement. The words and phrases are those of ``grammars/statements.lark``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from msgspec import Struct, field
from msgspec.structs import replace

from govlint.document import Span
from govlint.prose.clauses import (
    COUNT_OF,
    leads_to_figure,
    may_be_none,
    of_another_thing,
    of_those_received,
    posts,
)
from govlint.prose.quantities import MONEY, SILENT, TIMES, VERBS, counts, segments, with_bare
from govlint.prose.quantities import number as quantity
from govlint.prose.sentences import FigureSentence, figure_sentences
from govlint.prose.topics import (
    CARRIED,
    DOCUMENTS,
    PAPERS,
    SUBJECTS,
    TOTALS,
    Place,
    State,
    is_aside,
)
from govlint.prose.whose import Whose
from govlint.prose.words import Word, phrase
from govlint.report import Report, once_per_report

_BODY = re.compile(
    r"[局办委厅署处站队部村县市区省州旗镇乡]$|街道$|部门$|单位$|机关$|政府$|中心$|[院所]$|社区$|公司$"
)
"""How the names of bodies end: ``县水务局``."""

_COMPARING = frozenset(("COMPARE", "CHANGE", "PERCENT"))
_PARTIAL = frozenset(("PART", "CHANNEL", "WIDE"))
_YEAR = re.compile(r"20\d\d")
"""As in ``2024``."""
_PLACING = frozenset(("OWN", "AGAINST", "REGION", "WIDE", "NUMBER", *TIMES))
"""Kinds of words that may name a body or a time."""
_OF = frozenset(("其中", "包括", "含", "包含"))
_ATTRIBUTES = re.compile(r"主动公开[^,。;]{0,8}\d|公开属性|属性为")
"""Documents counted by how they may be disclosed: 主动公开36件、依申请公开43件: ``主动公开信息36``."""
_EACH = frozenset(("全部", "均", "都"))
_ALL = frozenset(("各级", "各行政机关", "各地"))
"""All bodies of the place that is named before them: 全县各级行政机关."""
_REST = frozenset(("其余", "剩余", "余下", "余下的"))
_OTHERS = frozenset(("OTHER", "OTHER_HANDLING"))
_OF_THE_REST = frozenset(("outcomes", "applicants", "carried_out"))
"""What the rest may be said to be, where that is more than 其他."""
_CHANNELS_OF = {"CHANNEL", "APPLICATION", "_RECEIVE", "_SUBMIT", "_NEW", "_ACCEPT", *SILENT}
"""The words of a clause that counts the applications of one channel: 线上3件."""
_ALTOGETHER = frozenset(("共计", "合计", "总计"))


class Statement(Struct, frozen=True):
    """One figure of the prose: what is counted, how many, and where it stands."""

    kind: str
    """The phrase of the grammar: ``received``, ``outcomes``, ``disputes`` …"""
    words: tuple[str, ...]
    """The telling words of the phrase, and the subject that it takes over from the words before."""
    value: Decimal
    span: Span
    """Of the number words in ``Document.text``."""
    number: Span | None
    """Of the digits alone; None where the number is not written in digits."""
    section: str
    sentence: int
    """Start of its sentence in ``Document.text``."""
    paragraph: int
    explicit: bool
    """What is counted is named in the clause itself."""
    clear: bool
    """Nothing about its time and scope is left open."""
    wide: bool
    """It is of the whole place, 全县: of what a government's report may cover or not."""
    of: Decimal | None = None
    """How many the whole is of which it tells a part: 收到26件，其中自然人15件."""


def _divides(segment: Sequence[Word]) -> bool:
    """Whether a clause tells parts of what was told before: 其中."""
    return any(word.kind == "FILLER" and word.text in _OF for word in segment)


def _all_done(before: Sequence[Word]) -> bool:
    """Whether a figure and a word for all of it stand last: 4件全部, 4件均已."""
    said = [word for word in before if word.kind == "FIGURE" or word.text in _EACH]
    return len(said) > 1 and said[-2].kind == "FIGURE" and said[-1].text in _EACH


def _with_name(words: Sequence[Word], text: str, name: str) -> Sequence[Word]:
    """The words, those of a name in ``text`` as one, with what stands before it in its first: 县住房和城乡建设局."""
    start = text.find(name) if name else -1
    if start < 0:
        return words
    end = start + len(name)
    first = next(word for word in words if word.end > start)
    start = first.start if first.kind == "GAP" else start
    whole = [word for word in words if word.end <= start]
    whole.append(Word("GAP", start, end, text[start:end]))
    for word in words:
        if word.end > end:  # the last of the name may go on behind it
            cut = max(word.start, end)
            whole.append(replace(word, start=cut, text=text[cut : word.end]) if cut > word.start else word)
    return whole


class Prose(Struct):
    sentences: list[FigureSentence] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)


@once_per_report
def read_prose(report: Report) -> Prose:
    """The sentences with figures of a report, and the statements in them."""
    sentences = list(figure_sentences(report))
    return Prose(sentences, list(_Reader(report).read(sentences)))


class _Reader:
    def __init__(self, report: Report) -> None:
        self.report = report
        self.whose = Whose(report)
        self.state = State()
        self.total: Decimal | None = None
        """How many applications the last statement of them told."""
        self.totals_before = False
        """The sentence before told how many applications there were; :attr:`totalled_before`: any before did."""
        self.totalled_before = False

    def read(self, sentences: Sequence[FigureSentence]) -> Iterator[Statement]:
        paragraph = -1
        for sentence in sentences:
            if sentence.paragraph != paragraph:
                paragraph = sentence.paragraph
                self.state = State(topic=sentence.heading)
            self.state.part = self.state.posted = False
            self.state.channels = 0
            self.state.whole = ""
            had_total = False
            for found in self._sentence(sentence):
                if found.kind in TOTALS:
                    had_total, self.total = True, found.value
                yield found
            self.totals_before = had_total
            self.totalled_before |= had_total

    def _sentence(self, sentence: FigureSentence) -> Iterator[Statement]:
        outer: list[Word] = []
        inner: list[list[Word]] = []
        depth = 0
        first = True
        words = [
            *_with_name(sentence.words, sentence.text, self.whose.compound),
            Word("HARD", len(sentence.text), len(sentence.text), ""),
        ]
        for at, word in enumerate(words):
            if word.kind == "OPEN":
                depth += 1
                if depth == 1:
                    inner.append([])
            elif word.kind == "CLOSE" and depth:
                depth -= 1
            elif depth and word.start < len(sentence.text):
                inner[-1].append(word)
            elif word.kind == "HARD" and not leads_to_figure(outer, words[at:]):
                yield from self._clause(sentence, outer, first)
                for remark in inner:
                    yield from self._remark(sentence, remark)
                first = first and not outer
                outer, inner = [], []
            elif word.kind == "HARD":
                continue  # 申请数量：12件
            elif word.kind == "ORDINAL" and not outer and word.text[0] != "第":
                self.state = State(topic="" if first else self.state.topic)
            else:
                outer.append(word)

    def _remark(self, sentence: FigureSentence, remark: Sequence[Word]) -> Iterator[Statement]:
        """What stands in brackets says nothing of what follows them."""
        resumed = replace(self.state)
        if resumed.last in TOTALS:  # 收到26件（自然人15件）
            self.state.whole, self.state.whole_value = resumed.last, resumed.last_value
        clause: list[Word] = []
        for word in (*remark, Word("HARD", 0, 0, "")):
            if word.kind == "HARD":
                for found in self._clause(sentence, clause, False):
                    if found.kind not in DOCUMENTS:
                        yield found
                clause = []
            else:
                clause.append(word)
        self.state = resumed

    def _clause(self, sentence: FigureSentence, clause: Sequence[Word], first: bool) -> Iterator[Statement]:
        for segment in segments(with_bare(clause)):
            if found := self._segment(sentence, segment, first):
                yield found
            first = False

    def _segment(self, sentence: FigureSentence, segment: Sequence[Word], first: bool) -> Statement | None:
        kinds = {word.kind for word in segment}
        if kinds & _COMPARING:
            return None
        figures = [word for word in segment if counts(word)]
        self.state.posted |= bool(figures) and posts(segment)
        if kinds & _PLACING:
            self._place(segment, bool(figures), first)
        if "FILLER" in kinds and _divides(segment):
            self._divide(first)
        none = next((word for word in segment if word.kind == "NONE"), None)
        if not figures and none is None:
            self._mention(segment, first)
            return None
        if len(figures) > 1 or (figures and none):
            self.state.fresh = False
            return None
        said = self._said(segment, none) or self._said_behind_time(segment, none)
        if said is None:
            self._stray(segment, bool(figures))
            return None
        kind, telling, weak = said
        return self._statement(sentence, segment, figures[0] if figures else none, kind, telling, weak)

    # Of whom and when

    def _place(self, segment: Sequence[Word], has_figure: bool, first: bool) -> None:
        """Take over the time and the body that a clause names."""
        state = self.state
        time = self.whose.is_now(segment)
        if time is not None:
            state.now = time
        for at, word in enumerate(segment):
            if word.kind == "OWN":
                state.own, state.wide = True, False
            elif word.kind == "AGAINST":
                name = word.text[1:].rpartition("为")[0].removesuffix("作")
                state.own = name[0] in "我本" or self.whose.is_own(name)
            elif word.kind == "REGION" and state.own is None:
                state.own = self.whose.governs
            elif word.kind == "WIDE" and self.whose.covers(word.text):
                state.own = state.wide = True
            elif word.kind == "WIDE" and (has_figure or at < 2) and not self._is_ours(segment, at):
                state.own = False

    def _is_ours(self, segment: Sequence[Word], at: int) -> bool:
        """Whether a word for many bodies is of all that the report covers: 全县, 全县各级行政机关."""
        word, before = segment[at], segment[at - 1] if at else None
        if self.whose.is_own(word.text) or self.whose.covers(word.text):
            return True
        return word.text in _ALL and before is not None and self.whose.covers(before.text)

    # What

    def _said(self, segment: Sequence[Word], none: Word | None) -> tuple[str, tuple[str, ...], bool] | None:
        """The phrase of a clause, its telling words, and whether its application is but the bare word."""
        kinds: list[str] = []
        weak = False
        told = rest = False
        for at, word in enumerate(segment):
            kind = self.whose.carried(word, told=self.state.carried_in) if word.kind == "CARRY" else word.kind
            if kind == "NONE" and told and segment[at - 1].text not in (*COUNT_OF, "情况", "情形"):
                return None
            if word.text in ("对", "在") and not told:
                if not of_those_received(segment[at + 1 :]):
                    return None  # 对1起…… is said of some of them
                continue
            if kind == "PART" and word.text in _REST and not told:
                rest = True
                continue
            if kind in _PARTIAL:
                if kind == "WIDE" and not told and self._is_ours(segment, at):
                    continue
                return None
            if kind == "NUMBER" and at == 0 and _YEAR.fullmatch(word.text):
                continue  # 2022共收到……
            if kind in ("GAP", "REGION"):
                if told or not (kind == "REGION" or self._head(word.text, segment[at + 1 :])):
                    return None
            elif kind in ("TITLE", "NUMBER", "FIGURE") and not counts(word):
                return None
            elif kind == "_ANSWER" and kinds[-1:] == ["CARRIED_IN"] and _all_done(segment[:at]):
                continue  # 上年结转的4件全部办结
            elif kind not in SILENT:
                told = True
                if kind == "APPLICATION":
                    weak = not re.search(r"公开|信息|依申请", word.text)
                kinds.append(kind)
            elif kind in ("FIGURE", "BARE", "NONE"):
                told = True
        while kinds and kinds[0] == "_AND":
            kinds.pop(0)
        while kinds and kinds[-1] == "_AND":
            kinds.pop()
        if not kinds:
            altogether = any(word.text in _ALTOGETHER for word in segment)
            return ("total", (), False) if altogether and none is None else None
        found = phrase(tuple(kinds))
        if found is None or (rest and not (found[0] in _OF_THE_REST and _OTHERS.isdisjoint(found[1]))):
            return None
        return (*found, weak)

    def _said_behind_time(
        self, segment: Sequence[Word], none: Word | None
    ) -> tuple[str, tuple[str, ...], bool] | None:
        """The phrase behind the year, where a heading has run into the sentence: 做好依申请公开工作2022年共收到……."""
        starts = [at for at, word in enumerate(segment) if word.kind in ("YEAR", "THIS")]
        if not starts:
            return None
        heading = {word.kind for word in segment[: starts[-1]]}
        if "APPLICATION" not in heading or "WIDE" in heading:
            return None
        said = self._said(segment[starts[-1] :], none)
        return said if said and "APPLICATION" in said[1] and not said[2] else None

    def _head(self, name: str, behind: Sequence[Word]) -> bool:
        """Take over who is named at the head of a clause; whether that leaves the clause readable."""
        own = self.whose.is_own(name)
        acts = next((word.kind for word in behind if word.kind not in ("FILLER", *TIMES)), "")
        if own or (_BODY.search(name) and (acts in VERBS or acts in ("NONE", "APPLICATION"))):
            self.state.own = own
        return own

    def _divide(self, first: bool) -> None:
        state = self.state
        state.whole, state.whole_words, state.whole_value = state.last, state.last_words, state.last_value
        if first and self.totals_before:
            state.whole, state.whole_words, state.whole_value = "received", (), self.total
        if state.whole in CARRIED:
            state.part = True

    def _mention(self, segment: Sequence[Word], first: bool) -> None:
        """A clause without figures may name what the next ones speak of."""
        for word in segment:
            if word.kind == "APPLICATION" and (first or "依申请" in word.text or "公开申请" in word.text):
                self.state.topic, self.state.fresh = "applications", True
            elif word.kind == "CAUSE" and any(other.kind in SUBJECTS for other in segment):
                self.state.topic, self.state.fresh = "disputes", True
            elif word.kind in PAPERS and (
                any(other.kind == "_ISSUE" for other in segment)
                or self.state.topic not in ("applications", "disputes", *SUBJECTS)
            ):
                self.state.topic, self.state.fresh = word.kind, True
            elif word.kind == "GAP" and first and word is segment[0] and len(segment) > 1:
                self.state.own = True if self.whose.is_own(word.text) else self.state.own

    def _stray(self, segment: Sequence[Word], has_figure: bool) -> None:
        """A clause that is not understood: what is counted there ends the topic, or is a part of it."""
        if not has_figure:
            return
        kinds = {word.kind for word in segment}
        self.state.fresh = False
        if "CHANNEL" in kinds and kinds <= _CHANNELS_OF:
            self.state.count_channel("APPLICATION" in kinds)
        if "CHANNEL" in kinds or "PART" in kinds:
            self.state.part = True
        elif self.state.topic not in ("disputes", *SUBJECTS) and of_another_thing(segment):
            self.state.topic = ""

    def _statement(
        self,
        sentence: FigureSentence,
        segment: Sequence[Word],
        number: Word | None,
        kind: str,
        telling: tuple[str, ...],
        weak: bool,
    ) -> Statement | None:
        assert number is not None
        state = self.state
        place = Place(sentence.section, self._decides(sentence))
        taken = state.subject(kind, telling, weak, segment, place)
        if taken is None or (number.kind == "NONE" and not may_be_none(kind, telling)):
            self._stray(segment, number.kind != "NONE")
            return None
        explicit, subject = taken
        blocked = state.is_of_a_part(kind, telling, _divides(segment)) or is_aside(
            kind, segment, number, self.totalled_before
        )
        if kind == "requests" and _ATTRIBUTES.search(sentence.text):
            state.topic = ""
            return None
        state.tell(kind, telling, explicit, subject)
        if blocked or state.own is False or state.now is False:
            return None
        found = self._value(sentence, segment, number, kind)
        if found is None:
            return None
        value, digits = found
        state.last_value = value
        return Statement(
            kind=kind,
            words=(*telling, *(word for word in subject if word not in telling)),
            value=value,
            span=sentence.span(number.start, number.end),
            number=digits,
            section=sentence.section,
            sentence=sentence.span(0, 1).start,
            paragraph=sentence.paragraph,
            explicit=explicit,
            clear=((state.own is True and not state.wide) or not self.whose.governs)
            and not any(word.text in _REST for word in segment),
            wide=state.wide,
            of=state.whole_value if kind == "applicants" and state.whole in TOTALS else None,
        )

    def _value(
        self, sentence: FigureSentence, segment: Sequence[Word], number: Word, kind: str
    ) -> tuple[Decimal, Span | None] | None:
        """The value, money in 万元, and the digits; None for money where no money is, and for a year of a report without."""
        found = quantity(sentence, number)
        if found is None or (number.kind == "FIGURE" and (found[1] in MONEY) != (kind == "fees")):
            return None
        value, unit, digits = found
        dated = any(word.kind == "YEAR" for word in segment)
        if self.report.year is None and self.state.now is not None and dated:
            return None
        return (value / 10000 if unit == "元" else value), digits

    def _decides(self, sentence: FigureSentence) -> bool:
        return self.whose.decides_on_reviews() and not any(word.kind == "SUIT" for word in sentence.words)
