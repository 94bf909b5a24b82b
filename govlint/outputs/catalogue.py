"""``govlint rules`` and ``govlint explain``: the rules, for people and as JSON."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TextIO

from rich.cells import cell_len

from govlint.document import Words
from govlint.outputs.formats.rich_ import STYLES, pen_for
from govlint.outputs.parts.basis import OWN, basis_of, cite, scope
from govlint.outputs.parts.counts import SEVERITY, say
from govlint.outputs.parts.json_text import dumps
from govlint.outputs.parts.records import Record
from govlint.outputs.parts.terminal import Pen, Piece, pad, width_of
from govlint.rule import Example, Rule
from govlint.version import __version__

_ARGUMENT = re.compile(r"\{[^{}]*\}")
"""As in ``{actual}``."""
_EVERY = Words("全部模板", "all templates")


def write_rules(
    rules: Sequence[Rule],
    out: TextIO,
    lang: str = "zh",
    format: str = "rich",
    *,
    width: int | None = None,
    colour: bool | None = None,
) -> None:
    """Every rule: one line each, or one JSON object ``{"govlint": …, "rules": […]}``."""
    if format == "json":
        records = [record(rule, lang) for rule in rules]
        out.write(dumps({"govlint": __version__, "rules": records}, "  ") + "\n")
        return
    pen = pen_for(out, width, colour)
    names = max((cell_len(rule.name) for rule in rules), default=0)
    severities = max(cell_len(words.say(lang)) for words in SEVERITY.values())
    for rule in rules:
        severity, style = SEVERITY[rule.severity], STYLES[rule.severity]
        line = [
            Piece(rule.code + "  ", "bold"),
            Piece(pad(severity.say(lang), severities) + "  ", style),
            Piece(pad(rule.name, names) + "  "),
        ]
        room = pen.cells - width_of(line)
        title = rule.title.say(lang) + _scope(rule, lang)
        if room >= cell_len(title):
            pen.line(*line, Piece(title))
        else:
            pen.line(*line)
            pen.text(title, indent=cell_len(rule.code) + 2)


def write_rule(
    rule: Rule,
    out: TextIO,
    lang: str = "zh",
    format: str = "rich",
    *,
    width: int | None = None,
    colour: bool | None = None,
) -> None:
    """One rule in full."""
    if format == "json":
        out.write(dumps(record(rule, lang), "  ") + "\n")
        return
    pen = pen_for(out, width, colour)
    severity, style = SEVERITY[rule.severity], STYLES[rule.severity]
    pen.line(Piece(rule.code, "bold"), Piece(" " + rule.name))
    pen.text(rule.title.say(lang), "bold")
    pen.line()
    pen.text(severity.say(lang), style, label=_label("级别", "severity", lang))
    pen.text(
        say("、", ", ", lang).join(scope(rule)) or _EVERY.say(lang), label=_label("模板", "templates", lang)
    )
    if not rule.default:
        off = Words(f"默认关闭，用 --select {rule.code} 启用", f"off unless selected: --select {rule.code}")
        pen.text(off.say(lang), label=_label("启用", "default", lang))
    basis, reports = basis_of(rule), _ARGUMENT.sub("…", rule.message.say(lang))
    for heading, text in (
        (Words("报告什么", "What it reports"), reports if reports.strip("…。.") else rule.title.say(lang)),
        (Words("为什么", "Why it matters"), rule.why.say(lang)),
        (Words("依据", "Legal basis"), cite(basis, lang) if basis.document != OWN else ""),
    ):
        if not text:
            continue
        _heading(pen, heading.say(lang))
        pen.text(text, indent=2)
    _examples(pen, rule, lang)


def _examples(pen: Pen, rule: Rule, lang: str) -> None:
    if rule.bad:
        _heading(pen, Words("错误示例与改法", "Bad, and how to mend it").say(lang))
    for example in rule.bad:
        for mark, text in _lines(example):
            pen.text(text, "red" if mark == "✗" else "green", indent=2, label=f"{mark} ")
        _beside(pen, example, lang)
        if example.cells:
            cells = Words("单元格：", "cells: ").say(lang)
            pen.text(", ".join(example.cells), "dim", indent=4, label=cells)
    if rule.good:
        _heading(pen, Words("正确示例", "Good").say(lang))
    for example in rule.good:
        for text in _split(example.text):
            pen.text(text, "green", indent=2, label="✓ ")
        _beside(pen, example, lang)


def _beside(pen: Pen, example: Example, lang: str) -> None:
    """The other documents of an example, and the register."""
    for beside in example.beside:
        pen.text(beside.name, "dim", indent=4, label=Words("与之比较：", "beside it: ").say(lang))
        for text in _split(beside.told):
            pen.text(text, indent=6)
    for text in _split(example.register):
        pen.text(text, "dim", indent=4, label=Words("名录：", "register: ").say(lang))


def _lines(example: Example) -> Iterator[tuple[str, str]]:
    """The bad words, then the words of the model report that they took the place of."""
    yield from (("✗", text) for text in _split(example.text))
    yield from (("✓", text) for text in _split(example.instead_of) if example.instead_of != example.text)


def _split(text: str) -> list[str]:
    return [line for line in text.split("\n") if line.strip()]


def _heading(pen: Pen, text: str) -> None:
    pen.line()
    pen.line(Piece(text, "bold"))


def _label(zh: str, en: str, lang: str) -> str:
    return pad(zh, 6) if lang != "en" else pad(en, 11)


def _scope(rule: Rule, lang: str) -> str:
    """What limits a rule: its templates, and whether it must be selected."""
    parts = scope(rule)
    if not rule.default:
        parts.append(Words("默认关闭", "off by default").say(lang))
    return f"（{'、'.join(parts)}）" if parts and lang != "en" else f" ({', '.join(parts)})" if parts else ""


def record(rule: Rule, lang: str) -> Record:
    """One rule as JSON. ``templates`` is empty where it holds for every template."""
    return {
        "code": rule.code,
        "name": rule.name,
        "title": rule.title.say(lang),
        "severity": rule.severity,
        "templates": scope(rule),
        "default": rule.default,
        "message": rule.message.say(lang),
        "why": rule.why.say(lang),
        "reference": basis_of(rule)._asdict(),
        "bad": list(_records(rule.bad)),
        "good": list(_records(rule.good)),
    }


def _records(examples: Iterable[Example]) -> Iterator[Record]:
    for example in examples:
        yield example._asdict()
