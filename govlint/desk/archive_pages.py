"""The desk's pages of an archive: its overview, a rule's findings, lists of documents, one document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote, urlencode

from govlint.archive import page as archive_page
from govlint.archive.browse import Known, Listed
from govlint.archive.overview import Overview
from govlint.archive.page import Links, content, finding, linked, said
from govlint.desk import pages
from govlint.linting.registry import all_rules
from govlint.outputs.page.markup import Child, Html, element
from govlint.outputs.parts.counts import SEVERITY, VERDICT, say
from govlint.outputs.parts.details import STATUS
from govlint.outputs.parts.excerpt import masked
from govlint.template.model import Template


class _Links(Links):
    def rule(self, code: str) -> str:
        return f"/archive/rule/{quote(code, safe='')}"

    def document(self, path: str) -> str:
        return f"/archive/document?{urlencode({'path': path}, errors='replace')}"

    def documents(self, **by: object) -> str:
        return f"/archive/documents?{urlencode(by, errors='replace')}" if by else "/archive/documents"


LINKS = _Links()


def overview(made: Overview, lang: str) -> str:
    title = archive_page.title(lang)
    check = element("a", say("检查一份报告", "Check a report", lang), href="/check", class_="get")
    tools = element("div", check, class_="tools")
    return pages.page(title, lang, element("h1", title), tools, content(made, lang, LINKS))


def _page(title: str, lang: str, here: str, *body: Child) -> str:
    back = element("p", element("a", archive_page.title(lang), href="/"))
    return pages.page(title, lang, back, element("h1", title), *body, here=here)


def rule(code: str, listed: Listed, lang: str) -> str:
    """The findings of a rule, each with its document."""
    known = next((each for each in all_rules() if each.code == code), None)
    title = f"{code} {known.title.say(lang)}" if known else code
    why = element("p", known.why.say(lang)) if known else None
    found = [finding(each, LINKS) for each in listed.rows]
    here = LINKS.rule(code)
    count = say(f"{listed.count} 处", f"{listed.count} findings", lang)
    card = element("section", found, class_="card")
    return _page(
        title,
        lang,
        _numbered(here, listed),
        why,
        element("p", count, class_="totals"),
        card,
        _turning(here, listed, lang),
    )


def documents(by: Mapping[str, Any], listed: Listed, lang: str) -> str:
    """Documents of a kind."""
    kinds = [_kind(name, value, lang) for name, value in by.items()]
    title = say("文档", "Documents", lang) + (say("：", ": ", lang) + " · ".join(kinds) if kinds else "")
    heads = (
        ("文件", "File"),
        ("机关", "Agency"),
        ("年度", "Year"),
        ("结论", "Verdict"),
        ("问题", "Findings"),
    )
    rows = [
        (
            linked(row["path"], LINKS.document(row["path"])),
            linked(row["agency"], LINKS.documents(agency=row["agency"])) if row["agency"] else "",
            str(row["year"] or ""),
            _verdict(row, lang),
            str(row["findings"]),
        )
        for row in listed.rows
    ]
    here = LINKS.documents(**by)
    count = say(f"{listed.count} 份", f"{listed.count} documents", lang)
    names = [say(*head, lang) for head in heads]
    return _page(
        title,
        lang,
        _numbered(here, listed),
        element("p", count, class_="totals"),
        _table(names, rows),
        _turning(here, listed, lang),
    )


def _kind(name: str, value: Any, lang: str) -> str:
    if name == "verdict" and value in VERDICT:
        return VERDICT[value].say(lang)
    if name == "status" and value in STATUS:
        return STATUS[value].say(lang)
    return str(value)


def _verdict(row: Mapping[str, Any], lang: str) -> str:
    if row["status"] in STATUS:
        return STATUS[row["status"]].say(lang)
    return VERDICT[row["verdict"]].say(lang) if row["verdict"] in VERDICT else str(row["verdict"])


def _table(heads: Sequence[str], rows: Sequence[Sequence[Child]]) -> Html:
    head = element("thead", element("tr", [element("th", name, scope="col") for name in heads]))
    body = element("tbody", [element("tr", [element("td", cell) for cell in row]) for row in rows])
    return element("div", element("table", head, body, class_="overview"), class_="scroll")


def document(known: Known, templates: Mapping[str, Template], lang: str) -> str:
    """One document: what was found, and the words and figures that it was found in."""
    row = known.document
    facts = [
        _verdict(row, lang),
        row["agency"],
        str(row["year"] or ""),
        row["template"],
        str(row["published"] or ""),
    ]
    body: list[Child] = [element("p", " · ".join(filter(None, facts)), class_="totals")]
    if row["error"]:
        body.append(element("p", row["error"], class_="notice"))
    titles = {each.code: each.title.say(lang) for each in all_rules()}
    found = [
        element("section", _heading(each, titles, lang), said(each), class_="card") for each in known.findings
    ]
    body += [found or element("p", say("没有发现问题。", "No findings.", lang))]
    if known.unchecked:
        heads = [say("规则", "Rule", lang), say("原因", "Why", lang)]
        rows = [(linked(each["code"], LINKS.rule(each["code"])), each["why"]) for each in known.unchecked]
        body += [element("h2", say("未能判断", "Not decided", lang)), _table(heads, rows)]
    template = templates.get(row["template"])
    if known.cells:
        heads = [say("数字", "Figure", lang), say("原文", "As written", lang), say("位置", "Place", lang)]
        cells = [
            (_named(template, each["cell"], lang), each["written"], each["place"] or "")
            for each in known.cells
        ]
        body.append(_folded(say("读到的数字", "Figures as read", lang), _table(heads, cells)))
    if known.passages:
        hidden = not _private().isdisjoint(each["code"] for each in known.findings)
        lines = [element("p", masked(each["text"]) if hidden else each["text"]) for each in known.passages]
        body.append(_folded(say("读到的文字", "Words as read", lang), lines))
    return _page(row["path"], lang, LINKS.document(row["path"]), *body)


def _private() -> set[str]:
    """Rules of what must not be repeated: long numbers are masked where they found some."""
    return {rule.code for rule in all_rules() if rule.private}


def _heading(each: Mapping[str, Any], titles: Mapping[str, str], lang: str) -> Html:
    name = f"{each['code']} {titles.get(each['code'], each['name'])}"
    return element("h2", SEVERITY[each["severity"]].say(lang), " ", linked(name, LINKS.rule(each["code"])))


def _named(template: Template | None, address: str, lang: str) -> str:
    try:
        return template.describe(address).say(lang) if template else address
    except (KeyError, ValueError):
        return address


def _folded(name: str, *content: Child) -> Html:
    return element("details", element("summary", name), *content, class_="card")


def _numbered(here: str, listed: Listed) -> str:
    return here if listed.page == 1 else _at(here, listed.page)


def _at(here: str, page: int) -> str:
    return f"{here}{'&' if '?' in here else '?'}page={page}"


def _turning(here: str, listed: Listed, lang: str) -> Html | None:
    """To the pages before and after."""
    if listed.pages < 2:
        return None
    parts: list[Child] = []
    if listed.page > 1:
        parts.append(element("a", say("上一页", "Before", lang), href=_at(here, listed.page - 1), rel="prev"))
    parts.append(f" {listed.page} / {listed.pages} ")
    if listed.page < listed.pages:
        parts.append(element("a", say("下一页", "Next", lang), href=_at(here, listed.page + 1), rel="next"))
    return element("p", parts)
