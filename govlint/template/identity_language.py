"""The language of ``*.identities`` files: declarations to identities of one template's tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, cast

from msgspec import Struct

from govlint.folders import GRAMMARS
from govlint.numbers.identities import Identity, Relation, Term

if TYPE_CHECKING:
    from lark import Lark, Token

    from govlint.template.model import TableSpec

# The language


@cache
def _parser() -> Lark:
    from lark import Lark

    grammar = (GRAMMARS / "identities.lark").read_text("utf-8")
    return Lark(grammar, parser="lalr", propagate_positions=True, maybe_placeholders=True)


def load(text: str, tables: Mapping[str, TableSpec]) -> tuple[Identity, ...]:
    """The declarations of ``text`` for the tables of a template, one identity a row, a column or a relation.

    Raises ValueError, which says the line, where the text is malformed or names what the tables do not have.
    """
    from lark.exceptions import UnexpectedInput

    if not text.strip():
        return ()
    try:
        tree = _parser().parse(text)
    except UnexpectedInput as error:
        context = error.get_context(text).rstrip()
        raise ValueError(f"identities, line {error.line}: cannot be read here\n{context}") from None
    return tuple(dict.fromkeys(identity for node in tree.children for identity in _expand(node, tables)))


def _expand(node: Any, tables: Mapping[str, TableSpec]) -> Iterator[Identity]:
    code, scope, left, relation, right = node.children
    relation = {"≥": ">=", "≤": "<="}.get(relation, relation)
    for axis in _axes(scope, tables, [*_names(left), *_names(right)]):
        sides = tuple(_terms(left, axis)), tuple(_terms(right, axis))
        addresses = [term.address for side in sides for term in side]
        twice = next((address for address in addresses if addresses.count(address) > 1), None)
        if twice:
            raise ValueError(f"identities, line {code.line}: {twice} stands in it twice")
        yield Identity(str(code), cast("Relation", str(relation)), *sides)


class _Axis(Struct, frozen=True):
    """Names that a declaration may use, in the template's order, and the cells they mean."""

    cells: Mapping[str, str]


def _axes(scope: Any, tables: Mapping[str, TableSpec], names: Sequence[Token]) -> Iterator[_Axis]:
    if scope is None:
        rows = [(table.key, row) for table in tables.values() for row in table.rows.values()]
        cells = [f"{key}.{row.key}.{column}" for key, row in rows for column in row.columns]
        yield _Axis(dict(zip(cells, cells, strict=True)))
        return
    along, name, *chosen = [child for child in scope.children if child is not None]
    table = tables[_known(name, tables, "table")]
    by_row = {
        row.key: {column: f"{table.key}.{row.key}.{column}" for column in row.columns}
        for row in table.rows.values()
    }
    by_column = {
        column: {row: cells[column] for row, cells in by_row.items() if column in cells}
        for column in table.columns
    }
    lines, across, what = (by_row, by_column, "column") if along == "row" else (by_column, by_row, "row")
    for token in names:
        _known(token, across, what)
    wanted = [_known(token, lines, str(along)) for token in chosen]
    found = [line for line in wanted or lines if all(str(token) in lines[line] for token in names)]
    if wanted and len(found) < len(wanted):
        missing = next(line for line in wanted if line not in found)
        raise ValueError(f"identities, line {name.line}: {along} {missing} does not have all that is named")
    if not found:
        raise ValueError(f"identities, line {name.line}: no {along} of {name} has all that is named")
    for line in found:
        yield _Axis(lines[line])


def _names(side: Any) -> Iterator[Token]:
    """Every address of a side, as one token each."""
    for node in side.find_data("address"):
        first = node.children[0]
        yield first.update(value=".".join(node.children))


def _terms(side: Any, axis: _Axis) -> Iterator[Term]:
    sign = 1
    for part in side.children:
        if part.data == "sign" or part.data == "first":
            sign = -1 if part.children[0] in ("-", "−") else 1
        run = part.children[-1] if part.data == "first" else part
        if run.data != "run":
            continue
        names = [".".join(end.children) for end in run.children if end is not None]
        line = next(run.find_data("address")).children[0].line
        for token in _names(run):
            _known(token, axis.cells, "cell")
        order = list(axis.cells)
        start, end = order.index(names[0]), order.index(names[-1])
        if end < start:
            raise ValueError(f"identities, line {line}: {names[0]} .. {names[-1]} runs backwards")
        for name in order[start : end + 1]:
            yield Term(axis.cells[name], sign)


def _known(token: Token, names: Iterable[str], what: str) -> str:
    """The name, if it is one of ``names``; otherwise a ValueError that offers the nearest."""
    from difflib import get_close_matches

    names = list(names)
    if token in names:
        return str(token)
    near = get_close_matches(token, names, n=1, cutoff=0)
    hint = f"; is {near[0]} meant?" if near else ""
    raise ValueError(f"identities, line {token.line}: no {what} {token}{hint}")
