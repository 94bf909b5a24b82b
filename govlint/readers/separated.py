"""Rows of values that commas or semicolons part, as spreadsheets export them: tabs in their places, offset for offset."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_BETWEEN = re.compile(r'([,;，；\t]) {0,9}"?[\d.,]{1,20}"? {0,9}(?=\1)')
"""As in ``,12,``: a figure between two marks of one kind."""
_FIELD = re.compile(r' *"(?:[^"]|""){0,2000}+" *(?=\t|$)|(?:[（(][^（()）]*[）)]|[^\t])*+')
"""As in ``"甲"``: within quotation marks and brackets nothing parts."""
_BROKEN = re.compile(r'(?<![^\t\n])"[^"\n]{0,60}(?:\n[^"\n]{0,60}){1,4}"(?![^\t\n])')
"""As in ``"商业\n企业"``: a field of several lines."""
_PROSE = re.compile(r"[。；]|\t[^\t]{60}")
"""As in ``。``."""
_FIGURE = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|[-/—]")
"""As in ``1.5``."""
_HAN = re.compile(r"[㐀-鿿]")
_DOUBLED, _SINGLE = '""', '" '
_LONGEST = 400
"""Characters of a row."""
_LEAST_ROWS, _MANY = 3, 7
"""Rows with a label that make a table, and figures that make one of a single row."""
_FILLING = 3
"""Fields, all but the first blank, that make a row of a line of prose."""


def tabbed(text: str) -> str:
    """The text with tabs for the marks that part values in its rows, and blanks for the quotation marks around values."""
    for mark in dict.fromkeys(_BETWEEN.findall(text)):
        if mark != "\t" or '"' in text:
            text = _tabbed(text, mark)
    return text


def _tabbed(text: str, mark: str) -> str:
    laid = text if mark == "\t" else text.replace("\t", " ").replace(mark, "\t")
    if '"' in text:
        laid = _BROKEN.sub(lambda field: field[0].replace("\n", "\v"), laid)
    lines = laid.split("\n")
    tables = list(_tables(lines, mark))
    if not any(tables):
        return text
    pieces: list[str] = []
    at = 0
    for line, table in zip(lines, tables, strict=True):
        fields = _fields(line, mark)
        if table:
            pieces.append("\t".join(fields))
        elif len(fields) >= _FILLING and not any(map(str.strip, fields[1:])):
            pieces.append(fields[0].ljust(len(line)))
        else:
            pieces.append(text[at : at + len(line)])
        at += len(line) + 1
    return "\n".join(pieces)


def _tables(lines: Sequence[str], mark: str) -> Iterator[bool]:
    """Of each line whether it is one of a table."""
    at = 0
    while at < len(lines):
        end = at
        while end < len(lines) and len(lines[end]) <= _LONGEST and not _PROSE.search(lines[end]):
            end += 1
        yield from [_is_table([_fields(line, mark) for line in lines[at:end]])] * (end - at)
        if end < len(lines):
            yield False
        at = end + 1


def _fields(line: str, mark: str) -> list[str]:
    """The values of a line, each as long as it stands there."""
    fields: list[str] = []
    at = 0
    while at <= len(line):
        field = _FIELD.match(line, at)
        end = field.end() if field else at
        fields.append(_unquoted(line[at:end].replace("\t", mark.strip() or " ")))
        at = end + 1
    return fields


def _unquoted(field: str) -> str:
    inner = field.strip(" ")
    if len(inner) < 2 or inner[0] != '"' or inner[-1] != '"':
        return field
    lead = field.index('"')
    return f"{' ' * lead} {inner[1:-1].replace(_DOUBLED, _SINGLE)} ".ljust(len(field))


def _is_table(rows: Sequence[Sequence[str]]) -> bool:
    """Whether lines are rows: a label and figures in several, or many figures in one; a figure's own commas are none."""
    labelled = 0
    for fields in rows:
        first, *rest = map(str.strip, fields)
        if not rest:
            continue
        figures = all(not field or _FIGURE.fullmatch(field) for field in rest)
        if (
            figures
            and _HAN.search(first)
            and not first[-1].isdigit()
            and not any("|" in each for each in fields)
        ):
            labelled += 1
        elif figures and len(rest) >= _MANY and first.isdigit() and any(len(field) != 3 for field in rest):
            return True
    return labelled >= _LEAST_ROWS
