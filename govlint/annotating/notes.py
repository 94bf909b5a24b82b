"""What formats have in common: which notes of an earlier run a person has written into, and what they say already."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from typing import NamedTuple

from govlint.annotating.wording import paragraphs
from govlint.document import Span
from govlint.result import Result
from govlint.rule import Finding

AUTHOR = "govlint"
MOST = 2000
"""Notes written into one file; Word refuses a file with more than 32,767."""
ALIKE = 20
"""Findings with one fingerprint that are told apart."""


class Written(NamedTuple):
    """The file, how many notes were written, how many of before were kept, and how many found no room."""

    data: bytes
    new: int
    handled: int = 0
    left: int = 0


class HandledNote(NamedTuple):
    """A note of an earlier run that stays: its words, its offset in the text, and the marks that it bears."""

    text: str
    start: int
    marks: Collection[str]


Mark = Callable[[Finding, int], str]
"""By what a note is known to be about a finding; the number tells findings apart that have one fingerprint."""


def squeezed(text: str) -> str:
    """Words alone, for comparing: programs set spaces and line ends anew."""
    return "".join(text.split())


def place(finding: Finding, result: Result) -> Span | None:
    """Where a finding stands; the title for one with no place."""
    if finding.span is not None:
        return finding.span
    return result.report.title_span if result.report else None


def unsaid(result: Result, handled: Sequence[HandledNote], mark: Mark) -> list[Finding]:
    """The findings that no note says; each says one, the nearest of those that it may mean."""
    if not handled:
        return list(result.findings)
    left = [_Said.of(finding, result, mark) for finding in result.findings]
    for note in handled:
        text = squeezed(note.text)
        meant = [said for said in left if said.is_in(text, note.marks)]
        if meant:
            left.remove(min(meant, key=lambda said: abs(said.start - note.start)))
    return [said.finding for said in left]


class _Said(NamedTuple):
    """A finding, and what a note about it would say and bear."""

    finding: Finding
    start: int
    first: tuple[str, str]
    """What is wrong, in both languages."""
    marks: frozenset[str]

    @classmethod
    def of(cls, finding: Finding, result: Result, mark: Mark) -> _Said:
        zh, en = (squeezed(paragraphs(finding, result, lang)[0]) for lang in ("zh", "en"))
        marks = frozenset(mark(finding, number) for number in range(ALIKE))
        return cls(finding, (finding.span or Span(0, 0)).start, (zh, en), marks)

    def is_in(self, text: str, marks: Collection[str]) -> bool:
        if not text.startswith(self.finding.code):
            return False
        return not self.marks.isdisjoint(marks) or any(each in text for each in self.first)


def texts(result: Result) -> Iterator[str]:
    """What would be said of each finding, in both languages."""
    for finding in result.findings:
        for lang in ("zh", "en"):
            yield squeezed("".join(paragraphs(finding, result, lang)))


def is_added_to(text: str, said: Sequence[str]) -> bool:
    """Whether a person has written more into a note than what govlint ``said``."""
    own = squeezed(text)
    return any(each in own and each != own for each in said)
