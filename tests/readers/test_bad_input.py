"""Text that is no report, half a report or far too much: a clear finding, never a traceback, in bounded memory."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from making.corpus import LAYOUTS, sample

from govlint.linting.examples import model_report

MODEL = model_report("ogi-2021")
RUN = LAYOUTS["run-together"](sample(1))
MEMORY = 1_500_000_000


def run(data: bytes, tmp_path: Path) -> tuple[int, dict]:
    """Exit status and the result of checking a file in a process of bounded memory."""
    path = tmp_path / "report.txt"
    path.write_bytes(data)
    done = subprocess.run(
        [sys.executable, "-m", "govlint", "check", "--format", "jsonl", str(path)],
        capture_output=True,
        text=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY)),
    )
    assert "Traceback" not in done.stderr
    return done.returncode, json.loads(done.stdout)


@pytest.mark.parametrize(
    ("data", "status", "code", "exit_code"),
    [
        pytest.param(b"", "unreadable", "E001", 3, id="empty"),
        pytest.param(b" \n\t\n" * 9, "unreadable", "E001", 3, id="blank"),
        pytest.param(bytes(range(256)) * 400, "unreadable", "E001", 3, id="binary"),
        pytest.param(b"PK\x03\x04" + b"abc" * 400, "unreadable", "E001", 3, id="an archive"),
        pytest.param(b"\x00" * 5000, "unreadable", "E001", 3, id="NULs alone"),
        pytest.param("晚饭吃什么？\n".encode() * 50, "not_a_report", "E002", 0, id="no report"),
        pytest.param(
            "关于公布2022年政府信息公开工作年度报告的通知\n请各单位于1月31日前公布。".encode(), "not_a_report", "E002", 0, id="a notice"
        ),
        pytest.param(b"1" * 1_900_000, "not_a_report", "E002", 0, id="a line of digits"),
        pytest.param(b"1" * 10_000_000, "unreadable", "E001", 3, id="ten million digits"),
        pytest.param((MODEL * 11_000).encode()[:50_000_000], "unreadable", "E001", 3, id="50 MB", marks=pytest.mark.external),
        pytest.param(MODEL.replace("10 | 2", "7" * 900_000).encode(), "checked", "T003", 1, id="a row of digits"),
        pytest.param(MODEL.replace("规章 | 0", "规章" + "\t" * 400_000).encode(), "checked", "T003", 1, id="tabs"),
        pytest.param((MODEL * 400).encode(), "checked", "S006", 1, id="400 reports in one", marks=pytest.mark.external),
        pytest.param((RUN * 100).encode(), "checked", "S006", 1, id="100 reports in one, run together", marks=pytest.mark.external),
        pytest.param(("1.属于国家秘密" * 200_000).encode(), "not_a_report", "E002", 0, id="labels alone", marks=pytest.mark.external),
        pytest.param(("（" * 1_900_000).encode(), "not_a_report", "E002", 0, id="brackets alone"),
    ],
)  # fmt: skip
def test_bad_input(data: bytes, status: str, code: str, exit_code: int, tmp_path: Path) -> None:
    found, document = run(data, tmp_path)
    assert (document["status"], found) == (status, exit_code)
    assert code in {finding["code"] for finding in document["findings"]}


@pytest.mark.parametrize(
    "encode",
    [
        pytest.param(lambda text: b"\xef\xbb\xbf" + text.encode(), id="BOM"),
        pytest.param(lambda text: text.encode("gb18030"), id="GB18030"),
        pytest.param(lambda text: text.encode("utf-16"), id="UTF-16"),
        pytest.param(lambda text: text.encode("utf-16-be"), id="UTF-16 without BOM"),
        pytest.param(lambda text: text.replace("\n", "\r\n").encode(), id="CRLF"),
        pytest.param(lambda text: text.replace("\n", "\r").encode(), id="CR"),
        pytest.param(lambda text: text.replace("。", "。\x00").encode(), id="NULs within"),
    ],
)
def test_every_encoding_reads(encode: Callable[[str], bytes], tmp_path: Path) -> None:
    found, document = run(encode(MODEL), tmp_path)
    assert found == 0
    assert [f for f in document["findings"] if f["severity"] != "info"] == []


def test_a_report_cut_off_says_what_is_missing(tmp_path: Path) -> None:
    found, document = run(MODEL[: MODEL.index("四、政府信息公开行政复议")].encode(), tmp_path)
    assert found == 1
    assert [f["code"] for f in document["findings"]] == ["S001"] * 3


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no pipes with names")
def test_what_is_no_file_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "report.txt")
    (tmp_path / "model.txt").write_text(MODEL, "utf-8")
    found = subprocess.run(
        [sys.executable, "-m", "govlint", "check", "--format", "jsonl", str(tmp_path)],
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert found.returncode == 3
    statuses = [json.loads(line)["status"] for line in found.stdout.splitlines()]
    assert statuses == ["checked", "unreadable"]
