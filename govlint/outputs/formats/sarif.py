"""``--format sarif``: SARIF 2.1.0, as GitHub and editors read it.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/ · GitHub reads the first location alone, wants all four fields of its
region, and takes 25,000 results at most.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import PurePath
from typing import TextIO
from urllib.parse import quote

from govlint.document import Place
from govlint.outputs.formats.markdown import plain
from govlint.outputs.parts.basis import basis_of, cite
from govlint.outputs.parts.counts import say
from govlint.outputs.parts.json_text import dumps
from govlint.outputs.parts.places import describe, locate, placed_message
from govlint.outputs.parts.records import Record
from govlint.result import Result
from govlint.rule import Finding, Rule
from govlint.version import __version__

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
LEVELS = {"error": "error", "warning": "warning", "info": "note"}
MOST_RESULTS = 25_000


def write(results: Iterable[Result], out: TextIO, lang: str = "zh") -> None:
    rules: dict[str, tuple[Rule, str]] = {}
    notes: list[Record] = []
    written = left_out = 0
    faulted = False
    out.write(f'{{"$schema": {dumps(SCHEMA)}, "version": "2.1.0", "runs": [{{"results": [')
    for result in results:
        faulted = faulted or result.faulted
        seen: Counter[str] = Counter()
        for finding, suppression in _all(result, lang):
            if written == MOST_RESULTS:
                left_out += 1
                continue
            rules.setdefault(finding.code, (finding.rule, result.docs(finding.rule)))
            index = list(rules).index(finding.code)
            seen[finding.fingerprint] += 1
            out.write(
                (",\n" if written else "\n")
                + dumps(_result(finding, index, result, lang) | _prints(finding, seen) | suppression)
            )
            written += 1
        notes += [
            _notification(f"{code}: {why.say(lang)}", result.path, code) for code, why in result.unchecked
        ]
        notes += [
            _notification(note.say(lang), result.path, None) | {"level": "note"} for note in result.notes
        ]
    if left_out:
        notes.append(_notification(f"{left_out} more results than SARIF readers take", None, None))
    rest = {
        "columnKind": "unicodeCodePoints",
        "invocations": [{"executionSuccessful": not faulted, "toolExecutionNotifications": notes}],
        "tool": {"driver": _driver(rules.values(), lang)},
    }
    out.write("\n], " + dumps(rest)[1:] + "]}\n")


def _all(result: Result, lang: str) -> Iterator[tuple[Finding, Record]]:
    """Every finding, and those that do not count with what says so."""
    for finding in result.findings:
        yield finding, {}
    for finding, reason in result.suppressed:
        yield finding, _suppressions("inSource", reason)
    for finding in result.known:
        yield finding, _suppressions("external", "in the baseline" if lang == "en" else "在基线中")


def _prints(finding: Finding, seen: Counter[str]) -> Record:
    """Of what is wrong, never of the line. GitHub knows alerts again by the second, which tells repeats apart."""
    occurrence = f"{finding.fingerprint}:{seen[finding.fingerprint]}"
    return {
        "partialFingerprints": {
            "govlint/v1": finding.fingerprint,
            "primaryLocationLineHash": occurrence,
        }
    }


def _suppressions(kind: str, reason: str) -> Record:
    return {"suppressions": [{"kind": kind, "status": "accepted", "justification": reason}]}


def _driver(rules: Iterable[tuple[Rule, str]], lang: str) -> Record:
    return {"name": "govlint", "version": __version__, "rules": [_rule(*each, lang) for each in rules]}


def _rule(rule: Rule, docs: str, lang: str) -> Record:
    # helpUri is an absolute address or none (SARIF 2.1.0, 3.49.12).
    return ({"helpUri": docs} if "://" in docs else {}) | {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": rule.title.say(lang)},
        "fullDescription": {"text": rule.why.say(lang)},
        "help": {
            "text": f"{rule.why.say(lang)} {cite(basis_of(rule), lang)}",
            "markdown": _help(rule, lang),
        },
        "defaultConfiguration": {"level": LEVELS[rule.severity]},
        "properties": {"tags": [rule.code[0]], "docs": docs},
    }


def _help(rule: Rule, lang: str) -> str:
    """What ``govlint explain`` says of a rule, in short."""
    basis = say("依据", "Basis", lang)
    more = say("详见", "More:", lang)
    title = plain(rule.title.say(lang))
    return (
        f"**{rule.code} {title}**\n\n{plain(rule.why.say(lang))}\n\n"
        f"{basis} {plain(cite(basis_of(rule), lang))}\n\n{more} `govlint explain {rule.code}`"
    )


def _result(finding: Finding, index: int, result: Result, lang: str) -> Record:
    place = locate(finding, result)
    location: Record = {"physicalLocation": _location(result.path, place)}
    if described := describe(finding, result).say(lang):
        location["logicalLocations"] = [
            {"fullyQualifiedName": (*finding.cells, described)[0], "name": described}
        ]
    return {
        "ruleId": finding.code,
        "ruleIndex": index,
        "level": LEVELS[finding.severity],
        "message": {"text": placed_message(finding, result, lang)},
        "locations": [location],
        "properties": {
            "certainty": finding.certainty,
            "cells": list(finding.cells),
            "evidence": [words.say(lang) for words in finding.evidence],
        },
    }


def _location(path: str, place: Place) -> Record:
    line, column = place.line or 1, place.column or 1
    return {
        "artifactLocation": _artifact(path),
        "region": {
            "startLine": line,
            "startColumn": column,
            "endLine": place.end_line or line,
            "endColumn": place.end_column or column,
        },
    }


def _artifact(path: str) -> Record:
    pure = PurePath(path)
    uri = quote(pure.as_posix(), safe="/:" if pure.drive else "/", errors="surrogatepass")
    if pure.is_absolute():
        return {"uri": "file://" + ("/" if pure.drive else "") + uri}
    return {"uri": uri, "uriBaseId": "%SRCROOT%"}


def _notification(text: str, path: str | None, code: str | None) -> Record:
    note: Record = {"level": "warning", "message": {"text": text}}
    if path is not None:
        note["locations"] = [{"physicalLocation": {"artifactLocation": _artifact(path)}}]
    if code is not None:
        note["associatedRule"] = {"id": code}
    return note
