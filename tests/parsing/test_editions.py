"""The edition in force follows from the report’s year; tables of another edition are S009 and nothing else."""

from __future__ import annotations

import pytest
from making.corpus import LAYOUTS, Heading, Sample, Table, sample

from govlint.document import Document
from govlint.linting.examples import model_report
from govlint.linting.linter import check
from govlint.linting.settings import Settings
from govlint.result import Result

OLD, NEW = "ogi-2019", "ogi-2021"
SEEDS = range(5)


def checked(text: str, **settings: str) -> Result:
    return check(Document("report.txt", "text", text), Settings(**settings))


def codes(result: Result) -> list[str]:
    return [finding.code for finding in result.findings if finding.severity != "info"]


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("seed", SEEDS)
def test_a_clean_report_of_the_old_edition(layout: str, seed: int) -> None:
    made = sample(seed, template=OLD)
    result = checked(LAYOUTS[layout](made))
    assert codes(result) == []
    assert result.report is not None
    assert result.report.template.id == OLD
    read = {address: cell.value for address, cell in result.report.cells.items() if not cell.uncertain}
    assert read == {address: made.cells[address] for address in read}
    if layout != "run-together":
        assert set(read) == set(made.cells)


def with_tables_of(made: Sample, other: Sample) -> Sample:
    """The report, its tables replaced by those of another."""
    tables = iter([block for block in other.blocks if isinstance(block, Table)])
    made.blocks = [next(tables) if isinstance(block, Table) else block for block in made.blocks]
    return made


OTHERS = ("other_handling", "other_not_corrected", "other_fee_unpaid", "other_reason")


def assert_known_rows_read(result: Result, other: Sample) -> None:
    """The rows of table 3 that both editions have."""
    assert result.report is not None
    read = {address: cell for address, cell in result.report.cells.items() if cell.table == "applications"}
    assert {cell.row for cell in read.values()}.isdisjoint(OTHERS)
    assert len(read) == 22 * 7
    assert {a: cell.value for a, cell in read.items()} == {a: other.cells[a] for a in read}


@pytest.mark.parametrize("parted", ["bars", "tabs"])
def test_a_group_of_a_later_edition_named_before_each_of_its_rows(parted: str) -> None:
    new = sample(2, template=NEW)
    text = LAYOUTS[parted](with_tables_of(sample(3, template=OLD), new))
    border = {"bars": " | ", "tabs": "\t"}[parted]
    for row in ("2.申请人逾期未按", f"3.其他{border}"):
        assert f"\n{row}" in text
        text = text.replace(f"\n{row}", f"\n（六）其他处理{border}{row}")
    result = checked(text)
    assert [code for code in codes(result) if code[0] in "STN"] == ["S009"]
    assert_known_rows_read(result, new)


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize(("own", "other"), [(OLD, NEW), (NEW, OLD)])
def test_tables_of_another_edition(layout: str, own: str, other: str) -> None:
    old = sample(4, template=other)
    result = checked(LAYOUTS[layout](with_tables_of(sample(3, template=own), old)))
    assert [(f.code, f.cells) for f in result.findings if f.code[0] in "STN" and f.severity != "info"] == [
        ("S009", ("proactive", "applications"))
    ]
    assert result.report is not None
    assert {cell.table for cell in result.report.cells.values()} == {"applications", "review_litigation"}
    if layout != "run-together":
        assert_known_rows_read(result, old)


@pytest.mark.parametrize("layout", ["bars", "tabs", "one-cell-a-line", "markdown", "closed-cells"])
def test_only_the_old_row_is_not_read(layout: str) -> None:
    """The group of three rows as one, its figures those of the three: all but them is read and checked."""
    made = sample(4, template=NEW)
    table = [block for block in made.blocks if isinstance(block, Table)][1]
    at = next(index for index, row in enumerate(table.rows) if row[0] == "（六）其他处理")
    sums = [
        str(sum(map(int, column)))
        for column in zip(*(row[-7:] for row in table.rows[at : at + 3]), strict=True)
    ]
    table.rows[at : at + 3] = [["（六）其他处理", *sums]]
    result = checked(LAYOUTS[layout](made))
    assert [(f.code, f.cells) for f in result.findings if f.severity != "info"] == [
        ("S009", ("applications",))
    ]
    assert_known_rows_read(result, made)
    assert {each.code for each in result.unchecked} == {"N001", "N002"}
    assert all("其他处理" in each.why.zh and "2019" in each.why.zh for each in result.unchecked)


@pytest.mark.parametrize("layout", ["bars", "tabs", "one-cell-a-line", "markdown"])
@pytest.mark.parametrize(
    ("article", "unread"),
    [
        ("（一）", ["normative_documents", "regulations"]),
        ("（五）", ["licensing"]),
        ("（六）", ["coercion", "penalties"]),
        ("（八）", ["fees"]),
    ],
)
def test_only_the_old_article_is_not_read(article: str, unread: list[str], layout: str) -> None:
    made, other = sample(4, template=NEW), sample(5, template=OLD)
    own, old = (next(block for block in each.blocks if isinstance(block, Table)) for each in (made, other))
    (a, b), (c, d) = (around(each.rows, article) for each in (own, old))
    own.rows[a:b] = [row for row in old.rows[c:d] if row[0] != "其他对外管理服务事项"]
    result = checked(LAYOUTS[layout](made))
    assert [(f.code, f.cells) for f in result.findings if f.code[0] in "STN" and f.severity != "info"] == [
        ("S009", ("proactive",))
    ]
    assert result.report is not None
    read = {address: cell.value for address, cell in result.report.cells.items()}
    assert read == {a: value for a, value in made.cells.items() if a.split(".")[1] not in unread}


def around(rows: list[list[str]], article: str) -> tuple[int, int]:
    """The rows of an article: from its heading to the next."""
    heads = [at for at, row in enumerate(rows) if "第二十条" in row[0]]
    first = next(at for at in heads if article in rows[at][0])
    return first, next((at for at in heads if at > first), len(rows))


def test_a_reworded_heading_is_a_mistake_of_its_own() -> None:
    made = with_tables_of(sample(3, template=NEW), sample(4, template=OLD))
    text = LAYOUTS["bars"](made).replace("二、主动公开政府信息情况", "二、政府信息主动公开情况")
    found = [f.code for f in checked(text).findings if f.severity != "info" and f.code[0] in "STN"]
    assert found == ["S003", "S009"]


def test_the_labels_that_give_it_away() -> None:
    made = with_tables_of(sample(3, template=NEW), sample(4, template=OLD))
    (found,) = [f for f in checked(LAYOUTS["bars"](made)).findings if f.code == "S009"]
    assert {"本年新制作数量", "本年增/减", "政府集中采购", "（六）其他处理"} <= set(
        (found.actual or "").split("、")
    )


@pytest.mark.parametrize(
    ("template", "old", "new", "cell"),
    [
        pytest.param(NEW, "行政规范性文件 |", "规范性文件 |", "proactive.normative_documents", id="row"),
        pytest.param(OLD, "规范性文件 |", "行政规范性文件 |", "proactive.normative_documents", id="row, old"),
        pytest.param(OLD, "本年新公开数量", "本年新公开数", "proactive.*.published", id="column, old"),
    ],
)
def test_one_word_alone_is_reworded(template: str, old: str, new: str, cell: str) -> None:
    result = checked(model_report(template).replace(old, new))
    assert [(finding.code, finding.cells) for finding in result.findings] == [("T004", (cell,))]
    assert len(result.report.cells) == len(result.report.template.addresses)  # type: ignore[union-attr]


def test_a_header_of_which_one_word_is_left() -> None:
    """A site shows the first line of each header cell only."""
    header = "信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数"
    for end in ("", " | |"):
        result = checked(
            model_report(NEW).replace(header, f"信息内容 | 本年新 | 本年新 | 对外公开总数量{end}")
        )
        assert codes(result) == ["S009"]
        assert result.report is not None
        assert result.report.cells["proactive.licensing.decisions"].value == 156
    assert [
        f.code for f in checked(model_report(NEW).replace(header, header + " | 对外公开总数量")).findings
    ] != ["S009"]


def test_template_overrides_the_year() -> None:
    assert codes(checked(model_report(OLD), template=NEW)) == ["S009"]
    assert checked(model_report(OLD), template=NEW).report.template.id == NEW  # type: ignore[union-attr]


@pytest.mark.parametrize(("template", "year"), [(OLD, "2020"), (NEW, "2022")])
def test_without_a_year_the_edition_is_that_of_the_tables(template: str, year: str) -> None:
    result = checked(model_report(template).replace(year, ""))
    assert codes(result) == ["S007"]
    assert result.report.template.id == template  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("written", "value", "found"),
    [
        ("+3", 3, []),
        ("-5", -5, []),
        ("−5", -5, []),
        ("增3", 3, []),
        ("减少5", -5, []),
        ("增2减3", -1, []),
        ("+2/-1", 1, []),
        ("4项", 4, []),
        ("", None, ["T005"]),
        ("/", None, ["T005"]),
        ("若干", None, ["T006"]),
        ("-0.5", None, ["T006"]),
    ],
)
def test_a_change_has_a_sign(written: str, value: int | None, found: list[str]) -> None:
    result = checked(model_report(OLD).replace("行政许可 | 31 | -2 |", f"行政许可 | 31 | {written} |"))
    assert codes(result) == found
    assert result.report.value("proactive.licensing.change") == value  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("586200元", []),
        ("586,200.50 元", []),
        ("¥58.62万元", []),
        ("0", []),
        ("若干", ["T006"]),
        ("-3", ["T006"]),
    ],
)
def test_money_has_a_unit_where_the_label_has_none(written: str, found: list[str]) -> None:
    assert codes(checked(model_report(OLD).replace("| 58.62万元", f"| {written}"))) == found


def test_counts_stay_counts() -> None:
    text = model_report(OLD).replace("行政处罚 | 120 | 0 | 24", "行政处罚 | -120 | 0 | 24")
    assert [(f.code, f.cells) for f in checked(text).findings] == [
        ("T006", ("proactive.penalties.previous_items",))
    ]


@pytest.mark.parametrize("layout", ["bars", "tabs", "markdown", "full-width", "one-cell-a-line", "spaces"])
@pytest.mark.parametrize(
    ("label", "column", "code"),
    [("（六）其他处理", -1, "N001"), ("（七）总计", 1, "N001"), ("二、上年结转", 1, "N001")],
)
def test_one_wrong_figure(layout: str, label: str, column: int, code: str) -> None:
    made = sample(7, template=OLD)
    row = next(
        row for block in made.blocks if isinstance(block, Table) for row in block.rows if label in row[0]
    )
    row[column] = str(int(row[column]) + 40)
    (finding,) = [f for f in checked(LAYOUTS[layout](made)).findings if f.severity != "info"]
    assert finding.code == code
    key = next(mark.address for mark in finding_rows(OLD) if mark.label.startswith(label))
    assert any(cell.startswith(key) for cell in finding.cells)


def finding_rows(template: str) -> list:
    from govlint.template.loader import load

    return [mark for mark in load(template).landmarks if mark.kind == "row"]


def test_headings_are_the_same_in_both() -> None:
    heads = [[b for b in sample(1, template=id_).blocks if isinstance(b, Heading)] for id_ in (OLD, NEW)]
    assert heads[0] == heads[1]
