"""Findings as Word comments: where they stand, what they leave alone, and what becomes of those of before."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from making.comments import EXTENDED, RELATION, W15, packed, parts, with_state
from making.packages import OFFICE, PACKAGE, W, p, r, table, tc

from govlint import readers
from govlint.annotating import word
from govlint.annotating.notes import AUTHOR
from govlint.document import Span, Unreadable, Words
from govlint.linting import registry
from govlint.readers.office.docx import walk
from govlint.result import Result

SPACES = (
    f'xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" mc:Ignorable="w14"'
)
TYPES = (
    f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
    '<Default Extension="jpeg" ContentType="image/jpeg"/>'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>{}</Types>'
)
OVERRIDE = (
    '<Override PartName="/word/{0}.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.{0}+xml"/>'
)

SAID = Words("“{actual}”应为“{expected}”。", "“{actual}” should be “{expected}”.")


def package(body: str, document: str = "", **parts: str) -> bytes:
    """A document of hand-written parts; ``parts`` may be ``comments``, ``commentsExtended``, ``footnotes``."""
    kinds = {kind: EXTENDED if kind == "commentsExtended" else f"{OFFICE}/{kind}" for kind in parts}
    links = "".join(RELATION.format(n, kinds[kind], f"{kind}.xml") for n, kind in enumerate(parts, 2))
    main = RELATION.format(1, f"{OFFICE}/officeDocument", "word/document.xml")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        target.writestr(
            "[Content_Types].xml",
            TYPES.format("".join(map(OVERRIDE.format, ("document", *parts)))).replace(
                "processingml.document+", "processingml.document.main+"
            ),
        )
        target.writestr(
            "_rels/.rels", f'<Relationships xmlns="{PACKAGE}/relationships">{main}</Relationships>'
        )
        if links:
            relations = f'<Relationships xmlns="{PACKAGE}/relationships">{links}</Relationships>'
            target.writestr("word/_rels/document.xml.rels", relations)
        whole = document or f"<w:document {SPACES}><w:body>{body}</w:body></w:document>"
        target.writestr("word/document.xml", whole.encode("utf-16") if "UTF-16" in whole else whole)
        for kind, content in parts.items():
            target.writestr(f"word/{kind}.xml", content)
        target.writestr("docProps/thumbnail.jpeg", bytes(range(256)))
    return out.getvalue()


def comments_part(*comments: tuple[int, str, str]) -> str:
    """Of (number, author, text); the paragraph's id is the number, as hexadecimal digits."""
    made = "".join(
        f'<w:comment w:id="{number}" w:author="{author}"><w:p w14:paraId="{number:08X}">{r(text)}</w:p></w:comment>'
        for number, author, text in comments
    )
    return f"<w:comments {SPACES}>{made}</w:comments>"


def ranged(number: int, content: str) -> str:
    """Content with the marks of a comment around it."""
    mark = '<w:commentRange{} w:id="{}"/>'.format
    reference = f'<w:r><w:commentReference w:id="{number}"/></w:r>'
    return mark("Start", number) + content + mark("End", number) + reference


def found(data: bytes, *spans: Span | None, code: str = "W004", actual: str = "") -> Result:
    """The result of a check that found something at each span."""
    document = readers.read(data, "a.docx")
    rule = registry.named(code)
    findings = [
        rule.finding(span, actual=actual or f"甲{at}", expected="乙", message=SAID)
        for at, span in enumerate(spans)
    ]
    return Result("a.docx", document=document, findings=findings)


def at(data: bytes, *words: str) -> list[Span]:
    text = readers.read(data, "a.docx").text
    return [Span(text.index(each), text.index(each) + len(each)) for each in words]


def annotated(data: bytes, *words: str) -> bytes:
    return word.written(data, "a.docx", found(data, *at(data, *words)), "zh").data


def ranges(data: bytes) -> list[str]:
    """The words that each comment covers, in the order of their numbers, as the reader sees them."""
    _, text, _ = walk(data)
    return [
        text.text[slice(*span)].strip("\n\t\v")
        for _, span in sorted(text.ranges.items(), key=lambda i: int(i[0]))
    ]


def main(data: bytes) -> bytes:
    return parts(data)["word/document.xml"]


NAMING = {"[Content_Types].xml", "word/document.xml", "word/_rels/document.xml.rels", "word/comments.xml"}

BOX = (
    "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><wps:txbx><w:txbxContent>{0}</w:txbxContent></wps:txbx>"
    "</mc:Choice><mc:Fallback><w:pict><w:txbxContent>{0}</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
)
SDT = "<w:sdt><w:sdtPr><w:text/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
CASES: dict[str, tuple[str, str, str]] = {
    "a whole run": (p(r("甲乙")), "甲乙", "甲乙"),
    "within a run": (p(r("甲乙丙丁", "<w:b/>")), "乙丙", "乙丙"),
    "at the start of a run": (p(r("甲乙丙")), "甲", "甲"),
    "over runs": (p(r("甲乙") + r("丙丁")), "乙丙", "乙丙"),
    "over paragraphs: the first": (p("甲乙") + p("丙丁"), "乙\n丙", "乙"),
    "over cells: the first": (table(tc("甲乙") + tc("丙丁")), "乙\t丙", "乙"),
    "an entity": (p(r("甲&amp;乙&#x4e19;丁")), "乙丙", "乙丙"),
    "behind a tab": (p("<w:r><w:t>甲</w:t><w:tab/><w:t>乙丙</w:t></w:r>"), "乙", "乙"),
    "before a break": (p("<w:r><w:t>甲乙</w:t><w:br/><w:t>丙</w:t></w:r>"), "乙", "乙"),
    "in an insertion": (p(r("甲") + '<w:ins w:id="9" w:author="某">' + r("乙丙丁") + "</w:ins>"), "丙", "丙"),
    "in a link": (p('<w:hyperlink w:anchor="x">' + r("甲乙丙") + "</w:hyperlink>"), "乙", "乙"),
    "in a content control": (p(r("甲") + SDT.format(r("乙丙丁")) + r("戊")), "丙", "乙丙丁"),
    "in a control around the cell": (table(SDT.format(tc("甲乙丙")) + tc("丁")), "乙", "乙"),
    "in a control around the paragraph": (SDT.format(p("甲乙丙")), "乙", "乙"),
    "a field's result": (p('<w:fldSimple w:instr="PAGE">' + r("甲乙") + "</w:fldSimple>" + r("丙")), "乙", "甲乙"),
    "beside what is deleted": (
        p(r("甲") + '<w:del w:id="9" w:author="某"><w:r><w:delText>子</w:delText></w:r></w:del>' + r("乙丙")),
        "甲乙",
        "甲乙",
    ),
    "spaces kept": (p(r("甲 乙 丙")), "乙", "乙"),
    "spaces not kept": (p("<w:r><w:t>甲 乙 丙</w:t></w:r>"), "乙", " 乙"),
    "spaces that are not shown": (p("<w:r><w:t> 甲乙 丙 </w:t></w:r>"), "丙", "甲乙 丙"),
    "in a nested table": (table(tc(table(tc("甲乙")) + p("丙"))), "乙", "乙"),
    "surrogates": (p(r("甲𠮷乙丙")), "乙", "乙"),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_where_a_comment_stands(name: str) -> None:
    body, words, covered = CASES[name]
    data = package(body)
    (span,) = at(data, words)
    result = found(data, span)
    made = word.written(data, "a.docx", result, "zh")
    assert ranges(made.data) == [covered]
    check_untouched(data, made.data, result)


def check_untouched(data: bytes, made: bytes, result: Result) -> None:
    """The words are the same, no part but those that must be has changed, and all can be taken back."""
    before, after = parts(data), parts(made)
    assert readers.read(made, "a.docx").text == readers.read(data, "a.docx").text
    assert {name for name in after if after[name] != before.get(name)} <= NAMING
    assert set(before) <= set(after)
    without = word.withdrawn(made, Result("a.docx", document=result.document))
    assert main(without) == before["word/document.xml"]
    again = word.written(word.withdrawn(made, result), "a.docx", result, "zh")
    assert parts(again.data) == after


def test_run_properties_stay_on_both_sides() -> None:
    data = package(p(r("甲乙丙丁", '<w:b/><w:color w:val="FF0000"/>')))
    root = main(annotated(data, "乙丙")).decode()
    assert re.findall(r"<w:rPr>((?:(?!<w:rPr>).)*)</w:rPr><w:t[^>]*>(.)", root) == [
        ('<w:b/><w:color w:val="FF0000"/>', each) for each in "甲乙丁"
    ]


@pytest.mark.parametrize(
    "blank",
    ["<w:p/>", '<w:p w:rsidR="00A1" />', "<w:p></w:p>", "<w:p><w:pPr><w:jc w:val='center'/></w:pPr></w:p>"],
)
def test_a_blank_cell(blank: str) -> None:
    data = package(table(tc("甲") + f"<w:tc>{blank}</w:tc>" + tc("乙")))
    where = readers.read(data, "a.docx").text.index("\t") + 1
    result = found(data, Span(where, where))
    made = word.written(data, "a.docx", result, "zh").data
    cell = re.findall(r"<w:tc>.*?</w:tc>", main(made).decode())[1]
    assert cell.count("commentReference") == 1
    check_untouched(data, made, result)


def test_a_text_box_is_marked_where_it_hangs() -> None:
    """Word takes no marks inside of one."""
    data = package(p(r("甲") + BOX.format(p("乙丙")) + r("丁")))
    (span,) = at(data, "丙")
    result = found(data, span)
    made = word.written(data, "a.docx", result, "zh").data
    assert not re.search(r"<w:txbxContent>(?:(?!</w:txbxContent>).)*comment", main(made).decode())
    assert "甲</w:t></w:r><w:commentRangeStart" in main(made).decode()
    check_untouched(data, made, result)


def test_a_footnote_is_marked_at_its_number() -> None:
    notes = f'<w:footnotes {SPACES}><w:footnote w:id="3">{p("乙丙")}</w:footnote></w:footnotes>'
    data = package(p(r("甲") + '<w:r><w:footnoteReference w:id="3"/></w:r>' + r("丁")), footnotes=notes)
    (span,) = at(data, "丙")
    result = found(data, span)
    made = word.written(data, "a.docx", result, "zh").data
    assert "甲</w:t></w:r><w:commentRangeStart" in main(made).decode()
    check_untouched(data, made, result)


def test_a_finding_with_no_place_stands_at_the_title() -> None:
    data = package(p("") + p("标题") + p("甲"))
    result = found(data, None)
    made = word.written(data, "a.docx", result, "zh")
    assert ranges(made.data) == ["标题"]


DOCUMENTS = {
    "another prefix": f'<x:document xmlns:x="{W}"><x:body><x:p><x:r><x:t>甲乙丙</x:t></x:r></x:p></x:body></x:document>',
    "no prefix": f'<document xmlns="{W}" xmlns:q="{W}"><body><p><r><t>甲乙丙</t></r></p></body></document>',
    "strict": '<w:document xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main" conformance="strict"><w:body><w:p><w:r>'
    "<w:t>甲乙丙</w:t></w:r></w:p></w:body></w:document>",
    "UTF-16": f'<?xml version="1.0" encoding="UTF-16"?><w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t>甲乙丙</w:t></w:r></w:p></w:body></w:document>',
    "odd quotes and spaces": f"<?xml version='1.0'?>\r\n<!-- 甲 --><w:document  xmlns:w='{W}'\n ><w:body ><w:p w:rsidR='a>b' ><w:r ><w:t >甲乙丙</w:t ></w:r ></w:p ></w:body></w:document>\n",
    "CDATA": f'<w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t>甲<![CDATA[乙]]>丙</w:t></w:r></w:p></w:body></w:document>',
}  # fmt: skip


@pytest.mark.parametrize("name", DOCUMENTS)
def test_documents_written_otherwise(name: str) -> None:
    data = package("", DOCUMENTS[name])
    (span,) = at(data, "乙")
    result = found(data, span)
    made = word.written(data, "a.docx", result, "zh").data
    assert ranges(made) == ["甲乙丙" if name == "CDATA" else "乙"]
    check_untouched(data, made, result)


def test_no_paragraph_takes_no_comment() -> None:
    chunk = f'<w:document {SPACES} xmlns:r="{OFFICE}"><w:body><w:altChunk r:id="r2"/></w:body></w:document>'
    data = package("", chunk, aFChunk="<html><body><p>甲乙</p></body></html>")
    document = readers.read(data, "a.docx")
    result = Result("a.docx", document=document, findings=found(package(p("甲")), None).findings)
    with pytest.raises(Unreadable):
        word.written(data, "a.docx", result, "zh")


def test_a_part_in_another_format() -> None:
    """What is found in it is said at its place; what stands behind it is not moved."""
    body = p("甲甲") + f'<w:altChunk xmlns:r="{OFFICE}" r:id="r2"/>' + p("乙丙")
    data = package(body, aFChunk="<html><body><p>丁戊</p></body></html>")
    assert readers.read(data, "a.docx").text == "甲甲\n丁戊\n乙丙\n"
    result = found(data, *at(data, "戊", "丙"))
    made = word.written(data, "a.docx", result, "zh").data
    assert ranges(made) == ["乙丙", "丙"]
    check_untouched(data, made, result)


# People's comments, and ours of before


def test_peoples_comments_stay() -> None:
    theirs = comments_part((4, "王", "请核对"))
    data = package(p(ranged(4, r("甲乙")) + r("丙")), comments=theirs)
    result = found(data, *at(data, "乙丙"))
    made = word.written(data, "a.docx", result, "zh").data
    assert ranges(made) == ["甲乙", "乙丙"]
    assert parts(made)["word/comments.xml"].decode().startswith(theirs.removesuffix("</w:comments>"))
    assert [(c.author, c.comment_id) for c in docx_comments(made)] == [("王", 4), (AUTHOR, 5)]
    check_untouched(data, made, result)


def docx_comments(data: bytes) -> Sequence[docx.comments.Comment]:
    return list(docx.Document(io.BytesIO(data)).comments)


def again(data: bytes, result: Result, lang: str = "zh") -> word.Written:
    return word.written(word.withdrawn(data, result), "a.docx", result, lang)


@pytest.mark.parametrize(
    "state", [{"done": True}, {"answer": "数字无误，已核对"}], ids=["resolved", "answered"]
)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_a_person_dealt_with_stays_and_is_not_said_again(state: dict[str, object], lang: str) -> None:
    data = package(p(r("甲乙丙丁")))
    result = found(data, *at(data, "乙", "丁"))
    first = with_state(word.written(data, "a.docx", result, "zh").data, 0, **state)  # type: ignore[arg-type]
    second = again(first, result, lang)
    assert (second.new, second.handled) == (1, 1)
    numbers = [number for number, _ in own(second.data)]
    assert numbers[0] == "0"
    assert len(numbers) == 2
    assert ("数字无误" in parts(second.data)["word/comments.xml"].decode()) == ("answer" in state)
    # It stays where the finding is gone, too.
    gone = again(second.data, Result("a.docx", document=result.document))
    assert [number for number, _ in own(gone.data)] == ["0"]


def own(data: bytes) -> list[tuple[str, str]]:
    comments = parts(data)["word/comments.xml"].decode()
    found = re.findall(r'<w:comment w:id="(\d+)" w:author="govlint".*?</w:comment>', comments, re.DOTALL)
    return [(number, "") for number in found]


def test_two_alike_of_which_one_is_resolved() -> None:
    """The one that is not said again is the one at the place of the comment."""
    data = package(p("甲甲") + p("乙") + p("甲甲"))
    text = readers.read(data, "a.docx").text
    spans = [Span(0, 2), Span(text.rindex("甲甲"), text.rindex("甲甲") + 2)]
    result = found(data, *spans, actual="同")
    made = word.written(data, "a.docx", result, "zh").data
    done = with_state(made, 1, done=True)
    second = again(done, result)
    assert (second.new, second.handled) == (1, 1)
    _, read, _ = walk(second.data)
    assert sorted(span.start for span in read.ranges.values()) == [spans[0].start, spans[1].start]


def test_words_that_a_person_added_are_not_thrown_away() -> None:
    data = package(p(r("甲乙丙丁")))
    result = found(data, *at(data, "乙", "丁"))
    made = word.written(data, "a.docx", result, "zh").data
    content = parts(made)
    one = content["word/comments.xml"].decode()
    edited = one.replace("</w:comment>", p("已问过财务科") + "</w:comment>", 1)
    content["word/comments.xml"] = edited.encode()
    second = again(packed(content), result)
    assert (second.new, second.handled) == (1, 1)
    assert "已问过财务科" in parts(second.data)["word/comments.xml"].decode()


def test_what_is_put_right_is_withdrawn_and_its_entry_too() -> None:
    data = package(p(r("甲乙丙丁")))
    result = found(data, *at(data, "乙", "丁"))
    made = with_state(word.written(data, "a.docx", result, "zh").data, 0)
    none = Result("a.docx", document=result.document)
    left = word.withdrawn(made, none)
    assert main(left) == main(data)
    assert b"commentEx " not in parts(left)["word/commentsExtended.xml"]
    assert own(left) == []


@pytest.mark.parametrize("ignorable", ["", ' mc:Ignorable="w15"'], ids=["none", "another"])
def test_older_programs_are_told_to_ignore_the_ids(ignorable: str) -> None:
    theirs = comments_part((1, "王", "请核对")).replace(
        ' mc:Ignorable="w14"', ignorable + f' xmlns:w15="{W15}"'
    )
    data = package(p(ranged(1, r("甲乙")) + r("丙")), comments=theirs)
    result = found(data, *at(data, "丙"))
    made = word.written(data, "a.docx", result, "zh").data
    root = etree.fromstring(parts(made)["word/comments.xml"])
    assert "w14" in root.get("{http://schemas.openxmlformats.org/markup-compatibility/2006}Ignorable").split()
    check_untouched(data, made, result)


# Anything


def xml(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


WORDS = st.text(st.sampled_from("甲乙丙 12&<\u3000𠮷"), min_size=1, max_size=6).map(xml)
TEXTS = st.one_of(
    WORDS.map(lambda text: f'<w:t xml:space="preserve">{text}</w:t>'),
    WORDS.map(lambda text: f"<w:t>{text}</w:t>"),
    st.sampled_from(["<w:tab/>", "<w:br/>", "<w:t/>", "<w:lastRenderedPageBreak/>"]),
)
RUNS = st.builds(
    lambda props, content: f"<w:r>{props}{''.join(content)}</w:r>",
    st.sampled_from(["", "<w:rPr><w:b/></w:rPr>", "<w:rPr/>", '<w:rPr><w:rPrChange w:id="7"><w:rPr><w:i/></w:rPr></w:rPrChange></w:rPr>']),
    st.lists(TEXTS, max_size=3),
)  # fmt: skip
INLINE = st.one_of(
    RUNS,
    st.builds(
        lambda wrapper, runs: wrapper.format("".join(runs)),
        st.sampled_from(
            [
                '<w:ins w:id="1" w:author="a">{}</w:ins>',
                '<w:hyperlink w:anchor="x">{}</w:hyperlink>',
                SDT,
                '<w:fldSimple w:instr="DATE">{}</w:fldSimple>',
                '<w:bookmarkStart w:id="3" w:name="b"/>{}<w:bookmarkEnd w:id="3"/>',
                '<w:commentRangeStart w:id="40"/>{}<w:commentRangeEnd w:id="40"/><w:r><w:commentReference w:id="40"/></w:r>',
            ]
        ),
        st.lists(RUNS, min_size=1, max_size=3),
    ),
    st.builds(lambda run: BOX.format(f"<w:p>{run}</w:p>"), RUNS),
)
PARAGRAPHS = st.one_of(
    st.just("<w:p/>"), st.lists(INLINE, max_size=4).map(lambda inline: f"<w:p>{''.join(inline)}</w:p>")
)
BLOCKS = st.one_of(
    PARAGRAPHS,
    st.lists(
        st.lists(PARAGRAPHS.map(lambda each: f"<w:tc>{each}</w:tc>"), min_size=1, max_size=3).map("".join), min_size=1, max_size=2
    ).map(lambda rows: table(*rows)),
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(BLOCKS, min_size=1, max_size=4), st.data())
def test_nothing_but_comments_changes(blocks: list[str], draw: st.DataObject) -> None:
    body = p("标题") + "".join(blocks)
    data = package(body, comments=comments_part((40, "王", "请核对")))
    text = readers.read(data, "a.docx").text
    ends = st.integers(0, len(text))
    spans = [
        Span(*sorted(pair)) for pair in draw.draw(st.lists(st.tuples(ends, ends), min_size=1, max_size=6))
    ]
    result = found(data, *spans)
    made = word.written(data, "a.docx", result, "zh")
    assert made.new == len(spans)
    check_untouched(data, made.data, result)
