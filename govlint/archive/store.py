"""The store of an archive: Parquet datasets of one row a document, a finding, a cell, that any engine can query.

A batch of documents is one part of each dataset, under one number. What replaces a batch is first staged whole, then
committed by one small file, then put in place part by part; whoever opens the store next finishes what was committed
and clears away what was not. So a run that is killed at any moment leaves every batch as it was or as it became.
"""

from __future__ import annotations

import json
import os
import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from govlint.archive.folder import Folder, Local, folder
from govlint.archive.needs import needed
from govlint.archive.schema import DATASETS, Rows, encoded
from govlint.errors import UsageError

_STATE = "govlint.json"
_STAGED = "_staging"
_COMMITTED = "_commit"
EXCHANGED = "_between"
FORMAT = 2
"""Raised when a store of an older govlint cannot be gone on with."""


class Store:
    """``where`` is a path or a URL."""

    def __init__(self, where: str) -> None:
        self.where = where
        self.folder: Folder = folder(where)

    # What is in it

    def state(self) -> Mapping[str, Any]:
        """What the last run left; empty for a new store. Raises UsageError for a folder of something else."""
        try:
            state: Mapping[str, Any] = json.loads(self.folder.read(_STATE))
        except FileNotFoundError:
            if any(not name.startswith(_STAGED) for name in self.folder.names("")):
                raise UsageError(
                    f"{self.where} 不是空文件夹，也不是 govlint 的结果库 / not empty, and no store of govlint"
                ) from None
            return {}
        except (ValueError, RecursionError) as error:
            raise damaged(self.where, f"{_STATE}: {error}") from error
        if not isinstance(state, dict):
            raise damaged(self.where, _STATE)
        if state.get("format") != FORMAT:
            raise UsageError(
                f"{self.where} 由另一版本的 govlint 写成，请用 --fresh 重做 / written by another version: use --fresh"
            )
        return state

    def write_state(self, **values: Any) -> None:
        self.folder.write(_STATE, json.dumps({"format": FORMAT, **values}, ensure_ascii=False).encode())

    def parts(self, dataset: str) -> list[str]:
        return [name for name in self.folder.names(dataset) if name.endswith(".parquet")]

    def batches(self) -> list[int]:
        """The numbers of the batches in the store."""
        return [int(name[-14:-8]) for name in self.parts("documents")]

    def table(self, dataset: str, batch: int, columns: Sequence[str] | None = None) -> Any:
        """One part, as a pyarrow Table. Raises FileNotFoundError."""
        data = needed("pyarrow").BufferReader(self.folder.read(part_of(dataset, batch)))
        return needed("pyarrow.parquet").read_table(data, columns=columns)

    def connect(self, memory: str | None = None, spill: str | None = None) -> Any:
        """A DuckDB connection in which each dataset that has rows is a view of its name.

        ``memory`` is the most that it takes, such as ``1GB``; beyond it goes to the folder ``spill``. Raises UsageError
        where the store holds no documents.
        """
        if not self.parts("documents"):
            raise UsageError(f"{self.where} 中没有结果 / no results there")
        database = self.database(memory, spill)
        for dataset in DATASETS:
            files = [f"{self.folder.url}/{name}" for name in self.parts(dataset)]
            listed = ", ".join(f"'{quoted(file)}'" for file in files)
            database.execute(f"CREATE VIEW {dataset} AS SELECT * FROM read_parquet([{listed}])")
        return database

    def database(self, memory: str | None = None, spill: str | None = None) -> Any:
        """The same without views."""
        database = needed("duckdb").connect()
        database.execute("SET autoinstall_known_extensions = false")  # nothing is fetched
        if memory:
            database.execute(f"SET memory_limit = '{memory}'")
        if spill:
            database.execute(f"SET temp_directory = '{quoted(spill)}'")
        if not isinstance(self.folder, Local):
            database.register_filesystem(self.folder.files)  # type: ignore[attr-defined]
        return database

    def workspace(self) -> TemporaryDirectory[str]:
        """A folder for the time of a task: within a store on this machine, where the next run clears what a killed one left."""
        inside = self.folder.path / EXCHANGED if isinstance(self.folder, Local) else None
        if inside is not None:
            inside.mkdir(parents=True, exist_ok=True)
        return TemporaryDirectory(prefix="govlint-", dir=inside, ignore_cleanup_errors=True)

    # Putting into it

    def stage(self, batch: int, rows: Rows) -> str:
        """Write the parts of a batch aside; what comes back is given to :meth:`commit`, by whoever drives."""
        staged = f"{_STAGED}/{batch:06d}-{uuid.uuid4().hex}"
        for dataset in DATASETS:
            self.folder.write(f"{staged}/{dataset}.parquet", encoded(dataset, rows[dataset]))
        return staged

    def commit(self, batch: int, staged: str | None) -> None:
        """Put a staged batch in the place of what was there; None takes the batch out of the store."""
        mark = f"{_COMMITTED}/{batch:06d}.json"
        self.folder.write(mark, json.dumps({"staged": staged}).encode())
        self._apply(mark)

    def _apply(self, mark: str) -> None:
        """Do what was committed, however much of it was done before."""
        batch = int(Path(mark).stem)
        staged = json.loads(self.folder.read(mark))["staged"]
        for dataset in DATASETS:
            if staged is None:
                self.folder.remove(part_of(dataset, batch))
            else:
                self.folder.move(f"{staged}/{dataset}.parquet", part_of(dataset, batch))
        if staged is not None:
            self.folder.remove_all(staged)  # gone already, where a run was killed just here
        self.folder.remove(mark)

    def recover(self) -> None:
        """Finish what was committed and clear away what was not."""
        for mark in self.folder.names(_COMMITTED):
            if mark.endswith(".json") and not Path(mark).name.startswith("."):
                self._apply(mark)
            else:
                self.folder.remove(mark)
        self.folder.remove_all(EXCHANGED)
        for name in self.folder.names(""):
            if name.startswith(f"{_STAGED}/") or Path(name).name.startswith("."):
                self.folder.remove(name)

    def clear(self) -> None:
        """Remove everything that govlint put there."""
        mine = (_STATE, *(f"{name}/" for name in (*DATASETS, "findings", _STAGED, _COMMITTED)))
        self.folder.remove_all(EXCHANGED)
        for name in self.folder.names(""):
            if name.startswith(mine):
                self.folder.remove(name)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """One run at a time on this machine; the lock of a killed run is no lock. Raises UsageError."""
        if not isinstance(self.folder, Local) or os.name == "nt":
            yield
            return
        import fcntl

        self.folder.path.mkdir(parents=True, exist_ok=True)
        handle = os.open(self.folder.path, os.O_RDONLY)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            os.close(handle)
            raise UsageError(
                f"另一个 govlint 正在写 {self.where} / another run is writing this store"
            ) from error
        try:
            yield
        finally:
            os.close(handle)


@contextmanager
def sound(where: str) -> Iterator[None]:
    """What is wrong with the files of a store is no fault of govlint's. Raises UsageError."""
    try:
        yield
    except (needed("duckdb").Error, needed("pyarrow").ArrowInvalid) as error:
        raise damaged(where, str(error).partition("\n")[0]) from error


def damaged(where: str, why: str) -> UsageError:
    return UsageError(
        f"结果库 {where} 已损坏，请用 govlint audit --fresh 重做：{why} / the store is damaged: make it anew"
    )


def quoted(text: str) -> str:
    """For between the quotation marks of SQL."""
    return text.replace("'", "''")


def part_of(dataset: str, batch: int) -> str:
    return f"{dataset}/part-{batch:06d}.parquet"
