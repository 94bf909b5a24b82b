"""Office files read without lxml, as in a browser: the same documents, the same refusals, the same files written."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from making.corpus import sample
from making.office import STYLES, excel, saved, saved_book, word
from making.packages import OFFICE, PACKAGE, W, zipped

from govlint import readers
from govlint.document import Edit, Span, Unreadable
from govlint.readers.office import elements
from govlint.readers.office.docx import rewrite

RELATION = f'<Relationship Id="r1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/>'
TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"


def package(body: str, head: str = "") -> bytes:
    document = f'{head}<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
    relations = f'<Relationships xmlns="{PACKAGE}/relationships">{RELATION}</Relationships>'
    return zipped(("_rels/.rels", relations.encode()), ("word/document.xml", document.encode()))


def opendocument() -> bytes:
    office = TEXT.replace("text", "office")
    body = "<t:h>一、总体情况</t:h><t:p>甲<t:span>乙</t:span>丙<t:s/>丁</t:p><t:list><t:list-item><t:p>戊</t:p></t:list-item></t:list>"
    content = (
        f'<o:document-content xmlns:o="{office}" xmlns:t="{TEXT}"><o:body><o:text>{body}</o:text></o:body>'
        "</o:document-content>"
    )
    kind = b"application/vnd.oasis.opendocument.text"
    return zipped(("mimetype", kind), ("content.xml", content.encode()))


FILES: dict[str, Callable[[], bytes]] = {
    **{f"{style}.docx": lambda style=style: saved(word(sample(3), style)) for style in STYLES},  # type: ignore[misc]
    "tables.xlsx": lambda: saved_book(excel(sample(3), prose=True)),
    "report.odt": opendocument,
    "comment inside.docx": lambda: package("<w:p><w:r><w:t>甲<!-- 乙 -->丙</w:t></w:r></w:p>"),
    "entities.docx": lambda: package(
        "<w:p><w:r><w:t>&a;</w:t></w:r></w:p>", '<!DOCTYPE d [<!ENTITY a "ha">]>'
    ),
    "declared.docx": lambda: package("<w:p><w:r><w:t>甲</w:t></w:r></w:p>", "<!DOCTYPE d>"),
    "cut off.docx": lambda: package("<w:p><w:r>"),
    "no prefix.docx": lambda: package("<x:p/>"),
    "deep.docx": lambda: package("<w:sdt>" * 400 + "</w:sdt>" * 400),
}


def outcome(data: bytes, name: str) -> Any:
    try:
        found = readers.read(data, name)
    except Unreadable as error:
        return error.words
    return found.text, found.origins, found.comments, found.tracked, found.unread, found.metadata


@pytest.mark.parametrize("name", FILES)
def test_read_as_with_lxml(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    data = FILES[name]()
    with_lxml = outcome(data, name)
    monkeypatch.setattr(elements, "has_lxml", lambda: False)
    assert outcome(data, name) == with_lxml


def test_written_as_with_lxml(monkeypatch: pytest.MonkeyPatch) -> None:
    body = '<w:p><w:r><w:t>甲乙</w:t></w:r></w:p><w:p/><w:p><w:r><w:t  xml:space="default" >丙丁</w:t ></w:r></w:p>'
    edits = [Edit(Span(0, 1), "子&"), Edit(Span(3, 4), " 丑")]
    data = package(body)
    with_lxml = rewrite(data, "a.docx", edits)
    monkeypatch.setattr(elements, "has_lxml", lambda: False)
    assert rewrite(data, "a.docx", edits) == with_lxml
    assert readers.read(with_lxml[0], "a.docx").text == "子&乙\n 丑丁\n"
