"""The statements of the prose held against the tables: every honest reading of each, and those that none supports.

A reading is a sum of cells that the words may mean: 收到 is what was newly received, or that and what was carried in.
A statement that agrees with one reading is right, and one with an unknown cell in any of its readings is not judged.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from itertools import islice, product

from msgspec import Struct

from govlint.checks.diagnosis import diagnose, other_readings
from govlint.checks.meanings import MOST, Reading, readings, table_of
from govlint.document import Edit, Number, Span, Words
from govlint.prose.statements import Statement, read_prose
from govlint.report import Report, once_per_report
from govlint.rule import Finding, Related, Rule, Suggestion

_FAR = 2
"""So many times the table's figure, 全县 is of more bodies than the table is."""
NONE = Words(
    "文字表述为“{actual}”，而{where_zh}为{expected}，两处不一致。",
    "The prose says that there were none (“{actual}”); {where_en}: {expected}.",
)
"""The message where the prose tells of none."""
_STOPS = ",，。；;、：:\n"


class Mismatch(Struct, frozen=True):
    """A statement that none of its readings supports; the first is the commonest."""

    statement: Statement
    readings: Sequence[Reading]
    expected: Number
    certain: bool


@once_per_report
def mismatches(report: Report) -> Sequence[Mismatch]:
    """The statements that the tables contradict."""
    return list(_Comparison(report).mismatches(read_prose(report).statements))


class _Comparison:
    def __init__(self, report: Report) -> None:
        self.report = report
        self._figures: dict[str, set[Number]] | None = None
        self._lost: set[str] = set()

    def mismatches(self, statements: Iterable[Statement]) -> Iterator[Mismatch]:
        agreed: dict[tuple[int, str], int] = {}
        found: list[Mismatch] = []
        statements = list(statements)
        told = {table_of(self.report.template, statement) for statement in statements if statement.clear}
        judged = [(statement, self._judge(statement)) for statement in statements]
        template = self.report.template
        agreeing = {
            table_of(template, each)
            for each, outcome in judged
            if each.wide and each.value and outcome is None
        }
        whole = bool(agreeing)
        for statement, outcome in judged:
            if (
                isinstance(outcome, Mismatch)
                and not statement.wide
                and table_of(template, statement) in agreeing
            ):
                # the government's own, where the table is of the whole place
                outcome = False if statement.value < outcome.expected else outcome
            if statement.wide and isinstance(outcome, Mismatch) and not whole:
                # 全县 may be more than the table counts, where the body's own figures are told beside it or are far less.
                far = statement.value > _FAR * Decimal(outcome.expected)
                outcome = False if far or table_of(self.report.template, statement) in told else outcome
            if outcome is None:
                key = statement.paragraph, table_of(self.report.template, statement)
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
            key = each.statement.paragraph, table_of(self.report.template, each.statement)
            count[key] = count.get(key, 0) + 1
        for each in found:
            statement = each.statement
            key = statement.paragraph, table_of(self.report.template, statement)
            alone = count[key] >= 3 and key not in agreed
            same = (
                ("paragraph", key)
                if alone
                else (statement.sentence, statement.value, table_of(self.report.template, statement))
            )
            if same not in seen:
                seen.add(same)
                yield each if not alone else Mismatch(statement, each.readings, each.expected, False)

    def _judge(self, statement: Statement) -> Mismatch | bool | None:
        """None where the statement agrees with a reading, False where it cannot be judged."""
        sums = self._of_whole(statement, readings(self.report, statement))
        if not sums:
            return False
        expected: Number | None = None
        for reading in sums:
            values = [self._values(address) for address, _ in reading]
            if not all(values):
                return False
            for chosen in islice(product(*values), MOST):
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

    def _of_whole(self, statement: Statement, sums: Sequence[Reading]) -> Sequence[Reading]:
        """Of several readings of a part those of the rows whose total is the whole that it divides, where there are any."""
        if statement.of is None or len(sums) < 2:
            return sums
        fitting = []
        for reading in sums:
            rows = dict.fromkeys((address.rsplit(".", 1)[0], sign) for address, sign in reading)
            totals = [(self.report.value(f"{row}.total"), sign) for row, sign in rows]
            known = [value * sign for value, sign in totals if value is not None]
            if len(known) == len(totals) and sum(known) == statement.of:
                fitting.append(reading)
        return fitting or sums

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
        if table_of(report.template, mismatch.statement) == table:
            yield _finding(rule, report, mismatch)


def _finding(rule: Rule, report: Report, mismatch: Mismatch) -> Finding:
    statement = mismatch.statement
    reading = mismatch.readings[0]
    none = statement.number is None and not statement.value
    stated = _clause(report, statement) if none else report.text(statement.span)
    expected = plain(mismatch.expected)
    where = describe(report, reading)
    said = _sentence(report, statement)
    evidence = [Words(f"文字：“{said}”", f"Prose: “{said}”")]
    for each in mismatch.readings[:4]:
        place = describe(report, each)
        value = plain(sum((value_of(report, address) * sign for address, sign in each), Decimal(0)))
        evidence.append(Words(f"表格：{place.zh}为{value}", f"Table: {place.en}: {value}"))
    edits = edit_of(report, statement.number, expected) if _same_unit(report, statement) else ()
    cells = [address for address, _ in reading]
    return rule.finding(
        statement.span,
        message=NONE if none and len(stated) > 2 else None,
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


def _clause(report: Report, statement: Statement) -> str:
    """From 未 or 无 to the end of its clause: 未收到政府信息公开申请."""
    text = report.document.text
    end = next(
        (
            at
            for at in range(statement.span.end, len(text))
            if text[at] in _STOPS or at > statement.span.end + 40
        ),
        len(text),
    )
    return "".join(text[statement.span.start : end].split())


def _sentence(report: Report, statement: Statement) -> str:
    """The statement's sentence, as far as it helps to find it."""
    text = report.document.text
    start = max(statement.sentence, statement.span.start - 24)
    end = next((at for at in range(statement.span.end, len(text)) if text[at] in _STOPS), len(text))
    return "".join(text[start : min(end, statement.span.end + 24)].split())
