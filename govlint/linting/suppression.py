"""Comments that set findings aside: ``govlint: ignore N003, N001 reason``.

A comment holds for the line, paragraph or table row on which it stands, or for the next one where it stands alone; at
the top of the document, before the title, for the whole document. It needs a reason (E006), names of rules that
exist (E007), and something to set aside (E005).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import accumulate

from msgspec import Struct, field

from govlint.document import Comment, Document, Span
from govlint.linting import registry
from govlint.result import Result, Suppressed
from govlint.rule import Finding, Rule

_DIRECTIVE = re.compile(
    r"govlint\s*[:：]\s*ignore(?![\w-])\s*(?P<codes>[A-Za-z][\w-]*(?:\s*[,，、;；]\s*[A-Za-z][\w-]*)*)?(?P<reason>.*)",
    re.IGNORECASE | re.DOTALL | re.ASCII,
)
"""As in ``govlint: ignore N003 已核对``."""
_SEPARATOR = re.compile(r"\s*[,，、;；]\s*")
"""As in ``，``."""
_WORD = re.compile(r"\S")
"""As in ``x``."""
_LONGEST = 2000
"""Characters of a comment that are read."""
_UNSUPPRESSIBLE = ("E001", "E003", "E005", "E006", "E007")


class Suppression(Struct):
    """One comment, what it means and what it covers."""

    comment: Comment
    codes: tuple[str, ...]
    reason: str
    covers: Span | None
    """Of ``Document.text``; None for the whole document."""
    used: set[str] = field(default_factory=set)
    """The codes that set something aside."""

    def includes(self, span: Span | None) -> bool:
        """Whether what begins there is covered."""
        if self.covers is None:
            return True
        return span is not None and self.covers.start <= span.start <= self.covers.end


def parse(text: str) -> tuple[tuple[str, ...], str] | None:
    """Codes and reason of a comment's text; None where it is no ``ignore``."""
    match = _DIRECTIVE.match(text.strip()[:_LONGEST])
    if match is None:
        return None
    codes = tuple(dict.fromkeys(_SEPARATOR.split(match["codes"]))) if match["codes"] else ()
    return codes, " ".join(match["reason"].split()).strip(":：-—,，;； ")


def read_comments(document: Document, title: Span | None, rules: Sequence[Rule]) -> Iterator[Suppression]:
    """The comments of a document that say what they mean and why, each with its codes that some of ``rules`` have."""
    places = _Places(document.text, title)
    for comment in document.comments:
        codes, reason = parse(comment.text) or ((), "")
        named = tuple(code for code in codes if any(registry.fit(rule, (code,)) for rule in rules))
        if named and reason:
            yield Suppression(comment, named, reason, places.covered(comment.span))


def apply(result: Result, known: Sequence[Rule], applied: Sequence[Rule]) -> None:
    """Set aside what the comments of a document say, and report the comments that are wrong.

    ``known`` are all rules, ``applied`` those that were: a comment for a rule that was not applied is not unused.
    """
    document = result.document
    if document is None or not document.comments:
        return
    title = result.report.title_span if result.report else None
    suppressions: list[Suppression] = []
    wrong: list[Finding] = []
    by_code = {rule.code: rule for rule in applied}
    places = _Places(document.text, title)
    for comment in document.comments:
        read = parse(comment.text)
        codes, reason = read or ((), "")
        if not codes or not reason:
            if rule := by_code.get("E006"):
                wrong.append(rule.finding(comment.span, actual=comment.text.strip()))
            continue
        strange = [code for code in codes if not any(registry.fit(rule, (code,)) for rule in known)]
        if strange and (rule := by_code.get("E007")):
            wrong += [_unknown(rule, comment, code, known) for code in strange]
        codes = tuple(code for code in codes if code not in strange)
        suppressions.append(Suppression(comment, codes, reason, places.covered(comment.span)))
    result.suppressed, remaining = _set_aside(result.findings, suppressions)
    unchecked = {code for code, _ in result.unchecked}
    if rule := by_code.get("E005"):
        checked = [each for each in applied if each.code not in unchecked]
        for each in suppressions:
            wrong += [rule.finding(each.comment.span, actual=code) for code in _unused(each, checked)]
    result.findings = sorted([*remaining, *wrong], key=lambda found: (found.span or Span(0, 0), found.code))


def _set_aside(
    findings: Sequence[Finding], suppressions: Sequence[Suppression]
) -> tuple[list[Suppressed], list[Finding]]:
    """The findings that comments set aside and those that remain; the comments note which of their codes were of use.

    Each side is looked up in the other by its place: pages of comments and of findings take no time by their product.
    """
    aside: list[Suppressed] = []
    remaining: list[Finding] = []
    of_rules: dict[str, Meant] = {}
    for finding in findings:
        if finding.code in _UNSUPPRESSIBLE:
            remaining.append(finding)
            continue
        if finding.code not in of_rules:
            of_rules[finding.code] = Meant(finding.rule, suppressions)
        if (first := of_rules[finding.code].first(finding.span)) is not None:
            aside.append(Suppressed(finding, first.reason))
        else:
            remaining.append(finding)
    for meant in of_rules.values():
        meant.note(findings)
    return aside, remaining


class Meant:
    """The comments that mean one rule, in the order of the text."""

    def __init__(self, rule: Rule, suppressions: Sequence[Suppression]) -> None:
        self._rule = rule
        codes = {code for each in suppressions for code in each.codes}
        self._codes = {code for code in codes if registry.fit(rule, (code,))}
        all_of_them = [each for each in suppressions if not self._codes.isdisjoint(each.codes)]
        self.everywhere = [each for each in all_of_them if each.covers is None]
        somewhere = [(each.covers, each) for each in all_of_them if each.covers is not None]
        self._somewhere = sorted(somewhere, key=lambda pair: pair[0].start)
        self._ends = list(accumulate((covers.end for covers, _ in self._somewhere), max))
        """How far the comments reach, up to each of them."""

    def first(self, span: Span | None) -> Suppression | None:
        """The first comment that covers what begins there."""
        if self.everywhere:
            return self.everywhere[0]
        at = len(self._ends) if span is None else bisect_left(self._ends, span.start)
        return next((each for _, each in self._somewhere[at : at + 1] if each.includes(span)), None)

    def note(self, findings: Sequence[Finding]) -> None:
        """Which comments set some of the findings aside."""
        starts = sorted(each.span.start for each in findings if each.code == self._rule.code and each.span)
        used = list(self.everywhere)
        for covers, each in self._somewhere:
            at = bisect_left(starts, covers.start)
            if at < len(starts) and starts[at] <= covers.end:
                used.append(each)
        for each in used:
            each.used.update(self._codes.intersection(each.codes))


def _unknown(rule: Rule, comment: Comment, code: str, known: Sequence[Rule]) -> Finding:
    import difflib

    names = [name for each in known for name in (each.code, each.name)]
    near = difflib.get_close_matches(code, names, 1, 0.5)
    return rule.finding(comment.span, actual=code, expected=near[0] if near else None)


def _unused(suppression: Suppression, checked: Sequence[Rule]) -> Iterator[str]:
    for code in suppression.codes:
        if code not in suppression.used and any(registry.fit(rule, (code,)) for rule in checked):
            yield code


class _Places:
    """What the comments of a text cover; they are asked for in its order."""

    def __init__(self, text: str, title: Span | None) -> None:
        self._text = text
        first = _WORD.search(text)
        self._first_word = first.start() if first else len(text)
        self._title = title
        self._looked = self._found = 0
        """From where a word was looked for last, and where the first one is."""

    def covered(self, span: Span) -> Span | None:
        """The line, the next line where nothing else stands on it, or None for the whole text."""
        text = self._text
        start, end = span
        alone = not text[start:end].strip()
        before_title = self._title is not None and end <= self._title.start
        if alone and (start <= self._first_word or before_title):
            return None
        first = text.rfind("\n", 0, start) + 1
        last = _line_end(text, end)
        if not text[first:last].strip() and (word := self._next_word(last)) is not None:
            last = _line_end(text, word)
        return Span(first, last)

    def _next_word(self, at: int) -> int | None:
        if not self._looked <= at <= self._found:
            word = _WORD.search(self._text, at)
            self._looked, self._found = at, word.start() if word else len(self._text)
        return self._found if self._found < len(self._text) else None


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end
