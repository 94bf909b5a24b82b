"""Many documents: the same results on any number of processes, whatever happens to one of them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from functools import partial
from pathlib import Path

import pytest

import govlint
from govlint import api
from govlint.cli import progress, running
from govlint.cli.commands import main
from govlint.linting.examples import model_report
from govlint.result import Result

MODEL = model_report("ogi-2021")
UNIT = MODEL.replace("行政许可 | 156", "行政许可 | 156件")
RULE = """
import os, signal
from govlint.document import Words
from govlint.rule import Reference, Rule

rule = Rule("X001", "deadly", Words("", ""), "error", Words("", ""), Words("", ""), Reference("", ""))

@rule.check
def check(report):
    if "致命" in report.document.text:
        os.kill(os.getpid(), signal.SIGKILL)
    if "等待" in report.document.text:
        signal.pause()
    if "不可传" in report.document.text:
        yield rule.finding(None, expected=lambda: None)
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Nine documents, every third with a mistake, and one that is none."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "own").mkdir()
    (tmp_path / "own/x001_deadly.py").write_text(RULE, "utf-8")
    (tmp_path / "govlint.toml").write_text('rule-folders = ["own"]', "utf-8")
    (tmp_path / "reports").mkdir()
    for number in range(9):
        text = UNIT if number % 3 == 0 else MODEL
        (tmp_path / f"reports/{number}.txt").write_text(text, "utf-8")
    (tmp_path / "reports/notice.txt").write_text("关于公布年度报告的通知\n", "utf-8")
    return tmp_path


def written(*options: str) -> tuple[int, str]:
    out = Path("out")
    code = main(["check", "reports", "--output", str(out), "--config", "govlint.toml", *options])
    return code, out.read_text("utf-8")


@pytest.mark.external
@pytest.mark.parametrize("form", ["rich", "json", "jsonl", "sarif", "junit", "markdown"])
def test_results_are_the_same_on_any_number_of_processes(folder: Path, form: str) -> None:
    alone = written("--format", form, "--jobs", "1")
    assert alone[0] == 1
    for jobs in ("2", "40"):
        assert written("--format", form, "--jobs", jobs) == alone


@pytest.mark.skipif(sys.platform != "linux", reason="names are bytes there")
def test_names_that_are_no_text(folder: Path) -> None:
    Path(os.fsdecode(b"reports/\xff\xfe.txt")).write_text(UNIT, "utf-8")
    assert written("--format", "json", "--jobs", "2") == written("--format", "json", "--jobs", "1")


def test_extract_on_many_processes(folder: Path) -> None:
    texts = []
    for jobs in ("1", "3"):
        assert main(["extract", "reports", "--output", "out", "--jobs", jobs]) == 0
        texts.append(Path("out").read_text("utf-8"))
    assert texts[0] == texts[1]


def results(jobs: int) -> list[Result]:
    configuration = govlint.configure(config="govlint.toml")
    return list(govlint.check_many(["reports"], configuration=configuration, jobs=jobs))


@pytest.mark.parametrize("deadly", [["0"], ["8"], ["0", "1", "2"], ["3", "4", "7"], list("012345678")])
def test_a_worker_that_dies_takes_one_document_with_it(folder: Path, deadly: list[str]) -> None:
    for name in deadly:
        (folder / f"reports/{name}.txt").write_text(MODEL + "致命", "utf-8")
    found = results(2)
    assert [Path(result.path).stem for result in found] == [*"012345678", "notice"]
    lost = {Path(result.path).stem for result in found if result.status == "unreadable"}
    assert lost == set(deadly)
    assert all(
        [f.code for f in result.findings] == ["E001"] for result in found if result.status == "unreadable"
    )
    codes = {Path(result.path).stem: [f.code for f in result.findings] for result in found}
    assert all(codes[name] == ["T006"] for name in "036" if name not in deadly)


def test_what_cannot_be_sent_is_a_fault(folder: Path) -> None:
    (folder / "reports/1.txt").write_text(MODEL + "不可传", "utf-8")
    found = results(2)
    assert [f.code for f in found[1].findings] == ["E003"]
    assert written("--jobs", "2")[0] == 4


def test_a_reader_that_fails_is_a_fault_of_one_document(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from govlint import readers

    read = readers.read

    def failing(data: bytes, path: str, *rest: object) -> object:
        if path.endswith("1.txt"):
            raise KeyError("no such part")
        return read(data, path, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(readers, "read", failing)
    code, text = written("--format", "json")
    documents = json.loads(text)["documents"]
    assert code == 4
    assert [[f["code"] for f in document["findings"]] for document in documents[:4]] == [
        ["T006"],
        ["E003"],
        [],
        ["T006"],
    ]
    assert (documents[1]["status"], documents[1]["verdict"]) == ("unreadable", "incomplete")


def test_workers_are_started_anew_where_there_are_threads(folder: Path) -> None:
    """A fork with threads may hang: then the workers are fresh processes."""
    done = threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()
    try:
        many = [(result.path, [f.code for f in result.findings]) for result in results(2)]
    finally:
        done.set()
        thread.join()
    assert many == [(result.path, [f.code for f in result.findings]) for result in results(1)]


def test_an_interrupt_ends_all_processes(folder: Path) -> None:
    (folder / "reports/5.txt").write_text(MODEL + "等待", "utf-8")
    run = subprocess.Popen(
        [sys.executable, "-m", "govlint", "check", "reports", "--jobs", "2", "--format", "jsonl"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        # A suite that a shell starts in the background has it ignored, and so would its children.
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),
    )
    assert run.stdout is not None
    assert json.loads(run.stdout.readline())["path"] == "reports/0.txt"
    os.killpg(run.pid, signal.SIGINT)
    _, error = run.communicate(timeout=60)
    assert run.returncode == 130
    assert b"Traceback" not in error
    with pytest.raises(ProcessLookupError):
        os.killpg(run.pid, 0)


def test_few_documents_stay_in_the_process(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from govlint.runs import batch

    def fail(*arguments: object) -> None:
        raise AssertionError("a worker was started")

    monkeypatch.setattr(batch, "_start", fail)
    list(govlint.check_many(["reports"], jobs=None))
    monkeypatch.setattr(api, "_WORTH", 5)
    monkeypatch.setattr(batch, "cores", lambda: 2)
    with pytest.raises(AssertionError, match="worker"):
        list(govlint.check_many(["reports"], jobs=None))


@pytest.mark.parametrize(
    ("terminal", "options", "expected"), [(True, [], True), (True, ["-q"], False), (False, [], False)]
)
def test_progress_is_shown_on_a_terminal_only(
    folder: Path,
    terminal: bool,
    options: list[str],
    expected: bool,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(running, "MANY", 3)
    monkeypatch.setattr(progress, "_EVERY", 0)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: terminal)
    assert written(*options)[0] == 1
    error = capsys.readouterr().err
    assert ("9/10" in error) == expected
    assert error.endswith("\r\x1b[K") == expected
