"""The findings of a document one after the other: severity first, where, what, and what to write instead."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from govlint.outputs.page.form import sums
from govlint.outputs.page.markup import Child, Html, element
from govlint.outputs.page.numbering import Anchors, Numbered, table_at
from govlint.outputs.parts.counts import say
from govlint.outputs.parts.details import LABELS, details, not_checked, severity
from govlint.outputs.parts.excerpt import around
from govlint.result import Result

_CONTEXT = 96
"""Columns of the line that is shown with a finding; a Chinese character takes two."""
FAMILIES = "STNCDPWHAE"
"""Families of govlint's own rules; those of plugins are one more."""

Actions = Callable[[Numbered], Child]
"""What a front end puts below a finding: the buttons of a desk."""


def family(code: str) -> str:
    return code[0] if code[0] in FAMILIES else "other"


def cards(result: Result, findings: list[Numbered], anchors: Anchors, actions: Actions | None) -> Html:
    """The list of findings. The text is made first: only what is marked there is linked to."""
    items = [
        element(
            "li",
            _card(each, result, anchors),
            actions(each) if actions else None,
            class_=f"finding {each.finding.severity}",
            id=anchors.finding(each.number),
            data_family=family(each.finding.code),
        )
        for each in findings
    ]
    return element("ol", items, class_="findings")


def _card(each: Numbered, result: Result, anchors: Anchors) -> Iterator[Html]:
    finding, lang = each.finding, anchors.lang
    told = list(details(finding, result, lang))
    yield element(
        "h4",
        element("span", str(each.number), class_="number"),
        element("span", severity(finding, lang), class_="severity"),
        " ",
        element("span", finding.rule.title.say(lang), class_="title"),
        " ",
        element("span", finding.code, class_="code"),
    )
    if place := next((text for name, text in told if name == "place"), ""):
        linked = each.number in anchors.placed
        where = element("a", place, href=f"#{anchors.mark(each.number)}") if linked else place
        yield element("p", where, class_="place")
    yield element("p", sums(finding.words.say(lang)), class_="message")
    if source := _source(each, result):
        yield source
    rest: dict[str, list[Html]] = {}
    for name, text in told:
        if name != "place":
            rest.setdefault(name, []).append(element("dd", sums(text)))
    if rest:
        yield element(
            "dl",
            [
                element("div", element("dt", LABELS[name].say(lang)), texts, class_=name)
                for name, texts in rest.items()
            ],
        )


def _source(each: Numbered, result: Result) -> Html | None:
    """The line of the report around the words; a figure shows in its table."""
    finding, document = each.finding, result.document
    if document is None or finding.span is None:
        return None
    if result.report is not None and table_at(result.report, finding.span):
        return None
    before, words, after = around(document, finding.span, _CONTEXT, finding.rule.private)
    if not words:
        return None
    return element("blockquote", before, element("mark", words, class_=finding.severity), after)


def unchecked(result: Result, lang: str) -> Iterator[Html]:
    """Which rules could not be applied, and why."""
    rows = [
        element("li", element("span", codes, class_="code"), " ", sums(why))
        for codes, why in not_checked(result, lang)
    ]
    if rows:
        yield element("h3", say("没有检查的", "Not checked", lang))
        yield element("ul", rows, class_="unchecked")
