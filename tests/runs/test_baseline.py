"""Baselines: what is known fails no more, what is new does, and the file reads and merges well."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import govlint
from govlint.cli.commands import main
from govlint.linting.examples import model_report

MODEL = model_report("ogi-2021")
UNIT = MODEL.replace("行政许可 | 156", "行政许可 | 156件")
TWO = UNIT.replace("行政强制 | 3", "行政强制 | 3件")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports/a.txt").write_text(UNIT, "utf-8")
    (tmp_path / "reports/b.txt").write_text(MODEL, "utf-8")
    assert main(["check", "reports", "--write-baseline", "baseline.json", "--output", "out.txt"]) == 0
    return tmp_path


def check(*arguments: str, path: str = "reports") -> tuple[int, list[list[str]], list[int]]:
    """Exit status, the codes that count in each document, and how many are known."""
    out = Path("out.json")
    code = main(
        ["check", path, "--baseline", "baseline.json", "--format", "json", "--output", str(out), *arguments]
    )
    documents = json.loads(out.read_text("utf-8"))["documents"]
    return (
        code,
        [[found["code"] for found in document["findings"]] for document in documents],
        [document["known"] for document in documents],
    )


def test_old_findings_are_known_and_new_ones_fail(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check() == (0, [[], []], [1, 0])
    (folder / "reports/a.txt").write_text("\n\n" + TWO.replace("一、总体情况\n", "一、总体情况\n\n"), "utf-8")
    capsys.readouterr()
    assert check() == (1, [["T006"], []], [1, 0])
    assert "1" in capsys.readouterr().err
    assert check("--quiet")[0] == 1
    assert capsys.readouterr().err == ""


def test_another_mistake_of_the_same_rule_is_new(folder: Path) -> None:
    (folder / "reports/a.txt").write_text(MODEL.replace("行政许可 | 156", "行政许可 | 157件"), "utf-8")
    assert check() == (1, [["T006"], []], [0, 0])


def test_the_same_mistake_in_another_document_is_new(folder: Path) -> None:
    (folder / "reports/b.txt").write_text(UNIT, "utf-8")
    assert check() == (1, [[], ["T006"]], [1, 0])


def test_a_mistake_is_known_as_often_as_it_was_there(folder: Path) -> None:
    comment = "<!-- govlint: ignore T006 已改正 -->"
    text = MODEL.replace("行政许可 | 156", f"行政许可 | 156 {comment}")
    (folder / "reports/a.txt").write_text(text, "utf-8")
    assert (
        main(["check", "reports", "--write-baseline", "baseline.json", "--fail-on", "info", "--quiet"]) == 0
    )
    text = text.replace("行政强制 | 3", f"行政强制 | 3 {comment}")
    (folder / "reports/a.txt").write_text(text, "utf-8")
    assert check("--fail-on", "info") == (1, [["E005"], []], [1, 0])
    main(["check", "reports", "--write-baseline", "baseline.json", "--quiet"])
    assert json.loads(Path("baseline.json").read_text("utf-8"))["documents"]["reports/a.txt"][0]["count"] == 2
    assert check("--fail-on", "info") == (0, [[], []], [2, 0])


def test_a_document_that_was_moved_takes_its_entries_along(folder: Path) -> None:
    (folder / "reports/a.txt").rename(folder / "reports/c.txt")
    assert check() == (0, [[], []], [0, 1])
    # They are taken once.
    (folder / "reports/d.txt").write_text(UNIT, "utf-8")
    assert check()[:2] == (1, [[], [], ["T006"]])


def test_a_document_named_in_another_way_is_the_same(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert check(path=str(folder / "reports")) == (0, [[], []], [1, 0])
    assert check(path="./reports/../reports/a.txt") == (0, [[]], [1])
    monkeypatch.chdir(folder / "reports")
    assert main(["check", "a.txt", "--baseline", "../baseline.json", "-q"]) == 0


def test_what_is_no_longer_found_is_counted_and_pruned_by_writing_again(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "reports/a.txt").write_text(MODEL, "utf-8")
    capsys.readouterr()
    assert check("--lang", "en")[0] == 0
    assert "1 no longer found" in capsys.readouterr().err
    main(["check", "reports", "--write-baseline", "baseline.json", "-q"])
    assert json.loads(Path("baseline.json").read_text("utf-8"))["documents"] == {}


def test_the_file_keeps_what_was_not_looked_at_and_is_stable(folder: Path) -> None:
    first = Path("baseline.json").read_bytes()
    (folder / "reports/b.txt").write_text(TWO, "utf-8")
    main(["check", "reports/b.txt", "--baseline", "baseline.json", "--write-baseline", "baseline.json", "-q"])
    second = Path("baseline.json").read_bytes()
    documents = json.loads(second)["documents"]
    assert {name: len(entries) for name, entries in documents.items()} == {
        "reports/a.txt": 1,
        "reports/b.txt": 2,
    }
    assert set(first.splitlines()[:-3]) <= set(second.splitlines())
    main(["check", "reports", "--write-baseline", "baseline.json", "-q", "-j", "2"])
    assert Path("baseline.json").read_bytes() == second
    assert second.endswith(b"}\n")


def test_what_could_not_be_read_is_never_known(folder: Path) -> None:
    (folder / "reports/b.txt").write_text("", "utf-8")
    main(["check", "reports", "--write-baseline", "baseline.json", "-q"])
    assert check()[:2] == (3, [[], ["E001"]])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        '{"baseline": 2, "documents": {}}',
        '{"baseline": 1}',
        '{"baseline": 1, "documents": {"a": [1]}}',
        '{"baseline": 1, "documents": {"a": {}}}',
        *(
            '{"baseline": 1, "documents": {"a": [{"code": "N001", "cells": [], "fingerprint": "f", "message": "", '
            f'"count": {count}}}]}}}}'
            for count in ("Infinity", "NaN", "0", "-5", "true", '"3"', "1.5", "null", "9" * 50)
        ),
    ],
)
def test_what_is_no_baseline(folder: Path, text: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path("baseline.json").write_text(text, "utf-8")
    assert main(["check", "reports", "--baseline", "baseline.json"]) == 2
    assert "baseline.json" in capsys.readouterr().err
    assert main(["check", "reports", "--baseline", "missing.json"]) == 2


def test_a_run_that_ends_meanwhile_loses_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from govlint.runs.baseline import Writer, load
    from govlint.runs.sources import Source

    monkeypatch.chdir(tmp_path)
    path = tmp_path / "baseline.json"
    (tmp_path / "a.txt").write_text("x", "utf-8")
    (tmp_path / "b.txt").write_text("x", "utf-8")
    one, other = (Writer(path, [Source(name, name)]) for name in ("a.txt", "b.txt"))
    for writer, name in ((one, "a.txt"), (other, "b.txt")):
        list(writer.applied([govlint.check(name)]))
    assert set(load(path, ()).entries) == {"a.txt", "b.txt"}
