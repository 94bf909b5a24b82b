"""The identities language, and checking."""

from __future__ import annotations

import pickle
from decimal import Decimal
from fractions import Fraction

import pytest

from govlint.document import Number
from govlint.numbers.identities import Identity, check, say
from govlint.template import loader as template
from govlint.template.identity_language import load
from govlint.template.model import RowSpec, TableSpec


def table(key: str, rows: str, columns: str) -> TableSpec:
    names = tuple(columns.split())
    return TableSpec(
        key, key, {row: RowSpec(row, row, names) for row in rows.split()}, {name: name for name in names}
    )


TABLES = {
    "posts": table("posts", "all news notices", "count"),
    "visits": table("visits", "spring autumn year", "online desk total"),
}


def one(text: str) -> Identity:
    (identity,) = load(text, TABLES)
    return identity


def test_rows_columns_and_ranges() -> None:
    identities = load(
        """
        # 每行合计
        N001 for row in visits[spring, autumn]: total = online + desk
        N002 for column in visits: year = spring .. autumn   # 全年
        """,
        TABLES,
    )
    assert [(i.code, i.cells) for i in identities] == [
        ("N001", ("visits.spring.total", "visits.spring.online", "visits.spring.desk")),
        ("N001", ("visits.autumn.total", "visits.autumn.online", "visits.autumn.desk")),
        ("N002", ("visits.year.online", "visits.spring.online", "visits.autumn.online")),
        ("N002", ("visits.year.desk", "visits.spring.desk", "visits.autumn.desk")),
        ("N002", ("visits.year.total", "visits.spring.total", "visits.autumn.total")),
    ]


@pytest.mark.parametrize(
    ("relation", "holding"), [("=", [0]), (">=", [0, 1]), ("<=", [-1, 0]), ("≥", [0, 1]), ("≤", [-1, 0])]
)
def test_where_a_relation_holds(relation: str, holding: list[int]) -> None:
    identity = one(f"X9: posts.news.count {relation} posts.all.count")
    assert [each for each in (-1, 0, 1) if identity.holds(each)] == holding


def test_one_column_and_single_relations() -> None:
    column = one("N006 for column in posts: all = news + notices")
    assert column == one("N006: posts.all.count = posts.news.count + posts.notices.count")
    bound = one("X9: posts.news.count ≤ posts.all.count − posts.notices.count")
    assert (bound.code, bound.relation) == ("X9", "<=")
    assert bound.right == (("posts.all.count", 1), ("posts.notices.count", -1))


@pytest.mark.parametrize(
    ("text", "line", "hint"),
    [
        ("N001 for row in visit: total = online", 1, "visits"),
        ("\nN001 for row in visits: total = onlin + desk", 2, "online"),
        ("N001 for row in visits[spring, autum]: total = online", 1, "autumn"),
        ("\n\nN001: posts.new.count = posts.all.count", 3, "posts.news.count"),
        ("N002 for column in visits: year = autumn .. spring", 1, "backwards"),
        ("N001 for row in visits: total = online + online", 1, "twice"),
        ("N001 for row in visits: total == online", 1, "cannot be read"),
        ("total = online", 1, "cannot be read"),
        ("N001 for row in visits: total = online + (", 1, "cannot be read"),
    ],
)
def test_mistakes_name_the_line_and_the_nearest_name(text: str, line: int, hint: str) -> None:
    with pytest.raises(ValueError, match=f"line {line}:") as error:
        load(text, TABLES)
    assert hint in str(error.value)


def test_the_mandated_identities() -> None:
    identities = template.load("ogi-2021").identities
    counts = {
        code: sum(i.code == code for i in identities) for code in ("N001", "N002", "N003", "N004", "N005")
    }
    assert counts == {"N001": 25, "N002": 7, "N003": 7, "N004": 3, "N005": 2}
    assert pickle.loads(pickle.dumps(identities)) == identities
    assert len(set(identities)) == len(identities)


SUM = "N006: visits.year.total = visits.year.online + visits.year.desk"
BALANCE = "N006: posts.all.count + posts.news.count = visits.year.desk + visits.year.total"
BOUND = "N006: posts.all.count >= posts.news.count - posts.notices.count"


@pytest.mark.parametrize(
    ("text", "figures", "holds", "worked"),
    [
        (SUM, (5, 2, 3), True, "2+3=5=5"),
        (SUM, (6, 2, 3), False, "2+3=5≠6"),
        (SUM, (2, 2, None), True, "2+0=2=2"),
        (SUM, (10**60 + 1, 10**60, 2), False, f"{10**60}+2={10**60 + 2}≠{10**60 + 1}"),
        (SUM, (Decimal("0.3"), Decimal("0.1"), Decimal("0.2")), True, "0.1+0.2=0.3=0.3"),
        (SUM, (Decimal("0.3"), Decimal("0.11"), Decimal("0.14")), False, "0.11+0.14=0.25≠0.3"),
        (SUM, (10**40, Decimal("0.1"), 10**40), False, f"0.1+{10**40}={10**40}.1≠{10**40}"),
        (BALANCE, (1, 0, 0, 0), False, "1+0=1≠0+0=0"),
        (BOUND, (3, 9, 1), False, "3<9-1=8"),
        (BOUND, (8, 9, 1), True, "8≥9-1=8"),
    ],
)
def test_check(text: str, figures: tuple[Number | None, ...], holds: bool, worked: str) -> None:
    identity = one(text)
    values = dict(zip(identity.cells, figures, strict=True))
    checked = check([identity], values)
    assert (checked.holds, checked.broken) == (([identity], []) if holds else ([], [identity]))
    assert identity.worked(values) == worked


@pytest.mark.parametrize(
    ("figures", "why"),
    [
        ({"total": None, "online": 1, "desk": 1}, ("visits.year.total",)),
        ({"total": 2, "online": 1}, ("visits.year.desk",)),
        ({"desk": None}, ("visits.year.total", "visits.year.online")),
    ],
)
def test_unknown_figures_leave_an_identity_unchecked(
    figures: dict[str, int | None], why: tuple[str, ...]
) -> None:
    identity = one(SUM)
    checked = check([identity], {f"visits.year.{column}": value for column, value in figures.items()})
    assert checked.unchecked == [(identity, why)]
    assert not checked.holds
    assert not checked.broken


def test_a_blank_total_is_unknown_in_other_identities_too() -> None:
    balance = one("N006: posts.all.count + visits.year.total = posts.news.count + visits.year.desk")
    values = dict.fromkeys([*balance.cells, *one(SUM).cells], 0) | {"visits.year.total": None}
    assert [item.identity for item in check([one(SUM), balance], values).unchecked] == [one(SUM), balance]
    assert check([balance], values).holds == [balance]


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (3, "3"),
        (Decimal("2.50"), "2.50"),
        (Fraction(5, 4), "1.25"),
        (Fraction(6, 2), "3"),
        (Fraction(10**4000), "2^13287…"),
        (-(10**4000), "-2^13287…"),
    ],
)
def test_numbers_as_they_are_said(number: Number | Fraction, said: str) -> None:
    assert say(number) == said
