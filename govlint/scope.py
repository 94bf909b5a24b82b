"""To which templates a rule applies: those it names, else those that have what its family looks at."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from govlint.rule import Rule
from govlint.template import Template

_OF_SECTIONS = "SDC"
"""Families that look at sections and their prose."""


def templates_of(rule: Rule, templates: Iterable[Template], rules: Sequence[Rule]) -> list[str]:
    """Ids, in the order of the templates; ``rules`` are all there are."""
    own = {other.code for other in rules}
    return [each.id for each in templates if _applies(rule, each, own)]


def _applies(rule: Rule, template: Template, own: set[str]) -> bool:
    if rule.templates:
        return template.id in rule.templates
    if rule.name == "outdated-edition":
        return bool(template.foreign)
    family = rule.code[0]
    if family in _OF_SECTIONS:
        return bool(template.sections)
    if family == "T":
        return bool(template.tables)
    if family == "N":
        declared = {identity.code for identity in template.identities}
        return rule.code in declared or (rule.name == "form-identity" and bool(declared - own))
    return True
