"""The statements of the prose held against the tables: every honest reading of each, and those that none supports.

A reading is a sum of cells that the words may mean: 收到 is what was newly received, or that and what was carried in.
A statement that agrees with one reading is right, and one with an unknown cell in any of its readings is not judged.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from itertools import islice, product
from typing import TYPE_CHECKING

from govlint.diagnosis import diagnose, other_readings
from govlint.document import Span, Words
from govlint.report import Report
from govlint.rule import Edit, Finding, Number, Related, Rule, Suggestion
from govlint.statements import APPLICATIONS, DOCUMENTS, MEMBERS, Statement, read_prose

if TYPE_CHECKING:
    from govlint.filing import Filing

Reading = tuple[tuple[str, int], ...]
"""Cells with their signs."""

_MOST = 64
"""Readings and values of one statement that are tried."""

_OUTCOMES: Mapping[str, Sequence[str]] = {
    # Rows added up, or all whose key begins with what stands before the asterisk; one reading each.
    "GRANTED": ("granted",),
    "PUBLISHED": ("granted", "granted partially_granted"),
    "PARTIALLY_GRANTED": ("partially_granted",),
    "REFUSED": ("refused_*",),
    "UNAVAILABLE": ("unavailable_*",),
    "DECLINED": ("declined_*",),
    "OTHER_HANDLING": ("other_*", "other_reason"),
    "STATE_SECRET": ("refused_state_secret",),
    "FORBIDDEN_BY_LAW": ("refused_forbidden_by_law",),
    "SECURITY_STABILITY": ("refused_security_stability",),
    "THIRD_PARTY": ("refused_third_party",),
    "INTERNAL_AFFAIRS": ("refused_internal_affairs",),
    "PROCESS_INFORMATION": ("refused_process_information",),
    "ENFORCEMENT_FILE": ("refused_enforcement_file",),
    "ADMINISTRATIVE_QUERY": ("refused_administrative_query",),
    "NOT_HELD": ("unavailable_not_held", "unavailable_not_held unavailable_needs_creation"),
    "NONEXISTENT": (
        "unavailable_not_held",
        "unavailable_not_held unavailable_needs_creation",
        "unavailable_needs_creation",
        "unavailable_*",
    ),
    "NEEDS_CREATION": ("unavailable_needs_creation",),
    "UNCLEAR": ("unavailable_unclear",),
    "PETITION": ("declined_petition",),
    "REPEATED": ("declined_repeated",),
    "PUBLICATION": ("declined_publication",),
    "EXCESSIVE": ("declined_excessive",),
    "CONFIRMATION": ("declined_confirmation",),
    "NOT_CORRECTED": ("other_not_corrected",),
    "FEE_UNPAID": ("other_fee_unpaid",),
}
_TOTALS: Mapping[str, Sequence[str]] = {
    # Rows with signs: “-other_*” is without those rows.
    "new": ("new_received",),
    "received": ("new_received", "new_received carried_in"),
    "taken": ("new_received", "new_received carried_in", "outcome_total"),
    "handled": ("new_received", "outcome_total", "new_received carried_in", "new_received -carried_out"),
    "answered": (
        "outcome_total",
        "new_received",
        "new_received -carried_out",
        "outcome_total -carried_in",
        "outcome_total -other_*",
        "outcome_total -declined_*",
        "outcome_total -other_* -declined_*",
    ),
    "requests": (
        "new_received",
        "new_received carried_in",
        "outcome_total",
        "granted partially_granted",
        "granted",
    ),
    "total": ("new_received carried_in", "new_received", "outcome_total"),
    "carried_in": ("carried_in",),
    "carried_out": ("carried_out",),
}
_ORGANISATIONS = ("business", "research", "public_welfare", "legal_service", "other")
_APPLICANTS: Mapping[str, Sequence[str]] = {
    "NATURAL_PERSON": ("natural_person",),
    "ORGANISATION": _ORGANISATIONS,
    "BUSINESS": ("business",),
    "RESEARCH": ("research",),
    "PUBLIC_WELFARE": ("public_welfare",),
    "LEGAL_SERVICE": ("legal_service",),
}
_GROUPS: Mapping[str, Sequence[tuple[str, ...]]] = {
    "REVIEW": (("review",),),
    "SUIT": (("litigation_direct", "litigation_after_review"), ("litigation_direct",)),
    "DIRECT": (("litigation_direct",),),
    "AFTER": (("litigation_after_review",),),
    "DISPUTE": (("review", "litigation_direct", "litigation_after_review"),),
}
_ANY_GROUP = (
    ("review",),
    *_GROUPS["SUIT"],
    ("litigation_after_review",),
    ("review", "litigation_direct"),
    ("review", "litigation_direct", "litigation_after_review"),
)
_RESULTS: Mapping[str, Sequence[tuple[str, int]]] = {
    "UPHELD": (("upheld", 1),),
    "CORRECTED": (("corrected", 1),),
    "OTHER_RESULT": (("other", 1),),
    "PENDING": (("pending", 1),),
    "CONCLUDED": (("total", 1), ("pending", -1)),
}
_PAPERS: Mapping[str, str] = {
    "NORMATIVE": "normative_documents",
    "NORMATIVE_BROADLY": "normative_documents",
    "REGULATIONS": "regulations",
}
_COLUMNS: Mapping[str, Sequence[str]] = {
    "issued": ("issued", "produced", "published"),
    "repealed": ("repealed",),
    "in_force": ("in_force",),
}
_POWERS: Mapping[str, str] = {"LICENSING": "licensing", "PENALTY": "penalties", "COERCION": "coercion"}


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A statement that none of its readings supports; the first is the commonest."""

    statement: Statement
    readings: Sequence[Reading]
    expected: Number
    certain: bool


def table_of(statement: Statement) -> str:
    """The table that a statement is held against."""
    if statement.kind in APPLICATIONS:
        return "applications"
    return "review_litigation" if statement.kind in ("disputes", "results") else "proactive"


def mismatches(report: Report) -> Sequence[Mismatch]:
    """The statements that the tables contradict; computed once for each report."""
    kept: Sequence[Mismatch] | None = vars(report).get("_mismatches")  # a Report cannot be hashed
    if kept is None:
        kept = list(_Comparison(report).mismatches(read_prose(report).statements))
        vars(report)["_mismatches"] = kept
    return kept


def readings(report: Report | Filing, statement: Statement) -> list[Reading]:
    """The sums of cells that a statement may mean, in a report's template; the commonest first."""
    table = report.template.tables.get(table_of(statement))
    if table is None:
        return []
    found = [
        reading
        for reading in islice(_readings(table.rows, statement), _MOST)
        if reading
        and all(address.split(".")[2] in table.rows[address.split(".")[1]].columns for address, _ in reading)
    ]
    return list(dict.fromkeys(found))


def _readings(rows: Iterable[str], statement: Statement) -> Iterator[Reading]:
    kind, words = statement.kind, statement.words
    rows = list(rows)
    if kind in _TOTALS:
        for rule in _TOTALS[kind]:
            yield _cells(rows, rule, "total")
    elif kind == "outcomes":
        told = [word for word in words if word != "APPLICATION" and not _by_member(word, words)]
        if all(word in _OUTCOMES for word in told):
            for rules in product(*(_OUTCOMES[word] for word in told)):
                yield _cells(rows, " ".join(rules), "total")
    elif kind == "applicants":
        columns = [column for word in words if word in _APPLICANTS for column in _APPLICANTS[word]]
        if set(columns) == {"natural_person", *_ORGANISATIONS}:
            columns = ["total"]
        for rule in ("new_received", "new_received carried_in", "outcome_total"):
            yield tuple(cell for column in columns for cell in _cells(rows, rule, column))
    elif kind == "disputes":
        # None at all means none of either kind of suit.
        most = 1 if statement.value == 0 else 2
        for groups in product(*(_GROUPS[word][:most] for word in words if word in _GROUPS)):
            yield tuple(
                (f"review_litigation.{group}.total", 1) for part in groups for group in part if group in rows
            )
    elif kind == "results":
        subjects = [word for word in words if word in _GROUPS]
        parts = (
            product(*(_GROUPS[word] for word in subjects)) if subjects else ((part,) for part in _ANY_GROUP)
        )
        columns_ = [column for word in words if word in _RESULTS for column in _RESULTS[word]]
        for groups in parts:
            yield tuple(
                (f"review_litigation.{group}.{column}", sign)
                for part in groups
                for group in part
                for column, sign in columns_
                if group in rows
            )
    elif kind in DOCUMENTS:
        papers = dict.fromkeys(_PAPERS[word] for word in words if word in _PAPERS)
        for column in _COLUMNS[kind]:
            yield tuple((f"proactive.{paper}.{column}", 1) for paper in papers if paper in rows)
    elif kind == "decisions":
        yield tuple((f"proactive.{_POWERS[word]}.decisions", 1) for word in words if word in _POWERS)
    elif kind == "fees":
        yield (("proactive.fees.amount", 1),)


def _by_member(group: str, words: Sequence[str]) -> bool:
    """Whether one of a group's own outcomes is named with it: 因不掌握而无法提供."""
    return any(member in words for member in MEMBERS.get(group, "").split())


def _cells(rows: Sequence[str], rule: str, column: str) -> Reading:
    """Rows as ``outcome_total -other_*``; empty where the template lacks one."""
    found: list[tuple[str, int]] = []
    for term in rule.split():
        sign, name = (-1, term[1:]) if term[0] == "-" else (1, term)
        named = [row for row in rows if row.startswith(name[:-1])] if name.endswith("*") else [name]
        if not named or any(row not in rows for row in named):
            return ()
        found += [(f"applications.{row}.{column}", sign) for row in named]
    return tuple(found)


class _Comparison:
    def __init__(self, report: Report) -> None:
        self.report = report
        self._figures: dict[str, set[Number]] | None = None
        self._lost: set[str] = set()

    def mismatches(self, statements: Iterable[Statement]) -> Iterator[Mismatch]:
        agreed: dict[tuple[int, str], int] = {}
        found: list[Mismatch] = []
        for statement in statements:
            outcome = self._judge(statement)
            if outcome is None:
                key = statement.paragraph, table_of(statement)
                agreed[key] = agreed.get(key, 0) + 1
            elif isinstance(outcome, Mismatch):
                found.append(outcome)
        yield from self._distinct(found, agreed)

    def _distinct(
        self, found: Sequence[Mismatch], agreed: Mapping[tuple[int, str], int]
    ) -> Iterator[Mismatch]:
        """One for each wrong figure of a sentence; one for a paragraph that agrees with the table in nothing."""
        seen: set[object] = set()
        count: dict[tuple[int, str], int] = {}
        for each in found:
            key = each.statement.paragraph, table_of(each.statement)
            count[key] = count.get(key, 0) + 1
        for each in found:
            statement = each.statement
            key = statement.paragraph, table_of(statement)
            alone = count[key] >= 3 and key not in agreed
            same = ("paragraph", key) if alone else (statement.sentence, statement.value, table_of(statement))
            if same not in seen:
                seen.add(same)
                yield each if not alone else Mismatch(statement, each.readings, each.expected, False)

    def _judge(self, statement: Statement) -> Mismatch | bool | None:
        """None where the statement agrees with a reading, False where it cannot be judged."""
        sums = readings(self.report, statement)
        if not sums:
            return False
        expected: Number | None = None
        for reading in sums:
            values = [self._values(address) for address, _ in reading]
            if not all(values):
                return False
            for chosen in islice(product(*values), _MOST):
                total = sum(
                    (value * sign for value, (_, sign) in zip(chosen, reading, strict=True)), Decimal(0)
                )
                if _agrees(statement.value, total, statement.kind == "fees"):
                    return None
            if expected is None:
                first = [self.report.value(address) for address, _ in reading]
                if any(value is None for value in first):
                    return False
                expected = sum(
                    (
                        value * sign
                        for value, (_, sign) in zip(first, reading, strict=True)
                        if value is not None
                    ),
                    Decimal(0),
                )
        assert expected is not None
        named = self._sure(statement)
        return Mismatch(statement, sums, expected, named)

    def _sure(self, statement: Statement) -> bool:
        if not (statement.explicit and statement.clear) or (statement.kind == "fees" and not statement.value):
            return False
        return "NORMATIVE_BROADLY" not in statement.words and statement.kind not in (
            "handled",
            "answered",
            "requests",
        )

    def _values(self, address: str) -> set[Number]:
        """What a cell may honestly hold: its value, what the identities correct it to, its other readings."""
        cell = self.report.cells.get(address)
        if cell is None or cell.value is None:
            return set()
        if self._figures is None:
            self._figures = self._alternatives()
        if address in self._lost:
            return set()
        return {cell.value} | self._figures.get(address, set())

    def _alternatives(self) -> dict[str, set[Number]]:
        found: dict[str, set[Number]] = {}
        for fault in diagnose(self.report).faults:
            if not fault.corrections:
                self._lost.update(cell for identity in fault.broken for cell in identity.cells)
            for correction in fault.corrections:
                for cell, right in correction.items():
                    found.setdefault(cell, set()).add(right)
        for cells, values in other_readings(self.report):
            for cell, value in zip(cells, values, strict=True):
                found.setdefault(cell, set()).add(value)
        return found


def _agrees(stated: Decimal, value: Number, money: bool) -> bool:
    if stated == value:
        return True
    if not money:
        return False
    step = Decimal(1).scaleb(int(stated.as_tuple().exponent))
    value = Decimal(value)
    return stated in (value.quantize(step, ROUND_HALF_UP), value.quantize(step, ROUND_DOWN))


# Findings


def findings(rule: Rule, report: Report, table: str) -> Iterator[Finding]:
    """The findings of a rule for one table; its message may name ``where_zh`` and ``where_en``, the cells compared."""
    for mismatch in mismatches(report):
        if table_of(mismatch.statement) == table:
            yield _finding(rule, report, mismatch)


def _finding(rule: Rule, report: Report, mismatch: Mismatch) -> Finding:
    statement = mismatch.statement
    reading = mismatch.readings[0]
    stated = report.text(statement.span)
    expected = plain(mismatch.expected)
    where = describe(report, reading)
    evidence = [Words(f"文字：“{_around(report, statement)}”", f"prose: “{_around(report, statement)}”")]
    for each in mismatch.readings[:4]:
        place = describe(report, each)
        value = plain(sum((value_of(report, address) * sign for address, sign in each), Decimal(0)))
        evidence.append(Words(f"表格：{place.zh}为{value}", f"table: {place.en}: {value}"))
    edits = edit_of(report, statement.number, expected) if _same_unit(report, statement) else ()
    cells = [address for address, _ in reading]
    return rule.finding(
        statement.span,
        cells=cells if len(cells) <= 6 else _telling(report, cells),
        section=statement.section or None,
        expected=expected,
        actual=stated,
        suggestion=Suggestion(text=expected, edits=edits),
        evidence=evidence,
        related=[Related("table", address, report.cells[address].span) for address, _ in reading],
        certainty="certain" if mismatch.certain else "likely",
        where_zh=where.zh,
        where_en=where.en,
    )


def edit_of(report: Report, digits: Span | None, right: str) -> tuple[Edit, ...]:
    """The right number for digits that stand together; none for a number in words or over two lines."""
    if digits is None or not all(char.isdigit() or char in ",，.．" for char in report.text(digits)):
        return ()
    return (Edit(digits, right),)


def _telling(report: Report, cells: Sequence[str]) -> Sequence[str]:
    """Of many cells those that are not 0, at least one."""
    return [cell for cell in cells if report.value(cell)] or cells[:1]


def _same_unit(report: Report, statement: Statement) -> bool:
    return statement.kind != "fees" or report.text(statement.span).endswith("万元")


def value_of(report: Report, address: str) -> Decimal:
    return Decimal(report.value(address) or 0)


def plain(value: Number) -> str:
    """A number as written in a report."""
    return f"{Decimal(value):f}"


def describe(report: Report, reading: Reading) -> Words:
    """A sum of cells in the template's words; many cells of one table by the first and their number."""
    shown = reading if len(reading) <= 3 else reading[:1]
    zh = en = ""
    for address, sign in shown:
        place = report.place(address)
        mark = "" if not zh and sign > 0 else "＋" if sign > 0 else "－"
        zh, en = zh + mark + place.zh, en + mark.replace("＋", " + ").replace("－", " − ") + place.en
    if len(shown) < len(reading):
        zh, en = f"{zh}等{len(reading)}格之和", f"{en} and {len(reading) - 1} more cells, added up"
    return Words(zh, en)


def _around(report: Report, statement: Statement) -> str:
    """The statement's clause, as far as it helps to find it."""
    text = report.document.text
    start = max(statement.sentence, statement.span.start - 24)
    said = text[start : statement.span.end + 8]
    return " ".join(said.split())
