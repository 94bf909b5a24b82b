"""Whether time grows with length alone: python benchmarks/growth.py [--least 10000] [--all]

Each piece of text is repeated to a length and to four times that, in five places: alone, in prose, as paragraphs of prose,
in a cell of a table, in a page. CPU time four times as long is linear; what takes over six times is told (``--all``:
everything). The pieces are the labels of the template, the examples of all patterns of the code, and what else was thought of.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT)]

from making.patterns import examples  # noqa: E402

import govlint  # noqa: E402
from govlint.linting.examples import model_report  # noqa: E402
from govlint.template.loader import load  # noqa: E402

MODEL = model_report("ogi-2021")
PROSE = "二、主动公开政府信息情况"
CELL = "行政许可 | "
FACTOR, LINEAR = 4, 6.0
LEAST_SECONDS = 0.15
"""Less is the start of things, not growth."""
LABELS = tuple(dict.fromkeys(mark.label for mark in load("ogi-2021").landmarks))
PHRASES = (
    "2023年", "2023年1月1日至12月31日", "收到申请5件，", "同比增长5%，", "占3%。", "截止", "截至2023年", "云溪县农业农村局", "根据《中华人民共和国政府信息公开条例》",
    "《", "》", "《》", "未收取信息处理费。", "13800138000 ", "11010519491231002X", "6222021234567890123 ", "机密★", "存在的问题", "下一步",
    "三是", "其中：", "件，其中", "上年结转", "不予公开", "国办发〔2021〕30号", "http://a.example/", "a@b.c ", "的", "进一步进一步",
)  # fmt: skip
MARKS = (
    *"，。、；：（）()|｜/-—·…“”\"'<>&;.%％〔〕[]{}=+*#\t\n\v\f\u3000\u200b 0９一〇-−",
    "()", "（）", "||", "| |", "|\n", "\n\n", "--", "-0", "0 ", "0\n", "0|", "1,", "1,234", "0.", ". ", "......", "……", "1.5", "一、\n", "| 0 ",
    "一、", "（一）", "①", "第一部分", "Part 1 ",
)  # fmt: skip
PATTERNS = tuple(dict.fromkeys((*LABELS, *PHRASES, *MARKS, *examples())))
PLACES: Mapping[str, Callable[[str], tuple[str, str]]] = {
    "alone": lambda text: ("a.txt", text),
    "prose": lambda text: ("a.txt", MODEL.replace(PROSE, f"{text}\n{PROSE}", 1)),
    "paragraphs": lambda text: ("a.txt", MODEL.replace(PROSE, f"{_lines(text)}\n{PROSE}", 1)),
    "cell": lambda text: ("a.txt", MODEL.replace(CELL, f"{CELL}{text}", 1)),
    "page": lambda text: (
        "a.html",
        f"<html><body><p>{text}</p><table><tr><td>{text}</td></tr></table></body></html>",
    ),
}


def _lines(text: str) -> str:
    return "\n".join(text[at : at + 60] for at in range(0, len(text), 60))


def seconds(place: str, pattern: str, length: int, times: int = 1) -> float:
    """CPU time of a check, the least of so many."""
    name, text = PLACES[place]((pattern * (length // len(pattern) + 1))[:length])
    data = text.encode("utf-8", "replace")
    return min(_once(data, name) for _ in range(times))


def _once(data: bytes, name: str) -> float:
    begun = time.process_time()
    govlint.check(data, name=name, config=None)
    return time.process_time() - begun


def rows(least: int, everything: bool) -> Sequence[tuple[str, str, float, float]]:
    found = []
    for place in PLACES:
        for pattern in PATTERNS:
            short, long = (seconds(place, pattern, length) for length in (least, least * FACTOR))
            if _grows(short, long):  # or was disturbed
                short, long = (seconds(place, pattern, length, 3) for length in (least, least * FACTOR))
            if everything or _grows(short, long):
                found.append((place, pattern, short, long))
                print(
                    f"| {place} | `{pattern!r}` | {short:.3f} | {long:.3f} | {long / short:.1f} |", flush=True
                )
    return found


def _grows(short: float, long: float) -> bool:
    return long > LEAST_SECONDS and long > LINEAR * short


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--least", type=int, default=10_000, help="characters of the shorter")
    parser.add_argument("--all", action="store_true")
    given = parser.parse_args()
    print(
        f"{len(PATTERNS)} patterns, {len(PLACES)} places, {given.least} and {FACTOR * given.least} characters"
    )
    print("| place | pattern | s | s, four times as long | ratio |\n|---|---|---|---|---|", flush=True)
    return int(bool(rows(given.least, given.all)))


if __name__ == "__main__":
    sys.exit(main())
