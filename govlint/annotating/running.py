"""``govlint annotate``: from the file's name to the copy, the words about it and the exit status."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from govlint import api, readers
from govlint.annotating import Annotated, annotate, lost
from govlint.config.configuration import Configuration
from govlint.document import Unreadable, Words, counted
from govlint.errors import UsageError, cannot_write
from govlint.files import replace
from govlint.linting.linter import unreadable
from govlint.outputs.parts.details import not_checked
from govlint.result import EXIT_INCOMPLETE, Result, exit_code
from govlint.runs.sources import Source, collect


def run(
    path: str,
    output: Path | None,
    configuration: Configuration,
    in_place: bool = False,
    fix: bool = False,
    unsafe: bool = False,
    quiet: bool = False,
) -> int:
    """Annotate one file; the exit status is that of checking it, and 3 where nothing could be written.

    Raises UsageError for names that do not go together.
    """
    source = _source(path)
    target = _target(source, output, in_place)
    settings = configuration.settings(source.path)

    def check(data: bytes, shown: str) -> Result:
        return api.check(data, name=shown, configuration=configuration)

    try:
        data = readers.read_bytes(source.path) if source.path is not None else source.data or b""
        done = annotate(data, source.shown, str(target), check, lang=settings.lang, fix=fix, unsafe=unsafe)
    except Unreadable as error:
        done = Annotated(unreadable(source.shown, error.words, settings))
    if done.data is not None:
        if target != source.path:
            _spare(target, done.data)
        try:
            replace(target, done.data)
        except OSError as error:
            raise cannot_write(target, error) from error
    _tell(done, target, settings.lang, quiet)
    code = exit_code([done.result])
    return code if done.data is not None else code or EXIT_INCOMPLETE


def _source(path: str) -> Source:
    if Path(path).is_dir():
        raise UsageError(
            f"{path} 是文件夹；批注一次写一个文件。 / a folder: notes are written into one file at a time"
        )
    return collect([path]).first


def _target(source: Source, output: Path | None, in_place: bool) -> Path:
    """Where to write. The file itself only where that is asked for."""
    if output is None:
        if not in_place or source.path is None:
            raise UsageError(
                "请用 -o 写明副本的文件名，或用 --in-place 写在原文件里。 / name the copy with -o, or use --in-place"
            )
        return source.path
    same = source.path is not None and output.exists() and os.path.samefile(source.path, output)
    if same and not in_place:
        raise UsageError(
            f"{output} 就是原文件；要写在原文件里，请加 --in-place。 / this is the file itself: use --in-place"
        )
    if in_place and not same:
        raise UsageError("--in-place 写在原文件里，不能同时另写副本。 / --in-place writes no copy")
    return output


def _spare(target: Path, made: bytes) -> None:
    """Raises UsageError where a copy of before, which would be replaced, holds what people have written since."""
    if not target.is_file():
        return
    count = lost(readers.read_bytes(target), target.name, made)
    if count:
        raise UsageError(
            f"{target} 里有{count}条别人写的批注，重写会丢失。请换一个文件名，或直接处理它：annotate {target} --in-place"
            f" / {count} comments by people in {target} would be lost: name another copy, or annotate that one"
        )


def _tell(done: Annotated, target: Path, lang: str, quiet: bool) -> None:
    """What was written, what was not, and what nobody checked, on standard error."""
    result = done.result
    if done.data is None:
        why = [finding.words for finding in result.findings] if result.document is None else done.said
        for words in why or [Words("没有写入。", "Nothing was written.")]:
            _say(words, lang)
        return
    for words in done.said:
        _say(words, lang)
    if quiet:
        return
    handled = Words(
        f"，保留有人处理过的{done.handled}条" if done.handled else "",
        f", {done.handled} that a person dealt with kept" if done.handled else "",
    )
    _say(
        Words(
            f"已写入 {target}：{done.new}{'个问题' if done.page else '条批注'}{handled.zh}。",
            f"Wrote {target}: {counted(done.new, 'finding' if done.page else 'note')}{handled.en}.",
        ),
        lang,
    )
    for codes, reasons in not_checked(result, lang):
        _say(Words(f"未检查 {codes}：{reasons}", f"Not checked, {codes}: {reasons}"), lang)


def _say(words: Words, lang: str) -> None:
    print(f"govlint: {words.say(lang)}", file=sys.stderr)
