"""Whether time grows with length alone: python benchmarks/growth.py [--least 20000] [--all]

Each pattern is repeated to a length and to four times that, in five places: alone, in prose, as paragraphs of prose, in a
cell of a table, in a page. CPU time four times as long is linear; what takes over six times is told (``--all``: everything).
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Mapping, Sequence

import govlint
from govlint.linting.examples import model_report

MODEL = model_report("ogi-2021")
PROSE = "二、主动公开政府信息情况"
CELL = "行政许可 | "
FACTOR, LINEAR = 4, 6.0
LEAST_SECONDS = 0.15
"""Less is the start of things, not growth."""
LABELS = (
    "规章", "行政规范性文件", "行政许可", "行政处罚", "行政强制", "行政事业性收费", "信息内容", "本年制发件数", "现行有效件数",
    "本年收费金额（单位：万元）", "申请人情况", "自然人", "法人或其他组织", "商业企业", "总计", "一、本年新收政府信息公开申请数量",
    "二、上年结转政府信息公开申请数量", "三、本年度办理结果", "（一）予以公开", "（三）不予公开", "1.属于国家秘密", "（七）总计",
    "四、结转下年度继续办理", "行政复议", "行政诉讼", "未经复议直接起诉", "结果维持", "尚未审结",
)  # fmt: skip
HEADINGS = (
    "一、总体情况", "二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况", "六、其他需要报告的事项", "一、", "（一）",
    "1.", "第一部分", "云溪县农业农村局2023年政府信息公开工作年度报告",
)  # fmt: skip
PHRASES = (
    "2023年", "2023年1月1日至12月31日", "收到申请5件，", "同比增长5%，", "占3%。", "截止", "截至2023年", "云溪县农业农村局", "根据《中华人民共和国政府信息公开条例》",
    "《", "》", "《》", "未收取信息处理费。", "13800138000 ", "11010519491231002X", "6222021234567890123 ", "机密★", "存在的问题", "下一步",
    "三是", "其中：", "件，其中", "上年结转", "不予公开", "国办发〔2021〕30号", "http://a.example/", "a@b.c ", "的", "进一步进一步",
)  # fmt: skip
MARKS = (
    *"，。、；：（）()|｜/-—·…“”\"'<>&;.%％〔〕[]{}=+*#\t\n\v\f\u3000\u200b 0９一〇-−",
    "()", "（）", "||", "| |", "|\n", "\n\n", "--", "-0", "0 ", "0\n", "0|", "1,", "1,234", "0.", ". ", "......", "……", "1.5", "一、\n", "| 0 ",
)  # fmt: skip
PATTERNS = tuple(dict.fromkeys((*LABELS, *HEADINGS, *PHRASES, *MARKS)))
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


def seconds(place: str, pattern: str, length: int) -> float:
    """CPU time of a check, the less of two."""
    name, text = PLACES[place]((pattern * (length // len(pattern) + 1))[:length])
    data = text.encode("utf-8", "replace")
    return min(_once(data, name) for _ in range(2))


def _once(data: bytes, name: str) -> float:
    begun = time.process_time()
    govlint.check(data, name=name, config=None)
    return time.process_time() - begun


def rows(least: int, everything: bool) -> Sequence[tuple[str, str, float, float]]:
    found = []
    for place in PLACES:
        for pattern in PATTERNS:
            short = seconds(place, pattern, least)
            long = seconds(place, pattern, least * FACTOR)
            if everything or (long > LEAST_SECONDS and long > LINEAR * short):
                found.append((place, pattern, short, long))
                print(
                    f"| {place} | `{pattern!r}` | {short:.3f} | {long:.3f} | {long / short:.1f} |", flush=True
                )
    return found


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--least", type=int, default=20_000, help="characters of the shorter")
    parser.add_argument("--all", action="store_true")
    given = parser.parse_args()
    print(
        f"{len(PATTERNS)} patterns, {len(PLACES)} places, {given.least} and {FACTOR * given.least} characters"
    )
    print("| place | pattern | s | s, four times as long | ratio |\n|---|---|---|---|---|", flush=True)
    return int(bool(rows(given.least, given.all)))


if __name__ == "__main__":
    sys.exit(main())
