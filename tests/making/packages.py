"""Office packages made by hand: bombs, entities, locked ones; and files converted by LibreOffice."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def converted(data: bytes, before: str, after: str, folder: Path) -> bytes:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice (soffice) is not installed")
    source = folder / f"report{before}"
    source.write_bytes(data)
    subprocess.run(
        [
            office,
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            after.removeprefix("."),
            "--outdir",
            str(folder / "out"),
            str(source),
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
    return (folder / "out" / f"report{after}").read_bytes()


def zipped(*members: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in members:
            target.writestr(name, content)
    return out.getvalue()


def twice(data: bytes, name: str, again: str = "") -> bytes:
    """With a second part of a name, which is empty."""
    again = again or name
    other = again[:-1] + "~"  # zipfile warns of what it is to write
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a") as target:
        target.writestr(other, b"")
    return out.getvalue().replace(other.encode(), again.encode())


def flat(data: bytes) -> bytes:
    """A Word document as the one XML file that Word saves it as."""
    name = "http://schemas.microsoft.com/office/2006/xmlPackage"
    parts: list[str] = []
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        for member in source.namelist():
            if member != "[Content_Types].xml" and member.endswith((".xml", ".rels")):
                tree = re.sub(r"^\s*<\?xml.*?\?>", "", source.read(member).decode("utf-8-sig"))
                parts.append(f'<pkg:part pkg:name="/{member}"><pkg:xmlData>{tree}</pkg:xmlData></pkg:part>')
        image = '<pkg:part pkg:name="/word/media/image1.png"><pkg:binaryData>iVBORw0KGgo=</pkg:binaryData></pkg:part>'
    head = '<?xml version="1.0" standalone="yes"?><?mso-application progid="Word.Document"?>'
    return f'{head}<pkg:package xmlns:pkg="{name}">{"".join(parts)}{image}</pkg:package>'.encode()


LAUGHS = b"".join(b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 10))


ENTITY = b'<!DOCTYPE d [<!ENTITY l0 "ha">%s]><w:document xmlns:w="%s"><w:body><w:p><w:r><w:t>&l9;</w:t></w:r></w:p></w:body></w:document>'


LOCKED = (
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1024) + "EncryptedPackage".encode("utf-16-le") + bytes(4096)
)


def stating(data: bytes, size: int) -> bytes:
    """With another unpacked size of each member in the directory."""
    parts = data.split(b"PK\x01\x02")
    return b"PK\x01\x02".join(
        [parts[0], *(part[:20] + size.to_bytes(4, "little") + part[24:] for part in parts[1:])]
    )


# Parts of a Word document

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def r(text: str, props: str = "") -> str:
    return f'<w:r><w:rPr>{props}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def p(content: str, props: str = "") -> str:
    return f"<w:p><w:pPr>{props}</w:pPr>{content if content.startswith('<') else r(content)}</w:p>"


def tc(content: str, props: str = "") -> str:
    return f"<w:tc><w:tcPr>{props}</w:tcPr>{content if content.startswith('<') else p(content) if content else p('<w:r/>')}</w:tc>"


def table(*rows: str) -> str:
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"
