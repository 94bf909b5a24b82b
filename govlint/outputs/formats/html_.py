"""``--format html``: one page to read, print or send on, without scripts and without anything from elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, islice
from shutil import copyfileobj
from tempfile import SpooledTemporaryFile
from typing import TextIO

from govlint.outputs.page.fragment import fragment, stylesheet
from govlint.outputs.page.markup import allowed, element, html
from govlint.outputs.page.overview import Overview
from govlint.outputs.parts.counts import say
from govlint.result import Result
from govlint.version import __version__

_WITH_TEXT = 200
"""Documents of which the text is shown, if anything was found in them; of more, their findings alone."""
_IN_MEMORY = 8_000_000


def write(results: Iterable[Result], out: TextIO, lang: str = "zh") -> None:
    """The fragments wait in a file until the top of the page, which counts them, is known."""
    overview = Overview(lang)
    with SpooledTemporaryFile(
        _IN_MEMORY, "w+", encoding="utf-8", errors="surrogatepass", newline="\n"
    ) as fragments:
        results = iter(results)
        ahead = list(islice(results, 2))
        for at, result in enumerate(chain(ahead, results), 1):
            prefix = f"d{at}-"
            overview.add(result, prefix)
            text = len(ahead) == 1 or (at <= _WITH_TEXT and bool(result.findings))
            fragments.write(fragment(result, lang, prefix=prefix, text=text) + "\n")
        fragments.seek(0)
        out.writelines(_top(overview))
        copyfileobj(fragments, out)
    out.writelines(_end(lang))


def _top(overview: Overview) -> Iterator[str]:
    lang, css = overview.lang, stylesheet()
    single = overview.summary.documents == 1
    title = overview.title if single else ""
    title = title or say("年度报告检查结果", "Annual reports: what was found", lang)
    policy = f"default-src 'none'; style-src {allowed(css)}; base-uri 'none'; form-action 'none'"
    yield f'<!DOCTYPE html>\n<html lang="{"en" if lang == "en" else "zh-CN"}">\n<head>\n<meta charset="utf-8">\n'
    yield element("meta", http_equiv="Content-Security-Policy", content=policy) + "\n"
    yield element("meta", name="generator", content=f"govlint {__version__}") + "\n"
    yield element("meta", name="viewport", content="width=device-width, initial-scale=1") + "\n"
    yield element("meta", name="color-scheme", content="light dark") + "\n"
    yield element("title", title) + f'\n<style>{css}</style>\n</head>\n<body class="page">\n'
    skip = element("a", say("跳到结果", "Skip to the results", lang), class_="skip", href="#results")
    yield html(skip, element("header", element("h1", title), class_="top")) + "\n"
    yield '<main id="results">\n'
    if not single:
        yield overview.table()
    yield overview.filters()


def _end(lang: str) -> Iterator[str]:
    made = say(f"由 govlint {__version__} 检查。", f"Checked by govlint {__version__}.", lang)
    yield "</main>\n" + element("footer", made) + "\n</body>\n</html>\n"
