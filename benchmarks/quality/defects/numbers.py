"""Figures that do not agree: N001 to N005. Which identities break is worked out here, not asked of govlint."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable

from benchmarks.quality import form
from benchmarks.quality.defects.kind import Correction, Defect, Expected, Injected, defect, pick
from benchmarks.quality.facts import BOUND, SHARES, bound
from benchmarks.quality.figures import broken
from benchmarks.quality.model import Cell, Figures, Report

_INNER = "the outcomes"
_SLIPS: dict[str, Callable[[str], str]] = {
    "off-by-one": lambda text: str(int(text) + 1),
    "digits-exchanged": lambda text: text[:-2] + text[-2:][::-1],
    "digit-dropped": lambda text: text[:-1],
    "digit-doubled": lambda text: text + text[-1],
}


def quoted(report: Report) -> set[str]:
    """Addresses that the prose speaks of."""
    slots = {slot for slot in BOUND if report.said(slot)}
    slots |= {
        part for share, parts in SHARES.items() if report.said(share) for part in parts if part in BOUND
    }
    return {cell for slot in slots for cell in bound(slot, report.edition)[1]}


def free_cells(
    report: Report, rows: Iterable[str] | None = None, columns: Iterable[str] = form.APPLICANTS
) -> list[Cell]:
    """Cells of table 3 of which the prose says nothing."""
    said, chosen = quoted(report), None if rows is None else set(rows)
    cells = [cell for row in report.table("applications").rows for cell in row.cells]
    return [
        cell
        for cell in cells
        if cell.address not in said
        and cell.address.split(".")[2] in set(columns)
        and (chosen is None or cell.address.split(".")[1] in chosen)
    ]


def now(report: Report) -> Figures:
    """The figures as they stand in the tables."""
    return {address: value for address, value in report.standing().items() if value is not None}


def first_broken(report: Report) -> str:
    """The code that one finding for all broken identities bears: that with the smallest number."""
    return min(identity.code for identity in broken(now(report), report.edition))


def _slipped(
    name: str, does: str, rows: str | tuple[str, ...], columns: tuple[str, ...], slip: str = ""
) -> Defect:
    """One wrong figure. It stands where a row and a column meet, so that it alone explains what breaks."""

    def inject(report: Report, draw: random.Random) -> Injected:
        among = free_cells(report, form.outcomes(report.edition) if rows == _INNER else rows, columns)
        for _ in range(20):
            cell = pick(draw, among)
            if cell is None:
                return None
            right, wrong = cell.text, _SLIPS[slip or draw.choice(list(_SLIPS))](cell.text)
            if (
                wrong.isdecimal()
                and wrong == str(int(wrong))
                and wrong != right
                and (right != "0" or slip == "off-by-one")
            ):
                cell.text = wrong
                return [Expected(first_broken(report), [{cell.address: int(right)}])]
        return None

    return defect(f"figure-{name}", does, "applications quoted")(inject)


_KINDS = tuple(form.KINDS)
_TOTAL = ("total",)
_EDGES = ("new_received", "carried_in", "outcome_total", "carried_out")


@defect("figures-two-apart", "two wrong figures in different rows and columns", "applications quoted")
def two_apart(report: Report, draw: random.Random) -> Injected:
    cells = free_cells(report, form.outcomes(report.edition), _KINDS)
    one, two = draw.sample(cells, 2)
    if (
        one.address.split(".")[1] == two.address.split(".")[1]
        or one.address.split(".")[2] == two.address.split(".")[2]
    ):
        return None
    right = [{cell.address: int(cell.text)} for cell in (one, two)]
    one.text, two.text = str(int(one.text) + 2), str(int(two.text) + 5)
    return [Expected("N001", [correction]) for correction in right]


@defect(
    "figure-moved",
    "a unit counted under one applicant on arrival, under another when handled",
    "applications quoted",
)
def moved(report: Report, draw: random.Random) -> Injected:
    cells = [cell for cell in free_cells(report, ["new_received"], _KINDS) if int(cell.text) > 1]
    others = free_cells(report, ["new_received"], _KINDS)
    source, target = pick(draw, cells), pick(draw, others)
    if source is None or target is None or source is target:
        return None
    source.text, target.text = str(int(source.text) - 1), str(int(target.text) + 1)
    # N003 breaks in two columns alone: moving the unit in any row would mend it.
    return [Expected("N003", _moves(report, source.address.split(".")[2], target.address.split(".")[2]))]


def _moves(report: Report, short: str, long: str) -> list[Correction]:
    """A unit moved back in any row that the balance alone holds: each mends both columns."""
    figures = now(report)
    found: list[Correction] = []
    for row, sign in (("new_received", 1), ("carried_in", 1), ("carried_out", -1)):
        less, more = f"applications.{row}.{short}", f"applications.{row}.{long}"
        found.append({less: figures[less] + sign, more: figures[more] - sign})
    return _possible(found)


def _possible(corrections: list[Correction]) -> list[Correction]:
    return [c for c in corrections if all(value is not None and value >= 0 for value in c.values())]


@defect("figure-with-its-total", "an arrival and its total both too large by as much", "applications quoted")
def with_its_total(report: Report, draw: random.Random) -> Injected:
    total = "applications.new_received.total"
    cell = pick(draw, free_cells(report, ["new_received"], _KINDS))
    if cell is None or total in quoted(report):
        return None
    extra = draw.randint(1, 4)
    for changed in (cell, report.cell(total)):
        changed.text = str(int(changed.text) + extra)
    kind = cell.address.split(".")[2]
    return [Expected("N003", _shifts(report, kind, extra))]


def _shifts(report: Report, kind: str, extra: int) -> list[Correction]:
    figures = now(report)
    found: list[Correction] = []
    for row, change in (("new_received", -extra), ("carried_in", -extra), ("carried_out", extra)):
        cells = [f"applications.{row}.{column}" for column in (kind, "total")]
        found.append({cell: figures[cell] + change for cell in cells})
    return _possible(found)


@defect(
    "figure-not-summed", "the outcomes of one applicant not all counted in （七）总计", "applications quoted"
)
def not_summed(report: Report, draw: random.Random) -> Injected:
    total = "applications.outcome_total.total"
    cell = pick(draw, [cell for cell in free_cells(report, ["outcome_total"], _KINDS) if int(cell.text) > 1])
    if cell is None or total in quoted(report):
        return None
    right = {address: int(report.cell(address).text) for address in (cell.address, total)}
    for address, value in right.items():
        report.cell(address).text = str(value - 1)
    return [Expected("N002", [right])]


def _group(name: str, does: str, columns: tuple[str, ...], extra: int) -> Defect:
    """A group of table 4 out of balance: arithmetic cannot tell which of its five figures is wrong."""

    def inject(report: Report, draw: random.Random) -> Injected:
        group = draw.choice(list(form.GROUPS))
        if any(address.startswith(f"review_litigation.{group}.") for address in quoted(report)):
            return None
        cell = report.cell(f"review_litigation.{group}.{draw.choice(columns)}")
        cell.text = str(int(cell.text) + extra)
        figures = now(report)
        gap = int(figures[f"review_litigation.{group}.total"]) - sum(
            int(figures[f"review_litigation.{group}.{result}"])
            for result in form.RESULTS
            if result != "total"
        )
        right: list[Correction] = [
            {address: figures[address] + (-gap if result == "total" else gap)}
            for result in form.RESULTS
            for address in [f"review_litigation.{group}.{result}"]
        ]
        return [Expected("N004", _possible(right))]

    return defect(name, does, "review_litigation quoted")(inject)


@defect(
    "in-force-too-small", "fewer documents in force than were issued and not repealed", "proactive quoted"
)
def in_force_too_small(report: Report, draw: random.Random) -> Injected:
    if report.edition != "ogi-2021" or report.said("made", "in_force"):
        return None
    row = "proactive.normative_documents."
    for column, value in (("issued", draw.randint(6, 12)), ("repealed", 1), ("in_force", draw.randint(0, 4))):
        report.cell(row + column).text = str(value)
    return [Expected("N005", [{row + column: None} for column in ("in_force", "issued", "repealed")])]


DEFECTS: list[Defect] = [
    _slipped("outcome", "a wrong outcome of one applicant", _INNER, _KINDS),
    _slipped("outcome-row-total", "a wrong total of an outcome", _INNER, _TOTAL),
    _slipped("outcome-total", "a wrong （七）总计 of one applicant", ("outcome_total",), _KINDS),
    _slipped("grand-total", "a wrong （七）总计 in the column of totals", ("outcome_total",), _TOTAL),
    _slipped("new", "a wrong arrival of one applicant", ("new_received",), _KINDS),
    _slipped("new-total", "a wrong total of arrivals", ("new_received",), _TOTAL),
    _slipped("carried-in", "a wrong figure carried in", ("carried_in",), form.APPLICANTS, "off-by-one"),
    _slipped("carried-out", "a wrong figure carried out", ("carried_out",), form.APPLICANTS, "off-by-one"),
    *(_slipped(slip, f"slip of the pen: {slip}", (*_EDGES, "granted", "unavailable_not_held"), form.APPLICANTS, slip) for slip in _SLIPS),
    two_apart,
    moved,
    with_its_total,
    not_summed,
    _group("group-total", "a wrong total in table 4", ("total",), 1),
    _group("group-part", "a wrong result in table 4", ("upheld", "corrected", "other", "pending"), 2),
    in_force_too_small,
]  # fmt: skip
