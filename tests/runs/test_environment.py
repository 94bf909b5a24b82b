"""The world around a run: paths, streams, processes. What is not read is said, and nothing is left behind."""

from __future__ import annotations

import json
import os
import select
import signal
import stat
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from govlint.cli.commands import main
from govlint.linting.examples import model_report

MODEL = model_report("ogi-2021")
WORD = MODEL.replace("截至", "截止")
INTERRUPTED = """
from govlint.document import Words
from govlint.rule import Reference, Rule
rule = Rule("X001", "x", Words("", ""), "info", Words("", ""), Words("", ""), Reference("", ""))
@rule.check
def check(report):
    raise KeyboardInterrupt
"""
pytestmark = pytest.mark.skipif(os.name != "posix", reason="descriptors, modes and signals")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text(MODEL, "utf-8")
    return tmp_path


def documents(folder: Path, *paths: str) -> tuple[int, dict[str, list[str]]]:
    code = main(["check", *paths, "--format", "json", "--output", "out.json"])
    found = json.loads((folder / "out.json").read_text("utf-8"))["documents"]
    return code, {each["path"]: [finding["code"] for finding in each["findings"]] for each in found}


@pytest.mark.parametrize("walked", [".", "reports"])
def test_a_folder_that_cannot_be_looked_into_is_said(
    walked: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "reports/locked").mkdir(parents=True)
    (folder / "reports/b.txt").write_text(MODEL, "utf-8")
    listed = os.scandir

    def refuse(path: str) -> object:
        if str(path).endswith("locked"):
            raise PermissionError(13, "Permission denied", str(path))
        return listed(path)

    monkeypatch.setattr(os, "scandir", refuse)
    code, found = documents(folder, "a.txt", walked)
    assert code == 3
    assert found["a.txt"] == []
    assert [path for path, codes in found.items() if codes == ["E001"]] == [
        str(Path("reports/locked")) if walked == "." else "reports/locked"
    ]


def test_one_bad_path_never_stops_the_others(folder: Path) -> None:
    code, found = documents(folder, "a" * 300 + ".txt", "a.txt")
    assert code == 3
    assert (found["a.txt"], found["a" * 300 + ".txt"]) == ([], ["E001"])


def test_an_empty_path_is_none(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert [
        main([command, "", *more]) for command, *more in (["check"], ["extract"], ["audit", "--out", "s"])
    ] == [2] * 3
    assert "空" in capsys.readouterr().err


def shell(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    program = f"{sys.executable} -P -m govlint"
    return subprocess.run(
        ["bash", "-c", command.replace("govlint", program)],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.external
@pytest.mark.parametrize(
    ("command", "status"),
    [
        ("govlint check - <&-", 3),
        ("govlint check a.txt >&-", 3),
        ("govlint check a.txt --format json >&-", 3),
        ("govlint check a.txt >/dev/full", 3),
        ("govlint check a.txt --format json >/dev/full", 3),
        ("govlint rules >/dev/full", 3),
        ("govlint check a.txt --output /dev/full", 2),
        ("govlint check a.txt 2>&-", 0),
        ("govlint check b.txt >/dev/full 2>/dev/full", 3),
        ("govlint check a.txt | true; exit ${PIPESTATUS[0]}", 141),
        ("mkdir gone; cd gone; rmdir ../gone; govlint check - < ../a.txt", 0),
        ("mkdir gone; cd gone; rmdir ../gone; govlint rules", 0),
    ],
)
def test_streams_that_cannot_be_used(command: str, status: int, folder: Path) -> None:
    (folder / "b.txt").write_text(MODEL * 3, "utf-8")
    done = shell(command, folder)
    assert done.returncode == status, done.stderr
    assert "Traceback" not in done.stderr
    if status == 3 and "- <" not in command and "2>" not in command:
        assert done.stderr.count("\n") == 1


def test_nothing_is_imported_from_the_working_folder(folder: Path) -> None:
    for name in ("typer", "lark", "json", "contextlib", "gc", "typing", "signal", "re"):
        (folder / f"{name}.py").write_text("raise SystemExit('taken from here')", "utf-8")
    command = [sys.executable, "-m", "govlint", "check", "a.txt"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_what_stood_in_a_file_stays_until_all_is_done(folder: Path) -> None:
    (folder / "own").mkdir()
    (folder / "own/x.py").write_text(INTERRUPTED, "utf-8")
    (folder / "out.json").write_text("before", "utf-8")
    assert main(["check", "a.txt", "--rule-folder", "own", "--output", "out.json"]) != 0
    assert (folder / "out.json").read_text("utf-8") == "before"
    assert sorted(path.name for path in folder.iterdir()) == ["a.txt", "out.json", "own"]


def test_a_fix_keeps_mode_and_names_and_leaves_what_is_read_only(folder: Path) -> None:
    file, other, locked = folder / "w.txt", folder / "name.txt", folder / "locked.txt"
    for each in (file, locked):
        each.write_text(WORD.replace("全文", "登陆"), "utf-8")
    before = file.read_bytes()
    file.chmod(0o640)
    locked.chmod(0o444)
    os.link(file, other)
    main(["check", "w.txt", "locked.txt", "--fix", "--output", "out.txt"])
    assert locked.read_bytes() == before
    assert file.read_bytes() == other.read_bytes()
    assert stat.S_IMODE(file.stat().st_mode) == 0o640


def test_ctrl_c_while_the_program_is_loaded_is_quiet() -> None:
    """Before that it is Python's own start, which no program can answer for."""
    code = "import os, signal, govlint.__main__; os.kill(os.getpid(), signal.SIGINT); print('went on')"
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        check=False,
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),
    )
    assert (done.returncode, done.stdout, done.stderr) == (130, b"", b"")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="signals and process groups")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_what_asks_a_run_to_end_leaves_nothing_of_it(number: signal.Signals, folder: Path) -> None:
    """No conversion that goes on, no copy of the document."""
    (folder / "a.rtf").write_bytes(b"{\\rtf1 x}")
    (folder / "tmp").mkdir()
    office = folder / "bin/soffice"
    office.parent.mkdir()
    office.write_text(
        "#!/bin/bash\nuntil [ $(ulimit -d) != unlimited ]; do :; done  # then it is waited for\n"
        "mkfifo $PPID.txt\necho $$ > started\nread x < $PPID.txt\n"
    )
    office.chmod(0o755)
    os.mkfifo(folder / "started")
    env = os.environ | {"PATH": f"{office.parent}:{os.environ['PATH']}", "TMPDIR": str(folder / "tmp")}
    command = [sys.executable, "-m", "govlint", "check", "a.rtf"]
    process = subprocess.Popen(
        command,
        cwd=folder,
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=partial(signal.signal, number, signal.SIG_DFL),  # background jobs are started without
    )
    converting = os.pidfd_open(int((folder / "started").read_text()))
    process.send_signal(number)
    _, said = process.communicate()
    assert process.returncode == 128 + number
    assert b"Traceback" not in said
    assert select.select([converting], [], [], 60)[0], "the conversion goes on"
    os.close(converting)
    assert list((folder / "tmp").iterdir()) == []


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="forks and /proc")
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_workers_end_with_their_parent(number: signal.Signals, folder: Path) -> None:
    for name in range(40):
        (folder / f"{name}.txt").write_text(MODEL, "utf-8")
    names = [f"{name}.txt" for name in range(40)]
    command = [sys.executable, "-m", "govlint", "check", *names, "-j", "2", "--format", "jsonl"]
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    process.stdout.readline()
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    assert len(children) == 2
    ends = [os.pidfd_open(int(child)) for child in children]
    process.send_signal(number)
    process.communicate()
    for end in ends:
        assert select.select([end], [], [], 60)[0], "a worker lives on"
        os.close(end)
