"""What is asked of Python inside the page: each question is a function's name, its arguments as JSON, and files.

Nothing is held between questions but the rows of the table under way: the page may end this Python at any time.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any

from govlint import readers
from govlint.api import configure
from govlint.desk import pages, work
from govlint.desk.downloads import named
from govlint.desk.drawer import Draft
from govlint.desk.work import Paper, Row
from govlint.document import Words
from govlint.errors import UsageError
from govlint.outputs.page.markup import html

Answer = tuple[Any, bytes]
_STOPPED = Words(
    "检查此文件时被停止。文件可能已损坏或过于复杂，请重新保存后再检查。",
    "Checking this file was stopped. It may be damaged or too complex: save it anew and check again.",
)
_BUNDLES = {"xlsx": "excel", "pdf": "pdf"}
"""Readers to what must be loaded for them."""
_JSON = ("json", Words("下载数据（JSON）", "Download the data (JSON)"))
_rows: list[Row] = []


class _Held(Draft):
    """A draft of the page, whose addresses are places on it."""

    @property
    def where(self) -> str:
        return f"#draft/{self.identity}"

    @property
    def back(self) -> str:
        return f"#folder/{self.folder}" if self.folder else ""


def start() -> None:
    """Load rules and templates."""
    configuration = configure(config=None)
    work.use(configuration)
    configuration.settings(None).templates()


def answer(name: str, arguments: str, files: Iterable[Any]) -> tuple[str, bytes]:
    """The answer of a function as JSON, and bytes that belong to it; ``refused`` where something cannot be done."""
    asked: Mapping[str, Any] = json.loads(arguments)
    try:
        told, data = _ANSWERS[name](asked, [bytes(each) for each in files])
    except UsageError as error:
        told, data = {"refused": error.words.say(asked.get("lang", "zh"))}, b""
    return json.dumps(told, ensure_ascii=False), data


def _paper(asked: Mapping[str, Any], files: Sequence[bytes]) -> Paper:
    """``files``: the paper's own bytes, then those of last year's reports, which ``previous`` names."""
    previous = tuple(zip(asked.get("previous", ()), files[1:], strict=True))
    return Paper(asked["name"], files[0], previous, asked["lang"])


def _lost(asked: Mapping[str, Any]) -> Words | None:
    return _STOPPED if asked.get("stopped") else None


def _needs(asked: Mapping[str, Any], files: Sequence[bytes]) -> Answer:
    """Which bundles must be loaded before the files are read."""
    kinds = {
        readers.reader(data, name).__name__.rpartition(".")[2]
        for name, data in zip(asked["names"], files, strict=True)
    }
    return sorted(_BUNDLES[kind] for kind in kinds & set(_BUNDLES)), b""


def _look(asked: Mapping[str, Any], files: Sequence[bytes]) -> Answer:
    """The page of a paper. A report of last year that is none is left out, and that is said."""
    paper, lang, notice = (
        _paper(asked, files),
        asked["lang"],
        Words(*asked.get("notice") or ("", "")).say(asked["lang"]),
    )
    held = _Held(paper, asked["id"], asked.get("folder", ""), [b""] * asked["earlier"], asked["turn"])
    try:
        shown = work.look(paper, held.where, held.turn, _lost(asked))
    except UsageError as error:
        if not paper.previous:
            raise
        said = Words(
            f"上年的报告未采用。{error.words.zh}", f"Last year's report was left out. {error.words.en}"
        )
        told, _ = _look({**asked, "previous": [], "notice": list(said)}, files[:1])
        return {**told, "without": True}, b""
    parts = pages.result(held, shown, lang, notice, [_JSON])
    return {"title": shown.title, "html": html(*parts)}, b""


def _row(asked: Mapping[str, Any], files: Sequence[bytes]) -> Answer:
    """The table with one more row; ``at`` 0 begins it anew."""
    paper, at = _paper(asked, files), asked["at"]
    where = _Held(paper, asked["id"]).where
    try:
        made = work.in_table(paper, where, _lost(asked))
    except UsageError:  # last year's report is none: the paper's own page says so
        made = work.in_table(Paper(paper.name, paper.data, (), paper.lang), where, _lost(asked))
    _rows[at:] = [made]
    if not asked["shown"]:
        return {}, b""
    parts = pages.overview(_rows, asked["total"], asked["lang"], asked["notice"])
    if len(_rows) == asked["total"]:
        parts.append(work.sums([each.filed for each in _rows if each.filed], asked["lang"]))
    return {"html": html(*parts)}, b""


def _accept(asked: Mapping[str, Any], files: Sequence[bytes]) -> Answer:
    number = int(asked["number"])
    data = work.accepted(_paper(asked, files), number)
    return list(Words(f"第 {number} 条已改在副本中。", f"Finding {number} was put right in the copy.")), data


def _fix(asked: Mapping[str, Any], files: Sequence[bytes]) -> Answer:
    data, count = work.put_right(_paper(asked, files))
    return list(Words(f"已在副本中改正 {count} 处。", f"{count} were put right in the copy.")), data


def _annotated(asked: Mapping[str, Any], files: Sequence[bytes]) -> Answer:
    suffix, data = work.annotated(_paper(asked, files))
    return named(asked["name"], "annotated", suffix, asked["lang"]), data


def _corrected(asked: Mapping[str, Any], files: Sequence[bytes]) -> Answer:
    return named(asked["name"], "corrected", PurePosixPath(asked["name"]).suffix, asked["lang"]), files[0]


def _page(asked: Mapping[str, Any], files: Sequence[bytes]) -> Answer:
    text = work.as_page(_paper(asked, files))
    return named(asked["name"], "page", ".html", asked["lang"]), text.encode("utf-8", "surrogatepass")


def _json(asked: Mapping[str, Any], files: Sequence[bytes]) -> Answer:
    text = work.as_json(_paper(asked, files))
    return named(asked["name"], "page", ".json", asked["lang"]), text.encode("utf-8", "surrogatepass")


_ANSWERS: Mapping[str, Callable[[Mapping[str, Any], Sequence[bytes]], Answer]] = {
    "needs": _needs,
    "look": _look,
    "row": _row,
    "accept": _accept,
    "fix": _fix,
    "annotated": _annotated,
    "corrected": _corrected,
    "page": _page,
    "json": _json,
}
