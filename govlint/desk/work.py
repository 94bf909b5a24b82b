"""What the desk has done in its worker processes: a paper comes in, strings and bytes go back."""

from __future__ import annotations

import io
import signal
from collections.abc import Callable, Sequence
from pathlib import PurePosixPath
from typing import NamedTuple, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from govlint import outputs, readers
from govlint.annotating import PAGE, annotate, takes_notes
from govlint.archive.previous import FileOf, filing_of
from govlint.config.configuration import Configuration
from govlint.desk.forms import Forms
from govlint.desk.sums import Filed, filed, rolled_up, section
from govlint.document import Words
from govlint.errors import UsageError
from govlint.filing import Filing
from govlint.fixing.fixes import REWRITTEN, accept, fix, fixable
from govlint.linting.linter import check_bytes, unreadable
from govlint.linting.settings import Settings
from govlint.outputs.page.fragment import fragment
from govlint.outputs.page.markup import Html
from govlint.outputs.page.numbering import numbered
from govlint.outputs.page.overview import Overview, row
from govlint.outputs.parts.records import Summary
from govlint.report import Report
from govlint.result import Result

T = TypeVar("T")
_state: list[Configuration] = []
"""What is in force in this process, once it is prepared."""


class Paper(Struct, frozen=True):
    """A file to check: its name and bytes, last year's reports as such pairs, and what was chosen for it."""

    name: str
    data: bytes
    previous: tuple[tuple[str, bytes], ...] = ()
    lang: str = "zh"
    template: str | None = None


class Shown(NamedTuple):
    """A paper as its page shows it."""

    title: str
    filters: Html
    article: Html
    fixable: int
    """Findings that are put right at once."""
    rewritten: bool
    """Whether corrections can be written into such a file."""
    noted: bool
    """Whether notes can be."""
    read: bool


class Row(NamedTuple):
    """A paper in the table of all, what it adds to the counts, and its figures where it is a report."""

    html: Html
    summary: Summary
    filed: Filed | None


def prepare(configuration: Configuration) -> None:
    """Load rules and templates, which is no document's time."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the desk is told too, and ends its workers
    use(configuration)


def use(configuration: Configuration) -> None:
    """Let this process check by a configuration."""
    configuration.settings(None).rules()
    _state[:] = [configuration]


def limited(seconds: float, function: Callable[..., T], *args: object) -> T:
    """Run a function; this process ends after so many seconds even where nobody is left to end it."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        return function(*args)
    finally:
        if hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_REAL, 0)


class _Several:
    """Last year's reports of several agencies."""

    def __init__(self, filings: list[Filing]) -> None:
        self.filings = filings

    def of(self, report: Report) -> Filing | Words:
        told = [FileOf(filing).of(report) for filing in self.filings]
        return next((each for each in told if isinstance(each, Filing)), told[0])


def _settings(paper: Paper) -> Settings:
    """Raises UsageError for a template that there is not, and for a report of last year that is none."""
    settings = replace(_state[0].settings(None), lang=paper.lang)
    if paper.template:
        settings = replace(settings, template=paper.template)
        settings.templates()
    if paper.previous:
        filings = [filing_of(data, name, settings) for name, data in paper.previous]
        settings = replace(settings, previous=_Several(filings))
    return settings


def _checked(paper: Paper) -> Result:
    return check_bytes(paper.data, paper.name, _settings(paper))


def _written(results: list[Result], name: str, lang: str) -> str:
    out = io.StringIO()
    outputs.load(name, outputs.FORMATS).write(results, out, lang)
    return out.getvalue()


def as_json(paper: Paper) -> str:
    """The envelope of ``govlint check --format json``."""
    return _written([_checked(paper)], "json", paper.lang)


def lost_as_json(paper: Paper, words: Words) -> str:
    """The same for a paper that ended its process or hung it."""
    plain = replace(_state[0].settings(None), lang=paper.lang)
    return _written([unreadable(paper.name, words, plain, paper.data)], "json", paper.lang)


def as_page(paper: Paper) -> str:
    """The page of ``govlint check --format html``."""
    return _written([_checked(paper)], "html", paper.lang)


def look(paper: Paper, where: str, turn: int, lost: Words | None = None) -> Shown:
    """The page of a paper. ``where`` begins the addresses of its forms, ``turn`` tells which version they are about.

    ``lost``: how an earlier try ended its process.
    """
    settings = _settings(paper) if lost is None else replace(_state[0].settings(None), lang=paper.lang)
    result = (
        check_bytes(paper.data, paper.name, settings)
        if lost is None
        else unreadable(paper.name, lost, settings, paper.data)
    )
    overview = Overview(paper.lang)
    overview.add(result, "")
    forms = Forms(where, turn, paper.lang, result.document)
    article = fragment(result, paper.lang, options=False, actions=forms.accept)
    rewritten = result.document is not None and result.document.format in REWRITTEN
    title = overview.title or paper.name
    read = result.document is not None
    noted = read and takes_notes(paper.data, paper.name)
    return Shown(title, overview.filters(), article, fixable(result).safe, rewritten, noted, read)


def in_table(paper: Paper, href: str, lost: Words | None = None) -> Row:
    """The row of a paper in the table of all. A report of last year that is none is left to the paper's own page."""
    if lost is not None:
        settings = replace(_state[0].settings(None), lang=paper.lang)
        result = unreadable(paper.name, lost, settings, paper.data)
    else:
        result = _checked(paper)
    summary = Summary()
    summary.add(result)
    return Row(row(result, paper.lang, href), summary, filed(result.report) if result.report else None)


def sums(rows: Sequence[Filed], lang: str) -> Html:
    """What the reports of a table come to against those of their governments."""
    settings = _state[0].settings(None)
    return section(rolled_up(rows, settings.register), {each.id: each for each in settings.templates()}, lang)


def accepted(paper: Paper, number: int) -> bytes:
    """The file with the suggestion of one finding, by its number on the page. Raises UsageError."""
    result = _checked(paper)
    found = next((each.finding for each in numbered(result) if each.number == number), None)
    if found is None:
        raise UsageError("没有这一条问题。 / there is no such finding")
    done = accept(paper.data, paper.name, result, found)
    if isinstance(done, Words):
        raise UsageError(f"{done.zh} / {done.en}")
    return done


def put_right(paper: Paper) -> tuple[bytes, int]:
    """The file with what is safe to correct, and how many findings that were."""
    settings = _settings(paper)
    done = fix(paper.data, paper.name, lambda data, name: check_bytes(data, name, settings))
    return done.data, done.count


def annotated(paper: Paper) -> tuple[str, bytes]:
    """The suffix and the bytes of the file with its findings as notes. Raises UsageError where it takes none."""
    settings = _settings(paper)
    kind = readers.reader(paper.data, paper.name).__name__.rpartition(".")[2]
    own = PurePosixPath(paper.name).suffix.lower()
    suffix = {"legacy": ".docx", "odt": ".docx", "html": own if own in PAGE else ".html"}.get(kind, own)
    done = annotate(
        paper.data,
        paper.name,
        f"copy{suffix}",
        lambda data, name: check_bytes(data, name, settings),
        lang=paper.lang,
    )
    if done.data is None:
        told = [done.result.error] if done.result.error else done.said
        why = told[0] if told else Words("没有写入。", "Nothing was written.")
        raise UsageError(f"{why.zh} / {why.en}")
    return suffix, done.data
