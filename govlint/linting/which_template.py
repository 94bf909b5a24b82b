"""Which template a document is read by, and whether it is a report of any."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import islice
from math import ceil

from govlint.document import Document
from govlint.linting.settings import Settings
from govlint.parsing.metadata import read_metadata, split_title, subject_of
from govlint.parsing.parser import parse
from govlint.parsing.preamble import introduces_report
from govlint.report import Report
from govlint.template.model import Template
from govlint.text.folding import compact, compacted, folded
from govlint.text.ordinals import style

# Which template


_ENOUGH = 0.3
"""Share of a template's words with which a document that names it is one of its reports."""


def read_report(document: Document, settings: Settings) -> Report | None:
    """The document parsed by the template in force for its year, or None where it is no report of any template."""
    known = settings.templates()
    chosen = choose_template(document, known)
    report = _parsed(document, chosen, settings)
    if settings.template == "auto" and _is_older(report, known):
        return None
    if not _is_report(report):  # short, with more of the everyday words of another kind
        named = (each for each in reversed(known) if each.title != chosen.title)
        report = next(
            (tried for each in named if _is_report(tried := _parsed(document, each, settings))), report
        )
    return report if _is_report(report) else None


def _parsed(document: Document, template_: Template, settings: Settings) -> Report:
    """By the template, or by the edition of it that was in force for the report's year."""
    report = parse(document, template_)
    if settings.template == "auto" and report.year is not None and not template_.in_force(report.year):
        for other in settings.templates():
            if other.title == template_.title and other.in_force(report.year):
                report = parse(document, other)
                break
    if settings.template == "auto" and report.year is None and report.outdated:
        report = _fitting_edition(report, settings.templates())
    return report


def _fitting_edition(report: Report, templates: Sequence[Template]) -> Report:
    """Where no year says which edition is due, the one whose tables these are."""
    for other in templates:
        if other.title == report.template.title and other is not report.template:
            tried = parse(report.document, other)
            if len(tried.outdated) < len(report.outdated):
                report = tried
    return report


@cache
def _labels(template: Template) -> frozenset[str]:
    return frozenset(compact(mark.label) for mark in template.landmarks)


def choose_template(document: Document, templates: Sequence[Template]) -> Template:
    """The kind of report whose words the document has most of, in its newest edition."""
    if len(templates) == 1:
        return templates[0]
    families: dict[str, Template] = {}
    for each in templates:
        current = families.get(each.title)
        if current is None or each.years > current.years:
            families[each.title] = each
    if len(families) == 1:
        return next(iter(families.values()))
    text = compacted(folded(document.text)).text[:200_000]

    def found(each: Template) -> Iterator[str]:
        return (label for label in _labels(each) if label in text)

    named = [each for each in families.values() if compact(each.title) in text]
    if len(named) == 1:  # a page may name another report in its menus
        wanted = ceil(_ENOUGH * len(_labels(named[0])))
        if sum(1 for _ in islice(found(named[0]), wanted)) == wanted:
            return named[0]
    return max(families.values(), key=lambda each: sum(1 for _ in found(each)) / len(_labels(each)))


def names_report(document: Document, templates: Sequence[Template]) -> bool:
    """Whether a document without any content calls itself the report of a body or a year."""
    for each in templates:
        found = read_metadata(document, folded(document.text), None, each.title)
        if found.title is not None and any(split_title(compact(found.title), subject_of(each.title))):
            return True
    return False


def _is_older(report: Report, known: Sequence[Template]) -> bool:
    """Whether a report is of a year before the first edition of its form, and has no tables of it."""
    first = min(each.years[0] for each in known if each.title == report.template.title)
    return report.year is not None and report.year < first and _rows(report) < _MANY_ROWS


_MANY_ROWS = 5
_LIKE = 50.0
"""How alike (0 to 100) a heading must be to the mandated one to tell what a document is."""


def _rows(report: Report) -> int:
    """How many rows of tables there are, as far as it matters."""
    rows: set[str] = set()
    for address in report.cells:
        rows.add(address.rsplit(".", 1)[0])
        if len(rows) >= _MANY_ROWS:
            break
    return len(rows)


def _likeness(words: str, mandated: str) -> float:
    from rapidfuzz import fuzz  # most headings are as mandated

    return fuzz.ratio(words, mandated)


def _telling_sections(report: Report) -> int:
    """How many headings are as mandated, or nearly, and numbered as sections are or with something under them."""
    specs = report.template.sections
    other = {
        each.address
        for each in report.departed("heading-wording")
        if _likeness(each.actual, specs[each.address].words) < _LIKE
    }
    return sum(
        key not in other
        and (
            bool(section.prose)
            or specs[key].table in report.tables
            or style(section.ordinal) == style(compact(specs[key].ordinal))
        )
        for key, section in report.sections.items()
    )


def _is_report(report: Report) -> bool:
    """Enough of a template: titled and with a section, or several sections, or a table's rows."""
    rows = _rows(report)
    titled = report.title is not None and (report.year is not None or report.agency is not None)
    sections = _telling_sections(report)
    return bool(
        (titled and (sections or (rows and not report.template.sections)))
        or sections >= 3
        or (sections >= 2 and rows)
        or rows >= _MANY_ROWS
        or report.outdated
        or (sections and _is_introduced(report))
    )


def _is_introduced(report: Report) -> bool:
    """Whether a report without a title begins with its first section, and says before it what it is."""
    first = report.sections.get(next(iter(report.template.sections)))
    known = report.year is not None or report.agency is not None
    return known and first is not None and introduces_report(report.folded, first.span.start)
