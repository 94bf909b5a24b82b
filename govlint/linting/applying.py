"""A rule given its subject: whatever it does, the document's other findings stand.

A rule may be a plugin's. Its outcomes are looked at one by one as they come; the first that is none ends the rule as
one that failed.
"""

from __future__ import annotations

import traceback
from typing import Any

from govlint.document import Words
from govlint.errors import described
from govlint.linting import guarding, registry
from govlint.linting.well_formed import wrong_outcome
from govlint.report import Report
from govlint.rule import Finding, Rule, Unchecked

_MOST = 100_000
"""Outcomes of one rule."""


def apply(
    rule: Rule, report: Report, findings: list[Finding], unchecked: list[Unchecked], *subject: Any
) -> None:
    """Add what a rule finds; where it fails, that: E003, and the rule is unchecked. Called within :func:`guarding.guarded`.

    Raises KeyboardInterrupt alone.
    """
    if rule.apply is None:
        return
    try:
        guarding.limit()
        for count, outcome in enumerate(rule.apply(*subject)):
            if wrong := "too many outcomes" if count >= _MOST else wrong_outcome(outcome, rule, report):
                raise TypeError(wrong)
            (unchecked if isinstance(outcome, Unchecked) else findings).append(outcome)  # type: ignore[arg-type]
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        findings.append(fault(rule, error))
        why = described(error)
        unchecked.append(rule.unchecked(Words(f"规则执行出错：{why}", f"the rule failed: {why}")))


def fault(failed: Rule, error: BaseException) -> Finding:
    """E003 for a rule that raised, with the line at which it did."""
    frames = traceback.extract_tb(error.__traceback__)[-1:]
    return registry.named("E003").finding(
        None,
        code=failed.code,
        error=described(error),
        actual=f"{failed.code} {type(error).__name__}",
        evidence=[Words(where, where) for frame in frames if (where := f"{frame.filename}:{frame.lineno}")],
    )
