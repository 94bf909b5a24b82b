"""``--verbose``: what decides a run and what it comes to, a line each on standard error."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from govlint.config.configuration import Configuration
from govlint.document import Words
from govlint.result import Result
from govlint.runs.sources import Source
from govlint.text.visible import visible


def told(
    results: Iterable[Result], sources: Iterable[Source], configuration: Configuration, lang: str
) -> Iterator[Result]:
    """The results as they come; before them the settings in force, after each its time since the one before."""
    seen: set[Path | None] = set()
    for source in sources:
        file = configuration.file(source.file)
        place = file.path if file else None
        if place in seen:
            continue
        seen.add(place)
        rules = len(configuration.settings(source.file).rules())
        files = "、".join(map(_near, file.files)) if file else Words("无", "none").say(lang)
        _tell(Words(f"设置文件：{files}；规则 {rules} 条", f"settings: {files}; {rules} rules"), lang)
    begun = before = time.monotonic()
    count = 0
    for result in results:
        now = time.monotonic()
        kind = result.document.format if result.document else result.status
        template = result.report.template.id if result.report else result.status
        found = len(result.findings)
        _tell(
            Words(
                f"{result.path}：{kind}，{template}，{found} 个问题，{now - before:.2f} 秒",
                f"{result.path}: {kind}, {template}, {found} findings, {now - before:.2f} s",
            ),
            lang,
        )
        count += 1
        yield result
        before = time.monotonic()
    whole = time.monotonic() - begun
    _tell(
        Words(
            f"{count} 份文档，共 {whole:.2f} 秒",
            f"{count} document{'s' * (count != 1)}, {whole:.2f} s in all",
        ),
        lang,
    )


def _near(path: Path) -> str:
    return str(path).removeprefix(f"{Path.cwd()}{os.sep}")


def _tell(words: Words, lang: str) -> None:
    print(f"govlint: {visible(words.say(lang))}", file=sys.stderr)
