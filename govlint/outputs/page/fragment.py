"""One result as a fragment of a page: what front ends show of a document."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files

from govlint.fixing.fixes import fixable
from govlint.outputs.page.findings import Actions, cards, unchecked
from govlint.outputs.page.markup import Html, element
from govlint.outputs.page.numbering import Anchors, numbered
from govlint.outputs.page.text import report_text
from govlint.outputs.parts.counts import VERDICT, counted, next_step, say, set_aside, severities
from govlint.outputs.parts.details import facts
from govlint.result import Result

LIGHTS = {"pass": "✓", "fail": "✕", "incomplete": "?"}
"""What tells the verdicts apart beside their colour and their word."""


def stylesheet() -> str:
    """The CSS of fragments and of pages made of them: no ``@import``, no ``url()``."""
    return files("govlint.outputs.page").joinpath("page.css").read_text("utf-8")


def fragment(
    result: Result, lang: str = "zh", *, prefix: str = "", text: bool = True, actions: Actions | None = None
) -> Html:
    """An ``<article>`` with the verdict, the findings, and beside them the report's own text.

    ``prefix`` begins every id, so that several fragments can stand on one page; ``text`` False leaves the report's
    text out; ``actions`` gives what stands below each finding. Headings begin at the second level.
    """
    findings, anchors = numbered(result), Anchors(prefix, lang)
    shown = report_text(result, findings, anchors) if text else Html("")
    told = [_findings(result, lang), cards(result, findings, anchors, actions), *unchecked(result, lang)]
    beside = element("section", told, class_="told", aria_label=say("问题", "Findings", lang))
    if shown:
        name = say("报告正文", "The report", lang)
        pane = element("section", element("h3", name), shown, class_="report", tabindex=0, aria_label=name)
        beside = element("div", beside, pane, class_="beside")
    return element(
        "article",
        _head(result, lang),
        beside,
        class_=f"result {result.verdict}",
        id=prefix or None,
        lang="en" if lang == "en" else "zh-CN",
    )


def light(result: Result, lang: str) -> Html:
    """The verdict as a light: a colour, a sign and a word."""
    sign = element("span", LIGHTS[result.verdict], aria_hidden="true", class_="sign")
    return element("span", sign, VERDICT[result.verdict].say(lang), class_=f"light {result.verdict}")


def summary(result: Result, lang: str) -> str:
    """``2 处必须改，5 处建议改；可自动改正 3 处``."""
    counts, safe = counted(severities(result), lang), fixable(result).safe
    return counts + (
        say(f"；可自动改正 {safe} 处", f"; {safe} can be corrected at once", lang) if safe else ""
    )


def _head(result: Result, lang: str) -> Html:
    aside = set_aside(len(result.suppressed), len(result.known), lang)
    notes = [note.say(lang) for note in result.notes]
    return element(
        "header",
        element("h2", result.path),
        element("p", light(result, lang), " ", element("strong", summary(result, lang)), class_="verdict"),
        element("p", next_, class_="next") if (next_ := _next(result, lang)) else None,
        [element("p", line, class_="facts") for line in facts(result, lang)],
        [element("p", note, class_="note") for note in notes],
        element("p", aside, class_="facts") if aside else None,
    )


def _next(result: Result, lang: str) -> str:
    """What to do now."""
    found = severities(result)
    told = []
    if errors := found["error"]:
        told.append(say(f"先改“必须改”的 {errors} 处", f"First the {errors} that must be corrected", lang))
    if warnings := found["warning"]:
        again = say("再看" if told else "请看", "then look at" if told else "Look at", lang)
        told.append(say(f"{again}“建议改”的 {warnings} 处", f"{again} the {warnings} warnings", lang))
    if result.unchecked or result.status == "unreadable":
        told.append(say("没有检查的部分请人工核对", "check by hand what could not be checked", lang))
    step = say("，", ", ", lang).join(told)
    fixes = next_step(fixable(result), lang)
    return f"{step}{say('。', '. ', lang) if step else ''}{fixes}"


def _findings(result: Result, lang: str) -> Iterator[Html]:
    yield element("h3", say("问题", "Findings", lang))
    if result.error is not None and not result.findings:
        yield element("p", result.error.say(lang))
    elif not result.findings:
        yield element("p", say("没有发现问题。", "No findings.", lang), class_="none")
