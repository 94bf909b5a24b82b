"""Word comments as people leave them: resolved, answered."""

from __future__ import annotations

import io
import re
import zipfile

from making.packages import r

W15 = "http://schemas.microsoft.com/office/word/2012/wordml"
EXTENDED = "http://schemas.microsoft.com/office/2011/relationships/commentsExtended"
EXTENDED_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.commentsExtended+xml"
RELATION = '<Relationship Id="r{0}" Type="{1}" Target="{2}"/>'


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(content: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name, each in content.items():
            target.writestr(name, each)
    return out.getvalue()


def with_state(data: bytes, number: int, done: bool = False, answer: str = "") -> bytes:
    """As Word leaves a comment that a person resolved or answered."""
    content = parts(data)
    comments = content["word/comments.xml"].decode()
    own = re.search(rf'<w:comment w:id="{number}".*?</w:comment>', comments, re.DOTALL)
    assert own is not None
    last = re.findall(r'w14:paraId="(\w+)"', own.group())[-1]
    entries = f'<w15:commentEx w15:paraId="{last}" w15:done="{int(done)}"/>'
    if answer:
        entries += f'<w15:commentEx w15:paraId="0000ABCD" w15:paraIdParent="{last}" w15:done="0"/>'
        reply = f'<w:comment w:id="77" w:author="李"><w:p w14:paraId="0000ABCD">{r(answer)}</w:p></w:comment>'
        content["word/comments.xml"] = comments.replace("</w:comments>", reply + "</w:comments>").encode()
        document = content["word/document.xml"].decode()
        for mark in ("Start", "End"):
            one = f'<w:commentRange{mark} w:id="{number}"/>'
            document = document.replace(one, one + one.replace(f'"{number}"', '"77"'))
        content["word/document.xml"] = document.encode()
    content["word/commentsExtended.xml"] = (
        f'<w15:commentsEx xmlns:w15="{W15}">{entries}</w15:commentsEx>'.encode()
    )
    relation = RELATION.format(99, EXTENDED, "commentsExtended.xml") + "</Relationships>"
    override = f'<Override PartName="/word/commentsExtended.xml" ContentType="{EXTENDED_TYPE}"/></Types>'
    types = content["[Content_Types].xml"].decode().replace("</Types>", override)
    content["[Content_Types].xml"] = types.encode()
    rels = content["word/_rels/document.xml.rels"].decode().replace("</Relationships>", relation)
    content["word/_rels/document.xml.rels"] = rels.encode()
    return packed(content)
