"""Rules and what they yield. A rule is one file whose module attribute ``rule`` is a :class:`Rule`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Literal, NamedTuple

from msgspec import Struct, field

from govlint.document import Edit, Number, Span, Words
from govlint.text.digest import sha256

if TYPE_CHECKING:
    from govlint.report import DepartureKind, Report

Severity = Literal["error", "warning", "info"]
Certainty = Literal["certain", "likely"]

SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")


class Reference(NamedTuple):
    """The legal basis: document and clause, as cited. The document may be that of the report's template."""

    document: str
    clause: str

    def under(self, mandate: str) -> Reference:
        """For a report whose template is mandated by the document named."""
        return self._replace(document=mandate) if self.document == MANDATE else self


REGULATION = "中华人民共和国政府信息公开条例"
OGI = ("ogi-2019", "ogi-2021")
"""The editions of the annual report on open government information: for rules on what only that report owes."""
MANDATE = "{mandate}"
"""In a reference: whatever document mandates the template of the report."""


class Suggestion(Struct, frozen=True):
    """What to write instead: values for cells, words to write, and the edits that do it where they are exact."""

    cells: Mapping[str, Number] = field(default_factory=dict)
    text: str | None = None
    edits: tuple[Edit, ...] = ()


class Related(NamedTuple):
    """Another place that takes part in a finding: an operand, the other copy, the table the prose is held to."""

    role: str
    cell: str | None
    span: Span | None


class Unchecked(NamedTuple):
    """A rule could not be applied to this report, or to a part of it, and why."""

    code: str
    why: Words


_UNSTATED = Reference("", "")


class Finding(Struct, frozen=True):
    rule: Rule
    words: Words
    """The message, finished, in both languages."""
    span: Span | None = None
    """In ``Document.text``; None where the whole document is meant."""
    cells: tuple[str, ...] = ()
    section: str | None = None
    expected: str | None = None
    actual: str | None = None
    suggestion: Suggestion | None = None
    evidence: tuple[Words, ...] = ()
    related: tuple[Related, ...] = ()
    certainty: Certainty = "certain"
    severity: Severity = "error"
    reference: Reference = _UNSTATED

    @property
    def code(self) -> str:
        return self.rule.code

    @property
    def fingerprint(self) -> str:
        """Of what is wrong, never of where the line stands: the same after text is moved or the file renamed."""
        parts = [self.code, self.section or "", *self.cells, self.actual or "", self.expected or ""]
        if not self.cells and not self.actual:
            parts.append(self.words.zh)
        return sha256("\x1f".join(parts))[:16]


_NAME = 11
"""Characters of a year, a date or a name."""


class Beside(NamedTuple):
    """Another document of an example: the model report with changes, each (text, what it takes the place of)."""

    name: str
    changes: tuple[tuple[str, str], ...]
    template: str = "ogi-2021"

    @property
    def told(self) -> str:
        """What it says that matters: the changes that are more than a year or a name."""
        return "\n".join(new.strip("\n") for new, _ in self.changes if len(new) > _NAME)


class Example(NamedTuple):
    """A change to the model report of a template, executed as a test and shown by ``govlint explain``.

    ``text`` takes the place of ``instead_of`` wherever that stands in the model report; without ``instead_of`` it is
    added to the prose of ``section``. A bad example must give exactly one finding of its rule, which names ``cells``
    first and whose source words contain ``marks``.
    """

    text: str
    instead_of: str = ""
    section: str | None = None
    cells: tuple[str, ...] = ()
    marks: str | None = None
    template: str = "ogi-2021"
    beside: tuple[Beside, ...] = ()
    """For rules between documents: the others."""
    register: str = ""
    """For rules between documents: the agency register, as CSV."""


Need = Literal["document", "report", "sections", "tables", "identities", "editions"]
"""What a rule looks at: any document, a report of any template, or of one that has sections, tables, identities that
it is to check, or other editions."""

Subject = Literal["report", "years", "series", "versions", "copies", "roll-up", "renames"]
"""What a check is given. ``report``: a Report. The others, which hold documents against each other, are given Filings and
yield what is to be said at the last of them, by the addresses of its cells: ``years``: last year's and this year's;
``series``: two neighbours of an agency's series and the documents nobody could read; ``versions``: other documents of the
same agency and year, and one; ``copies``: an earlier and a later one, and their overlap; ``roll-up``: the bodies of a
government by name, and the government's own; ``renames``: the last of one series and the first of another.
"""
Check = Callable[..., Iterable["Finding | Unchecked"]]


class Rule(Struct, eq=False):
    """One requirement: what it says, why, where it stands in the law, and the check.

    ``message`` may name arguments in braces, which :meth:`finding` fills in. ``templates`` limits the rule to template
    ids (empty: every template). ``default`` False: only when selected by name.
    """

    code: str
    name: str
    title: Words
    severity: Severity
    message: Words
    why: Words
    reference: Reference
    subject: Subject = "report"
    prose: bool = False
    """Between documents: compares words, which an archive looks up only where a sample of them is alike."""
    needs: Need = "report"
    """What there must be for the rule to apply."""
    templates: tuple[str, ...] = ()
    default: bool = True
    instead_of: tuple[str, ...] = ()
    """Codes whose findings in a document are left out where this rule has one: it says them all."""
    private: bool = False
    """What it finds must not be repeated: excerpts of the source mask long numbers."""
    absence: bool = False
    """It finds that something is not there: unchecked at places where something was not read."""
    good: list[Example] = field(default_factory=list)
    bad: list[Example] = field(default_factory=list)
    apply: Check | None = None
    source: str = ""
    """Where the rule was found: the module's file."""

    def check(self, function: Check) -> Check:
        """Decorator: this generator is the rule's check. It is given the rule's subject and yields findings."""
        self.apply = function
        return function

    def of(self, kind: DepartureKind) -> None:
        """Makes the check: a finding for each departure of a kind. The message may name ``words``, the mandated ones."""

        def check(report: Report) -> Iterator[Finding]:
            for departure in report.departed(kind):
                address = departure.address
                yield self.finding(
                    departure.span,
                    section=departure.section,
                    cells=(address,) if address.split(".")[0] in report.template.tables else (),
                    actual=departure.actual or None,
                    certainty="certain" if departure.certain else "likely",
                    words=departure.expected or address,
                )

        self.apply = check

    def finding(
        self,
        span: Span | None,
        *,
        message: Words | None = None,
        cells: Iterable[str] = (),
        section: str | None = None,
        expected: str | None = None,
        actual: str | None = None,
        suggestion: Suggestion | None = None,
        evidence: Iterable[Words] = (),
        related: Iterable[Related] = (),
        certainty: Certainty = "certain",
        severity: Severity | None = None,
        **arguments: object,
    ) -> Finding:
        """A finding of this rule; ``arguments``, ``expected`` and ``actual`` fill the message.

        ``message`` takes the place of the rule's own.
        """
        words = message or self.message
        arguments = {"expected": expected, "actual": actual, **arguments}
        return Finding(
            rule=self,
            words=Words(words.zh.format(**arguments), _sentence(words.en.format(**arguments))),
            span=span,
            cells=tuple(cells),
            section=section,
            expected=expected,
            actual=actual,
            suggestion=suggestion,
            evidence=tuple(evidence),
            related=tuple(related),
            certainty=certainty,
            severity=severity or self.severity,
            reference=self.reference,
        )

    def unchecked(self, why: Words) -> Unchecked:
        return Unchecked(self.code, why)


def _sentence(english: str) -> str:
    """With a capital at its beginning, whatever an argument brought there."""
    return english[:1].upper() + english[1:]
