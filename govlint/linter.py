"""The pipeline: bytes to Document, to Report, to Findings. Every front end calls :func:`check` or :func:`read`."""

from __future__ import annotations

import hashlib
import traceback
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from govlint import registry, template
from govlint.deadlines import STATUTORY, Deadlines
from govlint.document import Document, Span, Unreadable, Words
from govlint.folding import compact, fold
from govlint.parser import parse
from govlint.readers import LIMITS, Limits
from govlint.recognition import recognised
from govlint.report import Report
from govlint.result import FailLevel, Result
from govlint.rule import Finding, Rule, Severity, Unchecked
from govlint.template import Template
from govlint.usage import UsageError

if TYPE_CHECKING:
    from govlint.filing import Filing
    from govlint.register import Register


class LastYear(Protocol):
    """Last year's reports."""

    def of(self, report: Report) -> Filing | Words:
        """The one of a report's agency, or why there is none."""
        ...


@dataclass(frozen=True, slots=True)
class Settings:
    """What is checked and how; codes may be prefixes. ``template`` is an id or ``auto``."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    template: str = "auto"
    fail_on: FailLevel = "error"
    lang: str = "zh"
    as_of: date | None = None
    previous: LastYear | None = None
    """Where last year's reports are to be had, for the rules that compare two years."""
    rule_folders: tuple[Path, ...] = ()
    template_folders: tuple[Path, ...] = ()
    exempt: tuple[str, ...] = ()
    """Codes left out whatever is selected: those that the settings do not apply to the document's path."""
    severity: tuple[tuple[str, Severity], ...] = ()
    """Severities by code or prefix, in place of the rules' own; the longest prefix decides."""
    limits: Limits = LIMITS
    deadlines: Deadlines = STATUTORY
    register: Register | None = None

    def rules(self) -> Sequence[Rule]:
        """Raises UsageError for codes that no rule has."""
        return registry.chosen(registry.all_rules(self.rule_folders), self.select, self.ignore, self.exempt)

    def templates(self) -> Sequence[Template]:
        """The templates that may be used. Raises UsageError for an id that there is not."""
        try:
            known = template.load_all(self.template_folders)
        except ValueError as error:
            raise UsageError(str(error)) from error
        if self.template == "auto":
            return list(known.values())
        if self.template not in known:
            names = "、".join(known)
            raise UsageError(
                f"没有名为“{self.template}”的模板。现有模板：{names}。 / unknown template {self.template}"
            )
        return [known[self.template]]


def check(document: Document, settings: Settings) -> Result:
    """Check one document as read. Never raises on any document: a rule that fails is the finding E003."""
    result = Result(document.path, document.sha256, document=document, fail_on=settings.fail_on)
    report = read_report(document, settings)
    rules = settings.rules()
    if report is None:
        result.status = "not_a_report"
        report = Report(document, settings.templates()[0], unrecognised=True)
        rules = [rule for rule in rules if rule.code[0] == "E"]
    else:
        result.report = report
    report.as_of = settings.as_of
    report.deadlines = settings.deadlines
    report.register = settings.register
    findings: list[Finding] = []
    unchecked: list[Unchecked] = []
    rules = [rule for rule in rules if not rule.templates or report.template.id in rule.templates]
    held = _last_year(report, settings)
    for rule in rules:
        if rule.subject == "report":
            _apply(rule, findings, unchecked, report)
        elif rule.subject == "years" and isinstance(held, Words):
            unchecked.append(rule.unchecked(held))
        elif rule.subject == "years" and held is not None:
            at = len(findings)
            _apply(rule, findings, unchecked, *held)
            findings[at:] = [_placed(finding, report) for finding in findings[at:]]
    findings.sort(key=lambda finding: (finding.span or Span(0, 0), finding.code))
    result.findings = recognised(report, findings)
    result.unchecked = list(dict.fromkeys(unchecked))
    if document.comments:
        from govlint import suppression

        suppression.apply(result, registry.all_rules(settings.rule_folders), rules)
    result.findings = [regraded(finding, settings) for finding in result.findings]
    return result


def regraded(finding: Finding, settings: Settings) -> Finding:
    """With the severity that the settings give to its rule, if they do."""
    if not settings.severity:
        return finding
    meant = [(registry.fit(finding.rule, (code,)), severity) for code, severity in settings.severity]
    best = max(meant, key=lambda pair: pair[0])
    return replace(finding, severity=best[1]) if best[0] else finding


def _last_year(report: Report, settings: Settings) -> tuple[Filing, Filing] | Words | None:
    """Last year's report and this one as rules compare them, or why they cannot; None where that was not asked."""
    if settings.previous is None or report.unrecognised:
        return None
    from govlint.filing import Filing

    found = settings.previous.of(report)
    if isinstance(found, Words):
        return found
    report.previous = found
    return found, Filing.of(report)


def _placed(finding: Finding, report: Report) -> Finding:
    """With the place of its first cell, where a rule between documents knew the address alone."""
    if finding.span is None and finding.cells and finding.cells[0] in report.cells:
        return replace(finding, span=report.cells[finding.cells[0]].span)
    return finding


def _apply(rule: Rule, findings: list[Finding], unchecked: list[Unchecked], *subject: Any) -> None:
    if rule.apply is None:
        return
    try:
        for outcome in rule.apply(*subject):
            (unchecked if isinstance(outcome, Unchecked) else findings).append(outcome)  # type: ignore[arg-type]
    except Exception as error:
        findings.append(fault(rule, error))
        unchecked.append(rule.unchecked(Words(f"规则执行出错：{error!r}", f"the rule failed: {error!r}")))


def fault(failed: Rule, error: Exception) -> Finding:
    """E003 for a rule that raised, with the line at which it did."""
    frames = traceback.extract_tb(error.__traceback__)[-1:]
    described = f"{type(error).__name__}: {error}"
    return registry.named("E003").finding(
        None,
        code=failed.code,
        error=described,
        actual=f"{failed.code} {type(error).__name__}",
        evidence=[Words(where, where) for frame in frames if (where := f"{frame.filename}:{frame.lineno}")],
    )


def unreadable(path: str, words: Words, settings: Settings, data: bytes = b"") -> Result:
    """The result of a document that cannot be read: the finding E001 and nothing else."""
    findings = [registry.named("E001").finding(None, reason_zh=words.zh, reason_en=words.en)]
    digest = hashlib.sha256(data).hexdigest() if data else ""
    return Result(path, digest, "unreadable", words, findings=findings, fail_on=settings.fail_on)


def check_bytes(data: bytes, path: str, settings: Settings) -> Result:
    """Read and check one document given as bytes. Never raises on any bytes; UsageError for a template or plugin."""
    from govlint import readers

    try:
        return check(readers.read(data, path, settings.limits), settings)
    except Unreadable as error:
        return unreadable(path, error.words, settings, data)
    except UsageError:  # a template or plugin that cannot be used is no fault of the document
        raise
    except Exception as error:
        return broken(path, error, settings, data)


def check_file(path: Path, shown: str, settings: Settings) -> Result:
    """Read and check one file; ``shown`` is how the path is named in the result."""
    from govlint import readers

    try:
        data = readers.read_bytes(path, settings.limits)
    except Unreadable as error:
        return unreadable(shown, error.words, settings)
    return check_bytes(data, shown, settings)


def broken(path: str, error: Exception, settings: Settings, data: bytes = b"") -> Result:
    """The result where reading or parsing itself failed: the finding E003, and other documents go on."""
    described = f"{type(error).__name__}: {error}"
    words = Words(
        f"读取此文件时出错（{described}）。这是工具的问题，不是报告的问题；请将文件和本信息告知维护者。",
        f"Reading this file failed ({described}). The fault is the tool's, not the report's; please tell its maintainers.",
    )
    finding = replace(fault(registry.named("E003"), error), words=words, actual=type(error).__name__)
    digest = hashlib.sha256(data).hexdigest() if data else ""
    return Result(path, digest, "unreadable", words, findings=[finding], fail_on=settings.fail_on)


# Which template


_ENOUGH = 0.3
"""Share of a template's words with which a document that names it is one of its reports."""


def read_report(document: Document, settings: Settings) -> Report | None:
    """The document parsed by the template in force for its year, or None where it is no report of any template."""
    known = settings.templates()
    chosen = choose_template(document, known)
    report = _parsed(document, chosen, settings)
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


def choose_template(document: Document, templates: Sequence[Template]) -> Template:
    """The kind of report whose words the document has most of, in its newest edition."""
    if len(templates) == 1:
        return templates[0]
    families: dict[str, Template] = {}
    for each in templates:
        kept = families.get(each.title)
        if kept is None or each.years > kept.years:
            families[each.title] = each
    if len(families) == 1:
        return next(iter(families.values()))
    text = "".join(fold(document.text[:200_000]).split())

    def share(each: Template) -> float:
        labels = {compact(mark.label) for mark in each.landmarks}
        return sum(label in text for label in labels) / len(labels)

    named = [each for each in families.values() if compact(each.title) in text]
    if len(named) == 1 and share(named[0]) >= _ENOUGH:  # a page may name another report in its menus
        return named[0]
    return max(families.values(), key=share)


def _is_report(report: Report) -> bool:
    """Enough of a template: titled and with a section, or several sections, or a table's rows."""
    rows = {address.rsplit(".", 1)[0] for address in report.cells}
    titled = report.title is not None and (report.year is not None or report.agency is not None)
    sections = len(report.sections)
    return bool(
        (titled and (sections or (rows and not report.template.sections)))
        or sections >= 3
        or (sections >= 2 and rows)
        or len(rows) >= 5
        or report.outdated
    )
