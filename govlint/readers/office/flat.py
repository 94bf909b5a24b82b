"""A Word document that is one XML file, as Word saves it: made the zip that all others are, and read as that."""

from __future__ import annotations

from govlint.document import Document

SUFFIXES = ()
WEIGHT = 4
_PKG = "{http://schemas.microsoft.com/office/2006/xmlPackage}"


def sniff(data: bytes, path: str) -> bool:
    head = data[:2000].removeprefix(b"\xef\xbb\xbf").lstrip()
    return head.startswith(b"<?xml") and b"schemas.microsoft.com/office/2006/xmlPackage" in head


def read(data: bytes, path: str) -> Document:
    """Raises Unreadable."""
    from govlint.readers.office import docx

    document = docx.read(zipped(data), path)
    document.format = "xml"
    return document


def zipped(data: bytes) -> bytes:
    """Raises Unreadable for what is no XML."""
    import io
    import zipfile
    from base64 import b64decode

    from govlint.readers.office.archive import damaged, parse_xml
    from govlint.readers.office.elements import to_bytes

    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        for part in parse_xml(data, "pkg:package").iter(f"{_PKG}part"):
            name = (part.get(f"{_PKG}name") or "").lstrip("/")
            tree = part.find(f"{_PKG}xmlData")
            if not name or name in target.NameToInfo:
                continue
            if tree is not None and len(tree):
                target.writestr(name, to_bytes(tree[0]))
                continue
            try:
                target.writestr(name, b64decode(part.findtext(f"{_PKG}binaryData") or ""))
            except ValueError as error:
                raise damaged(f"“{name}”的内容有误", f"“{name}” is wrong") from error
    return out.getvalue()
