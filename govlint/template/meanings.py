"""What a template's ``*.meanings`` says of statements in the prose: which cells, or sums of cells, each may mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

Alternatives = tuple[str, ...]
"""Sums of rows or of columns, such as ``outcome_total -other_*``; the commonest first."""
ANY = "*"
"""Stands for no word at all."""


class Meaning(NamedTuple):
    """Of one kind of statement. Rows and columns are stated, or go by the words of the clause."""

    table: str
    rows: Alternatives | Mapping[str, Alternatives]
    columns: Alternatives | Mapping[str, Alternatives]
    every_word: bool = False
    """It means nothing where one of the words is not known."""
    none_is_of_all: bool = False
    """That there were none is said of all that the words may mean."""
    whole: str = ""
    """The column that stands for all the others together."""


def load(text: str, others: Mapping[str, str]) -> Mapping[str, Meaning]:
    """By the kind of statement. ``others`` are the texts of other templates, whose meanings may be taken over.

    Raises ValueError, which says what is wrong.
    """
    import tomllib  # wanted where a template is built, not where it is loaded

    stated = tomllib.loads(text)
    like = stated.pop("like", None)
    if like is not None and like not in others:
        raise ValueError(f"没有模板 {like} / no template {like}")
    found = dict(load(others[like], {})) if like else {}
    for kind, fields in stated.items():
        found[kind] = _meaning(kind, fields)
    return found


def _meaning(kind: str, fields: Any) -> Meaning:
    known = isinstance(fields, dict) and set(fields) <= set(Meaning._fields)
    if not known or not {"table", "rows", "columns"} <= set(fields):
        raise ValueError(f"[{kind}] 应有 table、rows、columns / table, rows and columns are needed")
    return Meaning(**{**fields, "rows": _axis(fields["rows"]), "columns": _axis(fields["columns"])})


def _axis(stated: Mapping[str, Sequence[str]] | Sequence[str]) -> Alternatives | Mapping[str, Alternatives]:
    if isinstance(stated, Mapping):
        return {word: tuple(sums) for word, sums in stated.items()}
    return tuple(stated)
