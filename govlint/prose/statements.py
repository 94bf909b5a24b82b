"""What the prose of a report says about figures: sentences to clauses, clauses to statements.

A statement is understood only where every word between what is counted and the number is known, where it speaks of
the report's own body and year, and of the whole. Whatever else there is, of another year, body, matter or of a part,
is no statement. The words and phrases are those of ``grammars/statements.lark``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from govlint.document import Span
from govlint.prose.clauses import (
    COUNT_OF,
    leads_to_figure,
    may_be_none,
    of_another_thing,
    of_those_received,
    posts,
    within,
)
from govlint.prose.quantities import MONEY, SILENT, TIMES, VERBS, counts, segments, unit, with_bare
from govlint.prose.quantities import number as quantity
from govlint.prose.sentences import FigureSentence, figure_sentences
from govlint.prose.whose import Whose
from govlint.prose.words import Word, phrase
from govlint.report import Report, once_per_report

_BODY = re.compile(
    r"[局办委厅署处站队部村县市区省州旗镇乡]$|街道$|部门$|单位$|机关$|政府$|中心$|[院所]$|社区$|公司$"
)
"""How the names of bodies end."""

_COMPARING = frozenset(("COMPARE", "CHANGE", "PERCENT"))
_PARTIAL = frozenset(("PART", "CHANNEL", "WIDE"))
_YEAR = re.compile(r"20\d\d")
_NO_DECISIONS = frozenset(("案件", "事项", "案例", "情况", "条"))
_OF = frozenset(("其中", "包括", "含", "包含"))
_ATTRIBUTES = re.compile(r"主动公开[^,。;]{0,8}\d|公开属性|属性为")
"""Documents counted by how they may be disclosed: 主动公开36件、依申请公开43件."""
_IN_TIME = frozenset(("按时", "按期", "及时"))
"""How many were handled in time need not be how many were handled."""
_ALTOGETHER = frozenset(("共计", "合计", "总计"))

TOTALS = frozenset(("new", "received", "taken", "handled", "answered", "requests", "total"))
_CARRIED = frozenset(("carried_in", "carried_out"))
APPLICATIONS = TOTALS | _CARRIED | {"outcomes", "applicants"}
DOCUMENTS = frozenset(["issued", "repealed", "in_force"])
_BARE = frozenset(("PUBLISHED", "OTHER", "NATURAL_PERSON", "ORGANISATION"))
"""Words that tell an outcome or applicant only right behind a statement of applications."""
_SUBJECTS = frozenset(["REVIEW", "SUIT", "DIRECT", "AFTER", "DISPUTE"])
_PAPERS = frozenset(["NORMATIVE", "NORMATIVE_BROADLY", "REGULATIONS"])


@dataclass(frozen=True, slots=True)
class Statement:
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


@dataclass(slots=True)
class Prose:
    sentences: list[FigureSentence] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)


@once_per_report
def read_prose(report: Report) -> Prose:
    """The sentences with figures of a report, and the statements in them."""
    sentences = list(figure_sentences(report))
    return Prose(sentences, list(_Reader(report).read(sentences)))


@dataclass(slots=True)
class _State:
    """What a clause takes over from the words before it."""

    topic: str = ""
    """``applications``, ``disputes``, or a word for a review, suit or paper."""
    fresh: bool = True
    """Nothing of another matter has been counted since."""
    last: str = ""
    """The kind of the statement before."""
    whole: str = ""
    """The kind of the statement that an “of which” divides."""
    whole_words: tuple[str, ...] = ()
    part: bool = False
    own: bool | None = None
    """Whether it speaks of the report's body; None where it does not say."""
    wide: bool = False
    """Whether that is the whole place for which a government reports."""
    now: bool | None = None
    """Whether it speaks of the report's year."""
    posted: bool = False
    """Postings have been counted in the sentence: what divides them is posted too, and no number of decisions."""
    carried_in: bool = False
    """What was carried in has been told: a bare 结转 goes out."""
    last_words: tuple[str, ...] = ()


class _Reader:
    def __init__(self, report: Report) -> None:
        self.report = report
        self.whose = Whose(report)
        self.state = _State()
        self.totals_before = False
        """The sentence before told how many applications there were; :attr:`totalled_before`: any before did."""
        self.totalled_before = False

    def read(self, sentences: Sequence[FigureSentence]) -> Iterator[Statement]:
        paragraph = -1
        for sentence in sentences:
            if sentence.paragraph != paragraph:
                paragraph = sentence.paragraph
                self.state = _State(topic=sentence.heading)
            self.state.part = self.state.posted = False
            self.state.whole = ""
            had_total = False
            for found in self._sentence(sentence):
                had_total |= found.kind in TOTALS
                yield found
            self.totals_before = had_total
            self.totalled_before |= had_total

    def _sentence(self, sentence: FigureSentence) -> Iterator[Statement]:
        outer: list[Word] = []
        inner: list[list[Word]] = []
        depth = 0
        first = True
        words = [*sentence.words, Word("HARD", len(sentence.text), len(sentence.text), "")]
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
                self.state = _State(topic="" if first else self.state.topic)
            else:
                outer.append(word)

    def _remark(self, sentence: FigureSentence, remark: Sequence[Word]) -> Iterator[Statement]:
        """What stands in brackets says nothing of what follows them."""
        resumed = replace(self.state)
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
        self.state.posted |= posts(segment)
        figures = [word for word in segment if counts(word)]
        self._place(segment, bool(figures), first)
        of = any(word.kind == "FILLER" and word.text in _OF for word in segment)
        if of:
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
            elif word.kind == "REGION" and state.own is None:
                state.own = self.whose.governs
            elif word.kind == "WIDE" and self.whose.covers(word.text):
                state.own = state.wide = True
            elif word.kind == "WIDE" and (has_figure or at < 2) and not self.whose.is_own(word.text):
                state.own = False

    # What

    def _said(self, segment: Sequence[Word], none: Word | None) -> tuple[str, tuple[str, ...], bool] | None:
        """The phrase of a clause, its telling words, and whether its application is but the bare word."""
        kinds: list[str] = []
        weak = False
        told = False
        for at, word in enumerate(segment):
            kind = self.whose.carried(word, told=self.state.carried_in) if word.kind == "CARRY" else word.kind
            if kind == "NONE" and told and segment[at - 1].text not in (*COUNT_OF, "情况", "情形"):
                return None
            if word.text in ("对", "在") and not told:
                if not of_those_received(segment[at + 1 :]):
                    return None  # 对1起…… is said of some of them
                continue
            if kind in _PARTIAL:
                if (
                    kind == "WIDE"
                    and not told
                    and (self.whose.is_own(word.text) or self.whose.covers(word.text))
                ):
                    continue
                return None
            if kind == "NUMBER" and at == 0 and _YEAR.fullmatch(word.text):
                continue  # 2022共收到……
            if kind in ("GAP", "REGION"):
                if told or not (kind == "REGION" or self._head(word.text, segment[at + 1 :])):
                    return None
            elif kind in ("TITLE", "NUMBER", "FIGURE") and not counts(word):
                return None
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
        return (*found, weak) if found else None

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
        state.whole, state.whole_words = state.last, state.last_words
        if first and self.totals_before:
            state.whole, state.whole_words = "received", ()
        if state.whole in _CARRIED:
            state.part = True

    def _mention(self, segment: Sequence[Word], first: bool) -> None:
        """A clause without figures may name what the next ones speak of."""
        for word in segment:
            if word.kind == "APPLICATION" and (first or "依申请" in word.text or "公开申请" in word.text):
                self.state.topic, self.state.fresh = "applications", True
            elif word.kind == "CAUSE" and any(other.kind in _SUBJECTS for other in segment):
                self.state.topic, self.state.fresh = "disputes", True
            elif word.kind in _PAPERS and (
                any(other.kind == "_ISSUE" for other in segment)
                or self.state.topic not in ("applications", "disputes", *_SUBJECTS)
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
        if "CHANNEL" in kinds or "PART" in kinds:
            self.state.part = True
        elif self.state.topic not in ("disputes", *_SUBJECTS) and of_another_thing(segment):
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
        taken = self._topical(kind, telling, weak, sentence, segment)
        if taken is None or (number.kind == "NONE" and not may_be_none(kind, telling)):
            self._stray(segment, number.kind != "NONE")
            return None
        explicit, subject = taken
        of = any(word.kind == "FILLER" and word.text in _OF for word in segment)
        blocked = self._blocked(kind, telling, of) or self._aside(kind, segment, number)
        if kind == "requests" and _ATTRIBUTES.search(sentence.text):
            state.topic = ""
            return None
        if kind in APPLICATIONS:
            state.topic = "applications"
            if explicit and kind in TOTALS:
                state.part = False
        elif subject:
            state.topic = subject[0] if len(set(subject)) == 1 else "disputes"
        state.fresh = True
        state.last, state.last_words = kind, telling
        state.carried_in |= kind == "carried_in"
        if blocked or state.own is False or state.now is False:
            return None
        found = self._value(sentence, segment, number, kind)
        if found is None:
            return None
        value, digits = found
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
            clear=(state.own is True and not state.wide) or not self.whose.governs,
            wide=state.wide,
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

    def _topical(
        self,
        kind: str,
        telling: tuple[str, ...],
        weak: bool,
        sentence: FigureSentence,
        segment: Sequence[Word],
    ) -> tuple[bool, tuple[str, ...]] | None:
        """Whether the clause itself names what is counted, and the subject taken over; None where neither does."""
        state = self.state
        if kind in APPLICATIONS:
            explicit = "APPLICATION" in telling and not weak
            if explicit:
                return True, ()
            if state.topic != "applications":
                return None
            bare = kind in TOTALS or (bool(_BARE & set(telling)) and "APPLICATION" not in telling)
            return (False, ()) if state.fresh or not bare else None
        if kind == "disputes":
            subject = tuple(word for word in telling if word in _SUBJECTS)
            caused = bool({"CAUSE", "APPLICATION"} & set(telling))
            told = state.topic == "applications" and state.last in APPLICATIONS
            known = caused or told or state.topic in ("disputes", *_SUBJECTS)
            taken = {word.kind for word in segment} & {"_RECEIVE", "_HANDLE", "_ACCEPT"}
            if taken and ("CAUSE" not in telling or self._decides(sentence)):
                known = False  # what a reviewing body receives are the complaints that it decides
            known = known or (sentence.section == "review_litigation" and taken <= {"_RECEIVE"})
            return (caused or sentence.section == "review_litigation", subject) if known else None
        if kind == "results":
            subject = tuple(word for word in telling if word in _SUBJECTS)
            if subject or state.topic in _SUBJECTS or state.topic == "disputes":
                known = state.topic in ("applications", "disputes", *_SUBJECTS)
                return (bool(subject), subject or (state.topic,)) if known else None
            return None
        if (kind == "decisions" or kind in DOCUMENTS) and self._of_postings(kind, segment):
            return None
        if kind == "decisions":
            return any(word.kind == "_DECISION" for word in segment), ()
        if kind in DOCUMENTS:
            subject = tuple(word for word in telling if word in _PAPERS)
            if subject:
                return True, subject
            return (False, (state.topic,)) if state.topic in _PAPERS and state.fresh else None
        return True, ()

    def _decides(self, sentence: FigureSentence) -> bool:
        """Whether reviews are told of as by the body that decides on them; one that is sued is a party to them."""
        return self.whose.decides_on_reviews() and not any(word.kind == "SUIT" for word in sentence.words)

    def _of_postings(self, kind: str, segment: Sequence[Word]) -> bool:
        """Whether decisions or documents are counted as posted, or as cases or items, and not as made."""
        kinds = {word.kind for word in segment}
        if self.state.posted and not kinds & VERBS:
            return True
        if kind != "decisions" or "_DECISION" in kinds:
            return False
        return any(word.text in _NO_DECISIONS for word in segment)

    def _blocked(self, kind: str, telling: tuple[str, ...], of: bool) -> bool:
        """Whether the figure is one of a part of the whole."""
        state = self.state
        if kind in ("outcomes", "applicants"):
            if state.part:
                return True
            if state.whole == "outcomes" and not within(telling, state.whole_words):
                if of or kind == "applicants":
                    return True
                state.whole = ""
            return False
        named = "APPLICATION" in telling or kind in _CARRIED
        return state.part and kind in APPLICATIONS and not named

    def _aside(self, kind: str, segment: Sequence[Word], number: Word) -> bool:
        """Whether a figure of applications may count something a little different."""
        if kind == "requests" and unit(number.text) in ("项", "个"):
            return True  # 依申请公开事项26项
        if kind == "requests" and any("请求" in word.text for word in segment):
            return True
        if kind == "requests" and number.kind == "FIGURE" and self.totalled_before:
            behind = [word for word in segment if word.start > number.start]
            if any(word.kind == "APPLICATION" for word in behind):
                return True  # 1件申请，属于…… after the total
        return (
            kind == "answered" and number.kind == "FIGURE" and any(word.text in _IN_TIME for word in segment)
        )
