"""Digital signatures of office packages, which hold for their bytes alone."""

from __future__ import annotations

import io
import zipfile

from govlint.document import Words

SIGNED = Words(
    "文件有数字签名，改写后签名失效，请重新签署。",
    "The file was signed digitally: written anew, it has to be signed again.",
)


def is_signed(data: bytes) -> bool:
    """Whether a package bears a signature; False for what is none."""
    if not data.startswith(b"PK"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return any(name.startswith("_xmlsignatures/") for name in package.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return False
