"""What formats have in common: which notes of an earlier run a person has written into, and what they say already."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
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
    kept: int = 0
    left: int = 0


class Kept(NamedTuple):
    """A note of an earlier run that stays: its words, its offset in the text, and whether it bears a finding's mark."""

    text: str
    start: int
    bears: Callable[[Finding], bool]


def squeezed(text: str) -> str:
    """Words alone, for comparing: programs set spaces and line ends anew."""
    return "".join(text.split())


def place(finding: Finding, result: Result) -> Span | None:
    """Where a finding stands; the title for one with no place."""
    if finding.span is not None:
        return finding.span
    return result.report.title_span if result.report else None


def unsaid(result: Result, kept: Sequence[Kept]) -> list[Finding]:
    """The findings that no note says; each says one, the nearest of those that it may mean."""
    left = list(result.findings)
    for note in kept:
        meant = [finding for finding in left if _means(note, finding, result)]
        if meant:
            left.remove(min(meant, key=lambda finding: _distance(finding, note)))
    return left


def _distance(finding: Finding, note: Kept) -> int:
    return abs((finding.span or Span(0, 0)).start - note.start)


def _means(note: Kept, finding: Finding, result: Result) -> bool:
    text = squeezed(note.text)
    if not text.startswith(finding.code):
        return False
    said = (paragraphs(finding, result, lang)[0] for lang in ("zh", "en"))
    return note.bears(finding) or any(squeezed(each) in text for each in said)


def texts(result: Result) -> Iterator[str]:
    """What would be said of each finding, in both languages."""
    for finding in result.findings:
        for lang in ("zh", "en"):
            yield squeezed("".join(paragraphs(finding, result, lang)))


def is_added_to(text: str, said: Sequence[str]) -> bool:
    """Whether a person has written more into a note than what govlint ``said``."""
    own = squeezed(text)
    return any(each in own and each != own for each in said)
