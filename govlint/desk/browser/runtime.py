"""Python for browsers: Pyodide from npm, what of packages is built for it from PyPI, or all from a folder."""

from __future__ import annotations

import contextlib
import json
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from govlint.errors import UsageError

VERSION = "314.0.7"
"""Of the npm package ``pyodide``; another of the same series may be given as a folder."""
_SERIES = VERSION.split(".")[0]
_FILES = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip")
_LOCK = "pyodide-lock.json"
NEEDED, PDF = "msgspec", "pypdfium2"
"""Packages with a compiled part, which has to be one for browsers."""
_SECONDS = 300


class Runtime(NamedTuple):
    """The files of Pyodide by name, its version, and the wheels of packages, PDFium's where there is one."""

    files: Mapping[str, bytes]
    version: str
    wheels: Mapping[str, bytes]


def runtime(folder: Path | None, pdf: bool) -> Runtime:
    """From ``folder``, which holds the npm package (unpacked) and the wheels; or fetched.

    Raises UsageError where Pyodide or msgspec cannot be had; without PDFium there is no PDF.
    """
    with TemporaryDirectory(prefix="govlint-") as workspace:
        found = _fetched(Path(workspace)) if folder is None else folder
        files, version = _files(found)
        wheels: dict[str, bytes] = {}
        for name in (NEEDED, PDF) if pdf else (NEEDED,):
            if folder is None:
                _fetch_wheel(name, Path(workspace), json.loads(files[_LOCK])["info"])
            for wheel in sorted(found.glob(f"{name}-*wasm32.whl")):
                wheels[name] = wheel.read_bytes()
        if NEEDED not in wheels:
            raise UsageError(
                f"没有 {NEEDED} 的浏览器版（{NEEDED}-*wasm32.whl）。请从 PyPI 取得，与 Pyodide 放在一个文件夹里，用 --pyodide 指明。"
                f" / no {NEEDED} for browsers: fetch its wheel and put it beside Pyodide, with --pyodide"
            )
        return Runtime(files, version, wheels)


def _files(folder: Path) -> tuple[dict[str, bytes], str]:
    package = folder / "package" if (folder / "package" / _FILES[0]).is_file() else folder
    try:
        version = str(json.loads((package / "package.json").read_text("utf-8"))["version"])
        files = {name: (package / name).read_bytes() for name in _FILES}
        lock = json.loads((package / _LOCK).read_text("utf-8"))
        # Of the packages that it lists none is asked for: they would come from elsewhere.
        files[_LOCK] = json.dumps({"info": lock["info"], "packages": {}}).encode()
    except (OSError, ValueError, KeyError) as error:
        raise UsageError(
            f"{folder} 不是解开的 npm 软件包 pyodide：{error} / no unpacked npm package"
        ) from error
    if version.split(".")[0] != _SERIES:
        raise UsageError(
            f"Pyodide {version} 不能用，需要 {_SERIES} 系列，如 {VERSION}。 / this series of Pyodide is not known"
        )
    return files, version


def _fetched(workspace: Path) -> Path:
    how = (
        f"先取得 npm 软件包 pyodide@{VERSION} 并解开，再用 --pyodide 指明文件夹。"
        " / fetch it, unpack it and name the folder with --pyodide"
    )
    npm = shutil.which("npm")
    if npm is None:
        raise UsageError(f"没有 npm，不能取得 Pyodide。请{how}")
    command = [npm, "pack", f"pyodide@{VERSION}", "--silent", "--pack-destination", str(workspace)]
    try:
        subprocess.run(command, check=True, capture_output=True, cwd=workspace, timeout=_SECONDS)
        (archive,) = workspace.glob("pyodide-*.tgz")
        with tarfile.open(archive) as opened:
            opened.extractall(workspace, filter="data")
    except (OSError, ValueError, subprocess.SubprocessError, tarfile.TarError) as error:
        raise UsageError(f"不能从 npm 取得 Pyodide（{type(error).__name__}）。请{how}") from error
    return workspace


def _fetch_wheel(name: str, workspace: Path, info: Mapping[str, str]) -> None:
    """A package built for this Pyodide, into the workspace, unless the registry has none or cannot be reached."""
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary", ":all:"]
    command += ["--platform", f"pyemscripten_{info['abi_version']}_{info['arch']}"]
    command += ["--python-version", ".".join(info["python"].split(".")[:2]), "--dest", str(workspace), name]
    with contextlib.suppress(OSError, subprocess.SubprocessError):
        subprocess.run(command, check=True, capture_output=True, cwd=workspace, timeout=_SECONDS)
