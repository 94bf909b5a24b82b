"""``govlint report STORE -o page.html``: one page that holds itself, from the counts down to the words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
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
STYLE = """
.charts svg { display: block; width: 100%; height: auto; max-width: 54rem; }
.charts svg .text-overlay { pointer-events: none; }
.card { background: var(--paper); border: 1px solid var(--line); border-radius: .5rem; padding: .8rem 1.2rem; margin-block: 1rem; }
.card details + details { border-block-start: 1px solid var(--hair); }
.card summary { cursor: pointer; padding-block: .3rem; }
.two { display: grid; gap: 0 1.2rem; grid-template-columns: repeat(auto-fit, minmax(min(32rem, 100%), 1fr)); }
.soft { color: var(--soft); }
"""


class Links:
    """Where the numbers lead: here, to what stands further down on a page by itself."""

    def rule(self, code: str) -> str:
        return f"#{code}"

    def document(self, path: str) -> str:
        return ""

    def documents(self, **by: object) -> str:
        """To those of a ``verdict``, ``year``, ``agency`` or ``status``."""
        return ""


def page(made: Overview, lang: str) -> str:
    """The whole page."""
    return _Page(made, lang, Links()).whole()


def content(made: Overview, lang: str, links: Links) -> Html:
    """What stands on it, for a page of which the links lead elsewhere."""
    return _Page(made, lang, links).content()


def title(lang: str) -> str:
    return say("档案检查结果", "What was found in the archive", lang)


def linked(text: str, where: str) -> Html | str:
    return element("a", text, href=where) if where else text


def said(each: Mapping[str, Any]) -> Html:
    """What was found: message, place, evidence, legal basis."""
    return html(
        element("p", each["message"]),
        element("p", each["place"], class_="soft") if each["place"] else None,
        element("ul", [element("li", words) for words in each["evidence"]]) if each["evidence"] else None,
        element("p", each["reference"], class_="soft") if each["reference"] else None,
    )


def finding(each: Mapping[str, Any], links: Links) -> Html:
    """What was found, below whose report of which year it is, and the way to the document."""
    about = " · ".join(filter(None, (each["agency"], str(each["year"] or ""), each["path"])))
    where = links.document(each["path"])
    way = element("p", linked(each["path"], where)) if where else None
    return element("details", element("summary", about), said(each), way)


class _Page:
    def __init__(self, made: Overview, lang: str, links: Links) -> None:
        self.made, self.lang, self.links = made, lang, links
        self.titles = {rule.code: rule.title.say(lang) for rule in all_rules()}

    def say(self, zh: str, en: str) -> str:
        return say(zh, en, self.lang)

    def whole(self) -> str:
        name = title(self.lang)
        footer = element("footer", f"govlint {__version__}")
        body = element("body", element("header", element("h1", name)), self._main(), footer, class_="page")
        head = element(
            "head",
            element("meta", charset="utf-8"),
            element("meta", name="generator", content=f"govlint {__version__}"),
            element("meta", http_equiv="Content-Security-Policy", content=_POLICY),
            element("meta", name="viewport", content="width=device-width, initial-scale=1"),
            element("title", name),
            element("style", Html(stylesheet() + STYLE)),
        )
        lang = "zh-CN" if self.lang != "en" else "en"
        return f"<!doctype html>\n{element('html', head, body, lang=lang)}\n"

    def _main(self) -> Html:
        return element("main", self.content())

    def content(self) -> Html:
        return html(self._head(), self._charts(), self._agencies(), self._rules(), self._rest())

    def _head(self) -> Iterator[Html]:
        made = self.made
        counts: list[Child] = []
        for name, words in VERDICT.items():
            if name in made.verdicts:
                text = f"{words.say(self.lang)} {made.verdicts[name]}"
                counts += [
                    self.say("，", ", ") if counts else "",
                    linked(text, self.links.documents(verdict=name)),
                ]
        whole = self.say(f"{made.documents} 份文档", f"{made.documents} documents")
        colon = self.say("：", ": ")
        yield element("p", linked(whole, self.links.documents()), colon, counts, class_="totals")
        if not made.complete:
            said = "上一次运行没有完成，以下不是全部结果。请再运行一次 govlint audit。"
            yield element(
                "p", self.say(said, "The last run did not end: this is not all. Run govlint audit again.")
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
            (
                VERDICT[name].say(self.lang),
                [(row[at], self.links.documents(verdict=name, year=row[0])) for row in years],
            )
            for at, name in enumerate(VERDICT, 2)
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
            (f"{code} {self.titles.get(code, name)}", count, self.links.rule(code))
            for code, name, _, count, _ in rules
        ]
        heading = self.say("问题最多的规则", "Findings by rule")
        return self._card(heading, bars("rules", rows, self.say("处", "findings")))

    def _rules(self) -> list[Html]:
        """Each rule with its findings, errors first."""
        ordered = sorted(self.made.rules, key=lambda row: (SEVERITIES.index(row[2]), -row[3]))
        return [self._rule(*row) for row in ordered]

    def _rule(self, code: str, name: str, severity: str, count: int, documents: int) -> Html:
        listed = self.made.findings[code]
        counts = self.say(f"{count} 处，{documents} 份文档", f"{count} in {documents} documents")
        whole = self.links.rule(code)
        more = 0 if not whole.startswith("#") else count - len(listed)
        return self._card(
            f"{code} {self.titles.get(code, name)}",
            element(
                "p",
                f"{SEVERITY[severity].say(self.lang)} · ",
                counts if whole.startswith("#") else linked(counts, whole),
                class_="soft",
            ),
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
        return finding(each, self.links)

    def _all(self, count: int, where: str) -> Html | None:
        if not where or count <= SHOWN:
            return None
        return element("p", linked(self.say(f"全部 {count} 份", f"All {count}"), where))

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
        heading = self.say("每份报告的错误数，按地区", "Errors a report, by region")
        return self._card(heading, bars("regions", rows, self.say("处", "errors")))

    def _agencies(self) -> Html:
        worst = self._table(
            (
                self.say("机关", "Agency"),
                self.say("份数", "Reports"),
                self.say("错误", "Errors"),
                self.say("警告", "Warnings"),
            ),
            [self._of(row) for row in self.made.worst[:_TOP]],
        )
        names = (self.say("机关", "Agency"), self.say("份数", "Reports"))
        best = self._table(names, [self._of(row) for row in self.made.best[:_TOP]])
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

    def _of(self, row: tuple[Any, ...]) -> tuple[Any, ...]:
        return linked(row[0], self.links.documents(agency=row[0])), *row[1:]

    def _at(self, row: tuple[Any, ...]) -> tuple[Any, ...]:
        return linked(row[0], self.links.document(row[0])), *row[1:]

    def _table(self, heads: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> Html:
        def cells(row: tuple[Any, ...]) -> Iterator[Html]:
            yield element("th", row[0], scope="row")
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
                self._table(
                    (self.say("文件", "File"), self.say("原因", "Why")), list(map(self._at, made.unread))
                ),
                self._all(made.unread_count, self.links.documents(status="unreadable")),
                self._left_out(
                    0 if self.links.documents() else made.unread_count - SHOWN,
                    "SELECT * FROM 'STORE/documents/**/*.parquet' WHERE status = 'unreadable'",
                ),
                id="unread",
            )
        if made.unchecked:
            yield self._card(
                self.say(f"未能判断：{made.unchecked_count} 处", f"Not decided: {made.unchecked_count}"),
                self._table(
                    (self.say("文件", "File"), self.say("规则", "Rule"), self.say("原因", "Why")),
                    list(map(self._at, made.unchecked)),
                ),
                self._left_out(made.unchecked_count - SHOWN, "SELECT * FROM 'STORE/unchecked/**/*.parquet'"),
                id="unchecked",
            )
