"""Inputs to attack with: bytes, parts and words of files that are right, each changed in ways that shrink."""

from __future__ import annotations

import io
import json
import random
import re
import zipfile
from collections.abc import Callable, Sequence
from functools import cache

from hypothesis import strategies as st
from making import office, pages
from making.corpus import LAYOUTS, sample

from govlint.folders import GRAMMARS
from govlint.linting.examples import model_report

Change = tuple[str, int, int, bytes]
"""What is done, where (of 65,536), over how many pieces, and what is put there."""
_MOST = 6
_MARKS = "，。、；：（）()|｜/-—－·…“”\"'<>&;:.%％﹪〔〕[]{}=+*#\t\n\r\v\f\x00\x85\u2028\u200b\u200e\ufeff\ufffe\ud800𠮷"
_WORDS = (
    "一、总体情况", "二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况", "六、其他需要报告的事项",
    "规章", "行政许可", "（一）予以公开", "（七）总计", "一、本年新收政府信息公开申请数量", "自然人", "总计", "结果维持",
    "本年收费金额（单位：万元）", "2024年", "2023年1月1日", "截止", "收到申请", "件", "同比增长", "占", "%", "0", "1", "9" * 30,
    "１２", "三", "〇", "-1", "1.5", "1,234", "无", "／", "<!-- govlint: ignore T006 -->", "<!-- govlint:",
    "云溪县农业农村局", "政府信息公开工作年度报告", "13800138000", "机密", "11010519491231002X",
)  # fmt: skip
_MARKUP = (
    "<table>", "</table>", "<tr>", "</tr>", "<td>", "</td>", '<td colspan="7" rowspan="3">', "<p>", "</p>", "<div hidden>",
    "<!-- govlint: ignore N003 x -->", "<!--", "-->", "<script>", "</script>", "<style>p{display:none}</style>", "&#12;", "&lt;",
    "<iframe src=x>", "<img src=x>", "<![CDATA[", "]]>", "<?xml version='1.0'?>", "<!DOCTYPE x [<!ENTITY a 'b'>]>", "&a;",
    "<w:p>", "</w:p>", "<w:tbl>", "<w:vMerge/>", "<w:vanish/>", "<w:br/>", '<w:gridSpan w:val="999999"/>', "<w:del>", "<w:fldChar/>",
)  # fmt: skip


def payloads(words: Sequence[str] = _WORDS) -> st.SearchStrategy[bytes]:
    texts = st.one_of(st.sampled_from(words), st.sampled_from(_MARKS), st.integers().map(str))
    return st.one_of(texts.map(lambda text: text.encode("utf-8", "surrogatepass")), st.binary(max_size=6))


def changes(words: Sequence[str] = _WORDS) -> st.SearchStrategy[list[Change]]:
    kinds = st.sampled_from(["drop", "put", "instead", "twice", "swap", "cut"])
    change = st.tuples(kinds, st.integers(0, 65_535), st.integers(1, 40), payloads(words))
    return st.lists(change, max_size=_MOST)


def changed(pieces: Sequence[bytes], todo: Sequence[Change]) -> bytes:
    """Pieces after some changes, joined again."""
    now = list(pieces)
    for kind, where, length, what in todo:
        at = where * len(now) // 65_536
        part = now[at : at + length]
        match kind:
            case "drop":
                del now[at : at + length]
            case "put":
                now.insert(at, what)
            case "instead":
                now[at : at + 1] = [what]
            case "twice":
                now[at:at] = part
            case "swap":
                del now[at : at + length]
                now[len(now) // 2 : len(now) // 2] = part
            case "cut":
                del now[at:]
    return b"".join(now)


def by_byte(data: bytes) -> list[bytes]:
    return [data[at : at + 1] for at in range(len(data))]


def by_word(data: bytes) -> list[bytes]:
    """Labels, numbers, marks."""
    return re.findall(rb"\d+|[\x80-\xff]+|\s|[^\d\s\x80-\xff]+", data)


def by_line(data: bytes) -> list[bytes]:
    return data.splitlines(keepends=True)


def by_tag(data: bytes) -> list[bytes]:
    return re.findall(rb"<[^>]*>|[^<]+|<", data)


def mutated(
    seeds: Callable[[], Sequence[bytes]], *ways: Callable[[bytes], list[bytes]], words: Sequence[str] = _WORDS
) -> st.SearchStrategy[bytes]:
    """A seed, taken to pieces in one way and changed."""
    return st.deferred(
        lambda: st.builds(
            lambda seed, way, todo: changed(way(seed), todo),
            st.sampled_from(seeds()),
            st.sampled_from(ways),
            changes(words),
        )
    )


def packed(seeds: Callable[[], Sequence[bytes]]) -> st.SearchStrategy[bytes]:
    """A package one part of which is changed by tags, or dropped, and then the bytes of the whole."""

    def build(seed: bytes, which: int, todo: list[Change], whole: list[Change]) -> bytes:
        with zipfile.ZipFile(io.BytesIO(seed)) as package:
            parts = {name: package.read(name) for name in package.namelist()}
        name = sorted(parts, key=lambda each: (-len(parts[each]), each))[which % len(parts)]
        parts[name] = changed(by_tag(parts[name]), todo)
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
            for each, content in parts.items():
                if content:
                    package.writestr(each, content)
        return changed(by_byte(out.getvalue()), whole) if whole else out.getvalue()

    few = st.one_of(st.just([]), st.just([]), st.just([]), changes())
    words = (*_WORDS, *_MARKUP)
    return st.deferred(
        lambda: st.builds(build, st.sampled_from(seeds()), st.integers(0, 20), changes(words), few)
    )


@cache
def texts() -> Sequence[bytes]:
    made = [LAYOUTS[name](sample(at)).encode() for at, name in enumerate(LAYOUTS)]
    return [*made, *(model_report(name).encode() for name in ("ogi-2021", "ogi-2019", "website-annual"))]


@cache
def webs() -> Sequence[bytes]:
    made = [
        make(sample(at))
        for at, make in enumerate((pages.cms, pages.old, pages.word, pages.lines, pages.one_table))
    ]
    return [page.encode() for page in made]


@cache
def words_files() -> Sequence[bytes]:
    return [office.saved(office.word(sample(at), style)) for at, style in enumerate(office.STYLES)]


@cache
def books() -> Sequence[bytes]:
    return [
        office.saved_book(office.excel(sample(at), sheets, True)) for at, sheets in enumerate((False, True))
    ]


@cache
def open_documents() -> Sequence[bytes]:
    """OpenDocument text as small as it can be."""
    rows = "".join(f"<text:p>{line}</text:p>" for line in model_report("ogi-2021").splitlines())
    rows += "<table:table><table:table-row><table:table-cell><text:p>规章</text:p></table:table-cell></table:table-row></table:table>"
    names = "urn:oasis:names:tc:opendocument:xmlns"
    content = (
        f'<office:document-content xmlns:office="{names}:office:1.0" xmlns:text="{names}:text:1.0" '
        f'xmlns:table="{names}:table:1.0"><office:body><office:text>{rows}</office:text></office:body></office:document-content>'
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        package.writestr("content.xml", content)
    return [out.getvalue()]


@cache
def prints() -> Sequence[bytes]:
    """PDF of a few lines, with its cross-reference table."""
    lines = b" ".join(b"(%d) Tj 0 -14 Td" % random.Random(at).randrange(10**6) for at in range(9))
    stream = b"BT /F1 12 Tf 40 700 Td " + lines + b" ET"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % (at, each) for at, each in enumerate(objects, 1))
    return [b"%PDF-1.4\n" + body + b"trailer<</Root 1 0 R/Size 6>>\n%%EOF\n"]


SETTINGS = """extend = "base.toml"
select = ["N003", "T"]
extend-select = ["D"]
unfixable = ["W"]
docs-url = "https://a.example/{code}"
rule-folders = ["rules"]
agencies = "agencies.csv"
[severity]
T005 = "error"
[per-path-ignores]
"a/**" = ["S"]
[limits]
size = "50MB"
characters = 500000
[deadlines]
department = "01-31"
"""
CSV = "name,kind,level,aliases,parent\n云溪护林站,department,county,护林站；云溪站,云溪县人民政府\n云溪县人民政府,government,county,,\n"
TOML = (
    '[[agency]]\nname = "云溪护林站"\nkind = "department"\naliases = ["护林站"]\nparent = "云溪县人民政府"\n'
)
BASELINE = (
    '{"baseline": 1, "documents": {"a.txt": [{"code": "C001", "cells": ["applications.granted.total"], '
    '"message": "x", "fingerprint": "4d86eb094f5dd7f4"}]}}'
)
_KEYS = (
    "[",
    "]",
    "{",
    "}",
    "=",
    '"',
    "'",
    "#",
    ",",
    "\n",
    "1e999",
    "-0",
    "inf",
    "1979-05-27",
    "[[a]]",
    "\\u0000",
    "**",
    "[z-a]",
)


def of(text: str) -> st.SearchStrategy[bytes]:
    words = (*_KEYS, *_WORDS)
    return mutated(lambda: [text.encode()], by_byte, by_word, by_line, words=words)


def _asked() -> st.SearchStrategy[bytes]:
    text = st.one_of(mutated(texts, by_word, by_line), tokens()).map(
        lambda data: data.decode("utf-8", "replace")
    )
    position = st.one_of(st.integers(0, 300), st.just(2**31 - 1))
    asked = st.lists(st.lists(position, min_size=4, max_size=4), max_size=6)
    return st.builds(lambda text, asked: json.dumps({"text": text, "asked": asked}).encode(), text, asked)


def tokens() -> st.SearchStrategy[bytes]:
    """Words and marks of reports in any order."""
    one = st.one_of(st.sampled_from(_WORDS), st.sampled_from(_MARKS), st.integers(0, 10**6).map(str))
    return st.lists(one, max_size=60).map(lambda parts: "".join(parts).encode("utf-8", "surrogatepass"))


def _grammars() -> Sequence[bytes]:
    return [path.read_bytes() for path in sorted(GRAMMARS.glob("*.lark"))]


_TEXT = st.one_of(st.binary(max_size=200), tokens(), mutated(texts, by_byte, by_word, by_line))
_WEB = st.one_of(mutated(webs, by_tag, by_tag, by_byte, words=(*_WORDS, *_MARKUP)), tokens())


def mail(page: bytes) -> bytes:
    """A saved page, always with the same boundary."""
    head = b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n--b\r\n'
    part = b"Content-Type: text/html; charset=utf-8\r\nContent-Location: http://a.example/\r\n"
    return head + part + b"Content-Transfer-Encoding: 8bit\r\n\r\n" + page + b"\r\n--b--\r\n"


INPUTS: dict[str, st.SearchStrategy[bytes]] = {
    "txt": _TEXT,
    "md": _TEXT,
    "html": _WEB,
    "mht": st.one_of(_WEB.map(mail), mutated(lambda: [mail(page) for page in webs()], by_byte, by_line)),
    "docx": packed(words_files),
    "xlsx": packed(books),
    "odt": packed(open_documents),
    "pdf": mutated(prints, by_byte, by_word, by_line),
    "rtf": mutated(lambda: [rb"{\rtf1\ansi\pict\bin5 abcde{\*\x y}\u1234?\'b0 \par 1}"], by_byte, by_word),
    "settings": of(SETTINGS),
    "pyproject": of("[tool.govlint]\n" + re.sub(r"(?m)^\[", "[tool.govlint.", SETTINGS)),
    "register": of(CSV),
    "register-toml": of(TOML),
    "baseline": of(BASELINE),
    "template": mutated(_grammars, by_line, by_word),
    "server": _asked(),
}
