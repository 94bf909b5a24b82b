"""``--format github``: workflow commands, which GitHub Actions shows beside the lines.

Syntax and escapes: https://docs.github.com/actions/reference/workflow-commands-for-github-actions
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

from govlint.document import Place
from govlint.outputs.parts.places import NOWHERE, locate, placed_message
from govlint.result import Result
from govlint.text.visible import visible

COMMANDS = {"error": "error", "warning": "warning", "info": "notice"}


def write(results: Iterable[Result], out: TextIO, lang: str = "zh") -> None:
    for result in results:
        for finding in result.findings:
            title = f"{finding.code} {finding.rule.name}"
            message = placed_message(finding, result, lang)
            out.write(
                _command(COMMANDS[finding.severity], result.path, locate(finding, result), title, message)
            )
        for note in result.notes:
            out.write(_command("notice", result.path, NOWHERE, "govlint", note.say(lang)))
        for code, why in result.unchecked:
            out.write(_command("warning", result.path, NOWHERE, f"{code} unchecked", why.say(lang)))
        out.flush()


def _command(command: str, path: str, place: Place, title: str, message: str) -> str:
    properties: dict[str, str | int | None] = {"file": path, "line": place.line, "endLine": place.end_line}
    if place.line == place.end_line:
        properties |= {"col": place.column, "endColumn": place.end_column}
    properties["title"] = title
    listed = ",".join(
        f"{key}={_property(str(value))}" for key, value in properties.items() if value is not None
    )
    return f"::{command} {listed}::{_data(message)}\n"


def _data(text: str) -> str:
    return visible(text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A"))


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
