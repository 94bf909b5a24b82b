"""What a check is made by: rules, template, limits, severities, deadlines, register."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from msgspec import Struct

from govlint.agencies.deadlines import STATUTORY, Deadlines
from govlint.errors import UsageError
from govlint.linting import registry
from govlint.readers.limits import LIMITS, Limits
from govlint.result import DOCS, FailLevel
from govlint.rule import Rule, Severity
from govlint.template.loader import load_all
from govlint.template.model import Template

if TYPE_CHECKING:
    from govlint.agencies.register import Register
    from govlint.document import Words
    from govlint.filing import Filing
    from govlint.report import Report


class LastYear(Protocol):
    """Last year's reports."""

    def of(self, report: Report) -> Filing | Words:
        """The one of a report's agency, or why there is none."""
        ...


class Settings(Struct, frozen=True):
    """What is checked and how; codes may be prefixes. ``template`` is an id or ``auto``."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    """Besides those selected, or besides the usual ones where none are."""
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
    fixable: tuple[str, ...] = ()
    """Rules whose corrections may be put into the file; all where none are named."""
    unfixable: tuple[str, ...] = ()
    docs_url: str = DOCS
    """Where a rule's page stands, with ``{code}`` for its code."""
    limits: Limits = LIMITS
    deadlines: Deadlines = STATUTORY
    register: Register | None = None

    def rules(self) -> tuple[Rule, ...]:
        """Raises UsageError for codes that no rule has."""
        known = registry.all_rules(self.rule_folders)
        return registry.chosen(known, self.select, self.ignore, self.exempt, self.extend_select)

    def fixes(self, rule: Rule) -> bool:
        """Whether a rule's corrections may be put into the file; what is meant more closely decides."""
        if against := registry.fit(rule, self.unfixable):
            return registry.fit(rule, self.fixable) > against
        return not self.fixable or registry.fit(rule, self.fixable) > 0

    def templates(self) -> Sequence[Template]:
        """The templates that may be used. Raises UsageError for an id that there is not."""
        try:
            known = load_all(self.template_folders)
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
