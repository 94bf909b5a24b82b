"""The cache of templates and patterns: nothing about it breaks a run, and nothing in it is run."""

from __future__ import annotations

import marshal
import os
import pickle
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from govlint import cache
from govlint.linting.examples import model_report

pytestmark = pytest.mark.skipif(os.name != "posix", reason="modes and owners of files")


class Deed:
    """Leaves a file where it is unpickled."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.system, (f"touch {self.mark}",)


def check(folder: Path, cache: str | None = None, **environment: str) -> str:
    """Exit status and output of a check, with a cache of its own."""
    (folder / "a.txt").write_text(model_report("ogi-2021"), "utf-8")
    plain = {name: value for name, value in os.environ.items() if name not in ("HOME", "XDG_CACHE_HOME")}
    plain |= {"XDG_CACHE_HOME": str(folder / "cache") if cache is None else cache, **environment}
    command = [sys.executable, "-P", "-m", "govlint", "check", "a.txt", "--format", "json"]
    done = subprocess.run(command, cwd=folder, env=plain, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def files(folder: Path) -> list[Path]:
    return sorted((folder / "cache/govlint").glob("*"))


def spoilt(change: Callable[[Path], object]) -> Callable[[Path], None]:
    def spoil(folder: Path) -> None:
        for file in files(folder):
            change(file)

    return spoil


def _garble(file: Path) -> None:
    """Codes that are none of a pattern's, in a file that is whole."""
    if file.name.startswith("patterns-"):
        held = marshal.loads(cache.read(file))
        wrong = {key: (parts[0], parts[1][::-1], *parts[2:]) for key, parts in held.items()}
        cache.write(file, marshal.dumps(wrong), keep=9)


def _link(file: Path) -> None:
    other = file.parents[2] / file.name
    other.write_bytes(pickle.dumps(Deed(file.parents[2] / "ran")))
    file.unlink()
    file.symlink_to(other)


SPOILT = {
    "pickle": spoilt(lambda file: file.write_bytes(pickle.dumps(Deed(file.parents[2] / "ran")))),
    "none": spoilt(lambda file: file.write_bytes(pickle.dumps(None))),
    "empty": spoilt(lambda file: file.write_bytes(b"")),
    "cut off": spoilt(lambda file: file.write_bytes(file.read_bytes()[:-5])),
    "a bit": spoilt(lambda file: file.write_bytes(file.read_bytes()[:-1] + b"\x00")),
    "link": spoilt(_link),
    "codes": spoilt(_garble),
    "folder": spoilt(lambda file: (file.unlink(), file.mkdir())),
    "pipe": spoilt(lambda file: (file.unlink(), os.mkfifo(file))),
    "world-writable file": spoilt(lambda file: file.chmod(0o666)),
    "world-writable folder": lambda folder: (folder / "cache/govlint").chmod(0o777),
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A folder with a cache that a check has filled, and the check's output."""
    folder = tmp_path_factory.mktemp("built")
    return folder, check(folder)


@pytest.mark.external
@pytest.mark.parametrize("how", SPOILT)
def test_what_is_odd_is_built_anew(how: str, built: tuple[Path, str], tmp_path: Path) -> None:
    folder, first = built
    shutil.copytree(folder, tmp_path, dirs_exist_ok=True)
    kinds = {file.name.partition("-")[0] for file in files(tmp_path)}
    assert kinds == {"templates", "statements", "words", "patterns"}
    SPOILT[how](tmp_path)
    assert check(tmp_path) == first
    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize("cache", ["", "relative/folder", "~nosuch/x", "/dev/null/x", "/proc/x"])
def test_no_state_of_the_home_breaks_a_run(cache: str, tmp_path: Path) -> None:
    check(tmp_path, cache, HOME="/nonexistent")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.txt"]


def test_what_others_wrote_is_left_and_what_is_stale_goes(tmp_path: Path) -> None:
    check(tmp_path)
    folder = tmp_path / "cache/govlint"
    names = {file.name for file in files(tmp_path)}
    for number in range(20):
        (folder / f"templates-{number}.data").write_bytes(b"x")
        os.utime(folder / f"templates-{number}.data", (number, number))
    (folder / "templates-old.pickle").write_bytes(b"x")
    for file in folder.glob("templates-*"):
        if file.name in names:
            file.unlink()
    check(tmp_path)
    assert len(list(folder.glob("templates-*"))) == 8
    assert names <= {file.name for file in files(tmp_path)}
