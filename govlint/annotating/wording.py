"""What a comment says of a finding: what is wrong, what to write instead, and the article; a paragraph each."""

from __future__ import annotations

from collections.abc import Iterator

from govlint.document import Words
from govlint.outputs.parts.basis import OWN, cite
from govlint.outputs.parts.places import cell_place
from govlint.report import Report
from govlint.result import Result
from govlint.rule import Finding
from govlint.text.numerals import number

_MOST = 6
"""Cells named one by one, and pieces of evidence."""


def paragraphs(finding: Finding, result: Result, lang: str) -> list[str]:
    """The first begins with the rule's code and says what is wrong; then what to write; last the article."""
    return [words.say(lang) for words in _paragraphs(finding, result)]


def _paragraphs(finding: Finding, result: Result) -> Iterator[Words]:
    likely = finding.certainty == "likely"
    doubt = Words("（可能）", "(likely) ") if likely else Words("", "")
    yield Words(
        f"{finding.code} {doubt.zh}{finding.words.zh}", f"{finding.code} {doubt.en}{finding.words.en}"
    )
    told = list(_what_to_write(finding, result.report))
    yield from told
    if likely or not told:
        yield from finding.evidence[:_MOST]
    if finding.reference.document != OWN:  # what it asks of its own comments is no law
        yield Words(f"依据：{cite(finding.reference)}", f"Basis: {cite(finding.reference, 'en')}")


def _what_to_write(finding: Finding, report: Report | None) -> Iterator[Words]:
    suggestion, must = finding.suggestion, finding.severity == "error"
    if suggestion is not None and suggestion.cells:
        yield from _figures(
            finding, report, Words("应填", "Fill in") if must else Words("建议填", "Suggested")
        )
    elif suggestion is not None and suggestion.text:
        label = Words("应写", "Write") if must else Words("建议写", "Suggested")
        yield Words(f"{label.zh}：{suggestion.text}", f"{label.en}: {suggestion.text}")
    elif finding.expected and finding.expected not in finding.words.zh:
        yield Words(f"应为：{finding.expected}", f"Expected: {finding.expected}")


def _figures(finding: Finding, report: Report | None, label: Words) -> Iterator[Words]:
    """Each cell with its figure; the cell at which the comment stands, and cells all alike, need no naming."""
    assert finding.suggestion is not None
    cells = finding.suggestion.cells
    figures = {number(value) for value in cells.values()}
    if list(cells) == list(finding.cells[:1]) or (len(figures) == 1 and len(cells) > _MOST):
        now = _now(report, next(iter(cells))) if len(cells) == 1 else None
        figure = next(iter(figures))
        yield Words(
            f"{label.zh}：{figure}" + (f"（现为{now.zh}）" if now else ""),
            f"{label.en}: {figure}" + (f" (now {now.en})" if now else ""),
        )
        return
    for address, value in list(cells.items())[:_MOST]:
        place, now = cell_place(report, address), _now(report, address)
        yield Words(
            f"{label.zh}：{place.zh}：{number(value)}（现为{now.zh}）",
            f"{label.en}: {place.en}: {number(value)} (now {now.en})",
        )
    if (more := len(cells) - _MOST) > 0:
        yield Words(f"另有{more}格。", f"{more} more cells.")


def _now(report: Report | None, address: str) -> Words:
    cell = report.cells.get(address) if report else None
    if cell is None or (cell.value is None and not cell.raw.strip()):
        return Words("空白", "blank")
    now = number(cell.value) if cell.value is not None else cell.raw.strip()
    return Words(now, now)
