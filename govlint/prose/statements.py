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
from functools import lru_cache

from govlint.agencies.names import classify
from govlint.document import Span
from govlint.prose.sentences import CountedSentence, counted_sentences
from govlint.prose.words import Word, figure, phrase
from govlint.report import Report, once_per_report
from govlint.text.numerals import numeral

_BODY = re.compile(
    r"[局办委厅署处站队部村县市区省州旗镇乡]$|街道$|部门$|单位$|机关$|政府$|中心$|[院所]$|社区$|公司$"
)
"""How the names of bodies end."""

_REGION = re.compile(r"[省州盟县旗]|(?<!城)(?:[乡镇](?!村)|市(?![场政容民]))|(?<!社)区(?!域)")
_TOWNSHIPS = frozenset(
    ("街道", "镇", "乡", "街", "镇政府", "乡政府", "办事处", "街道办", "街道办事处", "街道党工委")
)
_ZONES = frozenset(("园区", "开发区", "管委会"))
_UNITS = frozenset(["件", "份", "条", "宗", "起", "项", "例", "个", "封"])
_MONEY = frozenset(("元", "万元"))
_TIMES = frozenset(("YEAR", "MONTH", "THIS", "BEFORE"))
_SILENT = frozenset(("FILLER", "OWN", "ORDINAL", "FIGURE", "NONE", *_TIMES))
"""Kinds of words that do not say what is counted."""
_COMPARING = frozenset(("COMPARE", "CHANGE", "PERCENT"))
_PARTIAL = frozenset(("PART", "CHANNEL", "WIDE"))
_VERBS = frozenset(
    ("_NEW", "_RECEIVE", "_ACCEPT", "_HANDLE", "_ANSWER", "_ISSUE", "_REPEAL", "_OCCUR", "_MAKE", "_COLLECT")
)
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
MEMBERS = {
    "REFUSED": "STATE_SECRET FORBIDDEN_BY_LAW SECURITY_STABILITY THIRD_PARTY INTERNAL_AFFAIRS PROCESS_INFORMATION "
    "ENFORCEMENT_FILE ADMINISTRATIVE_QUERY",
    "UNAVAILABLE": "NOT_HELD NONEXISTENT NEEDS_CREATION UNCLEAR",
    "DECLINED": "PETITION REPEATED PUBLICATION EXCESSIVE CONFIRMATION",
    "OTHER_HANDLING": "NOT_CORRECTED FEE_UNPAID OTHER",
}
"""The outcomes of each group."""
_OF_NONE = _CARRIED | {"new", "received", "taken", "requests", "disputes", "issued", "repealed", "fees"}
"""What may be said to be none."""


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


@dataclass(slots=True)
class Prose:
    sentences: list[CountedSentence] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)


@once_per_report
def read_prose(report: Report) -> Prose:
    """The sentences with figures of a report, and the statements in them."""
    sentences = list(counted_sentences(report))
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
    now: bool | None = None
    """Whether it speaks of the report's year."""
    last_words: tuple[str, ...] = ()


class _Reader:
    def __init__(self, report: Report) -> None:
        self.report = report
        self.agency = "".join((report.agency or "").split())
        self.body = classify(self.agency) if self.agency else None
        self.place = re.sub(r"(?:人民)?政府$|(?<=街道)办事处$", "", self.agency)
        self.state = _State()
        self.totals_before = False

    def read(self, sentences: Sequence[CountedSentence]) -> Iterator[Statement]:
        paragraph = -1
        for sentence in sentences:
            if sentence.paragraph != paragraph:
                paragraph = sentence.paragraph
                self.state = _State(topic=sentence.heading)
            self.state.part = False
            self.state.whole = ""
            had_total = False
            for found in self._sentence(sentence):
                had_total |= found.kind in TOTALS
                yield found
            self.totals_before = had_total

    def _sentence(self, sentence: CountedSentence) -> Iterator[Statement]:
        outer: list[Word] = []
        inner: list[list[Word]] = []
        depth = 0
        first = True
        for word in (*sentence.words, Word("HARD", len(sentence.text), len(sentence.text), "")):
            if word.kind == "OPEN":
                depth += 1
                if depth == 1:
                    inner.append([])
            elif word.kind == "CLOSE" and depth:
                depth -= 1
            elif depth and word.start < len(sentence.text):
                inner[-1].append(word)
            elif word.kind == "HARD":
                yield from self._clause(sentence, outer, first)
                for remark in inner:
                    yield from self._remark(sentence, remark)
                first = first and not outer
                outer, inner = [], []
            elif word.kind == "ORDINAL" and not outer and word.text[0] != "第":
                self.state = _State(topic="" if first else self.state.topic)
            else:
                outer.append(word)

    def _remark(self, sentence: CountedSentence, remark: Sequence[Word]) -> Iterator[Statement]:
        """What stands in brackets says nothing of what follows them."""
        kept = replace(self.state)
        clause: list[Word] = []
        for word in (*remark, Word("HARD", 0, 0, "")):
            if word.kind == "HARD":
                for found in self._clause(sentence, clause, False):
                    if found.kind not in DOCUMENTS:
                        yield found
                clause = []
            else:
                clause.append(word)
        self.state = kept

    def _clause(self, sentence: CountedSentence, clause: Sequence[Word], first: bool) -> Iterator[Statement]:
        for segment in _segments(clause):
            if found := self._segment(sentence, segment, first):
                yield found
            first = False

    def _segment(self, sentence: CountedSentence, segment: Sequence[Word], first: bool) -> Statement | None:
        kinds = {word.kind for word in segment}
        if kinds & _COMPARING:
            return None
        figures = [word for word in segment if word.kind == "FIGURE" and _counts(word)]
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

    def _place(self, segment: Sequence[Word], counted: bool, first: bool) -> None:
        """Take over the time and the body that a clause names."""
        state = self.state
        time = self._time(segment)
        if time is not None:
            state.now = time
        for at, word in enumerate(segment):
            if word.kind == "OWN":
                state.own = True
            elif word.kind == "REGION" and state.own is None:
                state.own = bool(self.body and self.body.governs)
            elif word.kind == "WIDE" and (counted or at < 2) and not self._is_own(word.text):
                state.own = False

    def _time(self, segment: Sequence[Word]) -> bool | None:
        years: set[int | None] = set()
        months: set[str] = set()
        said: bool | None = None
        for word in segment:
            if word.kind == "YEAR":
                years |= _years(word.text)
                months |= set(re.findall(r"\d{1,2}月(?:\d{1,2}日|底|末)?", word.text))
            elif word.kind == "MONTH":
                months.add(word.text)
            elif word.kind == "THIS":
                said = True
            elif word.kind == "BEFORE":
                said = False
        if months - {"12月31日", "31日"} and not _whole_year(months):
            return False
        if years:
            return years == {self.report.year}
        return said

    def _is_own(self, name: str) -> bool:
        """Whether a name at the head of a clause is the report's own body, shortened or not."""
        name = name.removeprefix("全").removeprefix("由")
        if not self.agency or not name or name in "省市州盟县旗区":
            return False
        if _region(name) not in ("", _region(self.agency)):
            return False  # 市水利局 in the report of 临河市青岩区水利局
        if self.agency.endswith(name) or self.place.endswith(name):
            return True
        if self.body and self.body.governs and self.agency.startswith(name):
            return True
        if name in _TOWNSHIPS:
            return bool(self.body and (self.body.kind == "street" or self.body.level == "township"))
        if name in _ZONES:
            return bool(self.body and self.body.kind == "zone")
        return len(name) > 1 and self._shortened(name)

    def _shortened(self, name: str) -> bool:
        """Whether the agency's name has the characters of another in their order, and ends like it."""
        rest = iter(self.agency)
        if not all(char in rest for char in name):
            return False
        if self.agency[-1] == name[-1]:
            return True
        return name[-1] in "办委局" and self.agency.endswith(("办公室", "委员会", "局"))

    # What

    def _said(self, segment: Sequence[Word], none: Word | None) -> tuple[str, tuple[str, ...], bool] | None:
        """The phrase of a clause, its telling words, and whether its application is but the bare word."""
        kinds: list[str] = []
        weak = False
        told = False
        for at, word in enumerate(segment):
            kind = self._carry(word) if word.kind == "CARRY" else word.kind
            if (kind == "NONE" and told) or (word.text == "对" and not told):
                return None  # 对1起…… is said of some of them
            if kind in _PARTIAL:
                if kind == "WIDE" and not told and self._is_own(word.text):
                    continue
                return None
            if kind in ("GAP", "REGION"):
                if told or not (kind == "REGION" or self._head(word.text, segment[at + 1 :])):
                    return None
            elif kind in ("TITLE", "NUMBER", "FIGURE") and (kind != "FIGURE" or not _counts(word)):
                return None
            elif kind not in _SILENT:
                told = True
                if kind == "APPLICATION":
                    weak = not re.search(r"公开|信息|依申请", word.text)
                kinds.append(kind)
            elif kind in ("FIGURE", "NONE"):
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
        own = self._is_own(name)
        acts = next((word.kind for word in behind if word.kind not in ("FILLER", *_TIMES)), "")
        if own or (_BODY.search(name) and (acts in _VERBS or acts in ("NONE", "APPLICATION"))):
            self.state.own = own
        return own

    def _carry(self, word: Word) -> str:
        """Whether what is carried over comes in or goes out."""
        year = self.report.year
        before, mark, behind = word.text.partition("结转" if "结转" in word.text else "转结")
        if not mark:  # 转下年, 至2024年
            before, behind = "", word.text
        if re.search(r"[下次明来]", before) or re.search(r"[下次明来]", behind):
            return "CARRIED_OUT" if mark or word.text[0] not in "至到" else "_NEXT"
        if re.search(r"[本今]", behind):
            return "CARRIED_IN"
        froms, tos = _years(before), _years(behind)
        if year is not None and (tos == {year + 1} or (tos == {year} and froms <= {year - 1})):
            incoming = tos == {year}
            return (
                "CARRIED_IN" if incoming else "CARRIED_OUT" if mark or word.text[0] not in "至到" else "_NEXT"
            )
        if tos:
            return "GAP"
        if re.search(r"[上去]", before) or (year is not None and froms == {year - 1}):
            return "CARRIED_IN"
        return "GAP" if froms else "_CARRY"

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
            elif word.kind in _PAPERS and self.state.topic not in ("applications", "disputes", *_SUBJECTS):
                self.state.topic, self.state.fresh = word.kind, True
            elif word.kind == "GAP" and first and word is segment[0] and len(segment) > 1:
                self.state.own = True if self._is_own(word.text) else self.state.own

    def _stray(self, segment: Sequence[Word], counted: bool) -> None:
        """A clause that is not understood: what is counted there ends the topic, or is a part of it."""
        if not counted:
            return
        kinds = {word.kind for word in segment}
        self.state.fresh = False
        if "CHANNEL" in kinds or "PART" in kinds:
            self.state.part = True
        elif self.state.topic not in ("disputes", *_SUBJECTS) and _of_another_thing(segment):
            self.state.topic = ""

    def _statement(
        self,
        sentence: CountedSentence,
        segment: Sequence[Word],
        number: Word | None,
        kind: str,
        telling: tuple[str, ...],
        weak: bool,
    ) -> Statement | None:
        assert number is not None
        state = self.state
        taken = self._topical(kind, telling, weak, sentence, segment)
        if taken is None or (number.kind == "NONE" and not _may_be_none(kind, telling)):
            self._stray(segment, number.kind == "FIGURE")
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
        if blocked or state.own is False or state.now is False:
            return None
        found = _number(sentence, number)
        if found is None or (number.kind == "FIGURE" and (found[1] in _MONEY) != (kind == "fees")):
            return None
        value, unit, digits = found
        if unit == "元":
            value /= 10000
        if (
            self.report.year is None
            and state.now is not None
            and any(word.kind == "YEAR" for word in segment)
        ):
            return None
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
            clear=state.own is True or not (self.body and self.body.governs),
        )

    def _topical(
        self,
        kind: str,
        telling: tuple[str, ...],
        weak: bool,
        sentence: CountedSentence,
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
            if any(word.kind == "_RECEIVE" for word in segment) and (
                "CAUSE" not in telling or self._reviews()
            ):
                known = False  # what a reviewing body receives are the complaints that it decides
            known = known or sentence.section == "review_litigation"
            return (caused or sentence.section == "review_litigation", subject) if known else None
        if kind == "results":
            subject = tuple(word for word in telling if word in _SUBJECTS)
            if subject or state.topic in _SUBJECTS or state.topic == "disputes":
                known = state.topic in ("applications", "disputes", *_SUBJECTS)
                return (bool(subject), subject or (state.topic,)) if known else None
            return None
        if kind in DOCUMENTS:
            subject = tuple(word for word in telling if word in _PAPERS)
            if subject:
                return True, subject
            return (False, (state.topic,)) if state.topic in _PAPERS and state.fresh else None
        return True, ()

    def _reviews(self) -> bool:
        """Whether the body decides on others' reviews: a government, or its justice department."""
        return "司法" in self.agency or bool(self.body and self.body.governs)

    def _blocked(self, kind: str, telling: tuple[str, ...], of: bool) -> bool:
        """Whether the figure is one of a part of the whole."""
        state = self.state
        if kind in ("outcomes", "applicants"):
            if state.part:
                return True
            if state.whole == "outcomes" and not _within(telling, state.whole_words):
                if of or kind == "applicants":
                    return True
                state.whole = ""
            return False
        named = "APPLICATION" in telling or kind in _CARRIED
        return state.part and kind in APPLICATIONS and not named

    def _aside(self, kind: str, segment: Sequence[Word], number: Word) -> bool:
        """Whether a figure of applications may count something a little different."""
        if kind == "requests" and _unit(number.text) in ("项", "个"):
            return True  # 依申请公开事项26项
        return (
            kind == "answered" and number.kind == "FIGURE" and any(word.text in _IN_TIME for word in segment)
        )


def _of_another_thing(segment: Sequence[Word]) -> bool:
    """Whether a clause that is not understood tells of something else received or done."""
    verb = False
    for word in segment:
        if word.kind in _VERBS:
            if word.kind not in ("_HANDLE", "_ANSWER"):
                return True
            verb = True
        elif verb and word.kind not in _SILENT and word.kind not in ("APPLICATION", "_AND"):
            return True
    return False


def _may_be_none(kind: str, telling: Sequence[str]) -> bool:
    return kind in _OF_NONE or (kind == "applicants" and {"NATURAL_PERSON", "ORGANISATION"} <= set(telling))


@lru_cache(256)
def _region(name: str) -> str:
    """What kind of place a body is of, by the last such word of its name: 市, 县, 镇; empty where it does not say."""
    found = _REGION.findall(name)
    return found[-1] if found else ""


def _within(telling: Sequence[str], whole: Sequence[str]) -> bool:
    members = {member for word in whole for member in MEMBERS.get(word, "").split()}
    return bool(telling) and set(telling) <= members


def _segments(clause: Sequence[Word]) -> Iterator[list[Word]]:
    """A clause by its figures: a conjunction behind a figure, or the next figure's words, begin another."""
    segment: list[Word] = []
    counted = led = False
    counts = [word.kind == "FIGURE" and _counts(word) for word in clause]
    last = max((at for at, count in enumerate(counts) if count), default=-1)
    for at, word in enumerate(clause):
        more = at <= last or _named(segment)
        if counted and (word.kind == "_AND" or (led and more and word.kind not in _SILENT)):
            yield segment
            segment, counted, led = [], False, False
            if word.kind == "_AND":
                continue
        if counts[at]:
            counted = True
        elif not counted and word.kind not in _SILENT:
            led = True
        segment.append(word)
    if segment:
        yield segment


def _named(segment: Sequence[Word]) -> bool:
    """Whether a segment names what was done and to what: what follows its figure is another thing."""
    kinds = {word.kind for word in segment}
    return "APPLICATION" in kinds and bool(kinds & _VERBS)


@lru_cache(4096)
def _unit(text: str) -> str:
    match = figure(text)
    return match["unit"] if match else ""


def _counts(word: Word) -> bool:
    return _unit(word.text) in _UNITS or _unit(word.text) in _MONEY


def _number(sentence: CountedSentence, word: Word) -> tuple[Decimal, str, Span | None] | None:
    """Value, unit and place of the digits; None where the number is approximate."""
    if word.kind == "NONE":
        return Decimal(0), "", None
    match = figure(word.text)
    if match is None or match["about"] or match["more"] or match["over"]:
        return None
    digits = match["number"]
    value = amount(digits)
    if value is None:
        return None
    start, end = (word.start + at for at in match.span("number"))
    span = sentence.span(start, end) if digits[0].isdigit() else None
    return value, match["unit"], span


def amount(digits: str) -> Decimal | None:
    """The value of a number in digits or Chinese numerals."""
    if digits[0] in "0123456789":
        return Decimal(digits.replace(",", ""))
    value = numeral(digits)
    return None if value is None else Decimal(value)


def _years(text: str) -> set[int | None]:
    found: set[int | None] = {int(year) for year in re.findall(r"20\d\d", text)}
    for year in re.findall(r"二[〇零○][〇零○一二三四五六七八九]{2}", text):
        found.add(numeral(year.replace("○", "〇")))
    return found


def _whole_year(months: set[str]) -> bool:
    """Whether dates are the first and the last of a year, or its end."""
    if not months - {"1-12月", "1至12月", "1—12月", "1~12月"}:
        return True
    firsts, lasts = {"1月", "1月1日"}, {"12月31日", "12月底", "12月末", "31日"}
    return months <= firsts | lasts | {"12月"} and bool(
        months & lasts or (months & firsts and "12月" in months)
    )
