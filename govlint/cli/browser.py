"""The command that writes the desk as a static page: ``govlint page``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

from govlint.cli.options import Option
from govlint.errors import UsageError, reason


def page(
    output: Annotated[Path, Option(("-o", "--output"), "写入的文件夹 · folder to write")],
    pyodide: Annotated[
        Path | None,
        Option(
            ("--pyodide",),
            "解开的 npm 软件包 pyodide 所在的文件夹，默认从 npm 取得"
            " · folder of the unpacked npm package; fetched from npm by default",
        ),
    ] = None,
    pdf: Annotated[bool, Option(("--pdf/--no-pdf",), "能否检查 PDF · whether PDF is checked there")] = True,
) -> None:
    """写一个在浏览器里检查的网页，文件不离开浏览器 · Write a page that checks inside the browser."""
    from govlint.desk.browser.site import build

    try:
        built = build(output, pyodide, pdf)
    except OSError as error:
        raise UsageError(
            f"{error.filename or output}: 无法写入：{reason(error).zh} / cannot be written: {reason(error).en}"
        ) from error
    print(output / "index.html")
    told = f"{built.size / 1_000_000:.1f} MB，Pyodide {built.pyodide}"
    if pdf and not built.pdf:
        told += (
            "；没有取得 PDF 组件，这个网页不能检查 PDF / without PDF: its wheel for browsers could not be had"
        )
    print(f"govlint: {told}", file=sys.stderr)
