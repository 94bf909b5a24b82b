"""``--format html``: one page to read, print or send on, without scripts and without anything from elsewhere."""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, islice
from shutil import copyfileobj
from tempfile import SpooledTemporaryFile
from typing import TextIO

from govlint.document import Words
from govlint.fixing.fixes import fixable
from govlint.outputs.page.findings import family
from govlint.outputs.page.fragment import fragment, light, stylesheet
from govlint.outputs.page.markup import Html, element, html
from govlint.outputs.parts.counts import SEVERITY, say, severities, totals
from govlint.outputs.parts.records import Summary
from govlint.result import Result
from govlint.rule import SEVERITIES
from govlint.version import __version__

FAMILY: Mapping[str, Words] = {
    "S": Words("结构", "structure"),
    "T": Words("表格", "tables"),
    "N": Words("数字", "figures"),
    "C": Words("文表一致", "prose and tables"),
    "D": Words("内容", "content"),
    "P": Words("发布", "publication"),
    "W": Words("文字", "wording"),
    "H": Words("与上年比", "against last year"),
    "A": Words("跨报告", "across reports"),
    "E": Words("文件", "the file"),
    "other": Words("其他", "others"),
}
_WITH_TEXT = 200
"""Documents of which the text is shown, if anything was found in them; of more, their findings alone."""
_IN_MEMORY = 8_000_000


class _Overview:
    """What the top of the page says of all documents: a row each, and how many findings of which kind there are."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self.summary = Summary()
        self.rows: list[Html] = []
        self.families: Counter[str] = Counter()
        self.title = ""
        """Of a page of one document: which report it is."""

    def add(self, result: Result, prefix: str) -> None:
        report = result.report
        if report and report.agency and report.year:
            name = f"{report.agency}{report.year}年{report.template.title}"
            self.title = say(f"{name}检查结果", f"{name}: what was found", self.lang)
        self.families.update(family(finding.code) for finding in result.findings)
        found = severities(result)
        figures = [found[name] for name in SEVERITIES] + [fixable(result).safe]
        cells = [element("td", str(count) if count else "", class_="figure") for count in figures]
        name = element("a", result.path, href=f"#{prefix}")
        self.rows.append(
            element(
                "tr",
                element("td", light(result, self.lang)),
                element("th", name, scope="row"),
                element("td", (report.agency if report else None) or ""),
                element("td", str(report.year) if report and report.year else "", class_="figure"),
                cells,
            )
        )

    def table(self) -> Html:
        heads = [
            Words("结论", "Verdict"),
            Words("文件", "File"),
            Words("机关", "Agency"),
            Words("年度", "Year"),
            *SEVERITY.values(),
            Words("可自动改正", "corrected at once"),
        ]
        table = element(
            "div",
            element(
                "table",
                element(
                    "thead", element("tr", [element("th", w.say(self.lang), scope="col") for w in heads])
                ),
                element("tbody", self.rows),
                class_="overview",
            ),
            class_="scroll",
            role="region",
            tabindex=0,
            aria_label=say("全部文件", "All documents", self.lang),
        )
        return element("section", element("p", totals(self.summary, self.lang), class_="totals"), table)

    def filters(self) -> Html:
        """Radio buttons that hide findings by the stylesheet alone; where it does not, all of them show."""
        found = sum(self.summary.severity.values())
        if found < 2:
            return Html("")
        kinds = [
            (name, SEVERITY[name], self.summary.severity[name])
            for name in SEVERITIES
            if self.summary.severity[name]
        ]
        families = [(key, words, self.families[key]) for key, words in FAMILY.items() if self.families[key]]
        every = Words("全部", "all")
        return element(
            "div",
            _choice("severity", Words("级别", "Severity"), [("all", every, found), *kinds], self.lang),
            _choice("family", Words("类别", "Kind"), [("all", every, found), *families], self.lang),
            class_="filters",
        )


def _choice(name: str, legend: Words, options: list[tuple[str, Words, int]], lang: str) -> Html:
    return element(
        "fieldset",
        element("legend", legend.say(lang)),
        [
            element(
                "label",
                element(
                    "input",
                    type="radio",
                    name=name,
                    value=value,
                    id=f"{name}-{value}",
                    checked=not at,
                    autocomplete="off",
                ),
                f"{words.say(lang)} {count}",
            )
            for at, (value, words, count) in enumerate(options)
        ],
    )


def write(results: Iterable[Result], out: TextIO, lang: str = "zh") -> None:
    """The fragments wait in a file until the top of the page, which counts them, is known."""
    overview = _Overview(lang)
    with SpooledTemporaryFile(
        _IN_MEMORY, "w+", encoding="utf-8", errors="surrogatepass", newline="\n"
    ) as kept:
        results = iter(results)
        ahead = list(islice(results, 2))
        for at, result in enumerate(overview.summary.counting(chain(ahead, results)), 1):
            prefix = f"d{at}-"
            overview.add(result, prefix)
            text = len(ahead) == 1 or (at <= _WITH_TEXT and bool(result.findings))
            kept.write(fragment(result, lang, prefix=prefix, text=text) + "\n")
        kept.seek(0)
        out.writelines(_top(overview))
        copyfileobj(kept, out)
    out.writelines(_end(lang))


def _top(overview: _Overview) -> Iterator[str]:
    lang, css = overview.lang, stylesheet()
    single = overview.summary.documents == 1
    title = overview.title if single else ""
    title = title or say("年度报告检查结果", "Annual reports: what was found", lang)
    digest = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    yield f'<!DOCTYPE html>\n<html lang="{"en" if lang == "en" else "zh-CN"}">\n<head>\n<meta charset="utf-8">\n'
    yield element("meta", http_equiv="Content-Security-Policy", content=policy) + "\n"
    yield element("meta", name="viewport", content="width=device-width, initial-scale=1") + "\n"
    yield element("meta", name="color-scheme", content="light dark") + "\n"
    yield element("title", title) + f'\n<style>{css}</style>\n</head>\n<body class="page">\n'
    skip = element("a", say("跳到结果", "Skip to the results", lang), class_="skip", href="#results")
    yield html(skip, element("header", element("h1", title), class_="top")) + "\n"
    if not single:
        yield overview.table() + "\n"
    yield overview.filters() + '\n<main id="results">\n'


def _end(lang: str) -> Iterator[str]:
    made = say(f"由 govlint {__version__} 检查。", f"Checked by govlint {__version__}.", lang)
    yield "</main>\n" + element("footer", made) + "\n</body>\n</html>\n"
