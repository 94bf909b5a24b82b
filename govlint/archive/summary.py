"""What a store comes to, on one screen: verdicts, rules, agencies, what could not be read, and what to do next."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from govlint.archive.store import Store
from govlint.document import Words
from govlint.linting.registry import all_rules
from govlint.outputs.parts.counts import SEVERITY
from govlint.outputs.parts.terminal import Pen, Piece
from govlint.result import EXIT_FAULT, EXIT_FINDINGS, EXIT_INCOMPLETE, EXIT_PASS

_ROWS = 8
"""Rules and agencies that are named."""


class Summary(Struct, frozen=True):
    documents: int
    verdicts: dict[str, int]
    statuses: dict[str, int]
    rules: list[tuple[str, str, int, int]]
    """(code, severity, findings, documents), by findings."""
    agencies: list[tuple[str, int, int]]
    """(agency, errors, documents), the worst first."""
    unread: list[tuple[str, str, int]]
    """(why, one such path, documents), the commonest first."""
    unchecked: list[tuple[str, int]]
    """(code, documents) of rules that could not be applied everywhere."""
    exit_code: int


def summary(store: Store) -> Summary:
    database = store.connect()
    rules = database.execute(
        "SELECT code, min(severity), count(*), count(DISTINCT path) FROM findings GROUP BY code ORDER BY 3 DESC, 1"
    ).fetchall()
    agencies = database.execute(
        """
        SELECT agency, count(*) FILTER (severity = 'error'), count(DISTINCT path) FROM findings
        WHERE agency IS NOT NULL GROUP BY agency HAVING count(*) FILTER (severity = 'error') > 0
        ORDER BY 2 DESC, 1 LIMIT ?
        """,
        [_ROWS],
    ).fetchall()
    unread = database.execute(
        "SELECT error, min(path), count(*) FROM documents WHERE status = 'unreadable' GROUP BY error ORDER BY 3 DESC, 1 LIMIT ?",
        [_ROWS],
    ).fetchall()
    unchecked = database.execute(
        "SELECT code, count(DISTINCT path) FROM unchecked GROUP BY code ORDER BY 2 DESC, 1"
    ).fetchall()
    made = Summary(
        _one(database, "SELECT count(*) FROM documents"),
        dict(database.execute("SELECT verdict, count(*) FROM documents GROUP BY 1").fetchall()),
        dict(database.execute("SELECT status, count(*) FROM documents GROUP BY 1").fetchall()),
        rules,
        agencies,
        unread,
        unchecked,
        _exit_code(database),
    )
    database.close()
    return made


def _one(database: Any, query: str) -> int:
    return int(database.execute(query).fetchall()[0][0])


def _exit_code(database: Any) -> int:
    """The exit status of the contract: what the documents came to by themselves, and what was said between them."""
    codes = {code for (code,) in database.execute("SELECT DISTINCT own_exit FROM documents").fetchall()}
    if _one(database, "SELECT count(*) FROM findings WHERE code = 'E003'"):
        codes.add(EXIT_FAULT)
    if _one(database, "SELECT count(*) FROM documents WHERE verdict = 'fail' AND status = 'checked'"):
        codes.add(EXIT_FINDINGS)
    order = (EXIT_FAULT, EXIT_FINDINGS, EXIT_INCOMPLETE, EXIT_PASS)
    return next(code for code in order if code in codes or code == EXIT_PASS)


_VERDICTS = {
    "pass": Words("通过", "pass"),
    "fail": Words("不通过", "fail"),
    "incomplete": Words("未能全部检查", "not checked in full"),
}


def write(made: Summary, pen: Pen, lang: str, where: str) -> None:
    """The summary for a terminal."""

    def head(zh: str, en: str) -> None:
        pen.line()
        pen.line(Piece(Words(zh, en).say(lang), "bold"))

    counts = "，".join(
        f"{words.say(lang)} {made.verdicts[verdict]}"
        for verdict, words in _VERDICTS.items()
        if verdict in made.verdicts
    )
    pen.text(
        Words(f"{made.documents} 份文档：{counts}", f"{made.documents} documents: {counts}").say(lang), "bold"
    )
    if strange := made.statuses.get("not_a_report"):
        pen.text(Words(f"其中 {strange} 份不是年度报告", f"{strange} of them are no annual report").say(lang))
    if made.rules:
        head("问题最多的规则", "Findings by rule")
        titles = {rule.code: rule.title.say(lang) for rule in all_rules()}
        for code, severity, findings, documents in made.rules[:_ROWS]:
            said = Words(f"{findings} 处，{documents} 份", f"{findings} in {documents} documents").say(lang)
            pen.text(f"{code} {SEVERITY[severity].say(lang)} {titles.get(code, '')}：{said}", indent=2)
    if made.agencies:
        head("错误最多的机关", "Agencies with most errors")
        for agency, errors, documents in made.agencies:
            said = Words(f"{errors} 处，{documents} 份", f"{errors} in {documents} documents").say(lang)
            pen.text(f"{agency}：{said}", indent=2)
    if made.unread:
        head("未能读取", "Not read")
        for why, path, documents in made.unread:
            pen.text(
                Words(f"{documents} 份（{path} 等）：{why}", f"{documents} ({path}): {why}").say(lang),
                indent=2,
            )
    head("接下来", "Next")
    pen.text(f"govlint report {where} -o report.html", indent=2)
    pen.text(f"duckdb -c \"SELECT * FROM '{where}/findings/**/*.parquet'\"", indent=2)
