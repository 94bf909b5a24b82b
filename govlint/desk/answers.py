"""Answers that both the pages and the API give: files to keep."""

from __future__ import annotations

import mimetypes
from pathlib import PurePosixPath
from urllib.parse import quote

from starlette.responses import Response

from govlint.outputs.parts.counts import say

PURPOSES = {
    "annotated": ("批注", "annotated"),
    "corrected": ("改正", "corrected"),
    "page": ("检查结果", "findings"),
}


def attachment(data: bytes | str, name: str, purpose: str, suffix: str, lang: str) -> Response:
    """A file to keep, named after the one it was made of: ``年报.批注.docx``; never shown in the browser itself."""
    body = data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data
    stem = PurePosixPath(name).stem or "report"
    shown = f"{stem}.{say(*PURPOSES[purpose], lang)}{suffix}"
    plain = f"{purpose}{suffix}".encode("ascii", "ignore").decode()
    coded = quote(shown.encode("utf-8", "replace"), safe="")
    return Response(
        body,
        media_type=mimetypes.guess_type(f"x{suffix}")[0] or "application/octet-stream",
        headers={"Content-Disposition": f"attachment; filename=\"{quote(plain)}\"; filename*=UTF-8''{coded}"},
    )
