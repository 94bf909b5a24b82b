"""Answers that both the pages and the API give: files to keep."""

from __future__ import annotations

import mimetypes
from urllib.parse import quote

from starlette.responses import Response

from govlint.desk.downloads import named


def attachment(data: bytes | str, name: str, purpose: str, suffix: str, lang: str) -> Response:
    """A file to keep; never shown in the browser itself."""
    body = data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data
    shown = named(name, purpose, suffix, lang)
    plain = f"{purpose}{suffix}".encode("ascii", "ignore").decode()
    coded = quote(shown.encode("utf-8", "replace"), safe="")
    return Response(
        body,
        media_type=mimetypes.guess_type(f"x{suffix}")[0] or "application/octet-stream",
        headers={"Content-Disposition": f"attachment; filename=\"{quote(plain)}\"; filename*=UTF-8''{coded}"},
    )
