"""The report page: what is on it, in which order, and that nothing of a document is more than text."""

from __future__ import annotations

import io
import re
from pathlib import Path

import lxml.html
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from making.corpus import corpus, sample
from making.office import excel, saved, saved_book, word

from govlint import api, outputs
from govlint.linting.examples import model_report
from govlint.outputs.page.fragment import fragment, stylesheet
from govlint.outputs.page.markup import Html, element, html
from govlint.result import Result
from govlint.rule import SEVERITIES
from govlint.text.visible import visible

EXAMPLES = Path(__file__).parents[2] / "examples"
HOSTILE = (
    "<script>alert(1)</script><img src=x onerror=alert(2)>\"'><svg onload=alert(3)></style></title>"
    "<style>*{display:none}</style>[a](javascript:alert(4))&lt;b&gt;\x1b[31m\u202e\ufffe"
)
ELEMENTS = set(
    re.findall(
        r"[\w-]+",
        "a article blockquote body br caption code dd del details div dl dt fieldset footer h1 h2 h3 h4 head "
        "header html input ins label legend li main mark meta ol p section span strong style summary "
        "table tbody td th thead title tr ul wbr",
    )
)
ATTRIBUTES = set(
    re.findall(
        r"[\w-]+",
        "aria-describedby aria-hidden aria-label autocomplete charset checked class colspan content "
        "data-family href http-equiv id lang name role rowspan scope tabindex type value",
    )
)


def checked(text: str, name: str = "a.txt") -> Result:
    return api.check(text.encode("utf-8", "surrogatepass"), name=name, config=None)


def example(name: str = "mistakes-bordered") -> Result:
    return api.check(EXAMPLES / f"{name}.txt", config=None)


def page(*results: Result, lang: str = "zh") -> lxml.html.HtmlElement:
    out = io.StringIO()
    outputs.load("html").write(results, out, lang)
    return lxml.html.document_fromstring(out.getvalue())


def texts(tree: lxml.html.HtmlElement, path: str) -> list[str]:
    return [" ".join(each.text_content().split()) for each in tree.xpath(path)]


def hostile() -> Result:
    """Marks among its words, a name that is markup, and a figure that is none."""
    text = (EXAMPLES / "mistakes-bordered.txt").read_text("utf-8")
    text = text.replace("水利局2023年", f"水利局{HOSTILE}2023年", 1).replace("截止", f"截止{HOSTILE}")
    text = text.replace("五、存在问题", f"五、存在{HOSTILE}问题").replace("| 63", f"| {HOSTILE}")
    return checked(text, f"{HOSTILE.replace('/', '')}.txt")


# Safe


@pytest.mark.parametrize("results", [[hostile()], [hostile(), example()]], ids=["one", "several"])
def test_nothing_of_a_document_is_markup(results: list[Result]) -> None:
    tree = page(*results)
    for node in tree.iter():
        assert node.tag in ELEMENTS
        assert set(node.attrib) <= ATTRIBUTES
        assert node.get("href", "#").startswith("#")
    assert "<script>alert(1)</script>" in tree.text_content()
    assert visible(HOSTILE) in tree.text_content()
    assert [style.text_content() for style in tree.iter("style")] == [stylesheet()]


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=80), st.integers(0, 2000))
def test_any_text_is_shown_as_it_is(words: str, at: int) -> None:
    model = model_report("ogi-2021")
    result = checked(model[:at] + words + model[at:])
    tree = lxml.html.fragment_fromstring(fragment(result))
    assert {node.tag for node in tree.iter()} <= ELEMENTS
    assert {name for node in tree.iter() for name in node.attrib} <= ATTRIBUTES


def test_the_policy_allows_the_stylesheet_alone() -> None:
    tree = page(example())
    (policy,) = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert re.search(r"url\(|@import|expression|https?:", stylesheet()) is None


def test_text_is_escaped_unless_it_is_markup() -> None:
    assert element("td", "<b>", Html("<b>"), ["&", None], class_='a"b', hidden=True) == (
        '<td class="a&quot;b" hidden>&lt;b&gt;<b>&amp;</td>'
    )
    assert html("a\u202e", Html("<br>") + "<i>") == "a&lt;U+202E&gt;&lt;br&gt;&lt;i&gt;"


# The top


def test_the_top_says_what_it_comes_to() -> None:
    tree = page(example())
    assert texts(tree, "//h1") == ["青岩区水利局2023年政府信息公开工作年度报告检查结果"]
    assert texts(tree, "//*[@class='verdict']") == ["✕不通过 2 处必须改，5 处建议改；可自动改正 1 处"]
    (step,) = texts(tree, "//*[@class='next']")
    assert "先改“必须改”的 2 处" in step
    assert "1 处可自动改正" in step


def test_a_desk_names_no_options_and_adds_its_own() -> None:
    made = fragment(
        example(), prefix="x-", options=False, actions=lambda each: element("button", str(each.number))
    )
    tree = lxml.html.fragment_fromstring(made)
    assert "--" not in "".join(texts(tree, "//*[@class='next']"))
    assert texts(tree, "//li//button") == list("1234567")
    assert all(identity.startswith("x-") for identity in tree.xpath(".//@id"))


def test_nothing_found() -> None:
    tree = page(example("clean-bordered"))
    assert texts(tree, "//*[@class='verdict']") == ["✓通过 没有发现问题"]
    assert tree.xpath("//fieldset") == []


def test_several_documents_have_a_table_with_a_light_each() -> None:
    results = [example(), example("clean-bordered"), api.check(b"PK\x03\x04", name="坏.docx", config=None)]
    tree = page(*results)
    lights = texts(tree, "//table[@class='overview']/tbody/tr/td[1]")
    assert lights == ["✕不通过", "✓通过", "?未检查完"]
    for link, result in zip(tree.xpath("//table[@class='overview']//a"), results, strict=True):
        (article,) = tree.xpath(f"//article[@id='{link.get('href')[1:]}']")
        assert texts(article, "./header/h2") == [result.path] == [link.text_content()]
    assert "1 份不能读取" in texts(tree, "//*[@class='totals']")[0]


# The findings


@pytest.mark.parametrize("name", ["mistakes-bordered", "mistakes-run-together"])
def test_findings_stand_by_severity_then_place(name: str) -> None:
    result = example(name)
    tree = page(result)
    shown = [
        (each.get("class").split()[1], texts(each, ".//*[@class='code']")[0])
        for each in tree.xpath("//li[contains(@class, 'finding')]")
    ]
    in_text = [(finding.severity, finding.code) for finding in result.findings]
    assert shown == sorted(in_text, key=lambda pair: SEVERITIES.index(pair[0]))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_links_lead_to_what_is_there(lang: str) -> None:
    tree = page(example(), hostile(), example("mistakes-run-together"), lang=lang)
    names = tree.xpath("//@id")
    assert len(set(names)) == len(names)
    wanted = {link[1:] for link in tree.xpath("//@href")} | set(tree.xpath("//@aria-describedby"))
    assert wanted <= set(names)
    assert len(tree.xpath("//li[contains(@class, 'finding')]//*[@class='place']/a")) >= 14


def test_the_words_at_fault_are_marked_in_the_text() -> None:
    (report,) = page(example()).find_class("report")
    assert set(texts(report, ".//mark")) >= {"截止", "16件", "2024-02-20", "五、存在问题和改进措施"}
    assert all(words == "截止" for words in texts(report, ".//mark[preceding-sibling::a[text()='3']][1]"))


def test_all_places_of_one_mistake_are_marked() -> None:
    text = (
        (EXAMPLES / "mistakes-bordered.txt")
        .read_text("utf-8")
        .replace("（三）", "（三）截止2023年12月31日，")
    )
    (report,) = page(checked(text)).find_class("report")
    assert texts(report, ".//mark").count("截止") == 2


def test_personal_data_is_not_repeated() -> None:
    number = "11010519491231002X"
    text = model_report("ogi-2021").replace("全部按期答复", f"申请人身份证号{number}，已答复")
    result = checked(text)
    assert "P002" in {finding.code for finding in result.findings}
    assert number not in page(result).text_content()
    assert "110***" in page(result).text_content()


# The tables


@pytest.mark.parametrize("name", ["mistakes-bordered", "mistakes-run-together", "clean-bordered"])
def test_tables_show_every_figure_in_its_cell_and_colour_the_wrong_ones(name: str) -> None:
    from govlint.template.layout import grid

    result = example(name)
    assert result.report is not None
    wrong = {address for finding in result.findings for address in finding.cells}
    drawn = page(result).xpath("//table[contains(@class, 'form')]")
    for table, key in zip(drawn, result.report.tables, strict=True):
        boxes = sorted(
            grid(result.report.template, result.report.template.tables[key]).boxes,
            key=lambda b: (b.row, b.column),
        )
        cells = table.xpath(".//td|.//th")
        for box, cell in zip(boxes, cells, strict=True):
            if box.role != "figure":
                continue
            for each in cell.xpath(".//*[@class='ref' or starts-with(@class, 'ref ') or @class='tip']"):
                each.drop_tree()
            read = result.report.cells[box.address]
            assert (cell.text_content().partition("→")[0] or "空").rstrip("?") in (
                read.raw.strip() or "空",
                str(read.value),
            )
            assert bool(cell.get("class")) == (box.address in wrong)


def test_the_arithmetic_is_worked_out_at_the_cell_and_for_print() -> None:
    tree = page(example())
    (cell,) = tree.xpath("//td[contains(@class, 'wrong error')]")
    (tip,) = cell.find_class("tip")
    (link,) = cell.xpath(".//a[@class='change']")
    assert link.get("aria-describedby") == tip.get("id")
    assert "4+0+0+0+0+0=4≠5" in tip.text_content()
    assert "5+2+1+1+1+4+1+1+1+1=18≠17" in tip.text_content()
    assert "5→改为4" in link.text_content()
    assert any("4+0+0+0+0+0=4≠5" in line for line in texts(tree, "//ul[@class='reasons']/li"))


def test_labels_in_other_words_are_marked_at_their_row() -> None:
    result = checked(model_report("ogi-2021").replace("三类内部事务信息", "三类内容事务信息"))
    assert [finding.code for finding in result.findings] == ["T004"]
    assert texts(page(result), "//th[contains(@class, 'wrong')]") == ["5.属于三类内部事务信息1"]


# Nothing left out


def words_of(tree: lxml.html.HtmlElement) -> str:
    """What the page shows of the text itself, without white space and punctuation."""
    (report,) = tree.find_class("report")
    for name in ("ref", "form", "reasons", "remark"):
        for each in report.find_class(name):
            each.drop_tree()
    for each in (*report.iter("h3"), *report.iter("summary")):
        each.text = ""
    return letters(report.text_content())


def letters(text: str) -> str:
    return re.sub(r"\W", "", text)


def documents() -> list:
    made = sample(3)
    found = [
        pytest.param("a.docx", saved(word(made)), id="word"),
        pytest.param("a.xlsx", saved_book(excel(made, prose=True)), id="excel"),
    ]
    for layout, _, text in corpus(12, seed=5):
        name = "a.md" if layout == "markdown" else "a.txt"
        found.append(pytest.param(name, text.encode(), id=layout))
    return found


@pytest.mark.parametrize(("name", "data"), documents())
def test_every_word_that_was_read_is_on_the_page_in_its_order(name: str, data: bytes) -> None:
    result = api.check(data, name=name, config=None)
    assert result.document is not None
    assert words_of(page(result)) == letters(visible(result.document.text.replace("\t", " ")))


def test_a_long_text_is_cut_and_says_so() -> None:
    text = model_report("ogi-2021").replace("二、主动公开", "公开信息。" * 30_000 + "\n二、主动公开")
    result = checked(text)
    tree = page(result)
    assert re.search(r"其后还有 \d+ 字，未在此显示", tree.text_content())
    assert len(tree.find_class("report")[0].text_content()) < 102_000
