"""One result as a fragment of a page: what front ends show of a document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.resources import files

from govlint.fixing.fixes import fixable
from govlint.outputs.page.findings import Actions, cards, unchecked
from govlint.outputs.page.markup import Html, element, html
from govlint.outputs.page.numbering import Anchors, numbered
from govlint.outputs.page.text import report_text
from govlint.outputs.parts.counts import VERDICT, next_step, say, set_aside, severities, tally
from govlint.outputs.parts.details import facts
from govlint.result import Result

_OPTION = re.compile(r"(--[a-z-]+)")
"""As in ``--fix``."""
LIGHTS = {"pass": "✓", "fail": "✕", "incomplete": "?"}
"""What tells the verdicts apart beside their colour and their word."""


def stylesheet() -> str:
    """The CSS of fragments and of pages made of them: no ``@import``, no ``url()``."""
    return files("govlint.outputs.page").joinpath("page.css").read_text("utf-8")


def fragment(
    result: Result,
    lang: str = "zh",
    *,
    prefix: str = "",
    text: bool = True,
    options: bool = True,
    actions: Actions | None = None,
) -> Html:
    """An ``<article>`` with the verdict, the findings, and beside them the report's own text.

    ``prefix`` begins every id, so that several fragments can stand on one page; ``text`` False leaves the report's
    text out; ``options`` names those of the command line that put something right; ``actions`` gives what stands
    below each finding. Headings begin at the second level.
    """
    findings, anchors = numbered(result), Anchors(prefix, lang)
    shown = report_text(result, findings, anchors) if text else Html("")
    told = [_findings(result, lang), cards(result, findings, anchors, actions), *unchecked(result, lang)]
    beside = element("section", told, class_="told")
    if shown:
        name = say("报告正文", "The report", lang)
        title = f"{name} {result.path}"
        pane = element("section", element("h3", name), shown, class_="report", tabindex=0, aria_label=title)
        beside = element("div", beside, pane, class_="beside")
    return element(
        "article",
        _head(result, lang, options),
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
    counts, safe = tally(severities(result), lang), fixable(result).safe
    return counts + (
        say(f"；可自动改正 {safe} 处", f"; {safe} can be corrected at once", lang) if safe else ""
    )


def _head(result: Result, lang: str, options: bool) -> Html:
    aside = set_aside(len(result.suppressed), len(result.known), lang)
    notes = [note.say(lang) for note in result.notes]
    return element(
        "header",
        element("h2", result.path),
        element("p", light(result, lang), " ", element("strong", summary(result, lang)), class_="verdict"),
        element("p", _whole_options(next_), class_="next")
        if (next_ := _next(result, lang, options))
        else None,
        [element("p", line, class_="facts") for line in facts(result, lang)],
        [element("p", note, class_="note") for note in notes],
        element("p", aside, class_="facts") if aside else None,
    )


def _next(result: Result, lang: str, options: bool) -> str:
    """What to do now."""
    if result.status == "unreadable":
        return say("按提示处理好文件，再检查一次。", "Mend the file as told and check it again.", lang)
    found = severities(result)
    told = []
    if errors := found["error"]:
        told.append(
            say(
                f"先改“必须改”的 {errors} 处",
                f"First mend the {errors} error{'s' if errors > 1 else ''}",
                lang,
            )
        )
    if warnings := found["warning"]:
        again = say("再看" if told else "请看", "then look at" if told else "Look at", lang)
        told.append(
            say(
                f"{again}“建议改”的 {warnings} 处",
                f"{again} the {warnings} warning{'s' if warnings > 1 else ''}",
                lang,
            )
        )
    if result.unchecked:
        told.append(say("没有检查的部分请人工核对", "check by hand what could not be checked", lang))
    step = say("，", ", ", lang).join(told)
    fixes = next_step(fixable(result), lang) if options else ""
    return f"{step}{say('。', '. ', lang) if step else ''}{fixes}"


def _whole_options(text: str) -> Iterator[Html]:
    """Text whose command-line options do not break at their hyphens."""
    for at, part in enumerate(_OPTION.split(text)):
        yield element("code", part) if at % 2 else html(part)


def _findings(result: Result, lang: str) -> Iterator[Html]:
    yield element("h3", say("问题", "Findings", lang))
    if result.error is not None and not result.findings:
        yield element("p", result.error.say(lang))
    elif not result.findings:
        yield element("p", say("没有发现问题。", "No findings.", lang), class_="none")
