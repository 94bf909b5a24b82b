"""The built wheel carries grammars and rules, and does the main job outside the checkout."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.external


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("dist")
    # From a copy: a build leaves its folders behind.
    source = tmp_path_factory.mktemp("source") / "govlint"
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout: nothing says which files belong to the project")
    for name in filter(None, listed.stdout.split("\0")):
        if (ROOT / name).is_file():
            target = source / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes((ROOT / name).read_bytes())
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), str(source)]
    subprocess.run(command, check=True, capture_output=True)
    (built,) = out.glob("*.whl")
    return built


def test_wheel_holds_grammars_and_rules(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for path in (ROOT / "grammars").glob("*.*"):
        assert f"govlint/grammars/{path.name}" in names
    for path in (ROOT / "rules").rglob("*.*"):
        if "__pycache__" not in path.parts:
            assert f"govlint/rules/{path.relative_to(ROOT / 'rules').as_posix()}" in names


def test_wheel_does_the_main_job_elsewhere(wheel: Path, tmp_path: Path) -> None:
    installed = tmp_path / "site"
    pip = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-deps",
        "--no-index",
        "--target",
        str(installed),
    ]
    subprocess.run([*pip, str(wheel)], check=True, capture_output=True)
    (tmp_path / "report.txt").write_text((ROOT / "grammars/model-ogi-2021.txt").read_text("utf-8"), "utf-8")
    environment = os.environ | {"PYTHONPATH": str(installed), "XDG_CACHE_HOME": str(tmp_path / "cache")}
    run = subprocess.run(
        [sys.executable, "-m", "govlint", "check", "report.txt", "--format", "json"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert run.returncode == 0, run.stderr
    (document,) = json.loads(run.stdout)["documents"]
    assert (document["verdict"], document["findings"]) == ("pass", [])
    where = subprocess.run(
        [sys.executable, "-c", "from govlint.folders import GRAMMARS; print(GRAMMARS)"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert Path(where.stdout.strip()).is_relative_to(installed)
