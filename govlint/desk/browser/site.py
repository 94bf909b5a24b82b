"""``govlint page``: the folder of static files is written."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator, Mapping
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from govlint import readers
from govlint.desk import pages
from govlint.desk.browser import packing
from govlint.desk.browser.runtime import NEEDED, PDF, Runtime, runtime
from govlint.document import Words
from govlint.errors import UsageError
from govlint.outputs.page.markup import Html, element
from govlint.version import __version__

POLICY = (
    "default-src 'none'; script-src 'self' blob: 'wasm-unsafe-eval'; worker-src blob:; style-src 'self'; "
    "img-src 'self'; base-uri 'none'; form-action 'none'"
)
"""No inline script, and no connection to anywhere: all that is loaded are the scripts beside the page."""
_PARTS = "parts"
_PART = 1_400_000
"""Characters of a part, so that there is progress to be seen while they load."""
_STATIC = ("page.js", "worker.js")
_NOT_INSIDE = (
    ".html",
    ".htm",
    ".shtml",
    ".xhtml",
    ".mht",
    ".mhtml",
    ".doc",
    ".wps",
    ".rtf",
    ".et",
    ".xls",
    ".ods",
)


class Built(NamedTuple):
    """``size``: bytes of all files; ``pdf``: whether PDF is read."""

    size: int
    pdf: bool
    pyodide: str


def build(folder: Path, pyodide: Path | None = None, pdf: bool = True) -> Built:
    """Write the page into a folder, which is made. Raises UsageError for one that holds something else."""
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder} 不是文件夹 / not a folder")
    if folder.is_dir() and any(folder.iterdir()) and not (folder / "page.js").is_file():
        raise UsageError(f"{folder} 里有别的文件，没有写入。 / the folder holds other files")
    kit = runtime(pyodide, pdf)
    bundles = _bundles(kit)
    texts = {
        "index.html": _index(kit, bundles),
        "style.css": pages.css() + _text("page.css"),
        "icon.svg": pages.ICON,
        "licences.txt": _licences(kit, bundles),
        **{name: _text(name) for name in _STATIC},
    }
    (folder / _PARTS).mkdir(parents=True, exist_ok=True)
    for old in (folder / _PARTS).glob("*.js"):
        old.unlink()
    for name, data in bundles.items():
        for at, part in enumerate(_parts(data)):
            texts[f"{_PARTS}/{name}-{at}.js"] = f'govlintPart("{name}",{at},"{part}");\n'
    for name, text in texts.items():
        (folder / name).write_text(text, "utf-8", newline="\n")
    return Built(sum(len(text.encode()) for text in texts.values()), "pdf" in bundles, kit.version)


def _text(name: str) -> str:
    return files("govlint.desk.browser").joinpath(name).read_text("utf-8")


def _bundles(kit: Runtime) -> dict[str, bytes]:
    """What is loaded at once (``core``), and what is when such a file comes."""
    needed = packing.of_wheel(kit.wheels[NEEDED])
    python = packing.zipped(packing.govlint() | packing.installed(packing.CORE) | needed)
    found = {"core": packing.bundle({**kit.files, "python.zip": python})}
    if packing.is_installed(packing.EXCEL):
        found["excel"] = packing.bundle({"python.zip": packing.zipped(packing.installed(packing.EXCEL))})
    if PDF in kit.wheels:
        notes = packing.installed(packing.PDF) if packing.is_installed(packing.PDF) else {}
        found["pdf"] = packing.bundle(
            {"python.zip": packing.zipped(packing.of_wheel(kit.wheels[PDF]) | notes)}
        )
    return found


def _parts(data: bytes) -> Iterator[str]:
    """In base64: a script can be loaded where nothing else can, also from a folder without a server."""
    text = base64.b64encode(data).decode()
    for at in range(0, len(text), _PART):
        yield text[at : at + _PART]


def _index(kit: Runtime, bundles: Mapping[str, bytes]) -> str:
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=POLICY),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="color-scheme", content="light dark"),
        element("meta", name="referrer", content="no-referrer"),
        element("title", pages.NAME.zh),
        element("link", rel="stylesheet", href="style.css"),
        element("link", rel="icon", href="icon.svg", type="image/svg+xml"),
        [element("script", src=name, defer=True) for name in reversed(_STATIC)],
    )
    top = element(
        "header",
        element("a", _both(pages.NAME), href="#", class_="home"),
        element("button", "English", type="button", id="language", lang="en"),
        class_="desk",
    )
    without = Words("此页需要启用 JavaScript。", "This page needs JavaScript.")
    body = element(
        "body",
        element("a", _both(Words("跳到内容", "Skip to the content")), class_="skip", href="#results"),
        top,
        element("noscript", element("p", without.zh, " ", without.en, class_="notice")),
        element("div", id="status", role="status", class_="status"),
        element("main", pages.begin("zh", _kinds(bundles)), id="results", tabindex=-1),
        [
            element("template", pages.begin(lang, _kinds(bundles)), id=f"begin-{lang}")
            for lang in ("zh", "en")
        ],
        element("footer", _both(_about(kit.version)), " ", element("a", "licences.txt", href="licences.txt")),
        class_="page",
        data_parts=json.dumps({name: len(list(_parts(data))) for name, data in bundles.items()}),
        data_suffixes=" ".join(sorted(readers.weights())),
    )
    return f"<!DOCTYPE html>\n{element('html', head, body, lang='zh-CN')}\n"


def _both(words: Words) -> list[Html]:
    """In both languages, of which the stylesheet shows one."""
    return [element("span", words.zh, lang="zh-CN"), element("span", words.en, lang="en")]


def _kinds(bundles: Mapping[str, bytes]) -> Words:
    """What can be checked here, and plainly what cannot."""
    zh = ["Word（.docx）", "OpenDocument（.odt）", "Markdown", "文本文件"]
    en = ["Word (.docx)", "OpenDocument (.odt)", "Markdown", "text"]
    if "excel" in bundles:
        zh.insert(1, "Excel（.xlsx）")
        en.insert(1, "Excel (.xlsx)")
    if "pdf" in bundles:
        zh.insert(1, "有文字的 PDF")
        en.insert(1, "PDF with text")
    no_pdf = ("", "") if "pdf" in bundles else ("、PDF", ", PDF")
    return Words(
        f"在这个页面里可以检查：{'、'.join(zh)}。不能检查：网页{no_pdf[0]}、扫描件，以及旧格式 .doc、.wps、.xls"
        "（请先在 Word 或 WPS 里另存为 .docx、.xlsx）；这些请用安装在电脑上的 govlint。",
        f"Checked in this page: {', '.join(en)}. Not checked: web pages{no_pdf[1]}, scans, and old formats (.doc, .wps, "
        ".xls; save them as .docx or .xlsx first): use govlint on a computer for those.",
    )


def _about(version: str) -> Words:
    return Words(
        f"govlint {__version__}，Pyodide {version}。文件只在这个浏览器里处理，不上传、不保存；关掉页面就清除了。",
        f"govlint {__version__}, Pyodide {version}. Files are handled in this browser alone: nothing is sent or kept; "
        "closing the page lets them go.",
    )


def _licences(kit: Runtime, bundles: Mapping[str, bytes]) -> str:
    """Of all that the page carries."""
    parts = [
        ("govlint", "Apache-2.0"),
        (f"Pyodide {kit.version}", "MPL-2.0, https://github.com/pyodide/pyodide"),
        ("Python", "PSF-2.0, https://docs.python.org/3/license.html"),
        *packing.licences([NEEDED, *packing.CORE, *packing.EXCEL]),
    ]
    if "pdf" in bundles:
        parts += [
            ("PDFium, pypdfium2", "BSD-3-Clause, Apache-2.0, https://github.com/pypdfium2-team/pypdfium2"),
            *packing.licences(list(packing.PDF)),
        ]
    line = "=" * 78
    return "\n".join(f"{line}\n{name}\n{line}\n{text}\n" for name, text in parts)
