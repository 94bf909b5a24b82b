"""``govlint report STORE -o page.html``: one page that holds itself, from the counts down to the words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from govlint.archive.charts import bars, line, stacked
from govlint.archive.overview import SHOWN, Overview
from govlint.linting.registry import all_rules
from govlint.outputs.page.fragment import stylesheet
from govlint.outputs.page.markup import Child, Html, element, html
from govlint.outputs.parts.counts import SEVERITY, VERDICT, say
from govlint.rule import SEVERITIES
from govlint.version import __version__

_TOP = 15
_FIRST = 10
"""Findings of a rule that show at once."""
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_STYLE = """
.charts svg { display: block; width: 100%; height: auto; max-width: 54rem; }
.card { background: var(--paper); border: 1px solid var(--line); border-radius: .5rem; padding: .8rem 1.2rem; margin-block: 1rem; }
.card details + details { border-block-start: 1px solid var(--hair); }
.card summary { cursor: pointer; padding-block: .3rem; }
.two { display: grid; gap: 0 1.2rem; grid-template-columns: repeat(auto-fit, minmax(min(32rem, 100%), 1fr)); }
.soft { color: var(--soft); }
"""


def page(made: Overview, lang: str) -> str:
    """The whole page."""
    return _Page(made, lang).whole()


class _Page:
    def __init__(self, made: Overview, lang: str) -> None:
        self.made, self.lang = made, lang
        self.titles = {rule.code: rule.title.say(lang) for rule in all_rules()}

    def say(self, zh: str, en: str) -> str:
        return say(zh, en, self.lang)

    def whole(self) -> str:
        title = self.say("档案检查结果", "What was found in the archive")
        body = element(
            "body",
            element("header", element("h1", title), self._head()),
            element("main", self._charts(), self._agencies(), self._rules(), self._rest()),
            element("footer", f"govlint {__version__}"),
            class_="page",
        )
        head = element(
            "head",
            element("meta", charset="utf-8"),
            element("meta", name="generator", content=f"govlint {__version__}"),
            element("meta", http_equiv="Content-Security-Policy", content=_POLICY),
            element("meta", name="viewport", content="width=device-width, initial-scale=1"),
            element("title", title),
            element("style", Html(stylesheet() + _STYLE)),
        )
        lang = "zh-CN" if self.lang != "en" else "en"
        return f"<!doctype html>\n{element('html', head, body, lang=lang)}\n"

    def _head(self) -> Iterator[Html]:
        made = self.made
        counts = "，".join(
            f"{words.say(self.lang)} {made.verdicts[name]}"
            for name, words in VERDICT.items()
            if name in made.verdicts
        )
        yield element(
            "p",
            self.say(f"{made.documents} 份文档：{counts}", f"{made.documents} documents: {counts}"),
            class_="totals",
        )
        if not made.complete:
            words = "上一次运行没有完成，以下不是全部结果。请再运行一次 govlint audit。"
            yield element(
                "p", self.say(words, "The last run did not end: this is not all. Run govlint audit again.")
            )

    def _card(self, title: str, *children: Child, **attributes: str) -> Html:
        return element("section", element("h2", title), *children, class_="card charts", **attributes)

    def _charts(self) -> Html:
        return element("div", self._years(), self._by_rule(), self._regions(), class_="two")

    def _years(self) -> Html | None:
        years = self.made.years
        if not years:
            return None
        labels = [str(year) for year, *_ in years]
        series = [
            (VERDICT[name].say(self.lang), [row[at] for row in years]) for at, name in enumerate(VERDICT, 2)
        ]
        each = [round(errors / documents, 2) for _, documents, _, _, _, errors in years]
        trend = self.say("每份报告的错误数，逐年", "Errors a report, by year")
        return html(
            self._card(self.say("各年度的结论", "Verdicts by year"), stacked("years", labels, series)),
            self._card(trend, line("trend", labels, trend, each)),
        )

    def _by_rule(self) -> Html | None:
        rules = self.made.rules[:_TOP]
        if not rules:
            return None
        rows = [
            (f"{code} {self.titles.get(code, name)}", count, f"#{code}") for code, name, _, count, _ in rules
        ]
        title = self.say("问题最多的规则", "Findings by rule")
        return self._card(title, bars("rules", rows, self.say("处", "findings")))

    def _rules(self) -> list[Html]:
        """Each rule with its findings, errors first."""
        ordered = sorted(self.made.rules, key=lambda row: (SEVERITIES.index(row[2]), -row[3]))
        return [self._rule(*row) for row in ordered]

    def _rule(self, code: str, name: str, severity: str, count: int, documents: int) -> Html:
        listed = self.made.findings[code]
        counts = self.say(f"{count} 处，{documents} 份文档", f"{count} in {documents} documents")
        more = count - len(listed)
        return self._card(
            f"{code} {self.titles.get(code, name)}",
            element("p", f"{SEVERITY[severity].say(self.lang)} · {counts}", class_="soft"),
            [self._finding(each) for each in listed[:_FIRST]],
            self._folded(listed[_FIRST:]),
            self._left_out(more, f"SELECT * FROM 'STORE/findings/**/*.parquet' WHERE code = '{code}'"),
            id=code,
        )

    def _folded(self, listed: Sequence[dict[str, Any]]) -> Html | None:
        if not listed:
            return None
        words = self.say(f"其余 {len(listed)} 处", f"{len(listed)} more")
        return element("details", element("summary", words), [self._finding(each) for each in listed])

    def _finding(self, each: dict[str, Any]) -> Html:
        about = " · ".join(filter(None, (each["agency"], str(each["year"] or ""), each["path"])))
        return element(
            "details",
            element("summary", about),
            element("p", each["message"]),
            element("p", each["place"], class_="soft") if each["place"] else None,
            element("ul", [element("li", words) for words in each["evidence"]]) if each["evidence"] else None,
        )

    def _left_out(self, more: int, query: str) -> Html | None:
        if more <= 0:
            return None
        words = self.say(f"另有 {more} 处没有列出，查询：", f"{more} more are not listed; query: ")
        return element("p", words, element("code", query), class_="soft")

    def _regions(self) -> Html | None:
        regions = [row for row in self.made.regions if row[2]][:_TOP]
        if len(self.made.regions) < 2 or not regions:
            return None
        rows = [(place, round(errors / documents, 2), "") for place, documents, errors in regions]
        title = self.say("每份报告的错误数，按地区", "Errors a report, by region")
        return self._card(title, bars("regions", rows, self.say("处", "errors")))

    def _agencies(self) -> Html:
        worst = self._table(
            (
                self.say("机关", "Agency"),
                self.say("份数", "Reports"),
                self.say("错误", "Errors"),
                self.say("警告", "Warnings"),
            ),
            self.made.worst[:_TOP],
        )
        best = self._table((self.say("机关", "Agency"), self.say("份数", "Reports")), self.made.best[:_TOP])
        return element(
            "div",
            self._card(self.say("错误最多的机关", "Most errors a report"), worst)
            if self.made.worst
            else None,
            self._card(self.say("没有错误和警告的机关", "Neither errors nor warnings"), best)
            if self.made.best
            else None,
            class_="two",
        )

    def _table(self, heads: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> Html:
        def cells(row: tuple[Any, ...]) -> Iterator[Html]:
            yield element("th", str(row[0]), scope="row")
            yield from (
                element("td", str(value), class_=None if isinstance(value, str) else "figure")
                for value in row[1:]
            )

        named = [
            element(
                "th",
                name,
                scope="col",
                class_="figure" if at and rows and not isinstance(rows[0][at], str) else None,
            )
            for at, name in enumerate(heads)
        ]
        head = element("thead", element("tr", named))
        body = element("tbody", [element("tr", cells(row)) for row in rows])
        return element("div", element("table", head, body, class_="overview"), class_="scroll")

    def _rest(self) -> Iterator[Html]:
        made = self.made
        if made.unread:
            yield self._card(
                self.say(f"未能读取：{made.unread_count} 份", f"Not read: {made.unread_count}"),
                self._table((self.say("文件", "File"), self.say("原因", "Why")), made.unread),
                self._left_out(
                    made.unread_count - SHOWN,
                    "SELECT * FROM 'STORE/documents/**/*.parquet' WHERE status = 'unreadable'",
                ),
                id="unread",
            )
        if made.unchecked:
            yield self._card(
                self.say(f"未能判断：{made.unchecked_count} 处", f"Not decided: {made.unchecked_count}"),
                self._table(
                    (self.say("文件", "File"), self.say("规则", "Rule"), self.say("原因", "Why")),
                    made.unchecked,
                ),
                self._left_out(made.unchecked_count - SHOWN, "SELECT * FROM 'STORE/unchecked/**/*.parquet'"),
                id="unchecked",
            )
