"""A rule given its subject: whatever it does, the document's other findings stand.

A rule may be a plugin's. Its outcomes are looked at one by one as they come; the first that is none ends the rule as
one that failed. What it prints goes to standard error, it cannot end the run with a status of its own, and it has a
time limit where the platform has alarms.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
import traceback
from collections.abc import Iterator
from typing import Any, NoReturn

from govlint.document import Document, Edit, Span, Words
from govlint.linting import registry
from govlint.report import Report
from govlint.rule import SEVERITIES, Finding, Reference, Related, Rule, Suggestion, Unchecked

SECONDS = 60.0
"""Most that a rule may take for a document."""
_MOST = 100_000
"""Outcomes of one rule."""


_LEAVE = os._exit


class OutOfTime(BaseException):
    """Raised in a rule at its time limit; no ``except Exception`` of its own holds it."""


def apply(
    rule: Rule, report: Report, findings: list[Finding], unchecked: list[Unchecked], *subject: Any
) -> None:
    """Add what a rule finds; where it fails, that: E003, and the rule is unchecked. Called within :func:`guarded`.

    Raises KeyboardInterrupt alone.
    """
    if rule.apply is None:
        return
    try:
        if _alarmed:
            signal.setitimer(signal.ITIMER_REAL, SECONDS)
        for count, outcome in enumerate(rule.apply(*subject)):
            if wrong := "too many outcomes" if count >= _MOST else _wrong(outcome, rule, report):
                raise TypeError(wrong)
            (unchecked if isinstance(outcome, Unchecked) else findings).append(outcome)  # type: ignore[arg-type]
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        findings.append(fault(rule, error))
        described = describe(error)
        unchecked.append(rule.unchecked(Words(f"规则执行出错：{described}", f"the rule failed: {described}")))


def describe(error: BaseException) -> str:
    """``TypeError: …``, also of an error that cannot say what it is."""
    try:
        said = str(error)
    except Exception:
        said = "?"
    return f"{type(error).__name__}: {said[:500]}"


def fault(failed: Rule, error: BaseException) -> Finding:
    """E003 for a rule that raised, with the line at which it did."""
    frames = traceback.extract_tb(error.__traceback__)[-1:]
    return registry.named("E003").finding(
        None,
        code=failed.code,
        error=describe(error),
        actual=f"{failed.code} {type(error).__name__}",
        evidence=[Words(where, where) for frame in frames if (where := f"{frame.filename}:{frame.lineno}")],
    )


@contextlib.contextmanager
def guarded() -> Iterator[None]:
    """Rules are applied within: what they print goes to standard error, as standard output is the findings', none can
    leave the process, and each has its time limit, unless the alarm is not to be had or another's."""
    global _alarmed
    with contextlib.redirect_stdout(sys.stderr) if sys.stderr else contextlib.nullcontext(), _staying():
        alarm = getattr(signal, "SIGALRM", None) if hasattr(signal, "setitimer") else None
        main = threading.current_thread() is threading.main_thread()
        if alarm is None or not main or signal.getsignal(alarm) is not signal.SIG_DFL:
            yield
            return
        signal.signal(alarm, _ring)
        _alarmed = True
        try:
            yield
        finally:
            _alarmed = False
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(alarm, signal.SIG_DFL)


_alarmed = False


@contextlib.contextmanager
def _staying() -> Iterator[None]:
    below = sys.modules[os.name]  # posix or nt, from which it comes
    os._exit = below._exit = _leave  # type: ignore[attr-defined]
    try:
        yield
    finally:
        os._exit = below._exit = _LEAVE  # type: ignore[attr-defined]


def _leave(status: int) -> NoReturn:
    raise SystemExit(f"os._exit({status})")


def _ring(number: int, frame: object) -> None:
    raise OutOfTime(f"{SECONDS:.0f} s")


# What an outcome must be


def _wrong(outcome: object, rule: Rule, report: Report) -> str:
    """What is wrong with an outcome; empty where nothing is."""
    if isinstance(outcome, Unchecked):
        return (
            ""
            if _is_words(outcome.why) and outcome.code == rule.code
            else "an Unchecked of other words or code"
        )
    if type(outcome) is not Finding:
        return f"{type(outcome).__name__} is neither Finding nor Unchecked"
    document = report.document
    checks = {
        "rule": outcome.rule is rule,
        "words": _is_words(outcome.words),
        "span": outcome.span is None or _is_span(outcome.span, document),
        "cells": _all(outcome.cells, lambda each: _is_address(each, report)),
        "section": outcome.section is None or isinstance(outcome.section, str),
        "expected": outcome.expected is None or isinstance(outcome.expected, str),
        "actual": outcome.actual is None or isinstance(outcome.actual, str),
        "suggestion": outcome.suggestion is None or _is_suggestion(outcome.suggestion, document),
        "evidence": _all(outcome.evidence, _is_words),
        "related": _all(outcome.related, lambda each: _is_related(each, document)),
        "certainty": outcome.certainty in ("certain", "likely"),
        "severity": outcome.severity in SEVERITIES,
        "reference": isinstance(outcome.reference, Reference) and all(map(_is_text, outcome.reference)),
    }
    return ", ".join(f"{name}={_shown(outcome, name)}" for name, right in checks.items() if not right)


def _shown(outcome: Finding, name: str) -> str:
    try:
        return repr(getattr(outcome, name))[:200]
    except Exception:
        return "?"


def _all(values: object, right: Any) -> bool:
    return isinstance(values, tuple) and all(map(right, values))


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_words(value: object) -> bool:
    return isinstance(value, Words) and all(map(_is_text, value))


def _is_span(value: object, document: Document) -> bool:
    return (
        isinstance(value, Span)
        and all(type(each) is int for each in value)
        and 0 <= value.start <= value.end <= len(document.text)
    )


def _is_address(value: object, report: Report) -> bool:
    """A table of the template; where it names a row and a column too, a cell of that."""
    if not isinstance(value, str):
        return False
    table, *rest = value.split(".")
    if table not in report.template.tables:
        return False
    return len(rest) < 2 or "*" in rest or value in report.template.kinds


def _is_suggestion(value: object, document: Document) -> bool:
    if not isinstance(value, Suggestion) or not (value.text is None or isinstance(value.text, str)):
        return False
    edits = all(
        isinstance(edit, Edit) and _is_span(edit.span, document) and _is_text(edit.text)
        for edit in value.edits
    )
    return edits and all(map(_is_text, value.cells))


def _is_related(value: object, document: Document) -> bool:
    return (
        isinstance(value, Related)
        and _is_text(value.role)
        and (value.cell is None or _is_text(value.cell))
        and (value.span is None or _is_span(value.span, document))
    )
