"""Corrections put into the documents themselves: which edits, in what order, written or shown as a diff.

An edit is applied only where its finding is certain. Safe edits never change what the report says: the form of a
punctuation mark or a digit, a misspelt word. Unsafe ones do, or might: figures, headings, labels, years, names of
laws; a person should look at them. A finding's edits are applied together or not at all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple, TextIO

from msgspec import Struct

from govlint import readers
from govlint.document import Document, Edit, Unreadable, Words, counted
from govlint.errors import UsageError, reason
from govlint.files import replace
from govlint.linting.settings import Settings
from govlint.result import Result
from govlint.rule import Finding
from govlint.runs.sources import STDIN, Source

REWRITTEN = frozenset(["text", "markdown", "html", "docx", "odt"])
"""Formats of documents whose reader can also write edits into the file."""
_ROUNDS = 20
"""One correction may bring the next to light; so many times at most."""

NO_REWRITER = Words(
    "{path}：{format} 格式不能直接改写，有{count}处可改的未改。",
    "{path}: {format} files cannot be rewritten; {count} corrections were left.",
)
UNPLACED = Words(
    "{path}：有{count}处更正在文件中无法准确定位，未改。",
    "{path}: {count} corrections could not be placed in the file and were left.",
)
UNSETTLED = Words(
    "{path}：更正相互牵连，未能改定，文件保持原样。",
    "{path}: the corrections undo each other; the file was left as it is.",
)


Check = Callable[[bytes, str], Result]
"""Checks the bytes of the file of a path, by the settings in force there."""


class Fixed(Struct):
    """What fixing a file came to: its bytes, and the results of checking it as it was and as it then is."""

    data: bytes
    first: Result
    last: Result
    count: int = 0
    """Findings that were put right."""
    left: Words | None = None
    """Why corrections that might have been made were not."""


class _Round(NamedTuple):
    data: bytes
    fixed: int
    unplaced: int


def fix(data: bytes, path: str, check: Check, unsafe: bool = False) -> Fixed:
    """Apply what is certain until nothing more is to be applied; fixing the outcome again changes nothing.

    ``check`` checks bytes as if they stood in the file.
    """
    first = last = check(data, path)
    current, count = data, 0
    for _ in range(_ROUNDS):
        done = _apply(current, path, last, unsafe)
        if isinstance(done, Words):
            return Fixed(current, first, last, count, done)
        if done.data == current:
            left = _said(UNPLACED, path, last, done.unplaced) if done.unplaced else None
            return Fixed(current, first, last, count, left)
        current = done.data
        count += done.fixed
        last = check(current, path)
    return Fixed(data, first, first, 0, _said(UNSETTLED, path, first, 0))


def _apply(data: bytes, path: str, result: Result, unsafe: bool) -> _Round | Words:
    """One round of edits, or why there can be none."""
    return _write(data, path, result, applicable(result, unsafe))


def acceptable(finding: Finding, document: Document | None) -> bool:
    """Whether a person who agrees with a finding can have it put right in the file, certain and safe or not."""
    edits = finding.suggestion.edits if finding.suggestion else ()
    return (
        bool(edits)
        and document is not None
        and document.format in REWRITTEN
        and not _on_comment(edits, document)
    )


def accept(data: bytes, path: str, result: Result, finding: Finding) -> bytes | Words:
    """The file with the edits of one finding of its ``result``, or why they could not be made."""
    if not acceptable(finding, result.document) or finding.suggestion is None:
        return _said(NO_REWRITER, path, result, 1)
    done = _write(data, path, result, [finding.suggestion.edits])
    if isinstance(done, Words):
        return done
    return done.data if done.fixed else _said(UNPLACED, path, result, 1)


def _write(data: bytes, path: str, result: Result, groups: list[tuple[Edit, ...]]) -> _Round | Words:
    """The file with groups of edits, each whole or not at all."""
    if not groups:
        return _Round(data, 0, 0)
    reader = readers.reader(data, path)
    if not hasattr(reader, "rewrite"):
        return _said(NO_REWRITER, path, result, len(groups))
    unplaced = 0
    while groups:
        edits = sorted(edit for group in groups for edit in group)
        written, lost = reader.rewrite(data, path, edits)
        if not lost:
            return _Round(written, len(groups), unplaced)
        remaining = [group for group in groups if not set(group) & set(lost)]
        if len(remaining) == len(groups):  # a rewriter that names edits it was not given
            break
        unplaced += len(groups) - len(remaining)
        groups = remaining
    return _Round(data, 0, unplaced)


def _on_comment(edits: Iterable[Edit], document: Document | None) -> bool:
    """Whether edits concern the blanks that stand for a comment to govlint, which is in the file."""
    for start, end in (comment.span for comment in document.comments) if document else ():
        if document and document.text[start:end].isspace():
            for edit in edits:
                if edit.span.start < end and start < edit.span.end:
                    return True
    return False


def _said(words: Words, path: str, result: Result, count: int) -> Words:
    kind = result.document.format if result.document else ""
    return Words(*(text.format(path=path, format=kind, count=count) for text in words))


def chosen(findings: Iterable[Finding], unsafe: bool = False) -> list[tuple[Edit, ...]]:
    """The edits to apply, a group for each finding; of findings whose edits overlap the first."""
    groups: list[tuple[Edit, ...]] = []
    taken: list[Edit] = []
    for finding in findings:
        edits = finding.suggestion.edits if finding.suggestion else ()
        if not edits or finding.certainty != "certain" or not (unsafe or all(edit.safe for edit in edits)):
            continue
        merged = _without_overlap([*taken, *edits])
        if merged is not None:
            taken = merged
            groups.append(edits)
    return groups


def applicable(result: Result, unsafe: bool = False) -> list[tuple[Edit, ...]]:
    """The edits that may be applied to a document, a group for each finding, each group whole or not at all."""
    return [group for group in chosen(result.findings, unsafe) if not _on_comment(group, result.document)]


class Fixable(NamedTuple):
    """How many findings of a document can be put right in its file: by safe edits, and only by unsafe ones."""

    safe: int
    unsafe: int


def fixable(result: Result) -> Fixable:
    """What :func:`fix` would put right in a first round; nothing where the file cannot be written, or was."""
    if not any(found.suggestion and found.suggestion.edits for found in result.findings):
        return Fixable(0, 0)
    document = result.document
    if document is None or result.settled or document.path == STDIN or document.format not in REWRITTEN:
        return Fixable(0, 0)
    safe, every = len(applicable(result)), len(applicable(result, unsafe=True))
    return Fixable(safe, max(every - safe, 0))


def _without_overlap(edits: Sequence[Edit]) -> list[Edit] | None:
    """The edits in order, or None where two of them concern the same text."""
    ordered = sorted(edits)
    for one, next_ in pairwise(ordered):
        if next_.span.start < one.span.end or next_.span == one.span:
            return None
    return ordered


# Files


def fixed_results(
    sources: Iterable[Source], check: Check, unsafe: bool, messages: TextIO, lang: str = "zh"
) -> Iterator[Result]:
    """Put each file right when it is asked for, and give the result of checking what it then is.

    Raises UsageError for standard input: there is no file to write to.
    """
    if any(source.stdin for source in sources):
        raise UsageError(
            f"标准输入（{STDIN}）不能直接改正，请给出文件，或用 --diff 查看会改什么。 / "
            "standard input cannot be fixed in place; give a file, or use --diff"
        )
    return _fixed_results(sources, check, unsafe, messages, lang)


def _fixed_results(
    sources: Iterable[Source], check: Check, unsafe: bool, messages: TextIO, lang: str
) -> Iterator[Result]:
    files = count = more = 0
    for source in sources:
        fixed = _fixed(source, check, unsafe, messages, lang)
        if fixed.count and source.path is not None:
            try:
                replace(source.path, fixed.data)
            except OSError as error:
                _tell(messages, lang, _unwritten(source, error))
                yield fixed.first
                continue
            _tell_of_signature(source, fixed, messages, lang)
            files += 1
            count += fixed.count
        fixed.last.settled = True
        more += 0 if unsafe else _by_unsafe_edits(fixed, source.shown)
        yield fixed.last
    done = Words(
        f"改正了{files}个文件中的{count}处问题。",
        f"Fixed {counted(count, 'finding')} in {counted(files, 'file')}.",
    )
    if more:
        done = Words(
            f"{done.zh}另有{more}处要由人判断，可用 --unsafe-fixes 改正（先用 --diff 查看）。",
            f"{done.en} {more} more need a person: --unsafe-fixes fixes them (look with --diff first).",
        )
    _tell(messages, lang, done)


def _by_unsafe_edits(fixed: Fixed, path: str) -> int:
    """How many findings of a file a run with ``--unsafe-fixes`` would begin by putting right."""
    done = _apply(fixed.data, path, fixed.last, unsafe=True)
    return done.fixed if isinstance(done, _Round) else 0


class Preview:
    """What would change, as a unified diff; nothing is written to any file. Takes the place of an output format."""

    def __init__(self, sources: Iterable[Source], check: Check, unsafe: bool, messages: TextIO) -> None:
        self.sources, self.check, self.unsafe, self.messages = sources, check, unsafe, messages
        self._fixed: Fixed | None = None

    def results(self, lang: str = "zh") -> Iterator[Result]:
        """The results of the files as they stand."""
        for source in self.sources:
            self._fixed = _fixed(source, self.check, self.unsafe, self.messages, lang)
            yield self._fixed.first

    def write(self, results: Iterable[Result], out: TextIO, lang: str = "zh") -> None:
        from govlint.fixing.diff import unified

        for result in results:
            last = self._fixed.last.document if self._fixed and self._fixed.count else None
            if result.document is not None and last is not None:
                for line in unified(result.document, last, result.path, lang):
                    out.write(line + "\n")


def _fixed(source: Source, check: Check, unsafe: bool, messages: TextIO, lang: str) -> Fixed:
    from govlint.linting.linter import unreadable  # counting what can be put right needs no linter

    if source.lost:
        lost = unreadable(source.shown, source.lost, Settings())
        return Fixed(b"", lost, lost)
    try:
        data = readers.read_bytes(source.path) if source.path and not source.stdin else source.data or b""
    except Unreadable as error:
        lost = unreadable(source.shown, error.words, Settings())
        return Fixed(b"", lost, lost)
    fixed = fix(data, source.shown, check, unsafe)
    if fixed.left:
        _tell(messages, lang, fixed.left)
    return fixed


def _tell_of_signature(source: Source, fixed: Fixed, messages: TextIO, lang: str) -> None:
    if fixed.first.document is None or fixed.first.document.format != "docx":
        return
    from govlint.readers.office.signature import SIGNED, is_signed

    if is_signed(fixed.data):
        said = Words(f"{source.shown}：{SIGNED.zh}", f"{source.shown}: {SIGNED.en}")
        _tell(messages, lang, said)


def _unwritten(source: Source, error: OSError) -> Words:
    why = reason(error)
    return Words(
        f"{source.shown}：无法写入（{why.zh}），文件保持原样。",
        f"{source.shown}: cannot be written ({why.en}); the file was left as it is.",
    )


def _tell(messages: TextIO, lang: str, words: Words) -> None:
    print(f"govlint: {words.say(lang)}", file=messages)
