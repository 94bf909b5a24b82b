"""Tables as offices write and sites show them: explained labels, strange rows and columns, rows that are tables, prose."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from making.corpus import LAYOUTS, Heading, Paragraph, Sample, Table, sample
from making.reading import checked, read, told

from govlint.document import Document
from govlint.linting.examples import model_report
from govlint.linting.linter import check, check_bytes
from govlint.linting.settings import Settings
from govlint.result import Result

HAN = re.compile("[㐀-鿿（]")
BORDERED = ("bars", "tabs", "outer-bars", "markdown")
LINED = (*BORDERED, "one-cell-a-line")
COLUMNS = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]


def assert_read(text: str, made: Sample, *codes: str) -> Result:
    result = checked(text)
    assert told(result) == list(codes)
    assert read(result) == made.cells
    return result


def table(made: Sample, number: int) -> list[list[str]]:
    return [block.rows for block in made.blocks if isinstance(block, Table)][number]


def replaced(text: str, old: str, new: str, count: int = -1) -> str:
    assert old in text
    return text.replace(old, new, count)


# Labels

EXPLAINED = {
    "who fills it in": ("规章", "规章（设区的市、自治州人民政府填写）"),
    "what it is": ("规章", "规章：地方行政规章指设区的市以上人民政府依法制定的规范，县级部门不填"),
    "a dash": ("规章", "规章——指由有权机关制定并公布的规章"),
    "what it is not": ("行政规范性文件", "行政规范性文件（不含转发上级的文件，也不含“会议纪要”“工作方案”等。以编号为准，如云府规〔2022〕3号）"),
    "a long list": ("行政规范性文件", "行政规范性文件（" + "办法、规定、细则、规则、" * 8 + "均计入）"),
    "labels within": ("行政许可", "行政许可（不含行政处罚、行政强制和行政事业性收费）"),
    "a head with digits": ("本年制发件数", "本年制发件数（指2022年1月1日至12月31日制发的件数，减少的用负数，如 -8）"),
    "a head broken by a line": ("现行有效件数", "现行有效件数（历史累计，\v含以前年度）"),
    "a row of table three": ("四、结转下年度继续办理", "四、结转下年度继续办理（截至12月31日未满答复期限的）"),
}  # fmt: skip


@pytest.mark.parametrize("layout", [*LINED, "full-width", "closed-cells"])
@pytest.mark.parametrize("name", EXPLAINED)
def test_an_explanation_behind_a_label(name: str, layout: str) -> None:
    made = sample(4)
    old, new = EXPLAINED[name]
    rows = table(made, "结转" in old)
    row = next(row for row in rows if old in row)
    row[row.index(old)] = new
    assert_read(LAYOUTS[layout](made), made)


@pytest.mark.parametrize("layout", ["bars", "tabs", "one-cell-a-line", "markdown"])
def test_numbers_that_run_on_are_one_finding(layout: str) -> None:
    made = sample(4)
    number = 0
    for row in table(made, 1):
        for at, text in enumerate(row):
            if match := re.match(r"\d\.(?=\D)", text):
                number += 1
                row[at] = f"{number}.{text[match.end() :]}"
    assert number == 19
    (finding,) = (f for f in assert_read(LAYOUTS[layout](made), made, "T004").findings if f.code == "T004")
    assert finding.cells == ("applications.unavailable_not_held",)
    assert finding.actual == "9.本机关不掌握相关政府信息"


@pytest.mark.parametrize("layout", ["bars", "tabs", "one-cell-a-line"])
@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        pytest.param("3.其他", "2.其他", "3.其他", id="a number repeated"),
        pytest.param("第二十条第（一）项", "第二十条（一）项", "第二十条第（一）项", id="the first article"),
        pytest.param("第二十条第（八）项", "第二十条（八）项", "第二十条第（八）项", id="another article"),
        pytest.param(
            "第二十条第（五）项", "第二十条第一款第（五）项", "第二十条第（五）项", id="a paragraph named"
        ),
        pytest.param("复议后起诉", "经复议后起诉", "复议后起诉", id="words glued before"),
        pytest.param("行政强制", "行政强制措施", "行政强制", id="words glued behind"),
        pytest.param("商业企业", "商业公司", "商业企业", id="a column"),
        pytest.param("社会公益组织", "慈善团体", "社会公益组织", id="a column in quite other words"),
        pytest.param("总计", "合计", "总计", id="the column of totals"),
        pytest.param("其他结果", "其他结果数", "其他结果", id="with a label of another table in it"),
        pytest.param("（七）总计", "（七）合计", "（七）总计", id="the row of totals"),
        pytest.param("信息内容", "公开内容", "信息内容", id="a corner in quite other words"),
        pytest.param(
            "本年收费金额（单位：万元）",
            "本年收费金额（单位/万元）",
            "本年收费金额（单位：万元）",
            id="a slash for a colon",
        ),
    ],
)
def test_a_label_in_other_words(old: str, new: str, expected: str, layout: str) -> None:
    made = sample(4)
    rows = next(
        block.rows for block in made.blocks if isinstance(block, Table) and any(old in r for r in block.rows)
    )
    row = next(row for row in rows if old in row)
    row[row.index(old)] = new
    result = assert_read(LAYOUTS[layout](made), made, "T004")
    (finding,) = (f for f in result.findings if f.code == "T004")
    assert (finding.expected, finding.actual) == (expected, new.replace("（", "(").replace("）", ")"))


@pytest.mark.parametrize("layout", ["bars", "spaces", "one-cell-a-line"])
@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ("总计", "合计", "column"),
        ("其他结果", "结果其他", "column"),
        ("尚未审结", "尚未办结", "column"),
        ("行政诉讼", "诉讼", "group"),
    ],
)
def test_a_header_that_is_repeated_is_reworded_once(old: str, new: str, kind: str, layout: str) -> None:
    made = sample(4)
    rows = table(made, 2)
    rows[:] = [[new if text == old else text for text in row] for row in rows]
    result = assert_read(LAYOUTS[layout](made), made, "T004")
    (finding,) = (f for f in result.findings if f.code == "T004")
    assert (finding.expected, finding.actual) == (old, new)
    assert finding.suggestion is not None
    assert len(finding.suggestion.edits) == (3 if kind == "column" else 1)


def test_a_header_again_before_a_row_of_the_same_word() -> None:
    """Also where little of the table stands before it."""
    made = sample(4)
    rows = table(made, 1)
    first, rest, other = (
        next(at for at, row in enumerate(rows) if any(cell.startswith(label) for cell in row))
        for label in ("一、本年新收", "（六）其他处理", "3.其他")
    )
    header = rows[:first]
    rows[:] = [*header, *rows[rest:other], *header, *rows[other:]]
    result = checked(LAYOUTS["bars"](made))
    assert [f.code for f in result.findings if f.code[0] == "T"] == ["T002"]
    left = {a: value for a, value in read(result).items() if value is not None}
    assert left.items() <= made.cells.items()
    assert "applications.other_reason.total" in left


@pytest.mark.parametrize("mark", ["- ", "/ "])
def test_a_dash_before_each_label(mark: str) -> None:
    made = sample(4)
    for block in made.blocks:
        for row in block.rows if isinstance(block, Table) else ():
            for at, text in enumerate(row):
                if HAN.match(text) and row[at + 1 : at + 2] and row[at + 1].isdigit():
                    row[at] = mark + text
    assert_read(LAYOUTS["cells-in-paragraphs"](made), made)


@pytest.mark.parametrize("layout", ["bars", "tabs", "cells-in-paragraphs"])
def test_two_columns_cut_to_the_same_words_are_two(layout: str) -> None:
    made = sample(4, template="ogi-2019")
    rows = table(made, 0)
    rows[:] = [[text[:3] if text.startswith("本年新") else text for text in row] for row in rows]
    result = assert_read(LAYOUTS[layout](made), made, "T004", "T004")
    assert [f.expected for f in result.findings if f.code == "T004"] == ["本年新制作数量", "本年新公开数量"]


@pytest.mark.parametrize(("old", "new"), [("（七）总计", "（七）合计"), ("行政强制", "行政强制执行")])
def test_a_label_in_other_words_run_into_its_figures(old: str, new: str) -> None:
    made = sample(4)
    for rows in (table(made, 0), table(made, 1)):
        rows[:] = [[new if text == old else text for text in row] for row in rows]
    assert "T004" in told(result := checked(LAYOUTS["run-together"](made)))
    assert {f.code for f in result.findings if f.severity == "error"} <= {"N001", "N002", "N003"}


def test_a_remark_among_figures_that_are_run_together() -> None:
    made = sample(4)
    row = next(row for row in table(made, 0) if row[0] == "行政规范性文件")
    row[1] += "（其中修订1件）"
    assert told(checked(LAYOUTS["run-together"](made))) == []


@pytest.mark.parametrize("layout", ["spaces", "one-cell-a-line"])
@pytest.mark.parametrize("at", [-7, -4, -1])
@pytest.mark.parametrize("word", ["无", "O", "若干"])
def test_a_word_among_figures_that_no_border_parts_is_no_count(word: str, at: int, layout: str) -> None:
    made = sample(4)
    row = next(row for row in table(made, 1) if row[0].endswith("重复申请"))
    row[at] = word
    assert told(checked(LAYOUTS[layout](made))) == ["T006"]


@pytest.mark.parametrize("at", [-7, -4, -1])
def test_a_word_in_a_cell_of_a_line_between_bars_is_no_count(at: int) -> None:
    made = sample(4)
    row = next(row for row in table(made, 1) if row[0].endswith("重复申请"))
    row[at] = "若干"
    text = LAYOUTS["one-cell-a-line"](made)
    assert told(checked(re.sub(r"(?<=\n)(若干|\d+)\n", r"|\n\1\n", text))) == ["T006"]


@pytest.mark.parametrize("layout", ["bars", "one-cell-a-line"])
def test_an_unseen_character_within_a_figure_is_as_if_not_there(layout: str) -> None:
    made = sample(4)
    text = re.sub(r"(?<=\d)(?=\d)", "\u200b", LAYOUTS[layout](made))
    result = check_bytes(text.encode(), "report.txt", Settings())
    assert told(result) == []
    assert read(result) == made.cells


@pytest.mark.parametrize(
    "mark", ["\u200e", "\u202a", "\u202c", "\u202e", "\ue5e5", "\ufffd", "\uf0b7", "\u2066", "\ufe0f"]
)
@pytest.mark.parametrize("where", ["figures", "labels", "headings", "title"])
def test_what_is_not_seen_is_as_if_not_there(where: str, mark: str) -> None:
    made = sample(4)
    for block in made.blocks:
        if isinstance(block, Table) and where in ("figures", "labels"):
            chosen = str.isdigit if where == "figures" else (lambda text: not text.replace(".", "").isdigit())
            block.rows[:] = [
                [f"{mark}{text}{mark}" if chosen(text) else text for text in row] for row in block.rows
            ]
    made.blocks = [
        Heading(f"{mark}{block.ordinal}", f"{mark}{block.words}{mark}")
        if isinstance(block, Heading) and where == "headings"
        else block
        for block in made.blocks
    ]
    if where == "title":
        made.head[0] = mark + made.head[0][:3] + mark + made.head[0][3:] + mark
    result = assert_read(LAYOUTS["tabs"](made), made)
    assert result.report is not None
    assert (result.report.agency, result.report.year) == (made.agency, made.year)


# Rows and columns


@pytest.mark.parametrize("layout", [*BORDERED, "one-cell-a-line"])
@pytest.mark.parametrize(
    ("number", "behind", "row"),
    [
        pytest.param(0, "行政规范性文件", ["其他主动公开文件", "186", "86", "255"], id="documents"),
        pytest.param(0, "行政强制", ["行政征收", "12"], id="decisions"),
        pytest.param(1, "（二）部分公开", ["（二）其中：网上申请", *"1000001"], id="applications"),
    ],
)
def test_a_row_too_many_is_one_finding_and_ends_nothing(
    number: int, behind: str, row: list[str], layout: str
) -> None:
    made = sample(4)
    rows = table(made, number)
    at = next(at for at, each in enumerate(rows) if any(cell.startswith(behind) for cell in each))
    rows.insert(at + 1, row)
    result = assert_read(LAYOUTS[layout](made), made, "T009")
    assert [f.cells for f in result.findings if f.code == "T009"] == [
        (("proactive", "applications")[number],)
    ]


@pytest.mark.parametrize("layout", LINED)
@pytest.mark.parametrize(
    ("behind", "name", "at", "figure"),
    [
        pytest.param("其他", "小计", 6, lambda row: str(sum(map(int, row[1:6]))), id="subtotal"),
        pytest.param("总计", "比上年增减（%）", 7, lambda row: "12%", id="growth at the end"),
        pytest.param("自然人", "个体工商户", 1, lambda row: "0", id="another applicant"),
        pytest.param("科研机构", "占比", 3, lambda row: "3.5%", id="a share within"),
    ],
)
def test_a_column_too_many_is_one_finding(
    behind: str, name: str, at: int, figure: Callable[[list[str]], str], layout: str
) -> None:
    made = sample(4)
    rows = table(made, 1)
    for row in rows:
        if len(row) >= 8 and row[-1].isdigit():
            figures = row[-7:]
            row[-7:] = [*figures[:at], figure(figures), *figures[at:]]
    head = next(row for row in rows if behind in row)
    head.insert(head.index(behind) + 1, name)
    result = assert_read(LAYOUTS[layout](made), made, "T009")
    assert [f.actual for f in result.findings if f.code == "T009"] == [
        name.replace("（", "(").replace("）", ")")
    ]
    assert not result.unchecked


@pytest.mark.parametrize("figure", ["", "5", "12.5%"])
@pytest.mark.parametrize("grid", [0, 2])
def test_a_last_column_with_one_cell_beside_a_header_of_several_lines(grid: int, figure: str) -> None:
    """``grid``: empty cells between labels and figures, where a label goes over several."""
    made = sample(4)
    for row in table(made, 1):
        if len(row) >= 8 and row[-1].isdigit():
            row[-7:] = [*[""] * grid, *row[-7:], figure]
        elif "申请人情况" in row:
            row.append("备注")
    result = assert_read(LAYOUTS["tabs"](made), made, "T009")
    assert [f.actual for f in result.findings if f.code == "T009"] == ["备注"]


@pytest.mark.parametrize("layout", ["bars", "tabs", "one-cell-a-line"])
def test_a_column_too_few_is_one_finding_and_the_others_are_read(layout: str) -> None:
    made = sample(4)
    rows = table(made, 1)
    for row in rows:
        if len(row) >= 8 and row[-1].isdigit():
            row.pop(-3)
        elif "法律服务机构" in row:
            row.remove("法律服务机构")
    result = checked(LAYOUTS[layout](made))
    assert [(f.code, f.cells) for f in result.findings if f.severity != "info"] == [
        ("T002", ("applications.*.legal_service",))
    ]
    left = {a: v for a, v in made.cells.items() if not a.endswith(".legal_service")}
    assert {a: v for a, v in read(result).items() if v is not None} == left


@pytest.mark.parametrize("head", [COLUMNS, [f"数据{n}" for n in range(1, 8)], list("1234567"), None], ids=str)
@pytest.mark.parametrize("caption", ["### {}", "{}", "**{}**", None])
def test_each_row_a_table_of_its_own(caption: str | None, head: list[str] | None) -> None:
    made = sample(4)
    lines = [*made.head, *made.preamble]
    for block in made.blocks:
        match block:
            case Heading(ordinal, words):
                lines.append(ordinal + words)
            case Paragraph(text):
                lines.append(text)
            case Table(rows):
                for row in rows:
                    lines += (
                        _own_table(row, caption, head)
                        if len(row) >= 8
                        and row[-8:-7] != ["1"]
                        and row[-1].isdigit()
                        and not row[-8].isdigit()
                        else ["| " + " | ".join(row) + " |"]
                    )
    assert_read("\n".join(lines) + "\n", made)


def _own_table(row: list[str], caption: str | None, head: list[str] | None) -> list[str]:
    label, figures = row[-8], row[-7:]
    lines = ["".join(row[:-8]), *([caption.format(label)] if caption else [])]
    lines += ["| 类别 | " + " | ".join(head) + " |", "|---" * 8 + "|"] if head else []
    return [*lines, f"| {label} | " + " | ".join(figures) + " |", ""]


@pytest.mark.parametrize("parted", ["\n", "\n\n"])
@pytest.mark.parametrize("seed", range(4))
def test_empty_lines_are_blank_cells(seed: int, parted: str) -> None:
    made = sample(seed)
    for block in made.blocks:
        if isinstance(block, Table):
            block.rows[:] = [
                ["" if text == "0" and (at + number) % 3 else text for at, text in enumerate(row)]
                for number, row in enumerate(block.rows)
            ]
    lines = [*made.head, *made.preamble]
    for block in made.blocks:
        match block:
            case Heading(ordinal, words):
                lines.append(ordinal + words)
            case Paragraph(text):
                lines.append(text)
            case Table(rows):
                lines.append(parted.join(cell for row in rows for cell in row))
    result = checked("\n".join(lines) + "\n")
    assert set(told(result)) <= {"T005"}
    assert {a: v or 0 for a, v in read(result).items()} == made.cells


# Prose


@pytest.mark.parametrize("layout", ["bars", "one-cell-a-line", "run-together"])
@pytest.mark.parametrize(
    "sentence",
    [
        "行政许可{year}年处理决定数量{licensing}项，行政处罚{penalties}项，行政强制{coercion}项。",
        "行政许可：{licensing}件；行政处罚：{penalties}件；行政强制：{coercion}件。",
        "行政许可{licensing}项、行政处罚{penalties}项、行政强制{coercion}项均已公开。",
    ],
)
def test_figures_in_the_overview_are_no_table(sentence: str, layout: str) -> None:
    made = sample(4)
    figures = {
        row: made.cells[f"proactive.{row}.decisions"] for row in ("licensing", "penalties", "coercion")
    }
    overview = made.blocks[1]
    assert isinstance(overview, Paragraph)
    made.blocks[1] = Paragraph(overview.text + "\n" + sentence.format(year=made.year, **figures))
    result = checked(LAYOUTS[layout](made))
    assert told(result) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "（表格见附件）",
        "本年行政许可处理决定450项，行政处罚2项。（表格见附件）",
        "行政许可2022年处理决定数量450项，行政处罚2项，行政强制0项，行政事业性收费0万元。（表格见附件）",
    ],
)
def test_a_section_of_prose_lacks_its_table_and_nothing_else(sentence: str) -> None:
    made = sample(4)
    at = next(at for at, block in enumerate(made.blocks) if isinstance(block, Table))
    made.blocks[at] = Paragraph(sentence)
    assert told(checked(LAYOUTS["bars"](made))) == ["T001"]


BARE = [
    ("1 0 0 1 2 0 0 1 0 1 0 0 0 0 0", 2),
    ("1 | 0 | 0 | 1 | 2 | 0 | 0 | 1 | 0 | 1 | 0 | 0 | 0 | 0 | 0", 2),
    ("\n".join("100120010100000"), 2),
    ("100120010100000", 2),
    ("1 0 0 1 3 0 0 1 0 1 0 0 0 0 0", None),
    ("1 0 0 1 2 0 0 1 0 1 0 0 0 0", None),
]


@pytest.mark.parametrize(("figures", "total"), BARE)
def test_figures_without_their_header_are_said_to_stand_there(figures: str, total: int | None) -> None:
    """They are read where there are as many as the table has and every sum is right."""
    text = model_report("ogi-2021")
    head, rest = text.split("四、政府信息公开行政复议、行政诉讼情况\n")
    result = check(
        Document(
            "a.txt",
            "text",
            f"{head}四、政府信息公开行政复议、行政诉讼情况\n{figures}\n五、{rest.split('五、')[1]}",
        ),
        Settings(),
    )
    (finding,) = [each for each in result.findings if each.code in ("T001", "N004", "C002")]
    assert (finding.code, finding.actual) == ("T001", str(len(re.sub(r"\D", "", figures))))
    assert result.report is not None
    cell = result.report.cells.get("review_litigation.review.total")
    assert (cell and cell.value) == total


@pytest.mark.parametrize("unit", ["（元）", "（单位：元）", "(千元)"])
def test_money_in_another_unit_than_mandated(unit: str) -> None:
    text = model_report("ogi-2021").replace("行政事业性收费 |", f"行政事业性收费{unit} |")
    assert [code for code, _ in told_with_words(checked(text))] == ["T004"]
    right = model_report("ogi-2021").replace("行政事业性收费 |", "行政事业性收费（万元） |")
    assert told(checked(right)) == []


def told_with_words(result: Result) -> list[tuple[str, str | None]]:
    return [(each.code, each.actual) for each in result.findings if each.severity != "info"]


def test_a_groups_label_in_other_words_heads_a_markdown_table() -> None:
    made = sample(7)
    text = LAYOUTS["markdown"](made).replace("第二十条第（一）项", "第二十条（一）项")
    assert told_with_words(checked(text)) == [("T004", "第二十条(一)项")]


def barred(text: str) -> str:
    """The cells of each line on lines of their own, a bar on a line between."""
    lines = (line.replace(" | ", "\n|\n") for line in text.split("\n"))
    return "\n".join(f"{line}\n|" if "|" in line else line for line in lines).replace("|\n四、政", "四、政")


@pytest.mark.parametrize("lined", [LAYOUTS["one-cell-a-line"], lambda made: barred(LAYOUTS["bars"](made))])
@pytest.mark.parametrize("page", ["— 3 —", "-3-", "第 3 页 共 5 页"])
def test_a_pages_number_between_cells(page: str, lined: Callable[[Sample], str]) -> None:
    text = lined(sample(7))
    broken = text.replace("\n4.保护第三方", f"\n{page}\n4.保护第三方")
    assert page in broken
    assert told(checked(broken)) == told(checked(text)) == []


@pytest.mark.parametrize("inside", ["", "0\n"])
def test_a_bare_number_of_a_page_between_cells_a_line_each(inside: str) -> None:
    made = sample(7)
    text = LAYOUTS["one-cell-a-line"](made)
    label = "6.属于四类过程性信息\n"
    broken = replaced(text, f"{label}{inside}", f"{label}{inside}3\n", 1)
    (finding,) = [each for each in checked(broken).findings if each.code == "T003"]
    assert (finding.severity, finding.certainty, broken[slice(*(finding.span or (0, 0)))]) == (
        "info",
        "likely",
        "3",
    )
    assert read(checked(broken)) == made.cells


@pytest.mark.parametrize("extra", ["0", "03", "300", "1\n2"])
def test_a_value_too_many_that_is_no_pages_number(extra: str) -> None:
    text = LAYOUTS["one-cell-a-line"](sample(7))
    broken = replaced(text, "\n7.属于行政执法案卷", f"\n{extra}\n7.属于行政执法案卷", 1)
    assert told(checked(broken)) == ["T003"]


# Figures that are none


@pytest.mark.parametrize("written", ["1204,0", "12,40", "1'204", "l204", "5→1204", "1204k"])
@pytest.mark.parametrize("layout", ["bars", "tabs", "spaces", "one-cell-a-line", "markdown"])
def test_no_part_of_a_strange_figure_is_read_for_the_whole(layout: str, written: str) -> None:
    made = sample(3)
    rows = table(made, 0)
    row = next(row for row in rows if row[0] == "行政许可")
    row[1] = written
    result = checked(LAYOUTS[layout](made))
    assert set(told(result)) <= {"T003", "T006"}
    assert read(result) == made.cells | {"proactive.licensing.decisions": None}
    assert [finding.cells for finding in result.findings if finding.code in ("T003", "T006")] == [
        ("proactive.licensing.decisions",)
    ]
