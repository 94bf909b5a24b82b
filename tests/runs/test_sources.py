"""Documents found for a run: in order, each once, and without an object a file in memory."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest

from govlint import api
from govlint.runs import sources
from govlint.runs.leaving import Leaving
from govlint.runs.sources import Source, Sources, collect


def test_names_are_put_away_and_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "_PACKED", 3)
    listed = [
        Source("a/年报.txt", "a/年报.txt"),
        Source("./b.txt", "./b.txt"),
        Source("-", None, b"text", stdin=True),
        Source("坏\udce5.txt", "坏\udce5.txt"),
        Source("locked", "locked", None, "Permission denied"),
        Source("a\0b", "c.txt"),
        Source("", None, b""),
        Source("z.txt", "z.txt"),
    ]
    for count in range(len(listed) + 1):
        made = Sources(listed[:count])
        assert list(made) == list(made) == listed[:count]
        assert len(made) == count


@pytest.mark.parametrize(
    ("paths", "found"),
    [
        (["a", "a/1.txt"], ["a/1.txt", "a/b/2.txt"]),
        (["a/b", "a"], ["a/b/2.txt", "a/1.txt"]),
        (["a/1.txt", "a/1.txt"], ["a/1.txt"]),
        (["a/b", "ab"], ["a/b/2.txt", "ab/3.txt"]),
    ],
)
def test_overlapping_paths_give_each_document_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, paths: list[str], found: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("a/1.txt", "a/b/2.txt", "ab/3.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("", "utf-8")
    assert [source.shown for source in collect(paths)] == found


def test_a_large_folder_is_read_in_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = [f"{name}.txt" for name in ("甲", "b", "乙", "a", "Z", "丙", "10", "9")]
    for name in (*names, "d/e.txt", "D/f.txt", ".hidden/g.txt", "x.bin"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    (tmp_path / "link").symlink_to(tmp_path / "d", target_is_directory=True)
    expected = [str(tmp_path / name) for name in (*sorted(names), "D/f.txt", "d/e.txt")]
    for size in (1, 3, 8, 100):
        monkeypatch.setattr(sources, "_AT_ONCE", size)
        assert [source.shown for source in collect([str(tmp_path)], Leaving(api.configure()))] == expected


def _held(folder: Path) -> int:
    """Bytes that stay taken when the documents of a folder were found, and what is in force looked up for each."""
    configuration = api.configure()
    tracemalloc.start()
    try:
        found = collect([str(folder)], Leaving(configuration))
        configuration.prepare(source.path for source in found)
        return tracemalloc.get_traced_memory()[0]
    finally:
        tracemalloc.stop()


def test_more_documents_and_folders_take_no_more_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from govlint.config import configuration

    monkeypatch.setattr(sources, "_PACKED", 50)
    monkeypatch.setattr(configuration, "_REMEMBERED", 10)
    for size, count in (("few", 20), ("many", 120)):
        for number in range(count):
            folder = tmp_path / size / f"东陵市云石县水务局{number:03}"
            folder.mkdir(parents=True)
            for year in range(2015, 2025):
                (folder / f"{year}.txt").touch()
    _held(tmp_path / "few")  # loads what is loaded once
    few, many = (
        min(_held(tmp_path / size) for _ in range(3)) for size in ("few", "many")
    )  # threads may do much else
    more = many - few
    assert (
        more < 30 * 1000
    )  # a thousand more documents; a Source takes six hundred bytes, the names of a folder a hundred
