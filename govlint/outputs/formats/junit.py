"""``--format junit``: one test suite a document, one test case a finding; what CI servers of every kind read.

A finding below the fail level is a passed case with its text; what was not checked is skipped.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from typing import TextIO

from govlint.outputs.parts.places import describe
from govlint.result import Result
from govlint.rule import SEVERITIES, Finding
from govlint.text.visible import visible


def write(results: Iterable[Result], out: TextIO, lang: str = "zh") -> None:
    out.write('<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="govlint">\n')
    for result in results:
        out.write(_suite(result, lang))
        out.flush()
    out.write("</testsuites>\n")


def _suite(result: Result, lang: str) -> str:
    cases = list(_cases(result, lang))
    counts = {
        name: sum(f"<{element} " in case for case in cases)
        for name, element in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped"))
    }
    attributes = " ".join(f'{name}="{count}"' for name, count in counts.items())
    suite = f'  <testsuite name="{_text(result.path)}" tests="{len(cases)}" {attributes}>\n'
    return suite + "".join(cases) + "  </testsuite>\n"


def _cases(result: Result, lang: str) -> Iterator[str]:
    for finding in result.findings:
        yield _case(result, f"{finding.code} {finding.rule.name}", _outcome(finding, result, lang))
    for note in result.notes:
        yield _case(result, "govlint", f"<system-out>{_text(note.say(lang))}</system-out>")
    for code, why in result.unchecked:
        yield _case(result, code, f'<skipped message="{_text(why.say(lang))}"/>')
    if not result.findings and not result.unchecked and not result.notes:
        if result.error is not None:
            yield _case(result, "govlint", f'<error message="{_text(result.error.say(lang))}"/>')
        else:
            yield _case(result, "govlint", "")


def _outcome(finding: Finding, result: Result, lang: str) -> str:
    message = _text(finding.words.say(lang))
    place = _text(describe(finding, result).say(lang))
    evidence = "\n".join(_text(words.say(lang)) for words in finding.evidence)
    text = "\n".join(filter(None, (place, evidence)))
    if finding.rule.needs == "document" and result.status == "unreadable":
        return f'<error type="{finding.code}" message="{message}">{text}</error>'
    if result.fail_on != "never" and SEVERITIES.index(finding.severity) <= SEVERITIES.index(result.fail_on):
        return f'<failure type="{finding.code}" message="{message}">{text}</failure>'
    return f"<system-out>{message}\n{text}</system-out>"


def _case(result: Result, name: str, outcome: str) -> str:
    start = f'    <testcase classname="{_text(result.path)}" name="{_text(name)}"'
    return f"{start}>{outcome}</testcase>\n" if outcome else f"{start}/>\n"


def _text(text: str) -> str:
    return escape(visible(text))
