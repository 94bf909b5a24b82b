"""What stands behind a label: which values, in which cells, where on the page, and what is none of them."""

from __future__ import annotations

import pytest

from govlint.parsing.notes import without_note
from govlint.parsing.row_values import Figures, read_gap

BEFORE = "（一）予以公开"


def told(gap: str, inside: bool) -> str:
    """Figures in brackets, with ``!`` for what is no count, ``_`` for a blank and ``+`` for an open end; words as they are.

    Every value is held to its place on the page.
    """
    text = BEFORE + gap + "（二）"
    shown = []
    for piece in read_gap(text, len(BEFORE), len(BEFORE) + len(gap), inside):
        if not isinstance(piece, Figures):
            shown.append(text[piece.start : piece.end])
            continue
        for part in piece.parts:
            assert text[part.span.start : part.span.end].startswith(part.text)
            assert not text[part.span.start : part.span.end][len(part.text) :].strip(" ()[]①含外文注1")
        values = [{"blank": "_"}.get(p.kind, p.text + "!" * (p.kind == "invalid")) for p in piece.parts]
        shown.append(f"[{' '.join(values)}]{'+' * piece.open_end}")
    return " ".join(shown)


@pytest.mark.parametrize(
    ("gap", "inside", "expected"),
    [
        (" 5 1 0 0 0 0 6\n", True, "[5 1 0 0 0 0 6]"),
        (" 157800111177\n", True, "[157800111177]"),
        ("|5|1|6|\n", True, "[5 1 6]+"),
        ("|5 | | - | / |6\n", True, "[5 _ _ _ 6]"),
        ("\x1f5\x1f\x1f6\n", True, "[5 _ 6]"),
        ("||5||6||\n", True, "[_ 5 _ 6 _]+"),
        ("\n5|\n1|\n|\n6|\n", True, "[5 1 _ 6]+"),
        ("5|\n\n1|\n||\n6|\n", True, "[5]+ [1]+ [6]+"),
        ("|1\n2|3\n4|\n", True, "[1] [2 3] [4]+"),
        ("|\n5|\n1||\n6||\n2|\n", True, "[5 1] [6] [2]+"),
        ("|12|\n|3|\n", False, "[12]+ [3]+"),
        ("|合计|5\n|---|---\n|1|2\n", False, "[合计! 5] [1 2]"),
        ("|甲|乙\n|1|2\n", False, "[甲! 乙!] [1 2]"),
        ("|1|\n|年度 | 数量|备注|\n|1|2|3|\n", False, "[1]+ 年度 数量 备注 [1 2 3]+"),
        ("|1,204|12.5|-3|+4|无|若干\n", True, "[1,204 12.5 -3! +4! 无! 若干!]"),
        (" 1,204 3,4 -5 12件 30万元 无 0\n", True, "[1,204 3 4 -5! 12件! 30万元! 无! 0]"),
        (" O x × 空 〇\n", True, "[O! x! ×! 空! 〇!]"),
        ("\n5\n件\n6\n", True, "[5] 件 [6]"),
        (" 行政许可 156\n", True, "行政许可 [156]"),
        ("|行政许可|156|\n", True, "行政许可 [156]+"),
        (" 12042024年\n", True, "[1204] 2024年"),
        (" 1'204 5→12 12O4 l20 30k 5G网 12①3 0\n", True, "[1'204! 5→12! 12O4! l20! 30k! 5G!] 网 [12 3 0]"),
        (" 123.其他", True, "[12] 3.其他"),
        (" 5-3 8\n", True, "[5 -3! 8]"),
        ("|1 (含外文)|2[注1]|3①\n", True, "[1 2 3]"),
        (" 5\n—3—\n6\n", True, "[5 6]"),
        ("| 5\n注：单位为件\n", False, "[5] 注：单位为件"),
        ("|5|1\n\n3\n注：数据不含\n", False, "[5 1] [3] 注：数据不含"),
        (" 3\n本表由办公室填报\n", False, "[3] 本表由办公室填报"),
        (" 5 [", False, "[5]"),
        ("％ 5%\n", True, "％ [5%!]"),
        (" \n\r", True, ""),
    ],
)
def test_what_stands_behind_a_label(gap: str, inside: bool, expected: str) -> None:
    assert told(gap, inside) == expected


def test_empty_lines_are_blanks_where_every_value_has_a_line() -> None:
    text = BEFORE + "\n5\n1\n0\n\n6\n"
    (figures,) = read_gap(text, len(BEFORE), len(text), True)
    assert isinstance(figures, Figures)
    assert [(part.text, part.span.start - len(BEFORE)) for part in figures.lines] == [
        ("5", 1), ("1", 3), ("0", 5), ("", 7), ("6", 8)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("gap", "left"),
    [
        ("5|\n3\n注：数据不含乡镇\n说明", "5|\n3"),
        ("5|\n\n3\n注释\n", "5|\n\n3"),
        ("5|\n3\n— 7 —\n", "5|\n3"),
        ("5|3|— 7 —", "5|3"),
        ("5|\n3\n4\n", "5|\n3\n4\n"),
        ("5|\n注：数据不含\n3", "5|\n注：数据不含\n3"),
        ("5|\n3\n件\n", "5|\n3\n件\n"),
        ("5|\n", "5|\n"),
        ("", ""),
    ],
)
def test_notes_behind_the_last_figure(gap: str, left: str) -> None:
    assert without_note(gap) == left
