"""The topic of a clause: what it takes over from the words before, and whether its figure is of what they told."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from msgspec import Struct

from govlint.prose.clauses import within
from govlint.prose.quantities import VERBS
from govlint.prose.words import Word

_NO_DECISIONS = frozenset(("案件", "事项", "案例", "情况", "条"))
_IN_TIME = frozenset(("按时", "按期", "及时"))
"""How many were handled in time need not be how many were handled."""

TOTALS = frozenset(("new", "received", "taken", "handled", "answered", "requests", "total"))
CARRIED = frozenset(("carried_in", "carried_out"))
APPLICATIONS = TOTALS | CARRIED | {"outcomes", "applicants"}
DOCUMENTS = frozenset(["issued", "repealed", "in_force"])
_BARE = frozenset(("PUBLISHED", "OTHER", "NATURAL_PERSON", "ORGANISATION"))
"""Words that tell an outcome or applicant only right behind a statement of applications."""
SUBJECTS = frozenset(["REVIEW", "SUIT", "DIRECT", "AFTER", "DISPUTE"])
PAPERS = frozenset(["NORMATIVE", "NORMATIVE_BROADLY", "REGULATIONS"])


class Place(NamedTuple):
    """Where a clause stands."""

    section: str
    decides: bool
    """Reviews are told of as by the body that decides on them; one that is sued is a party to them."""


class State(Struct):
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
    whole_value: Decimal | None = None
    """How many it is; None where that is not known."""
    last_value: Decimal | None = None
    part: bool = False
    own: bool | None = None
    """Whether it speaks of the report's body; None where it does not say."""
    wide: bool = False
    """Whether that is the whole place for which a government reports."""
    now: bool | None = None
    """Whether it speaks of the report's year."""
    posted: bool = False
    """Postings have been counted in the sentence: what divides them is posted too, and no number of decisions."""
    channels: int = 0
    """Channels whose applications have been counted one by one: what they come to is the whole."""
    carried_in: bool = False
    """What was carried in has been told: a bare 结转 goes out."""
    last_words: tuple[str, ...] = ()

    def subject(
        self, kind: str, telling: tuple[str, ...], weak: bool, segment: Sequence[Word], place: Place
    ) -> tuple[bool, tuple[str, ...]] | None:
        """Whether the clause itself names what is counted, and the subject taken over; None where neither does."""
        if kind in APPLICATIONS:
            return self._of_applications(kind, telling, weak)
        if kind == "disputes":
            return self._of_disputes(telling, segment, place)
        if kind == "results":
            subject = tuple(word for word in telling if word in SUBJECTS)
            if subject or self.topic in SUBJECTS or self.topic == "disputes":
                known = self.topic in ("applications", "disputes", *SUBJECTS)
                return (bool(subject), subject or (self.topic,)) if known else None
            return None
        if (kind == "decisions" or kind in DOCUMENTS) and self._of_postings(kind, segment):
            return None
        if kind == "decisions":
            return any(word.kind == "_DECISION" for word in segment), ()
        if kind in DOCUMENTS:
            subject = tuple(word for word in telling if word in PAPERS)
            if subject:
                return True, subject
            return (False, (self.topic,)) if self.topic in PAPERS and self.fresh else None
        return True, ()

    def tell(self, kind: str, telling: tuple[str, ...], explicit: bool, subject: tuple[str, ...]) -> None:
        """Take over what a statement has told."""
        if kind in APPLICATIONS:
            self.topic = "applications"
            if explicit and kind in TOTALS:
                self.part = False
        elif subject:
            self.topic = subject[0] if len(set(subject)) == 1 else "disputes"
        self.fresh = True
        self.last, self.last_words, self.last_value = kind, telling, None
        self.carried_in |= kind == "carried_in"

    def count_channel(self, named: bool) -> None:
        """Take in the applications of one channel; ``named``: they are called so."""
        if named:
            self.topic, self.channels = "applications", 0
        if self.topic == "applications":
            self.channels += 1
            self.fresh = True

    def _of_applications(
        self, kind: str, telling: tuple[str, ...], weak: bool
    ) -> tuple[bool, tuple[str, ...]] | None:
        if "APPLICATION" in telling and not weak:
            return True, ()
        if self.topic != "applications":
            return None
        bare = kind in TOTALS or (bool(_BARE & set(telling)) and "APPLICATION" not in telling)
        return (False, ()) if self.fresh or not bare else None

    def _of_disputes(
        self, telling: tuple[str, ...], segment: Sequence[Word], place: Place
    ) -> tuple[bool, tuple[str, ...]] | None:
        subject = tuple(word for word in telling if word in SUBJECTS)
        caused = bool({"CAUSE", "APPLICATION"} & set(telling))
        told = self.topic == "applications" and self.last in APPLICATIONS
        known = caused or told or self.topic in ("disputes", *SUBJECTS)
        taken = {word.kind for word in segment} & {"_RECEIVE", "_HANDLE", "_ACCEPT"}
        if taken and ("CAUSE" not in telling or place.decides):
            known = False  # what a reviewing body receives are the complaints that it decides
        in_section = place.section == "review_litigation"
        known = known or (in_section and taken <= {"_RECEIVE"})
        return (caused or in_section, subject) if known else None

    def _of_postings(self, kind: str, segment: Sequence[Word]) -> bool:
        """Whether decisions or documents are counted as posted, or as cases or items, and not as made."""
        kinds = {word.kind for word in segment}
        if self.posted and not kinds & VERBS:
            return True
        if kind != "decisions" or "_DECISION" in kinds:
            return False
        return any(word.text in _NO_DECISIONS for word in segment)

    def is_of_a_part(self, kind: str, telling: tuple[str, ...], of: bool) -> bool:
        """Whether the figure is one of a part of the whole."""
        if kind in ("outcomes", "applicants"):
            if self.part:
                return True
            if self.whole == "outcomes" and not within(telling, self.whole_words):
                if of or kind == "applicants":
                    return True
                self.whole = ""
            return False
        named = "APPLICATION" in telling or kind in CARRIED or (kind == "total" and self.channels > 1)
        return self.part and kind in APPLICATIONS and not named


def is_aside(kind: str, segment: Sequence[Word], number: Word, totalled_before: bool) -> bool:
    """Whether a figure of applications may count something a little different."""
    if kind == "requests" and number.unit in ("项", "个"):
        return True  # 依申请公开事项26项
    if kind == "new" and number.unit in ("项", "个") and any(word.text == "新增" for word in segment):
        return True  # 新增依申请公开事项3项
    if kind == "requests" and any("请求" in word.text for word in segment):
        return True
    if kind == "requests" and number.kind == "FIGURE" and totalled_before:
        behind = [word for word in segment if word.start > number.start]
        if any(word.kind == "APPLICATION" for word in behind):
            return True  # 1件申请，属于…… after the total
    return kind == "answered" and number.kind == "FIGURE" and any(word.text in _IN_TIME for word in segment)
