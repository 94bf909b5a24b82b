"""Python for browsers: Pyodide from npm, PDFium's build for it from PyPI, or both from a folder."""

from __future__ import annotations

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
_PDF = "pypdfium2"
_SECONDS = 300


class Runtime(NamedTuple):
    """The files of Pyodide by name, its version, and PDFium's wheel where there is one."""

    files: Mapping[str, bytes]
    version: str
    pdf: bytes | None


def runtime(folder: Path | None, pdf: bool) -> Runtime:
    """From ``folder``, which holds the npm package (unpacked) and perhaps PDFium's wheel; or fetched.

    Raises UsageError where Pyodide cannot be had; without PDFium there is no PDF.
    """
    with TemporaryDirectory(prefix="govlint-") as workspace:
        found = _fetched(Path(workspace)) if folder is None else folder
        files, version = _files(found)
        wheel = next(iter(sorted(found.glob(f"{_PDF}-*wasm32.whl"))), None) if pdf else None
        if wheel is None and pdf and folder is None:
            wheel = _wheel(Path(workspace), json.loads(files[_LOCK])["info"])
        return Runtime(files, version, wheel.read_bytes() if wheel else None)


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


def _wheel(workspace: Path, info: Mapping[str, str]) -> Path | None:
    """PDFium built for this Pyodide; None where the registry has none or cannot be reached."""
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary", ":all:"]
    command += ["--platform", f"pyemscripten_{info['abi_version']}_{info['arch']}"]
    command += ["--python-version", ".".join(info["python"].split(".")[:2]), "--dest", str(workspace), _PDF]
    try:
        subprocess.run(command, check=True, capture_output=True, cwd=workspace, timeout=_SECONDS)
    except (OSError, subprocess.SubprocessError):
        return None
    return next(iter(workspace.glob(f"{_PDF}-*.whl")), None)
