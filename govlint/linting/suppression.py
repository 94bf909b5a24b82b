"""Comments that set findings aside: ``govlint: ignore N003, N001 reason``.

A comment holds for the line, paragraph or table row on which it stands, or for the next one where it stands alone; at
the top of the document, before the title, for the whole document. It needs a reason (E006), names of rules that
exist (E007), and something to set aside (E005).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

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

    def takes(self, finding: Finding) -> bool:
        """Whether the finding is one that the comment sets aside; notes that it was of use."""
        if finding.code in _UNSUPPRESSIBLE or not self.includes(finding.span):
            return False
        meant = [code for code in self.codes if registry.fit(finding.rule, (code,))]
        self.used.update(meant)
        return bool(meant)

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
    codes = tuple(_SEPARATOR.split(match["codes"])) if match["codes"] else ()
    return codes, " ".join(match["reason"].split()).strip(":：-—,，;； ")


def read_comments(document: Document, title: Span | None, rules: Sequence[Rule]) -> Iterator[Suppression]:
    """The comments of a document that say what they mean and why, each with its codes that some of ``rules`` have."""
    for comment in document.comments:
        codes, reason = parse(comment.text) or ((), "")
        named = tuple(code for code in codes if any(registry.fit(rule, (code,)) for rule in rules))
        if named and reason:
            yield Suppression(comment, named, reason, _covered(document, comment, title))


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
        suppressions.append(Suppression(comment, codes, reason, _covered(document, comment, title)))
    remaining: list[Finding] = []
    aside: list[Suppressed] = []
    for finding in result.findings:
        taking = [each for each in suppressions if each.takes(finding)]
        if taking:
            aside.append(Suppressed(finding, taking[0].reason))
        else:
            remaining.append(finding)
    unchecked = {code for code, _ in result.unchecked}
    if rule := by_code.get("E005"):
        checked = [each for each in applied if each.code not in unchecked]
        for each in suppressions:
            wrong += [rule.finding(each.comment.span, actual=code) for code in _unused(each, checked)]
    result.suppressed = aside
    result.findings = sorted([*remaining, *wrong], key=lambda found: (found.span or Span(0, 0), found.code))


def _unknown(rule: Rule, comment: Comment, code: str, known: Sequence[Rule]) -> Finding:
    import difflib

    names = [name for each in known for name in (each.code, each.name)]
    near = difflib.get_close_matches(code, names, 1, 0.5)
    return rule.finding(comment.span, actual=code, expected=near[0] if near else None)


def _unused(suppression: Suppression, checked: Sequence[Rule]) -> Iterator[str]:
    for code in suppression.codes:
        if code not in suppression.used and any(registry.fit(rule, (code,)) for rule in checked):
            yield code


def _covered(document: Document, comment: Comment, title: Span | None) -> Span | None:
    text = document.text
    start, end = comment.span
    before_all = not text[:start].strip()
    alone = not text[start:end].strip()
    if alone and (before_all or (title is not None and end <= title.start)):
        return None
    first = text.rfind("\n", 0, start) + 1
    last = _line_end(text, end)
    if not text[first:last].strip() and (word := _WORD.search(text, last)):
        last = _line_end(text, word.start())
    return Span(first, last)


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end
