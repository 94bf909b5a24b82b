"""Make a folder with govlint and its own Python, for computers without one: python launchers/build.py [FOLDER]

PyInstaller makes it for the system that it runs on, out of an environment of its own, so that nothing else of this
computer gets into it. FOLDER, by default dist, gets the folder govlint.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
COLLECTED = (
    "--collect-submodules=govlint",  # rules and formats are found by their folders
    "--collect-data=govlint",
)
LEFT_OUT = ("tkinter", "PIL", "numpy", "pyarrow", "duckdb", "IPython", "pytest", "setuptools")

LEFT_BEHIND = (".git", ".venv", "build", "dist", "env", "tests", "docs", "node_modules")
"""Of the checkout: not needed to install it."""


def build(out: Path) -> Path:
    """The folder of the program."""
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="govlint-build-") as kept:
        environment, work = Path(kept, "env"), Path(kept, "work")
        venv.create(environment, with_pip=True)
        python = environment / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
        source = shutil.copytree(  # a build leaves its folders behind
            HERE.parent, Path(kept, "source"), ignore=lambda _, names: {*LEFT_BEHIND} & {*names}
        )
        subprocess.run([python, "-m", "pip", "install", "--quiet", f"{source}[build]"], check=True)
        command = [
            python,
            "-m",
            "PyInstaller",
            "--noconfirm",
            "--log-level=WARN",
            "--onedir",
            "--name=govlint",
        ]
        command += [f"--distpath={out}", f"--workpath={work}", f"--specpath={work}", *COLLECTED]
        command += [f"--exclude-module={name}" for name in LEFT_OUT]
        # From a folder where no govlint lies that would be taken for the installed one.
        subprocess.run([*command, HERE / "frozen.py"], check=True, cwd=kept)
    # python-docx asks for docx/parts/../templates, and some systems want that folder to be there.
    (out / "govlint/_internal/docx/parts").mkdir(exist_ok=True)
    return out / "govlint"


if __name__ == "__main__":
    made = build(Path(sys.argv[1] if len(sys.argv) > 1 else "dist").resolve())
    size = sum(path.stat().st_size for path in made.rglob("*") if path.is_file())
    print(f"{made}  {size / 1_000_000:.0f} MB")
