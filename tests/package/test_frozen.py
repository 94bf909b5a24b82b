"""The folder for computers without Python: built, and its desk used."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from making.browser import needs_chromium
from making.corpus import sample
from making.printing import page, print_pages

ROOT = Path(__file__).parents[2]
MISTAKES = ROOT / "examples/mistakes-bordered.txt"
pytestmark = [pytest.mark.external, needs_chromium]


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("dist")
    done = subprocess.run(
        [sys.executable, str(ROOT / "launchers/build.py"), str(out)],
        capture_output=True,
        text=True,
        check=False,
    )
    if "No matching distribution" in done.stderr:
        pytest.skip("PyInstaller or what govlint needs cannot be had")
    assert done.returncode == 0, done.stderr
    return out / "govlint" / ("govlint.exe" if sys.platform == "win32" else "govlint")


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """Without any Python to fall back on."""
    return {"PATH": "", "XDG_CACHE_HOME": str(tmp_path), "LANG": os.environ.get("LANG", "C.UTF-8")}


@pytest.fixture
def address(program: Path, environment: dict[str, str]) -> Iterator[str]:
    command = [str(program), "serve", "--port", "0", "--no-open"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as desk:
        assert desk.stdout is not None
        yield desk.stdout.readline().strip()
        desk.terminate()


def test_its_desk_reads_what_the_command_reads(address: str, tmp_path: Path) -> None:
    printed = print_pages({"report": page(sample(3))}, tmp_path)["report"]
    for path in (MISTAKES, printed):
        name, data = path.name, path.read_bytes()
        answer = httpx.post(f"{address}api/check", files={"file": (name, data)}, timeout=60).json()
        command = [sys.executable, "-m", "govlint", "check", "--format", "json", name]
        alone = subprocess.run(command, cwd=path.parent, capture_output=True, check=False)
        assert answer == json.loads(alone.stdout)
        noted = httpx.post(f"{address}api/annotate", files={"file": (name, data)}, timeout=60)
        assert noted.status_code == (200 if name.endswith(".pdf") else 422)


def test_it_is_the_command_too(program: Path, environment: dict[str, str], tmp_path: Path) -> None:
    draft = tmp_path / "draft.docx"
    new = [
        "new",
        "--template",
        "ogi-2021",
        "--agency",
        "云溪县农业农村局",
        "--year",
        "2025",
        "-o",
        str(draft),
    ]
    subprocess.run([str(program), *new], check=True, env=environment)
    checked = subprocess.run(
        [str(program), "check", str(draft)], env=environment, capture_output=True, check=False
    )
    assert checked.returncode == 1, checked.stderr
