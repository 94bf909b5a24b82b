"""``--format html``: one page without scripts or links, to read, print or send on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from typing import TextIO

from govlint.outputs.parts.details import LABELS, details, facts, say, set_aside, severity, totals
from govlint.outputs.parts.excerpt import around
from govlint.outputs.parts.records import Summary
from govlint.outputs.parts.table_part import Part, concerned
from govlint.outputs.parts.terminal import Piece
from govlint.result import Result
from govlint.rule import Finding
from govlint.text.visible import visible

_CONTEXT = 120
"""Cells of the source line shown."""
_STYLE = """
body { font: 16px/1.6 system-ui, "Noto Sans CJK SC", "Microsoft YaHei", sans-serif;
  max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #222; background: #fff; }
h2 { font-size: 1.2rem; border-bottom: 1px solid #bbb; overflow-wrap: anywhere; }
section { border-left: .3rem solid; padding: 0 0 0 1rem; margin: 1.2rem 0; overflow-wrap: anywhere; }
.error { border-color: #b00020; } .warning { border-color: #a86400; } .info { border-color: #00629b; }
.error b { color: #b00020; } .warning b { color: #8a5200; } .info b { color: #00629b; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0 1rem; margin: .4rem 0; }
dt, .facts, small { color: #555; } dd { margin: 0; }
.source { background: #f3f3f3; padding: .2rem .5rem; margin: .4rem 0; }
mark { background: #ffd9d9; font-weight: bold; }
table { border-collapse: collapse; margin: .5rem 0; font-variant-numeric: tabular-nums; }
th, td { border: 1px solid #bbb; padding: .1rem .6rem; } td { text-align: right; } th { font-weight: normal; }
""".strip()


def write(results: Iterable[Result], out: TextIO, lang: str = "zh") -> None:
    title = say("政府信息公开工作年度报告检查结果", "Annual reports checked", lang)
    out.write(
        f'<!DOCTYPE html>\n<html lang="{"en" if lang == "en" else "zh-CN"}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>\n{_STYLE}\n</style>\n</head>\n<body>\n<h1>{title}</h1>\n"
    )
    summary = Summary()
    for result in summary.counting(results):
        out.write("\n".join(_document(result, lang)) + "\n")
        out.flush()
    out.write(f"<hr>\n<p>{_text(totals(summary, lang))}</p>\n</body>\n</html>\n")


def _document(result: Result, lang: str) -> Iterator[str]:
    yield f"<h2>{_text(result.path)}</h2>"
    for line in facts(result, lang):
        yield f'<p class="facts">{_text(line)}</p>'
    for note in result.notes:
        yield f"<p>{_text(note.say(lang))}</p>"
    if result.error is not None and not result.findings:
        yield f"<p>{_text(result.error.say(lang))}</p>"
    for finding in result.findings:
        yield from _finding(finding, result, lang)
    if not result.findings and result.status == "checked":
        yield f"<p>{say('没有发现问题。', 'No findings.', lang)}</p>"
    if aside := set_aside(len(result.suppressed), len(result.known), lang):
        yield f'<p class="facts">{_text(aside)}</p>'
    for code, why in result.unchecked:
        yield f"<p>{say('未检查', 'not checked:', lang)} {_text(code)} {_text(why.say(lang))}</p>"


def _finding(finding: Finding, result: Result, lang: str) -> Iterator[str]:
    name = f"{_text(finding.code)} <small>{_text(finding.rule.name)}</small>"
    yield f'<section class="{finding.severity}">'
    yield f"<p><b>{severity(finding, lang)}</b> {name}<br>{_text(finding.words.say(lang))}</p>"
    if result.document is not None and finding.span is not None:
        before, words, after = around(result.document, finding.span, _CONTEXT, finding.rule.private)
        yield f'<p class="source">{_text(before)}<mark>{_text(words)}</mark>{_text(after)}</p>'
    if result.report is not None and (part := concerned(finding, result.report, lang)):
        yield from _table(part)
    yield "<dl>"
    for name, text in details(finding, result, lang):
        yield f"<dt>{LABELS[name].say(lang)}</dt><dd>{_text(text)}</dd>"
    yield "</dl>"
    yield "</section>"


def _table(part: Part) -> Iterator[str]:
    yield "<table>"
    yield "<tr><th></th>" + "".join(f"<th>{_text(label)}</th>" for label in part.columns.values()) + "</tr>"
    for row, label in part.rows.items():
        figures = [part.values.get((row, column), Piece("")) for column in part.columns]
        cells = [f"<mark>{_text(text)}</mark>" if style else _text(text) for text, style in figures]
        yield f"<tr><th>{_text(label)}</th>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"
    yield "</table>"
    for remark in part.remarks:
        yield f"<p><small>{_text(remark)}</small></p>"


def _text(text: str) -> str:
    return escape(visible(text))
