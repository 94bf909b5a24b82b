"""What a rule and its outcomes must be. Types are meant exactly: a subclass could do as it likes wherever it is used."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Any, get_args

from govlint.document import Document, Edit, Span, Words
from govlint.report import Report
from govlint.rule import (
    SEVERITIES,
    Example,
    Finding,
    Need,
    Reference,
    Related,
    Rule,
    Subject,
    Suggestion,
    Unchecked,
)

_CODE = re.compile(r"[A-Z]{1,8}[0-9]{1,6}")
"""As in ``N001``."""
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
"""As in ``row-total``."""
_LARGEST = 10**100
"""No figure is as large; one of thousands of digits cannot even be written."""


def wrong_rule(rule: Rule) -> str:
    """What is wrong with a rule itself; empty where nothing is."""
    checks: Mapping[str, bool] = {
        "code": _is_text(rule.code) and bool(_CODE.fullmatch(rule.code)),
        "name": _is_text(rule.name) and bool(_NAME.fullmatch(rule.name)),
        "title": _is_words(rule.title),
        "severity": rule.severity in SEVERITIES,
        "message": _is_words(rule.message),
        "why": _is_words(rule.why),
        "reference": _is_reference(rule.reference),
        "subject": rule.subject in get_args(Subject),
        "needs": rule.needs in get_args(Need),
        "templates": _all(rule.templates, _is_text),
        "instead_of": _all(rule.instead_of, _is_text),
        **{name: type(getattr(rule, name)) is bool for name in ("prose", "default", "private", "absence")},
        "good": _are_examples(rule.good),
        "bad": _are_examples(rule.bad),
        "apply": rule.apply is None or callable(rule.apply),
        "source": _is_text(rule.source),
    }
    return _told(rule, checks)


def wrong_outcome(outcome: object, rule: Rule, report: Report) -> str:
    """What is wrong with an outcome of a rule; empty where nothing is."""
    if type(outcome) is Unchecked:
        right = _is_words(outcome.why) and outcome.code == rule.code
        return "" if right else "an Unchecked of other words or code"
    if type(outcome) is not Finding:
        return f"{type(outcome).__name__} is neither Finding nor Unchecked"
    document = report.document
    checks = {
        "rule": outcome.rule is rule,
        "words": _is_words(outcome.words),
        "span": outcome.span is None or _is_span(outcome.span, document),
        "cells": _all(outcome.cells, lambda each: _is_address(each, report)),
        "section": outcome.section is None or _is_text(outcome.section),
        "expected": outcome.expected is None or _is_text(outcome.expected),
        "actual": outcome.actual is None or _is_text(outcome.actual),
        "suggestion": outcome.suggestion is None or _is_suggestion(outcome.suggestion, document),
        "evidence": _all(outcome.evidence, _is_words),
        "related": _all(outcome.related, lambda each: _is_related(each, document)),
        "certainty": _is_text(outcome.certainty) and outcome.certainty in ("certain", "likely"),
        "severity": _is_text(outcome.severity) and outcome.severity in SEVERITIES,
        "reference": _is_reference(outcome.reference),
    }
    return _told(outcome, checks)


def _told(holder: object, checks: Mapping[str, bool]) -> str:
    return ", ".join(f"{name}={_shown(holder, name)}" for name, right in checks.items() if not right)


def _shown(holder: object, name: str) -> str:
    try:
        return repr(getattr(holder, name))[:200]
    except Exception:
        return "?"


def _all(values: object, right: Callable[[Any], bool]) -> bool:
    return type(values) is tuple and all(map(right, values))


def _is_text(value: object) -> bool:
    return type(value) is str


def _is_words(value: object) -> bool:
    return type(value) is Words and all(map(_is_text, value))


def _is_reference(value: object) -> bool:
    return type(value) is Reference and all(map(_is_text, value))


def _are_examples(values: object) -> bool:
    return type(values) is list and all(type(each) is Example for each in values)


def _is_span(value: object, document: Document) -> bool:
    return (
        type(value) is Span
        and all(type(each) is int for each in value)
        and 0 <= value.start <= value.end <= len(document.text)
    )


def _is_address(value: object, report: Report) -> bool:
    """A table of the template; where it names a row and a column too, a cell of that."""
    if type(value) is not str:
        return False
    table, *rest = value.split(".")
    if table not in report.template.tables:
        return False
    return len(rest) < 2 or "*" in rest or value in report.template.kinds


def _is_number(value: object) -> bool:
    if type(value) is Decimal and not value.is_finite():
        return False
    return type(value) in (int, Decimal) and -_LARGEST < value < _LARGEST  # type: ignore[operator]


def _is_suggestion(value: object, document: Document) -> bool:
    if type(value) is not Suggestion or not (value.text is None or _is_text(value.text)):
        return False
    return (
        _all(value.edits, lambda edit: _is_edit(edit, document))
        and type(value.cells) in (dict, MappingProxyType)
        and all(map(_is_text, value.cells))
        and all(map(_is_number, value.cells.values()))
    )


def _is_edit(value: object, document: Document) -> bool:
    return type(value) is Edit and _is_span(value.span, document) and _is_text(value.text)


def _is_related(value: object, document: Document) -> bool:
    return (
        type(value) is Related
        and _is_text(value.role)
        and (value.cell is None or _is_text(value.cell))
        and (value.span is None or _is_span(value.span, document))
    )
