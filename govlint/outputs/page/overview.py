"""The top of a page of results: a table with a light for each document, and the filters of their findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from govlint.document import Words
from govlint.fixing.fixes import fixable
from govlint.outputs.page.findings import family
from govlint.outputs.page.fragment import light
from govlint.outputs.page.markup import Html, element
from govlint.outputs.parts.counts import SEVERITY, say, severities, totals
from govlint.outputs.parts.records import Summary
from govlint.result import Result
from govlint.rule import SEVERITIES

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
ALL = Words("全部", "all")


def row(result: Result, lang: str, href: str) -> Html:
    """A document in the table of all: its light, its name as a link, whose it is, and how much was found."""
    report, found = result.report, severities(result)
    figures = [found[name] for name in SEVERITIES] + [fixable(result).safe]
    cells = [
        element("td", light(result, lang)),
        element("th", element("a", result.path, href=href), scope="row"),
        element("td", (report.agency if report else None) or ""),
        element("td", str(report.year) if report and report.year else "", class_="figure"),
        *(element("td", str(count) if count else "", class_="figure") for count in figures),
    ]
    return element("tr", cells)


def table(rows: Sequence[Html], summary: Summary, lang: str) -> Html:
    """The rows of documents below what they come to."""
    heads = [
        Words("结论", "Verdict"),
        Words("文件", "File"),
        Words("机关", "Agency"),
        Words("年度", "Year"),
        *SEVERITY.values(),
        Words("可自动改正", "corrected at once"),
    ]
    columns = element("tr", [element("th", words.say(lang), scope="col") for words in heads])
    drawn = element("table", element("thead", columns), element("tbody", rows), class_="overview")
    name = say("全部文件", "All documents", lang)
    scroll = element("div", drawn, class_="scroll", role="group", tabindex=0, aria_label=name)
    return element("section", element("p", totals(summary, lang), class_="totals"), scroll)


class Overview:
    """Takes in results one by one and holds a row of each; the results themselves are not kept."""

    def __init__(self, lang: str = "zh") -> None:
        self.lang = lang
        self.summary = Summary()
        self.title = ""
        """Which report the page is of, where it is of one."""
        self._rows: list[Html] = []
        self._kinds: Counter[tuple[str, str]] = Counter()
        """Findings by severity and family."""

    def add(self, result: Result, target: str) -> None:
        """``target``: the id of the document's place on the page."""
        self.summary.add(result)
        report = result.report
        if report and report.agency and report.year:
            name = f"{report.agency}{report.year}年{report.template.title}"
            self.title = say(f"{name}检查结果", f"{name}: what was found", self.lang)
        self._kinds.update((finding.severity, family(finding.code)) for finding in result.findings)
        self._rows.append(row(result, self.lang, f"#{target}"))

    def table(self) -> Html:
        """A row a document, below what they come to."""
        return table(self._rows, self.summary, self.lang)

    def filters(self) -> Html:
        """Radio buttons that hide findings by the stylesheet alone; where it does not, all of them show."""
        if self._kinds.total() < 2:
            return Html("")
        name = say("显示哪些问题", "Which findings to show", self.lang)
        choices = [
            self._choice("severity", Words("级别", "Severity"), SEVERITY, 0),
            self._choice("family", Words("类别", "Kind"), FAMILY, 1),
        ]
        return element("div", choices, class_="filters", role="group", aria_label=name)

    def _choice(self, name: str, legend: Words, names: Mapping[str, Words], at: int) -> Html:
        """One of the two ways to choose: by ``names``, which stand at ``at`` in the pairs that are counted."""
        labels = [self._label(name, "all", f"{ALL.say(self.lang)} {self._kinds.total()}", ())]
        for value, words in names.items():
            beside = {pair[1 - at]: count for pair, count in self._kinds.items() if pair[at] == value}
            if beside:
                text = f"{words.say(self.lang)} {sum(beside.values())}"
                others = {pair[1 - at] for pair in self._kinds} - set(beside)
                labels.append(self._label(name, value, text, others))
        return element("fieldset", element("legend", legend.say(self.lang)), labels)

    def _label(self, name: str, value: str, text: str, without: Collection[str]) -> Html:
        """``without``: the choices of the other kind with which nothing would be left; the label hides then."""
        button = element(
            "input",
            type="radio",
            name=name,
            value=value,
            id=f"{name}-{value}",
            checked=value == "all",
            autocomplete="off",
        )
        hiding = " ".join(f"no-{other}" for other in sorted(without))
        return element("label", button, text, class_=hiding or None)
