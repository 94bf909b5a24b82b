"""What a statement of the prose may mean: the cells, or sums of cells, of each honest reading."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice, product

from govlint.filing import Filing
from govlint.prose.clauses import MEMBERS
from govlint.prose.statements import APPLICATIONS, DOCUMENTS, Statement
from govlint.report import Report

Reading = tuple[tuple[str, int], ...]
"""Cells with their signs."""

MOST = 64
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


def table_of(statement: Statement) -> str:
    """The table that a statement is held against."""
    if statement.kind in APPLICATIONS:
        return "applications"
    return "review_litigation" if statement.kind in ("disputes", "results") else "proactive"


def readings(report: Report | Filing, statement: Statement) -> list[Reading]:
    """The sums of cells that a statement may mean, in a report's template; the commonest first."""
    table = report.template.tables.get(table_of(statement))
    if table is None:
        return []
    found = [
        reading
        for reading in islice(_readings(table.rows, statement), MOST)
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
