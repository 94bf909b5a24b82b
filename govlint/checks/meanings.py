"""What a statement of the prose may mean: the cells, or sums of cells, of each honest reading.

The template says it (``grammars/*.meanings``); here the words of a clause are put together.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice, product

from govlint.filing import Filing
from govlint.prose.clauses import MEMBERS
from govlint.prose.statements import Statement
from govlint.report import Report
from govlint.template.meanings import ANY, Alternatives, Meaning
from govlint.template.model import TableSpec, Template

Reading = tuple[tuple[str, int], ...]
"""Cells with their signs."""

MOST = 64
"""Readings and values of one statement that are tried."""


def table_of(template: Template, statement: Statement) -> str:
    """The table that a statement is held against; empty where the template knows no such statement."""
    meaning = template.meanings.get(statement.kind)
    return meaning.table if meaning else ""


def readings(report: Report | Filing, statement: Statement) -> list[Reading]:
    """The sums of cells that a statement may mean, in a report's template; the commonest first."""
    meaning = report.template.meanings.get(statement.kind)
    table = report.template.tables.get(meaning.table) if meaning else None
    if meaning is None or table is None:
        return []
    found = islice(_readings(table, meaning, statement), MOST)
    return list(dict.fromkeys(reading for reading in found if reading))


def _readings(table: TableSpec, meaning: Meaning, statement: Statement) -> Iterator[Reading]:
    words = [word for word in statement.words if not _by_member(word, statement.words)]
    first = meaning.none_is_of_all and statement.value == 0
    for rows in _sums(meaning.rows, words, meaning.every_word, first):
        for columns in _sums(meaning.columns, words, False, first):
            yield _cells(table, rows, columns, meaning.whole)


def _sums(
    axis: Alternatives | Mapping[str, Alternatives], words: Sequence[str], every: bool, first: bool
) -> Iterator[str]:
    """The sums of an axis that the words may mean, combined where they are several."""
    if not isinstance(axis, Mapping):
        yield from axis
        return
    told = [word for word in dict.fromkeys(words) if word in axis]
    if every and any(word not in axis and word != "APPLICATION" for word in words):
        return
    if not told:
        yield from axis.get(ANY, ())
        return
    for chosen in product(*(axis[word][:1] if first else axis[word] for word in told)):
        yield " ".join(dict.fromkeys(chosen))


def _by_member(group: str, words: Sequence[str]) -> bool:
    """Whether one of a group's own outcomes is named with it: 因不掌握而无法提供."""
    return any(member in words for member in MEMBERS.get(group, "").split())


def _cells(table: TableSpec, rows: str, columns: str, whole: str) -> Reading:
    """Every row with every column; empty where the template lacks one."""
    across = _terms(columns, table.columns)
    if whole and {column for column, _ in across} == set(table.columns) - {whole}:
        across = [(whole, 1)]
    down = _terms(rows, table.rows)
    if not all(column in table.rows[row].columns for row, _ in down for column, _ in across):
        return ()
    return tuple(
        (f"{table.key}.{row}.{column}", sign * other) for column, other in across for row, sign in down
    )


def _terms(written: str, known: Mapping[str, object]) -> list[tuple[str, int]]:
    """Keys with signs of a sum such as ``outcome_total -other_*``; none where one is not known."""
    found: list[tuple[str, int]] = []
    for term in written.split():
        sign, name = (-1, term[1:]) if term[0] == "-" else (1, term)
        named = [key for key in known if key.startswith(name[:-1])] if name.endswith("*") else [name]
        if not named or any(key not in known for key in named):
            return []
        found += [(key, sign) for key in named]
    return found
