"""The model reports that rules' examples change: a clean report of an invented agency for each template."""

from __future__ import annotations

from functools import cache

from govlint.folders import GRAMMARS
from govlint.rule import Beside, Example
from govlint.template.loader import installed


@cache
def model_report(template: str) -> str:
    """The one of govlint, or of the plugin that brings the template. Raises FileNotFoundError where there is none."""
    folders = (GRAMMARS, *installed())
    paths = [folder / f"model-{template}.txt" for folder in folders]
    return next((path for path in paths if path.exists()), paths[0]).read_text("utf-8")


def apply_example(example: Example) -> str:
    """The model report with an example's change. Raises ValueError where the change has no place in it."""
    text = model_report(example.template)
    if example.instead_of:
        if example.instead_of not in text:
            raise ValueError(f"not in the model report: {example.instead_of!r}")
        return text.replace(example.instead_of, example.text)
    return _added(text, example)


def beside_text(beside: Beside) -> str:
    """The text of another document of an example. Raises ValueError where a change has no place in it."""
    text = model_report(beside.template)
    for new, old in beside.changes:
        if old not in text:
            raise ValueError(f"not in the model report: {old!r}")
        text = text.replace(old, new)
    return text


def _added(text: str, example: Example) -> str:
    """With the example's words at the end of a section's prose."""
    from govlint.document import Document
    from govlint.parsing.parser import parse
    from govlint.template.loader import load

    report = parse(Document("model.txt", "text", text), load(example.template))
    if example.section is None or example.section not in report.sections:
        raise ValueError(f"the model report has no section {example.section!r}")
    section = report.sections[example.section]
    end = section.prose[-1].end if section.prose else section.span.end
    return text[:end] + example.text + text[end:]
