"""What is done to a batch: each document read and checked, what has not changed taken over, and the parts staged."""

from __future__ import annotations

import hashlib
import os
import uuid
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field

from govlint.archive.located import Located
from govlint.archive.rows import Across, add, empty, rows_of
from govlint.archive.schema import DATASETS, Rows, table
from govlint.archive.sources import read
from govlint.archive.store import Store
from govlint.document import Unreadable, Words
from govlint.linting.linter import check_bytes, unreadable
from govlint.runs.depends import stated
from govlint.text.digest import sha256

if TYPE_CHECKING:
    from govlint.config.configuration import Configuration
    from govlint.linting.settings import Settings


class Job(Struct, frozen=True):
    """What all batches of a run have in common."""

    store: str
    configuration: Configuration
    limit: float
    """Seconds that a document may take."""
    run: str = field(default_factory=lambda: uuid.uuid4().hex)
    """Tells one run from another where workers outlive it."""


class Batch(Struct):
    """Documents that are one part of each dataset. ``known``: the store has had it before."""

    number: int
    documents: Sequence[Located]
    known: bool = False
    failed: dict[int, Words] = field(default_factory=dict)
    """By index, documents that ended or hung their process when tried alone, and how."""


class Done(Struct, frozen=True):
    """What came of a batch. ``staged`` None and ``changed``: the batch has no documents any more."""

    number: int
    documents: int
    read: int
    """Documents that were read anew."""
    changed: bool
    staged: str | None
    worst: tuple[int, str] = (0, "")
    """Errors of the document with most of them among those read anew, and its path."""


Tell = Callable[[int, Rows | None], None]
"""Told of each document: with None that it is begun, with its rows that it is done."""


def work(batch: Batch, job: Job, before: Mapping[int, Rows], tell: Tell) -> Done:
    """Work on a batch; ``before`` holds the rows, by index, of documents that an earlier process was done with."""
    store = Store(job.store)
    old = _Old(store, batch.number) if batch.known else None
    anew = _Anew()
    unchanged: list[str] = []
    for index, document in enumerate(batch.documents):
        if index in before:
            anew.add(before[index])
            continue
        tell(index, None)
        settings = job.configuration.settings(document.local)
        digest = digest_of(settings)
        data, error = _bytes(document, settings)
        if old is not None and error is None and old.has(document.path, data, digest):
            unchanged.append(document.path)
            continue
        made = _rows(document, data, error, batch.failed.get(index), settings)
        tell(index, made)
        anew.add(made)
    if old is not None and not anew.documents and len(unchanged) == len(old.paths):
        return Done(batch.number, len(unchanged), 0, False, None)
    if not batch.documents:
        return Done(batch.number, 0, 0, True, None)
    tables = anew.tables()
    whole = old.joined(unchanged, tables) if old is not None else tables
    staged = store.stage(batch.number, whole)
    return Done(batch.number, len(batch.documents), anew.documents, True, staged, anew.worst)


_PUT_AWAY = 32
"""Documents whose rows are put away together: as objects they take ten times the memory."""


class _Anew:
    """The rows of documents that were read, most of them as tables."""

    def __init__(self) -> None:
        self.rows = empty()
        self.put_away: dict[str, list[Any]] = {dataset: [] for dataset in DATASETS}
        self.documents = 0
        self.worst = (0, "")
        """The most errors that one of them has, and its path."""

    def add(self, rows: Rows) -> None:
        errors = Counter(found["path"] for found in rows["findings"] if found["severity"] == "error")
        self.worst = max(self.worst, *((count, path) for path, count in errors.items()), (0, ""))
        add(self.rows, rows)
        self.documents += len(rows["documents"])
        if len(self.rows["documents"]) >= _PUT_AWAY:
            self._put_away()

    def _put_away(self) -> None:
        for dataset, listed in self.rows.items():
            self.put_away[dataset].append(table(dataset, listed))
        self.rows = empty()

    def tables(self) -> dict[str, Any]:
        from govlint.archive.needs import needed

        self._put_away()
        return {dataset: needed("pyarrow").concat_tables(made) for dataset, made in self.put_away.items()}


def rows_alone(document: Located, job: Job) -> Rows:
    """The rows of one document by itself."""
    settings = job.configuration.settings(document.local)
    return _rows(document, *_bytes(document, settings), None, settings)


def _bytes(document: Located, settings: Settings) -> tuple[bytes, Words | None]:
    try:
        return read(document, settings.limits), None
    except Unreadable as error:
        return b"", error.words


def _rows(
    document: Located, data: bytes, error: Words | None, failed: Words | None, settings: Settings
) -> Rows:
    if error is not None or failed is not None:
        result = unreadable(document.path, error or failed or Words("", ""), settings, data)
    else:
        result = check_bytes(data, document.path, settings)
    between = [rule for rule in settings.rules() if rule.subject != "report"]
    across = Across(between, settings.severity)
    return rows_of(result, document.path, digest_of(settings), settings.lang, len(data), across)


class _Old:
    """A batch as the store has it."""

    def __init__(self, store: Store, number: int) -> None:
        self.store, self.number = store, number
        listed = store.table("documents", number, ["path", "sha256", "settings"]).to_pylist()
        self.paths = {row["path"]: (row["sha256"], row["settings"]) for row in listed}

    def has(self, path: str, data: bytes, settings: str) -> bool:
        """Whether the same document was read under the same settings."""
        return self.paths.get(path) == (sha256(data) if data else "", settings)

    def joined(self, unchanged: Sequence[str], anew: Mapping[str, Any]) -> dict[str, Any]:
        """The rows of the documents that stay, and new ones."""
        from govlint.archive.needs import needed

        pa, compute = needed("pyarrow"), needed("pyarrow.compute")
        stay = pa.array(unchanged, pa.string())
        whole = {}
        for dataset in DATASETS:
            old = self.store.table(dataset, self.number)
            whole[dataset] = pa.concat_tables([old.filter(compute.is_in(old["path"], stay)), anew[dataset]])
        return whole


# What a result depends on beside the content


_OPTIONAL = ("pypdfium2", "rapidocr_onnxruntime", "lxml", "openpyxl")


@cache
def _installed() -> str:
    """Version of govlint, and of what decides which documents it can read."""
    import shutil
    from importlib.metadata import PackageNotFoundError, version

    from govlint.version import __version__

    found = [__version__, str(bool(shutil.which("soffice") or shutil.which("libreoffice")))]
    for name in _OPTIONAL:
        try:
            found.append(version(name.replace("_", "-")))
        except PackageNotFoundError:
            found.append("")
    return " ".join(found)


_digests: dict[int, tuple[Settings, str]] = {}


def digest_of(settings: Settings) -> str:
    """A digest of version, settings, rules and templates: where it differs, a document is read anew."""
    known = _digests.get(id(settings))
    if known is not None and known[0] is settings:
        return known[1]
    parts = [
        _installed(),
        stated(settings),
        repr((settings.fail_on, settings.lang)),
        _content(tuple(sorted({rule.source for rule in settings.rules()}))),
        repr([(each.id, each.document, each.landmarks, each.identities) for each in settings.templates()]),
    ]
    digest = sha256("\n".join(parts))[:16]
    if len(_digests) > 1000:
        _digests.clear()
    _digests[id(settings)] = (settings, digest)
    return digest


@cache
def _content(files: tuple[str, ...]) -> str:
    """A digest of the rules' own files; their names, which differ between machines, do not count."""
    whole = hashlib.sha256()
    for file in sorted(files, key=os.path.basename):
        path = Path(file)
        whole.update(path.read_bytes() if path.is_file() else file.encode())
    return whole.hexdigest()
