"""The desk's pages: what stands around the page of a result. Without scripts, and all words in both languages."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files

from govlint.desk.drawer import Draft, Folder
from govlint.desk.forms import Forms
from govlint.desk.work import Row, Shown
from govlint.document import Words
from govlint.outputs.page.fragment import stylesheet
from govlint.outputs.page.markup import Child, Html, element, html
from govlint.outputs.page.overview import table
from govlint.outputs.parts.counts import say
from govlint.outputs.parts.records import Summary
from govlint.version import __version__

NAME = Words("年度报告检查工作台", "Desk for annual reports")
_ALL = Words("全部文件", "All documents")
ICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><rect width="16" height="16" rx="3" fill="#0b5394"/>'
    '<path d="M4 8.5l3 3 5-7" fill="none" stroke="#fff" stroke-width="2"/></svg>'
)


def css() -> str:
    """The stylesheet of the result's page and that of the desk."""
    return stylesheet() + files("govlint.desk").joinpath("desk.css").read_text("utf-8")


def page(title: str, lang: str, *body: Child, here: str = "/", again: bool = False) -> str:
    """A whole page. ``here`` is its address, for the link to the other language; ``again``: it is asked for again."""
    other, its_name = ("en", "English") if lang == "zh" else ("zh", "中文")
    tongue = "zh-CN" if lang == "zh" else "en"
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="color-scheme", content="light dark"),
        element("meta", http_equiv="refresh", content="1") if again else None,
        element("title", title),
        element("link", rel="stylesheet", href="/style.css"),
        element("link", rel="icon", href="/icon.svg", type="image/svg+xml"),
    )
    top = element(
        "header",
        element("a", NAME.say(lang), href="/", class_="home"),
        element(
            "a", its_name, href=f"{here}{'&' if '?' in here else '?'}lang={other}", lang=other, hreflang=other
        ),
        class_="desk",
    )
    footer = element(
        "footer",
        say(
            f"govlint {__version__}。文件只在工作台所在的电脑上处理，不留在磁盘上；一小时不用即从内存清除。",
            f"govlint {__version__}. Files stay on the desk's own computer, in memory alone, and are let go after an hour without use.",
            lang,
        ),
    )
    skip = element("a", say("跳到内容", "Skip to the content", lang), class_="skip", href="#results")
    main = element("main", *body, id="results")
    whole = element("html", head, element("body", skip, top, main, footer, class_="page"), lang=tongue)
    return f"<!DOCTYPE html>\n{whole}\n"


KINDS = Words(
    "可以检查 Word（.docx、.doc）、WPS、Excel、PDF、网页和文本文件。",
    "Word, WPS, Excel, PDF, web pages and text files can be checked.",
)


def index(lang: str, notice: str = "") -> str:
    """Where one begins."""
    return page(NAME.say(lang), lang, _notice(notice), *begin(lang, KINDS))


def begin(lang: str, kinds: Words) -> list[Child]:
    """The form: files, a folder or pasted text, and last year's reports beside them; ``kinds`` says what is taken."""
    parts = [
        _choice(
            "file",
            Words("报告文件（可一次选多份，也可拖到这里）", "Reports (one or more; drop them here)"),
            lang,
        ),
        _choice("folder", Words("或一个文件夹", "or a folder"), lang, webkitdirectory=True),
        element(
            "p",
            element("label", say("或粘贴正文", "or paste the text", lang), for_="text"),
            element("textarea", name="text", id="text", rows=6),
        ),
        _choice(
            "previous",
            Words(
                "上年的报告（可不选，用于两年核对）",
                "Last year's reports (optional, to hold this year's against)",
            ),
            lang,
        ),
        element("p", element("button", say("检查", "Check", lang), type="submit", class_="first")),
    ]
    form = element(
        "form", parts, method="post", action="/check", enctype="multipart/form-data", class_="begin"
    )
    title = element("h1", say("检查政府信息公开工作年度报告", "Check an annual report", lang))
    return [title, form, element("p", kinds.say(lang), class_="note")]


def _choice(name: str, words: Words, lang: str, **more: bool) -> Html:
    field = element("input", type="file", name=name, id=name, multiple=True, **more)
    return element("p", element("label", words.say(lang), for_=name), field, class_="choice")


def _notice(text: str) -> Html | None:
    return element("p", text, class_="notice", role="status") if text else None


def draft(draft: Draft, shown: Shown, lang: str, notice: str = "") -> str:
    """A paper: its buttons, then the page of its result."""
    return page(shown.title, lang, *result(draft, shown, lang, notice), here=draft.where)


def result(
    draft: Draft, shown: Shown, lang: str, notice: str = "", more: Sequence[tuple[str, Words]] = ()
) -> list[Child]:
    """What the page of a paper consists of; ``more`` are further downloads."""
    forms = Forms(draft.where, draft.turn, lang, None)
    changed = len(draft.earlier)
    buttons: list[Child] = []
    if shown.fixable:
        words = say(f"自动改正 {shown.fixable} 处", f"Correct {shown.fixable} at once", lang)
        buttons.append(forms.button("fix", words))
    if changed:
        words = say(f"撤销（已改 {changed} 次）", f"Undo (changed {changed} times)", lang)
        buttons.append(forms.button("undo", words))
    links = [("page", Words("下载结果页", "Download this page")), *more]
    if shown.noted:
        links.insert(0, ("annotated", Words("下载带批注的文件", "Download with notes")))
    if changed:
        links.insert(0, ("corrected", Words("下载改正后的文件", "Download the corrected file")))
    downloads = [
        element("a", words.say(lang), href=f"{draft.where}/{name}", class_=f"get {name}")
        for name, words in links
    ]
    back = element("a", say("返回全部文件", "All documents", lang), href=draft.back) if draft.back else None
    tools = element(
        "div", back, buttons, downloads, class_="tools", role="group", aria_label=say("操作", "Actions", lang)
    )
    heading = element("h1", shown.title)
    return [_notice(notice), heading, tools, _remarks(draft, shown, lang), shown.filters, shown.article]


def _remarks(draft: Draft, shown: Shown, lang: str) -> Html:
    """What cannot be done with such a file, and last year's report."""
    if not shown.read:
        return html()
    remark = None
    if not shown.rewritten:
        words = say(
            "这种文件不能在这里直接改写，请按建议在原文件中修改。",
            "Such a file cannot be rewritten here: follow the suggestions in the file itself.",
            lang,
        )
        remark = element("p", words, class_="note")
    names = say("、", ", ", lang).join(name for name, _ in draft.paper.previous)
    label = say("上年的报告", "Last year's report", lang)
    said = f"{label}{say('：', ': ', lang)}{names}" if names else label
    form = element(
        "form",
        element("label", said, for_="previous"),
        element("input", type="file", name="previous", id="previous", required=True, multiple=True),
        element("button", say("核对两年", "Compare the years", lang), type="submit"),
        method="post",
        action=f"{draft.where}/previous",
        enctype="multipart/form-data",
        class_="beside-it",
    )
    return html(remark, form)


def waiting(name: str, lang: str, here: str, done: int = 0, total: int = 0) -> str:
    """Work that takes longer; the page asks again by itself."""
    words = say(f"正在检查：{name}", f"Checking {name}", lang)
    bar = element("progress", value=done if total else None, max=total or None, aria_label=words)
    count = element("p", f"{done} / {total}") if total else None
    return page(words, lang, element("h1", words), bar, count, here=here, again=True)


def folder(folder: Folder, rows: Sequence[Row], lang: str, notice: str = "", sums: Html | None = None) -> str:
    """The table of many papers; while some are under way, how far it is; then what they come to."""
    total = len(folder.drafts)
    body = [*overview(rows, total, lang, notice), sums]
    return page(_ALL.say(lang), lang, *body, here=folder.where, again=len(rows) < total)


def overview(rows: Sequence[Row], total: int, lang: str, notice: str = "") -> list[Child]:
    """What the page of so many papers in ``total`` consists of."""
    summary = Summary()
    for each in rows:
        summary.merge(each.summary)
    progress = (
        element(
            "p",
            element("progress", value=len(rows), max=total, aria_label=say("进度", "progress", lang)),
            f" {len(rows)} / {total}",
        )
        if len(rows) < total
        else None
    )
    heading = element("h1", _ALL.say(lang))
    return [_notice(notice), heading, progress, table([row.html for row in rows], summary, lang)]


def said(title: str, lang: str, text: str) -> str:
    """A page that says one thing, mostly why something cannot be done."""
    back = element("a", say("回到首页", "Back to the start", lang), href="/")
    return page(title, lang, element("h1", title), element("p", text, class_="notice"), element("p", back))
