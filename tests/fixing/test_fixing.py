"""Corrections applied to files: what is changed, what is left alone, and what is only shown."""

from __future__ import annotations

import codecs
import os
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making.corpus import LAYOUTS, Paragraph, sample
from making.office import excel, saved, saved_book, word
from making.pages import cms

from govlint.cli.commands import main
from govlint.document import Document, Edit, Origin, Span, Unreadable
from govlint.fixing.diff import unified
from govlint.fixing.fixes import chosen, fix, fixable
from govlint.linting import registry
from govlint.linting.examples import apply_example, model_report
from govlint.linting.linter import check_bytes
from govlint.linting.settings import Settings
from govlint.readers import text
from govlint.result import Result
from govlint.rule import Finding, Suggestion
from govlint.text.encoding import decode, wide_encoding

MODEL = model_report("ogi-2021")
MISSPELT = MODEL.replace("按月检查。", "按月检查，，截止2022年12月31日末收到投诉。")
RIGHT = MODEL.replace("按月检查。", "按月检查，截至2022年12月31日未收到投诉。")
WRONG_SUM = MODEL.replace(
    "一、本年新收政府信息公开申请数量 | 10 |", "一、本年新收政府信息公开申请数量 | 11 |"
)

ENCODINGS = {
    "utf-8": (b"", "utf-8"),
    "utf-8 with BOM": (codecs.BOM_UTF8, "utf-8"),
    "gb18030": (b"", "gb18030"),
    "utf-16-le": (b"", "utf-16-le"),
    "utf-16 with BOM": (codecs.BOM_UTF16_LE, "utf-16-le"),
    "utf-16-be with BOM": (codecs.BOM_UTF16_BE, "utf-16-be"),
}


def check(data: bytes, path: str) -> Result:
    return check_bytes(data, path, Settings())


# Files


@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_unseen_characters_within_figures_stay(tmp_path: Path, newline: str) -> None:
    path = tmp_path / "report.txt"
    unseen = "\u200b\u2060"
    text = MISSPELT.replace("2022年", f"2{unseen}022年", 1) + f"附：3{unseen}0页，，完"
    path.write_bytes(text.replace("\n", newline).encode())
    main(["check", "--fix", "--quiet", str(path)])
    fixed = text.replace("按月检查，，截止", "按月检查，截至").replace("，，完", "，完")
    assert path.read_bytes().decode() == fixed.replace("末收到", "未收到").replace("\n", newline)


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("name", ["report.txt", "report.md"])
def test_the_rest_of_a_file_stays_as_it_is(tmp_path: Path, encoding: str, newline: str, name: str) -> None:
    bom, codec = ENCODINGS[encoding]
    path = tmp_path / name
    path.write_bytes(bom + MISSPELT.replace("\n", newline).encode(codec))
    assert main(["check", str(path), "--fix"]) == 0
    assert path.read_bytes() == bom + RIGHT.replace("\n", newline).encode(codec)


def test_what_a_comment_sets_aside_is_left_alone_and_so_is_the_comment(tmp_path: Path) -> None:
    path = tmp_path / "report.md"
    comment = "<!-- govlint: ignore W 原文如此 -->"
    text = MISSPELT.replace("末收到投诉。", f"末收到投诉。{comment}") + "\n公众可登陆县政府网站查阅。\n"
    path.write_text(text, "utf-8")
    main(["check", str(path), "--fix"])
    assert path.read_text("utf-8") == text.replace("登陆", "登录")


def test_mixed_line_ends_stay_mixed(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    lines = [line + ("\r\n", "\n", "\r")[at % 3] for at, line in enumerate(MISSPELT.split("\n"))]
    right = [line + ("\r\n", "\n", "\r")[at % 3] for at, line in enumerate(RIGHT.split("\n"))]
    path.write_bytes("".join(lines).encode())
    main(["check", str(path), "--fix"])
    assert path.read_bytes() == "".join(right).encode()


def test_a_fixed_file_is_not_written_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "report.txt"
    path.write_text(MISSPELT, encoding="utf-8")
    main(["check", str(path), "--fix"])
    fixed = path.stat()
    assert "3" in capsys.readouterr().err
    main(["check", str(path), "--fix"])
    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (fixed.st_ino, fixed.st_mtime_ns)


def test_mode_and_link_stay(tmp_path: Path) -> None:
    path, link = tmp_path / "report.txt", tmp_path / "link.txt"
    path.write_text(MISSPELT, encoding="utf-8")
    path.chmod(0o640)
    link.symlink_to(path)
    main(["check", str(link), "--fix"])
    assert link.is_symlink()
    assert path.read_text("utf-8") == RIGHT
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert sorted(os.listdir(tmp_path)) == ["link.txt", "report.txt"]


def test_figures_are_changed_only_when_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_text(WRONG_SUM, encoding="utf-8")
    assert main(["check", str(path), "--fix"]) == 1
    assert path.read_text("utf-8") == WRONG_SUM
    assert main(["check", str(path), "--fix", "--unsafe-fixes"]) == 0
    assert path.read_text("utf-8") == MODEL


@pytest.mark.parametrize(("text_", "status"), [(MISSPELT, 0), (WRONG_SUM, 1), (MODEL, 0)])
def test_diff_writes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text_: str, status: int
) -> None:
    path = tmp_path / "report.txt"
    path.write_text(text_, encoding="utf-8")
    assert main(["check", str(path), "--fix", "--unsafe-fixes", "--diff"]) == status
    assert path.read_text("utf-8") == text_
    out = capsys.readouterr().out.split("\n")
    removed = [line[1:] for line in out if line.startswith("-") and not line.startswith("---")]
    added = [line[1:] for line in out if line.startswith("+") and not line.startswith("+++")]
    assert set(removed) == set(text_.split("\n")) - set((RIGHT if text_ == MISSPELT else MODEL).split("\n"))
    assert len(added) == len(removed) == (text_ != MODEL)


def test_standard_input_can_only_be_shown(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Standard:
        class buffer:  # noqa: N801
            read = staticmethod(lambda size: MISSPELT.encode())

    monkeypatch.setattr("sys.stdin", Standard)
    assert main(["check", "-", "--fix"]) == 2
    assert capsys.readouterr().out == ""
    assert main(["check", "-", "--diff"]) == 0
    assert "截至2022年" in capsys.readouterr().out


def test_what_cannot_be_read_is_reported_and_the_others_are_fixed(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(bytes(range(32)) * 40)
    (tmp_path / "b.txt").write_text(MISSPELT, encoding="utf-8")
    assert main(["check", str(tmp_path), "--fix"]) == 3
    assert (tmp_path / "b.txt").read_text("utf-8") == RIGHT
    assert main(["check", str(tmp_path / "a.txt"), "--diff"]) == 3


# The engine


@pytest.mark.parametrize("layout", LAYOUTS)
def test_safe_fixes_leave_the_figures_alone(layout: str) -> None:
    made = sample(7)
    wrong = LAYOUTS[layout](made).replace("，", ",").replace("本年度", "本年渡")
    done = fix(wrong.encode(), "report.txt", check)
    assert done.count
    assert done.first.report is not None
    assert done.last.report is not None
    values = {address: cell.value for address, cell in done.first.report.cells.items()}
    assert {address: cell.value for address, cell in done.last.report.cells.items()} == values
    assert fix(done.data, "report.txt", check).count == 0


EDITED = [
    pytest.param(rule.code, apply_example(example), id=f"{rule.code}-{number}")
    for rule in registry.all_rules()
    for number, example in enumerate(rule.bad, 1)
    if example.template == "ogi-2021"
]


@pytest.mark.parametrize(("code", "wrong"), EDITED)
def test_every_exact_correction_removes_its_finding(code: str, wrong: str) -> None:
    """Applied with all that are offered; and fixing twice changes nothing."""
    done = fix(wrong.encode(), "report.txt", check, unsafe=True)
    offered = chosen([finding for finding in done.first.findings if finding.code == code], unsafe=True)
    if offered:
        assert code not in {finding.code for finding in done.last.findings}
    again = fix(done.data, "report.txt", check, unsafe=True)
    assert (again.data, again.count) == (done.data, 0)


def finding(*edits: tuple[int, int, str], safe: bool = True, certain: bool = True) -> Finding:
    return registry.named("W002").finding(
        None,
        message=registry.named("W002").title,
        suggestion=Suggestion(edits=tuple(Edit(Span(start, end), text, safe) for start, end, text in edits)),
        certainty="certain" if certain else "likely",
    )


@pytest.mark.parametrize(
    ("findings", "unsafe", "expected"),
    [
        ([finding((0, 2, "a")), finding((1, 3, "b"))], False, [0]),
        ([finding((0, 2, "a")), finding((2, 3, "b"))], False, [0, 1]),
        ([finding((5, 6, "a")), finding((1, 2, "b"), (5, 7, "c")), finding((1, 2, "d"))], False, [0, 2]),
        ([finding((3, 3, "a")), finding((3, 3, "b"))], False, [0]),
        ([finding((0, 1, "a"), safe=False), finding((0, 1, "b"))], False, [1]),
        ([finding((0, 1, "a"), safe=False), finding((0, 1, "b"))], True, [0]),
        ([finding((0, 1, "a"), certain=False)], True, []),
    ],
)
def test_edits_that_overlap_wait(findings: list[Finding], unsafe: bool, expected: list[int]) -> None:
    kept = [findings[index].suggestion for index in expected]
    assert chosen(findings, unsafe) == [suggestion.edits for suggestion in kept if suggestion]


def test_corrections_that_undo_each_other_leave_the_file_alone() -> None:
    def swinging(data: bytes, path: str) -> Result:
        letter = data.decode()
        return Result(
            path,
            document=Document(path, "text", letter),
            findings=[finding((0, 1, {"a": "b", "b": "a"}[letter]))],
        )

    done = fix(b"a", "report.txt", swinging)
    assert (done.data, done.count) == (b"a", 0)
    assert done.left


def test_a_format_without_rewriting_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(text, "rewrite")
    done = fix(MISSPELT.encode(), "report.txt", check)
    assert (done.data, done.count) == (MISSPELT.encode(), 0)
    assert done.left


def test_a_correction_of_which_a_part_has_no_place_is_left_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    """A number moved between two columns is not put right in one of them."""
    real = text.rewrite

    def lame(data: bytes, path: str, edits: list[Edit]) -> tuple[bytes, list[Edit]]:
        lost = [edit for edit in edits if edit.text == "x"]
        return real(data, path, [edit for edit in edits if edit not in lost])[0], lost

    def once(data: bytes, path: str) -> Result:
        findings = [finding((0, 1, "y"), (2, 3, "x")), finding((1, 2, "z"))] if data == b"abc" else []
        return Result(path, document=Document(path, "text", data.decode()), findings=findings)

    monkeypatch.setattr(text, "rewrite", lame)
    assert fix(b"abc", "report.txt", once).data == b"azc"


def test_a_diff_says_where_a_format_without_lines_is_changed() -> None:
    origins = [(0, Origin(paragraph=1)), (2, Origin(table=2, row=3, column=1)), (4, Origin(paragraph=4))]
    before = Document("r.docx", "docx", "a\nb\tc\nd", origins=origins)
    after = Document("r.docx", "docx", "a\nx\tc\nd", origins=origins)
    lines = list(unified(before, after, "r.docx", "en"))
    assert lines[2:] == [
        "@@ -1,3 +1,3 @@ table 2, row 3, column 1",
        " a",
        "-b\tc",
        "+x\tc",
        " d",
        "\\ No newline at end of file",
    ]


def test_a_diff_of_another_number_of_lines() -> None:
    before, after = Document("r", "text", "a\nb\nc\n"), Document("r", "text", "a\nc\n")
    assert list(unified(before, after, "r"))[2:] == ["@@ -1,3 +1,2 @@", " a", "-b", " c"]


# Rewriting


WRITTEN = st.text(
    st.sampled_from("一二三，。（)ab１9 \n\r\t\ufeff\u3000😀é")
    | st.characters(exclude_categories=["Cs", "Cc"]),
    min_size=1,
    max_size=60,
)


@given(WRITTEN, st.sampled_from(sorted(ENCODINGS)), st.data())
def test_rewriting_and_undoing_gives_the_same_bytes(raw: str, encoding: str, data: st.DataObject) -> None:
    bom, codec = ENCODINGS[encoding]
    before = bom + ("政府信息公开" * 20 + raw).encode(codec)
    try:
        if decode(before).text != "政府信息公开" * 20 + raw:
            return  # read in another encoding, where no byte order mark says which
    except Unreadable:
        return  # or taken for no text at all
    document = text.read(before, "report.txt")
    marks = sorted(data.draw(st.lists(st.integers(100, len(document.text)), max_size=6)))
    spans = [Span(start, end) for start, end in zip(marks[::2], marks[1::2], strict=False)]
    spans = [span for span in dict.fromkeys(spans) if "\n" not in document.text[span.start : span.end]]
    news = data.draw(st.lists(st.sampled_from(["", "截至", "0", "（"]), min_size=3, max_size=3))
    edits = [Edit(span, new) for span, new in zip(spans, news, strict=False)]
    after, lost = text.rewrite(before, "report.txt", edits)
    assert lost == []
    expected, shift, back = document.text, 0, []
    for edit in edits:
        start = edit.span.start + shift
        old = document.text[edit.span.start : edit.span.end]
        expected = expected[:start] + edit.text + expected[start + len(old) :]
        back.append(Edit(Span(start, start + len(edit.text)), old))
        shift += len(edit.text) - len(old)
    if not bom and codec.startswith("utf-16") and wide_encoding(after) != codec:
        return  # so little text is left that nothing tells its encoding
    assert text.read(after, "report.txt").text == expected
    assert text.rewrite(after, "report.txt", back) == (before, [])


@pytest.mark.parametrize(
    ("data", "edits"),
    [
        pytest.param("截止".encode() + b"\xff\xfe\xfa", [(0, 2, "截至")], id="bytes that are no text"),
        pytest.param("截止".encode(), [(0, 2, "\ud800")], id="not encodable"),
        pytest.param("截止".encode(), [(1, 9, "至")], id="beyond the end"),
    ],
)
def test_what_cannot_be_placed_is_given_back(data: bytes, edits: list[tuple[int, int, str]]) -> None:
    given_ = [Edit(Span(start, end), new) for start, end, new in edits]
    assert text.rewrite(data, "report.txt", given_) == (data, given_)


def test_of_edits_that_overlap_the_first_is_placed() -> None:
    edits = [Edit(Span(1, 3), "x"), Edit(Span(0, 2), "y")]
    assert text.rewrite(b"abcd", "report.txt", edits) == (b"ycd", [edits[0]])


@pytest.mark.parametrize("suffix", [".txt", ".md", ".docx", ".html", ".xlsx"])
def test_what_is_offered_is_what_is_done(tmp_path: Path, suffix: str) -> None:
    """The hint counts the corrections of a first round, for formats that can be written alone."""
    made = sample(4)
    for block in made.blocks:
        if isinstance(block, Paragraph):
            made.blocks[made.blocks.index(block)] = Paragraph(f"{block.text}截止{made.year}年12月31日，，")
            break
    data = {
        ".docx": lambda: saved(word(made)),
        ".html": lambda: cms(made).encode(),
        ".xlsx": lambda: saved_book(excel(made, prose=True)),
    }.get(suffix, lambda: LAYOUTS["markdown"](made).encode())()
    name = f"a{suffix}"
    result = check_bytes(data, name, Settings())
    assert {"W002", "W004"} <= {finding.code for finding in result.findings}
    offered = fixable(result)
    done = fix(data, name, lambda each, path: check_bytes(each, path, Settings()))
    assert offered.safe == done.count == (0 if suffix == ".xlsx" else 2)


@pytest.mark.parametrize(("name", "offered"), [("a.txt", "另有1处"), ("a.docx", "另有1处"), ("a.xlsx", "")])
def test_unsafe_fixes_are_offered_where_they_can_be_made(
    name: str, offered: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = sample(3)
    row = next(
        row
        for block in made.blocks
        if hasattr(block, "rows")
        for row in block.rows
        if "一、本年新收" in row[0]
    )
    row[-1] = str(int(row[-1]) + 2)
    written = {
        "a.txt": lambda: LAYOUTS["bars"](made).encode(),
        "a.docx": lambda: saved(word(made)),
        "a.xlsx": lambda: saved_book(excel(made, prose=True)),
    }
    path = tmp_path / name
    path.write_bytes(written[name]())
    assert main(["check", str(path), "--fix"]) == 1
    said = capsys.readouterr().err
    assert ("--unsafe-fixes" in said) == bool(offered)
    assert offered in said
