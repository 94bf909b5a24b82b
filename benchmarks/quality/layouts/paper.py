"""PDF by Chromium and LibreOffice, and LibreOffice's own formats; only where these programs are installed."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")


def print_pages(pages: Sequence[str]) -> list[bytes]:
    """Each HTML page printed to PDF by headless Chromium. Raises CalledProcessError where that fails."""
    assert CHROMIUM
    printed = []
    with tempfile.TemporaryDirectory() as folder:
        page, paper = Path(folder, "page.html"), Path(folder, "page.pdf")
        for text in pages:
            page.write_text(text, encoding="utf-8")
            subprocess.run(
                [
                    CHROMIUM,
                    "--headless",
                    "--no-sandbox",
                    "--disable-gpu",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync",
                    "--no-first-run",
                    "--no-pdf-header-footer",
                    f"--user-data-dir={folder}/profile",
                    f"--print-to-pdf={paper}",
                    page.as_uri(),
                ],
                check=True,
                capture_output=True,
                timeout=120,
            )
            printed.append(paper.read_bytes())
            paper.unlink()
    return printed


def convert(files: Sequence[bytes], suffix: str, target: str) -> list[bytes]:
    """Files of one kind converted by LibreOffice, all in one run: ``pdf``, ``odt``, ``doc``."""
    assert SOFFICE
    with tempfile.TemporaryDirectory() as folder:
        names = [Path(folder, f"{n}{suffix}") for n in range(len(files))]
        for name, data in zip(names, files, strict=True):
            name.write_bytes(data)
        command = [
            SOFFICE,
            f"-env:UserInstallation=file://{folder}/profile",
            "--headless",
            "--convert-to",
            target,
        ]
        subprocess.run(
            [*command, "--outdir", folder, *map(str, names)],
            check=True,
            capture_output=True,
            timeout=60 + 10 * len(files),
        )
        return [name.with_suffix(f".{target}").read_bytes() for name in names]
