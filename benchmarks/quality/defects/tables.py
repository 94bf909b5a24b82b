"""Rows, labels and cells of the tables: T001 to T007."""

from __future__ import annotations

import random
from decimal import Decimal

from benchmarks.quality import form
from benchmarks.quality.defects.kind import Defect, Expected, Injected, defect, pick
from benchmarks.quality.defects.numbers import free_cells
from benchmarks.quality.model import Cell, Paragraph, Report


def _missing_table(key: str) -> Defect:
    def inject(report: Report, draw: random.Random) -> Injected:
        report.section(key).body = [Paragraph([draw.choice(["（表格见附件）", "具体数据详见附表。"])])]
        return [Expected("T001", section=key)]

    return defect(f"table-missing-{key}", f"words in the place of the table of {key}", key, needs="prose")(
        inject
    )


def _without(table: str, key: str, name: str, does: str, quiet: bool = True) -> Defect:
    """A row left out; ``quiet``: one that holds nothing but zeros, so that no sum can betray it."""

    def inject(report: Report, draw: random.Random) -> Injected:
        rows = report.table(table).rows
        among = [
            row
            for row in rows
            if row.key and (row.key == key or (key == "*" and row.key in form.outcomes(report.edition)))
        ]
        among = [row for row in among if quiet != any(cell.text != "0" for cell in row.cells)]
        row = pick(draw, among)
        if row is None:
            return None
        rows.remove(row)
        return [Expected("T002", names=row.path[-1])]

    return defect(name, does, f"{table} quoted")(inject)


@defect("row-too-long", "a value too many in a row", "applications", needs="cells")
def row_too_long(report: Report, draw: random.Random) -> Injected:
    row = draw.choice(report.table("applications").rows)
    row.cells.append(Cell("", "0"))
    row.readable = False
    return [Expected("T003", names=row.path[-1])]


@defect("row-too-short", "a value too few in a row", "applications", needs="cells ragged")
def row_too_short(report: Report, draw: random.Random) -> Injected:
    row = draw.choice(report.table("applications").rows)
    del row.cells[draw.randrange(6)]
    row.readable = False
    return [Expected("T003", names=row.path[-1])]


@defect("column-subtotal", "a column of subtotals that the form does not have", "applications", needs="cells")
def column_subtotal(report: Report, draw: random.Random) -> Injected:
    table = report.table("applications")
    table.heads[2].append("小计")
    for row in table.rows:
        row.cells.insert(6, Cell("", str(sum(int(cell.text) for cell in row.cells[1:6]))))
    return [Expected("T003|T004|T009")]


def _relabelled(name: str, table: str, old: str, new: str) -> Defect:
    def inject(report: Report, draw: random.Random) -> Injected:
        made = report.table(table)
        # A label that stands three times in table 4 is changed in one place: one mistake.
        return [Expected("T004", at=new)] if made.relabel_head(old, new) or made.relabel(old, new) else None

    return defect(f"label-{name}", f"{old} written {new}", table)(inject)


_LABELS = [
    ("internal-matters", "applications", "三类内部事务", "三类内容事务"),
    ("process", "applications", "过程性信息", "过程信息"),
    ("this-case", "applications", "只计这一情形，不计其他情形", "只计这一情况，不计其他情况"),
    ("security", "applications", "三安全一稳定", "四安全一稳定"),
    ("repeated-request", "applications", "2.重复申请", "2.反复申请"),
    ("publication", "applications", "要求提供公开出版物", "要求提供公共出版物"),
    ("new-received", "applications", "一、本年新收政府信息公开申请数量", "一、本年收到政府信息公开申请数量"),
    ("carried-out", "applications", "四、结转下年度继续办理", "四、结转下一年度办理"),
    ("welfare", "applications", "社会公益组织", "社会公益团体"),
    ("legal-service", "applications", "法律服务机构", "法律服务机关"),
    ("sum", "applications", "（七）总计", "（七）合计"),
    ("upheld", "review_litigation", "结果维持", "维持结果"),
    ("pending", "review_litigation", "尚未审结", "尚未办结"),
    ("direct", "review_litigation", "未经复议直接起诉", "未经复议起诉"),
    ("coercion", "proactive", "行政强制", "行政强制执行"),
    ("fees", "proactive", "行政事业性收费", "行政性收费"),
]


@defect("label-documents", "行政规范性文件 written 规范性文件 in the form of 2021", "proactive")
def label_documents(report: Report, draw: random.Random) -> Injected:
    if report.edition != "ogi-2021":
        return None
    report.table("proactive").relabel("行政规范性文件", "规范性文件")
    return [Expected("T004", at="规范性文件")]


@defect("label-columns", "件数 written 数量 in two columns of table 2", "proactive")
def label_column(report: Report, draw: random.Random) -> Injected:
    if report.edition != "ogi-2021":
        return None
    report.table("proactive").relabel("本年废止件数", "本年废止数量")
    return [Expected("T004", at="本年废止数量")]


def _blank(name: str, does: str, text: str, count: int, zeros: bool = True) -> Defect:
    """Cells of table 3 whose number is left out; ``text`` stands there instead."""

    def inject(report: Report, draw: random.Random) -> Injected:
        among = [cell for cell in free_cells(report) if (cell.text == "0") == zeros]
        if len(among) < count:
            return None
        chosen = draw.sample(among, count)
        right = {cell.address: int(cell.text) for cell in chosen}
        for cell in chosen:
            cell.text = text
        return [Expected("T005", [right])]

    # What a blank stands for is counted as 0 in the sums, so that they may be said to be broken as well.
    tolerated = "" if zeros else "N001 N002 N003"
    return defect(name, does, "applications quoted", needs="borders", tolerated=tolerated)(inject)


@defect("blank-row", "a row of zeros left blank", "applications quoted", needs="borders")
def blank_row(report: Report, draw: random.Random) -> Injected:
    row = pick(draw, [r for r in report.table("applications").rows if all(c.text == "0" for c in r.cells)])
    if row is None:
        return None
    right = {cell.address: 0 for cell in row.cells}
    for cell in row.cells:
        cell.text = ""
    return [Expected("T005", [right])]


@defect("blank-totals", "the column of totals left blank", "applications quoted requests", needs="borders")
def blank_totals(report: Report, draw: random.Random) -> Injected:
    if report.said("new", "handled", "carried_in", "carried_out", "granted", "partial"):
        return None
    cells = [row.cells[-1] for row in report.table("applications").rows]
    right = {cell.address: int(cell.text) for cell in cells}
    for cell in cells:
        cell.text = ""
    return [Expected("T005", [right])]


@defect("blank-proactive", "a zero of table 2 given as -", "proactive", needs="borders")
def blank_proactive(report: Report, draw: random.Random) -> Injected:
    cell = pick(draw, [c for row in report.table("proactive").rows for c in row.cells if c.text == "0"])
    if cell is None:
        return None
    cell.text = "-"
    return [Expected("T005", [{cell.address: 0}])]


def _no_count(name: str, does: str, write: str, known: bool = True, zero: bool = False) -> Defect:
    """A count of table 3 written as no count; ``{}`` is the number. ``known``: what was meant is plain."""

    def inject(report: Report, draw: random.Random) -> Injected:
        cell = pick(draw, [cell for cell in free_cells(report) if (cell.text == "0") == zero])
        if cell is None:
            return None
        right = int(cell.text)
        cell.text = write.format(right)
        return [Expected("T006", [{cell.address: right if known else None}])]

    return defect(name, does, "applications quoted", needs="cells")(inject)


@defect("fee-in-yuan", "the fees of table 2 with their unit, in yuan", "proactive", needs="cells")
def fee_in_yuan(report: Report, draw: random.Random) -> Injected:
    if report.edition != "ogi-2021":
        return None
    cell = report.cell("proactive.fees.amount")
    right = Decimal(cell.text)
    cell.text = f"{int(right * 10000)}元"
    return [Expected("T006", [{cell.address: right}])]


def _swapped(name: str, table: str, first: str, second: str) -> Defect:
    def inject(report: Report, draw: random.Random) -> Injected:
        rows = report.table(table).rows
        one, two = (rows.index(report.table(table).row(key)) for key in (first, second))
        rows[one], rows[two] = rows[two], rows[one]
        return [Expected("T007")]

    return defect(f"rows-swapped-{name}", f"rows {first} and {second} exchanged", table)(inject)


DEFECTS: list[Defect] = [
    *map(_missing_table, form.TABLES),
    _without("proactive", "regulations", "row-missing-regulations", "row 规章 left out"),
    _without("proactive", "coercion", "row-missing-coercion", "row 行政强制 left out"),
    _without("applications", "*", "row-missing-outcome", "an outcome of zeros left out"),
    _without("applications", "*", "row-missing-outcome-counted", "an outcome with figures left out", quiet=False),
    _without("applications", "carried_in", "row-missing-carried-in", "上年结转 left out, all zero"),
    row_too_long,
    row_too_short,
    column_subtotal,
    *(_relabelled(*entry) for entry in _LABELS),
    label_documents,
    label_column,
    _blank("blank-cell", "a zero left blank", "", 1),
    _blank("blank-dash", "a zero given as -", "-", 1),
    _blank("blank-slash", "a zero given as /", "/", 1),
    _blank("blank-many", "twenty zeros left blank", "", 20),
    _blank("blank-counted", "a figure that is not zero left blank", "", 1, zeros=False),
    blank_row,
    blank_totals,
    blank_proactive,
    _no_count("count-unit", "a count with its unit", "{}件"),
    _no_count("count-negative", "a count with a minus before it", "-{}"),
    _no_count("count-fraction", "a count and a half", "{}.5", known=False),
    _no_count("count-words", "若干 in the place of a count", "若干", known=False),
    _no_count("count-letter", "the letter O in the place of 0", "O", zero=True),
    _no_count("count-none", "无 in the place of 0", "无", zero=True),
    fee_in_yuan,
    _swapped("documents", "proactive", "regulations", "normative_documents"),
    _swapped("penalties", "proactive", "penalties", "coercion"),
    _swapped("refusals", "applications", "refused_internal_affairs", "refused_process_information"),
    _swapped("declined", "applications", "declined_petition", "declined_repeated"),
]  # fmt: skip
