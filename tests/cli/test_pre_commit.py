"""pre-commit itself runs the hook on a scratch repository, without the network."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from govlint import readers
from govlint.linting.examples import model_report

yaml = pytest.importorskip("yaml", reason="pre-commit, which brings yaml, is not installed")
ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.external
(HOOK,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
MODEL = model_report("ogi-2021")
UNIT = MODEL.replace("行政许可 | 156", "行政许可 | 156件")


@pytest.mark.parametrize(
    ("path", "chosen"),
    [
        *((f"报告/a{suffix}", True) for suffix in sorted(readers.weights())),
        ("a.docx", True),
        ("~$a.docx", False),
        ("报告/~$a.docx", False),
        ("报告/.~lock.a.docx#", False),
        ("报告/.~a.docx", False),
        ("a.py", False),
        ("txt", False),
    ],
)
def test_the_files_that_are_chosen(path: str, chosen: bool) -> None:
    assert bool(re.search(HOOK["files"], path) and not re.search(HOOK["exclude"], path)) == chosen


def git(folder: Path, *arguments: str) -> str:
    identity = ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main"]
    done = subprocess.run(
        ["git", *identity, *arguments], cwd=folder, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """Of pre-commit and of the pip that it calls: nothing is fetched, and nothing of this machine is used."""
    clean = {key: value for key, value in os.environ.items() if not key.startswith(("GIT_", "PRE_COMMIT"))}
    return clean | {
        "PRE_COMMIT_HOME": str(tmp_path / "cache"),
        "XDG_CACHE_HOME": str(tmp_path / "xdg"),
        # The new environment of the hook sees the packages of this one instead of fetching them.
        "PYTHONPATH": os.pathsep.join(path for path in sys.path if path.endswith("site-packages")),
        "PIP_NO_INDEX": "1",
        "PIP_NO_DEPS": "1",
        "PIP_NO_BUILD_ISOLATION": "0",  # pip reads this option the other way round
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "PIP_CONFIG_FILE": os.devnull,
        "VIRTUALENV_NO_DOWNLOAD": "1",
        "VIRTUALENV_NO_PERIODIC_UPDATE": "1",
    }


@pytest.fixture
def hooks(tmp_path: Path) -> Path:
    """A repository with the checkout as it stands, which pre-commit clones like any other."""
    pytest.importorskip("pre_commit", reason="pre-commit is not installed")
    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout: nothing says which files belong to the project")
    repository = tmp_path / "govlint"
    for name in filter(None, [*listed.stdout.split("\0"), ".pre-commit-hooks.yaml"]):
        if (ROOT / name).is_file():
            target = repository / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes((ROOT / name).read_bytes())
    git(repository, "init", "-q")
    git(repository, "add", "-A")
    git(repository, "commit", "-q", "-m", "a release")
    git(repository, "tag", "v1")
    return repository


def test_pre_commit_runs_the_hook(tmp_path: Path, hooks: Path, environment: dict[str, str]) -> None:
    project = tmp_path / "project"
    (project / "报告 一").mkdir(parents=True)
    (project / ".pre-commit-config.yaml").write_text(
        f"repos:\n- repo: {hooks}\n  rev: v1\n  hooks:\n  - id: govlint\n", "utf-8"
    )
    report = project / "报告 一/a.txt"
    report.write_text(UNIT, "utf-8")
    (project / "报告 一/~$a.docx").write_bytes(b"\x00lock")
    git(project, "init", "-q")
    git(project, "add", "-A")

    def run() -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "pre_commit", "run", "--all-files", "--color", "never"],
            cwd=project,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )

    done = run()
    assert done.returncode == 1, done.stdout + done.stderr
    assert "T006" in done.stdout
    assert "~$a" not in done.stdout
    report.write_text(MODEL, "utf-8")
    git(project, "add", "-A")
    done = run()
    assert done.returncode == 0, done.stdout + done.stderr
