"""Archives: the store, resuming, killed runs, documents that end or hang their process, packed files."""

from __future__ import annotations

import io
import multiprocessing
import os
import random
import shutil
import signal
import sys
import tarfile
import time
import zipfile
from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from making.archives import archive
from making.engines import Here
from making.packages import twice

from govlint import api
from govlint.archive import between
from govlint.archive.audit import Progress, audit
from govlint.archive.engines import Local
from govlint.archive.sources import Without, located, read
from govlint.archive.store import Store
from govlint.cli.commands import main
from govlint.errors import UsageError
from govlint.linting.examples import model_report

MODEL = model_report("ogi-2021")
DATASETS = ("documents", "findings", "cells", "passages", "filings", "unchecked")


def run(
    folder: Path | str, store: Path, limit: float = 60, engine: Local | None = None, **settings: object
) -> Progress:
    configuration = api.configure(config=None, **settings)  # type: ignore[arg-type]
    return audit([str(folder)], str(store), configuration, engine or Here(), limit=limit)


def rows(store: Path, dataset: str) -> list[str]:
    """Every row of a dataset, in order."""
    database = Store(str(store)).connect()
    listed = database.execute(f"SELECT * FROM {dataset}").fetchall()
    return sorted(map(repr, listed))


def whole(store: Path) -> dict[str, list[str]]:
    return {dataset: rows(store, dataset) for dataset in DATASETS}


def paths(store: Path) -> list[str]:
    return [
        row[0]
        for row in Store(str(store)).connect().execute("SELECT path FROM documents ORDER BY 1").fetchall()
    ]


def put(folder: Path, name: str, text: str | bytes) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, set[str]]]:
    """An archive of 25 agencies over four years, and what was planted in it."""
    folder = tmp_path_factory.mktemp("archive")
    planted = {}
    for document in archive(25, range(2021, 2025), seed=0, mistakes=0.6):
        put(folder, document.path, document.text)
        planted[document.path] = document.codes
    put(folder, "readme.md", "# 说明\n这里是历年的报告。\n")
    put(folder, "0000/坏文件.docx", b"PK\x03\x04 not a package")
    return folder, planted


@pytest.fixture(scope="module")
def undisturbed(made: tuple[Path, dict[str, set[str]]], tmp_path_factory: pytest.TempPathFactory) -> Path:
    store = tmp_path_factory.mktemp("undisturbed") / "store"
    run(made[0], store, engine=Local(2))
    return store


# The store


def test_what_was_planted_is_found_and_nothing_else(
    made: tuple[Path, dict[str, set[str]]], undisturbed: Path
) -> None:
    found = Store(str(undisturbed)).connect().execute(
        "SELECT path, code FROM findings WHERE code[1] IN ('H', 'A') ORDER BY ALL"
    )  # fmt: skip
    expected = sorted((path, code) for path, codes in made[1].items() for code in codes)
    assert found.fetchall() == expected
    assert {code for _, code in expected} >= {"H001", "H002", "H003", "A001", "A002", "A003"}


def test_every_document_is_one_row(made: tuple[Path, dict[str, set[str]]], undisturbed: Path) -> None:
    names = sorted(path.relative_to(made[0]).as_posix() for path in made[0].rglob("*.*"))
    assert paths(undisturbed) == names
    statuses = Counter(Store(str(undisturbed)).connect().execute("SELECT status FROM documents").fetchall())
    assert statuses == {("checked",): len(made[1]), ("not_a_report",): 1, ("unreadable",): 1}


def test_counts_and_verdicts_take_in_what_was_said_between_documents(undisturbed: Path) -> None:
    wrong = Store(str(undisturbed)).connect().execute(
        """
        SELECT d.path, d.findings, d.verdict, count(f.path), bool_or(f.severity = 'error') AS failing
        FROM documents d LEFT JOIN findings f USING (path) GROUP BY ALL
        HAVING d.findings <> count(f.path) OR (failing AND d.status = 'checked') <> (d.verdict = 'fail')
        """
    )  # fmt: skip
    assert [row for row in wrong.fetchall() if row[0] != "0000/坏文件.docx"] == []


def test_findings_between_documents_have_places(undisturbed: Path) -> None:
    database = Store(str(undisturbed)).connect()
    placed = database.execute(
        """
        SELECT f.line = c.line AND starts_with(f.place, c.place) FROM findings f
        JOIN cells c ON c.path = f.path AND c.cell = f.cells[1] WHERE f.code IN ('H001', 'H002', 'A002')
        """
    ).fetchall()
    assert placed
    assert set(placed) == {(True,)}
    texts = database.execute("SELECT line, place FROM findings WHERE code IN ('H003', 'A003')").fetchall()
    assert all(line and place for line, place in texts)


# Later runs


def test_a_second_run_reads_only_what_changed(made: tuple[Path, dict[str, set[str]]], tmp_path: Path) -> None:
    folder, store = tmp_path / "in", tmp_path / "store"
    texts = {
        f"{year}.txt": MODEL.replace("2023", str(year + 1)).replace("2022", str(year))
        for year in range(2021, 2025)
    }
    for name, text in texts.items():
        put(folder, name, text)
    assert run(folder, store).read == 4
    before = whole(store)
    assert run(folder, store).read == 0
    assert whole(store) == before
    put(folder, "2022.txt", texts["2022.txt"].replace("行政许可 | 156", "行政许可 | 157"))
    (folder / "2024.txt").unlink()
    put(folder, "新/2020.txt", MODEL.replace("2023", "2021").replace("2022", "2020"))
    assert run(folder, store).read == 2
    afresh = tmp_path / "afresh"
    run(folder, afresh)
    assert whole(store) == whole(afresh)
    assert run(folder, store, select=("H",)).read == 4


def test_fresh_begins_anew_and_a_strange_folder_is_left_alone(tmp_path: Path) -> None:
    put(tmp_path / "in", "a.txt", MODEL)
    put(tmp_path / "other", "notes.txt", "mine")
    with pytest.raises(UsageError, match="不是 govlint 的结果库"):
        run(tmp_path / "in", tmp_path / "other")
    assert (tmp_path / "other" / "notes.txt").read_text() == "mine"


def test_the_store_within_the_folder_is_not_read(tmp_path: Path) -> None:
    put(tmp_path, "a.txt", MODEL)
    run(tmp_path, tmp_path / "store")
    put(tmp_path / "store", "documents/notes.txt", "mine")
    assert run(tmp_path, tmp_path / "store").read == 0
    assert paths(tmp_path / "store") == ["a.txt"]


# Processes that end

_RULE = """
import os, time
from govlint.document import Words
from govlint.rule import Reference, Rule
rule = Rule(code="X001", name="hostile", title=Words("", ""), severity="info", message=Words("", ""), why=Words("", ""),
            reference=Reference("", ""))
@rule.check
def check(report):
    text = report.document.text
    if "终止进程" in text:
        os.kill(os.getpid(), 9)
    if "一去不返" in text:
        time.sleep(1000)
    return []
"""


@pytest.mark.external
def test_what_ends_or_hangs_its_process_is_reported_and_the_others_go_on(tmp_path: Path) -> None:
    put(tmp_path, "rules/x001_hostile.py", _RULE)
    put(tmp_path, "govlint.toml", 'rule-folders = ["rules"]\n')
    for number in range(10):
        put(tmp_path, f"in/{number:02}.txt", MODEL)
    put(tmp_path, "in/02.txt", MODEL + "终止进程")
    put(tmp_path, "in/03.txt", MODEL + "终止进程")
    put(tmp_path, "in/07.txt", MODEL + "一去不返")
    configuration = api.configure(config=tmp_path / "govlint.toml")
    audit([str(tmp_path / "in")], str(tmp_path / "store"), configuration, Local(2), limit=3)
    lost = Store(str(tmp_path / "store")).connect().execute(
        "SELECT path, regexp_extract(error, 'SIGKILL|3 秒') FROM documents WHERE status = 'unreadable' ORDER BY 1"
    )  # fmt: skip
    assert lost.fetchall() == [("02.txt", "SIGKILL"), ("03.txt", "SIGKILL"), ("07.txt", "3 秒")]
    assert len(paths(tmp_path / "store")) == 10


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """An archive that is soon read, and its store."""
    folder = tmp_path_factory.mktemp("few")
    for document in archive(12, range(2021, 2025), seed=3, mistakes=0.8):
        put(folder / "in", document.path, document.text)
    run(folder / "in", folder / "store")
    return folder / "in", folder / "store"


def start(folder: Path, store: Path) -> Any:
    """A run of the command, in a process that has everything loaded: most kills would otherwise fall into loading."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(
        ["govlint.archive.command", "govlint.archive.comparing", "duckdb", "pyarrow.parquet"]
    )
    process = context.Process(
        target=main, args=(["audit", str(folder), "--out", str(store), "--jobs", "2", "-q"],)
    )
    process.start()
    return process


def timed(folder: Path, store: Path) -> float:
    began = time.monotonic()
    process = start(folder, store)
    process.join()
    assert process.exitcode == 0
    return time.monotonic() - began


def workers_of(pid: int) -> list[int]:
    listed = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(child) for each in listed for child in each.read_text().split()]


def kill_at_random(folder: Path, stores: Path, draw: random.Random, kills: int) -> Path:
    """Runs of an audit, each killed after a random part of the time that it takes, the last one left to its end."""
    whole_run = timed(folder, stores / "first")
    killed = begun = 0
    while killed < kills:
        store = stores / str(begun)  # not one that workers of a killed run may still write to
        process = start(folder, store)
        process.join(draw.uniform(0, whole_run))
        if process.exitcode is not None:
            assert process.exitcode == 0
            begun += 1
            continue
        workers = workers_of(process.pid) if draw.random() < 0.3 else []
        if workers:  # one of them: the run goes on
            with suppress(ProcessLookupError):
                os.kill(draw.choice(workers), signal.SIGKILL)
        else:
            process.kill()
        process.join()
        killed += 1
        if process.exitcode:
            check_no_document_twice(store)
        elif killed < kills:
            begun += 1
    timed(folder, stores / str(begun))
    return stores / str(begun)


def check_no_document_twice(store: Path) -> None:
    if any((store / "documents").glob("*.parquet")):
        listed = paths(store)
        assert len(listed) == len(set(listed))


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="needs /proc")
@pytest.mark.parametrize(
    ("kills", "part"), [pytest.param(25, part, marks=pytest.mark.external) for part in range(1, 5)]
)
def test_a_store_is_the_same_whenever_runs_were_killed(
    few: tuple[Path, Path], tmp_path: Path, kills: int, part: int
) -> None:
    store = kill_at_random(few[0], tmp_path, random.Random(part), kills)
    assert whole(store) == whole(few[1])


@pytest.mark.external
def test_comparing_in_many_buckets_says_the_same(
    undisturbed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(undisturbed, tmp_path / "store")
    store = Store(str(tmp_path / "store"))
    settings = api.configure(config=None).settings(None)
    monkeypatch.setattr(between, "SMALLEST", 40)
    between.compare(store, str(tmp_path / "store"), settings, Here(), 100)
    assert len([name for name in store.parts("findings") if "between" in name]) == 3
    assert whole(tmp_path / "store") == whole(undisturbed)
    monkeypatch.setattr(between, "SMALLEST", 5000)
    between.compare(store, str(tmp_path / "store"), settings, Here(), 100)
    assert whole(tmp_path / "store") == whole(undisturbed)


def test_what_was_committed_is_finished_and_what_was_not_is_cleared_away(
    undisturbed: Path, tmp_path: Path
) -> None:
    shutil.copytree(undisturbed, tmp_path / "store")
    store = Store(str(tmp_path / "store"))
    kept = {dataset: store.table(dataset, 0) for dataset in DATASETS}
    before = whole(tmp_path / "store")
    aborted = store.stage(0, kept)
    staged = store.stage(0, kept)
    store.folder.write("_commit/000000.json", f'{{"staged": "{staged}"}}'.encode())
    store.folder.move(f"{staged}/cells.parquet", "cells/part-000000.parquet")
    for _ in range(2):  # the second time everything was done but for taking the mark away
        store.folder.write("_commit/000000.json", f'{{"staged": "{staged}"}}'.encode())
        store.recover()
        assert whole(tmp_path / "store") == before
    assert store.folder.names("_staging") + store.folder.names("_commit") == []
    assert aborted != staged


# Where documents are


def packed(folder: Path) -> None:
    with zipfile.ZipFile(folder / "年报.zip", "w") as archive_:
        archive_.writestr("县/2022.txt", MODEL)
        archive_.writestr("__MACOSX/县/2022.txt", "no")
        archive_.writestr(zipfile.ZipInfo("大.txt"), b"0" * 50_000_000, zipfile.ZIP_DEFLATED)
    with tarfile.open(folder / "旧.tar.gz", "w:gz") as tar:
        data = MODEL.replace("2023", "2022").replace("2022", "2021", 1).encode()
        info = tarfile.TarInfo("./2021.txt")
        info.size = len(data)
        tar.addfile(info, io.BytesIO(data))
    (folder / "坏.zip").write_bytes(b"PK\x03\x04broken")


def test_packed_documents_are_read_in_place(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    packed(folder)
    run(folder, tmp_path / "store")
    listed = Store(str(tmp_path / "store")).connect().execute("SELECT path, status FROM documents ORDER BY 1")
    assert listed.fetchall() == [
        ("坏.zip", "unreadable"),
        ("年报.zip/县/2022.txt", "checked"),
        ("年报.zip/大.txt", "unreadable"),
        ("旧.tar.gz/2021.txt", "checked"),
    ]
    run(folder / "年报.zip", tmp_path / "alone")
    assert paths(tmp_path / "alone") == ["县/2022.txt", "大.txt"]


def test_names_in_gbk_are_read(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive_:
        archive_.writestr("12345678.txt", MODEL)
    data = (tmp_path / "a.zip").read_bytes().replace(b"12345678.txt", "乡镇年报".encode("gb18030") + b".txt")
    (tmp_path / "a.zip").write_bytes(data)
    assert [each.path for each in located([str(tmp_path)])] == ["a.zip/乡镇年报.txt"]


@pytest.mark.parametrize(
    ("name", "broken"),
    [
        ("govlint.json", b"[]"),
        ("govlint.json", b"[" * 100_000),
        ("documents/part-000000.parquet", b""),
        ("findings/between-000000.parquet", bytes(range(256))),
    ],
)
def test_a_damaged_store_is_said_and_made_anew(
    name: str, broken: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store, page = tmp_path / "store", tmp_path / "page.html"
    put(tmp_path / "in", "a.txt", MODEL)
    run(tmp_path / "in", store)
    (store / name).write_bytes(broken)
    page.write_text("as it was", "utf-8")
    assert main(["report", str(store), "-o", str(page)]) == 2
    assert "已损坏" in capsys.readouterr().err
    assert page.read_text("utf-8") == "as it was"
    audit([str(tmp_path / "in")], str(store), api.configure(config=None), Here(), fresh=True)
    assert main(["report", str(store), "-o", str(page)]) == 0


@pytest.mark.skipif(sys.platform != "linux", reason="names are bytes there")
def test_a_folder_that_cannot_be_opened_is_a_document_that_cannot_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path / "in", "a.txt", MODEL)
    put(tmp_path / "in", "locked/b.txt", MODEL)
    listed = os.scandir

    def refuse(path: Any) -> Any:
        if str(path).endswith("locked"):
            raise PermissionError(13, "Permission denied", str(path))
        return listed(path)

    monkeypatch.setattr(os, "scandir", refuse)
    run(tmp_path / "in", tmp_path / "store")
    found = Store(str(tmp_path / "store")).connect().execute("SELECT path, status FROM documents ORDER BY 1")
    assert found.fetchall() == [("a.txt", "checked"), ("locked", "unreadable")]


def test_members_that_lead_elsewhere_are_read_in_place_or_told(tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "a.tar", "w") as packed_:
        for name, kind in (
            ("../up.txt", tarfile.REGTYPE),
            ("link.txt", tarfile.SYMTYPE),
            ("self.txt", tarfile.LNKTYPE),
        ):
            member = tarfile.TarInfo(name)
            member.type, member.linkname = kind, "self.txt" if name == "self.txt" else "/etc/hostname"
            member.size = len(MODEL.encode()) if kind == tarfile.REGTYPE else 0
            packed_.addfile(member, io.BytesIO(MODEL.encode()))
        inner = io.BytesIO()
        with zipfile.ZipFile(inner, "w") as inside:
            inside.writestr("a.txt", MODEL)
        member = tarfile.TarInfo("inner.zip")
        member.size = len(inner.getvalue())
        packed_.addfile(member, io.BytesIO(inner.getvalue()))
    run(tmp_path / "a.tar", tmp_path / "store")
    found = Store(str(tmp_path / "store")).connect().execute("SELECT path, status FROM documents ORDER BY 1")
    assert found.fetchall() == [("../up.txt", "checked"), ("inner.zip", "unreadable")]
    assert not (tmp_path.parent / "up.txt").exists()


def test_of_two_documents_of_one_name_neither_is_taken_for_both(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive_:
        archive_.writestr("1.txt", MODEL)
        archive_.writestr("2.txt", MODEL)
    data = twice((tmp_path / "a.zip").read_bytes(), "1.txt")
    (tmp_path / "a.zip").write_bytes(data)
    with tarfile.open(tmp_path / "b.tar", "w") as tar:
        for name in ("1.txt", "2.txt", "./1.txt"):
            info = tarfile.TarInfo(name)
            info.size = len(MODEL.encode())
            tar.addfile(info, io.BytesIO(MODEL.encode()))
    run(tmp_path, tmp_path / "store")
    found = Store(str(tmp_path / "store")).connect().execute("SELECT path, status FROM documents ORDER BY 1")
    assert found.fetchall() == [
        (f"{name}/{each}.txt", status)
        for name in ("a.zip", "b.tar")
        for each, status in ((1, "unreadable"), (2, "checked"))
    ]


def test_names_that_are_no_text_stay_two(tmp_path: Path) -> None:
    for name in (b"\xff.txt", b"\xfe.txt"):
        put(tmp_path / "in", os.fsdecode(name), MODEL)
    run(tmp_path / "in", tmp_path / "store")
    assert paths(tmp_path / "store") == ["\\xfe.txt", "\\xff.txt"]


def test_what_settings_exclude_is_no_document_of_the_archive(tmp_path: Path) -> None:
    for name in ("a.txt", "drafts/b.txt", "in/c.txt", "in/d.tmp.txt"):
        put(tmp_path, name, MODEL)
    put(tmp_path, "in/govlint.toml", 'exclude = ["*.tmp.txt"]')
    without = Without(None, api.configure(exclude=["drafts/"]).exclusions)
    assert [each.path for each in located([str(tmp_path)], without)] == ["a.txt", "in/c.txt"]


def test_globs_and_remote_stores(tmp_path: Path) -> None:
    put(tmp_path, "a/1.txt", MODEL)
    put(tmp_path, "a/b/2.txt", MODEL)
    put(tmp_path, "a/b/3.md", MODEL)
    assert [each.path for each in located([f"{tmp_path}/a/**/*.txt"])] == ["1.txt", "b/2.txt"]
    import fsspec

    memory = fsspec.filesystem("memory")
    memory.pipe_file("/reports/县/2022.txt", MODEL.encode())
    found = list(located(["memory://reports"]))
    assert [each.path for each in found] == ["县/2022.txt"]
    from govlint.readers.limits import LIMITS

    assert read(found[0], LIMITS) == MODEL.encode()


def test_a_store_elsewhere_is_written_as_one_here(tmp_path: Path) -> None:
    store = Store("memory://store")
    from govlint.archive.rows import empty

    for number in (0, 1):
        store.commit(number, store.stage(number, empty()))
    store.commit(1, None)
    assert store.batches() == [0]
    assert store.folder.names("_staging") + store.folder.names("_commit") == []


def test_two_documents_of_one_name_are_refused(tmp_path: Path) -> None:
    put(tmp_path, "a/1.txt", MODEL)
    put(tmp_path, "b/1.txt", MODEL)
    with pytest.raises(UsageError, match="同名"):
        list(located([str(tmp_path / "a"), str(tmp_path / "b")]))
    assert len(list(located([str(tmp_path), str(tmp_path / "b")]))) == 2
