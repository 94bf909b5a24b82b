"""A document checked: its report given to each rule, what they find put in order. Every front end calls it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from msgspec.structs import replace

from govlint.document import Document, Span, Unreadable, Words
from govlint.errors import UsageError, described
from govlint.filing import Filing
from govlint.linting import applying, guarding, guessed, registry, unread
from govlint.linting.confidence import with_confidence
from govlint.linting.settings import Settings
from govlint.linting.which_template import names_report, read_report
from govlint.report import Report
from govlint.result import Result
from govlint.rule import Finding, Unchecked
from govlint.text.digest import sha256


def check(document: Document, settings: Settings) -> Result:
    """Check one document as read. Never raises on any document: a rule that fails is the finding E003."""
    result = _result(document.path, settings, sha256=document.sha256, document=document)
    report = read_report(document, settings)
    if report is None and document.unread and names_report(document, settings.templates()):
        return unreadable(document.path, unread.reason(document), settings, document)
    if report is None:
        result.status = "not_a_report"
        report = Report(document, settings.templates()[0], unrecognised=True)
    else:
        result.report = report
    report.as_of = settings.as_of
    report.deadlines = settings.deadlines
    report.register = settings.register
    findings: list[Finding] = []
    unchecked: list[Unchecked] = []
    known = registry.all_rules(settings.rule_folders)
    template = result.report.template if result.report else None
    rules = registry.applicable(settings.rules(), template, known)
    held = _last_year(report, settings)
    if document.guessed and result.report:
        guessed.mark(report)
    report.freeze()
    rules = [rule for rule in rules if rule.subject == "report" or (rule.subject == "years" and held)]
    with guarding.guarded():
        for rule in rules:
            if rule.subject == "report":
                applying.apply(rule, report, findings, unchecked, report)
            elif isinstance(held, Words):
                unchecked.append(rule.unchecked(held))
            elif held is not None:
                at = len(findings)
                applying.apply(rule, report, findings, unchecked, *held)
                findings[at:] = [_placed(finding, report) for finding in findings[at:]]
    findings = [_cited(finding, report) for finding in _without_repetition(findings)]
    findings.sort(key=lambda finding: (finding.span or Span(0, 0), finding.code))
    if result.report:
        findings, unchecked = unread.weigh(report, findings, unchecked)
        findings, unchecked = guessed.weigh(report, findings, unchecked)
    result.findings = with_confidence(report, findings)
    if result.report and not report.template.attested:
        result.findings = [replace(finding, certainty="likely") for finding in result.findings]
    result.unchecked = list(dict.fromkeys(unchecked))
    if document.comments:
        from govlint.linting import suppression

        suppression.apply(result, known, rules)
    result.findings = [_without_edits(regraded(finding, settings), settings) for finding in result.findings]
    return result


def _result(path: str, settings: Settings, **known: Any) -> Result:
    return Result(path, fail_on=settings.fail_on, docs_url=settings.docs_url, **known)


def _cited(finding: Finding, report: Report) -> Finding:
    """With the document that mandates the report's own template, where the rule's basis is that."""
    return replace(finding, reference=finding.reference.under(report.template.document))


def _without_repetition(findings: list[Finding]) -> list[Finding]:
    """Without what a finding of another rule says too."""
    said = {code for finding in findings for code in finding.rule.instead_of}
    return [finding for finding in findings if finding.code not in said]


def regraded(finding: Finding, settings: Settings) -> Finding:
    """With the severity that the settings give to its rule, if they do."""
    severity = registry.severity_of(finding.rule, settings.severity)
    return finding if severity is None else replace(finding, severity=severity)


def _without_edits(finding: Finding, settings: Settings) -> Finding:
    """Without the edits, where the settings leave its rule's corrections to a person; they are still told."""
    suggestion = finding.suggestion
    if suggestion is None or not suggestion.edits or settings.fixes(finding.rule):
        return finding
    text = suggestion.text
    if text is None and len(suggestion.edits) == 1:
        text = suggestion.edits[0].text
    return replace(finding, suggestion=replace(suggestion, text=text, edits=()))


def _last_year(report: Report, settings: Settings) -> tuple[Filing, Filing] | Words | None:
    """Last year's report and this one as rules compare them, or why they cannot; None where that was not asked."""
    if settings.previous is None or report.unrecognised:
        return None
    from govlint.checks.filed import filed

    found = settings.previous.of(report)
    if isinstance(found, Words):
        return found
    report.previous = found
    return found, filed(report)


def _placed(finding: Finding, report: Report) -> Finding:
    """With the place of its first cell, where a rule between documents knew the address alone."""
    if finding.span is None and finding.cells and finding.cells[0] in report.cells:
        return replace(finding, span=report.cells[finding.cells[0]].span)
    return finding


def unreadable(path: str, words: Words, settings: Settings, data: bytes | Document = b"") -> Result:
    """The result of a document that cannot be read, or has nothing in it that can be: the finding E001 alone."""
    document = data if isinstance(data, Document) else None
    span = document.unread[0].span if document else None
    finding = registry.named("E001").finding(span, reason_zh=words.zh, reason_en=words.en)
    newest = max(settings.templates(), key=lambda each: each.years)
    findings = [replace(finding, reference=finding.reference.under(newest.document))]
    digest = data.sha256 if isinstance(data, Document) else sha256(data) if data else ""
    known = {"sha256": digest, "document": document, "findings": findings}
    return _result(path, settings, status="unreadable", error=words, **known)


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
    why = described(error)
    words = Words(
        f"读取此文件时出错（{why}）。这是工具的问题，不是报告的问题；请将文件和本信息告知维护者。",
        f"Reading this file failed ({why}). The fault is the tool's, not the report's; please tell its maintainers.",
    )
    finding = replace(applying.fault(registry.named("E003"), error), words=words, actual=type(error).__name__)
    digest = sha256(data) if data else ""
    return _result(path, settings, sha256=digest, status="unreadable", error=words, findings=[finding])
