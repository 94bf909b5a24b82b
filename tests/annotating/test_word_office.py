"""Annotated Word files in the hands of other programs: python-docx and LibreOffice."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pytest
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from making.comments import parts, with_state
from making.corpus import sample
from making.office import STYLES, saved, word
from making.packages import W, converted

from govlint.annotating import Annotated, annotate
from govlint.linting.linter import check_bytes
from govlint.linting.settings import Settings
from govlint.result import Result


def check(data: bytes, path: str) -> Result:
    return check_bytes(data, path, Settings())


def annotated(data: bytes, **options: bool) -> Annotated:
    return annotate(data, "report.docx", "out.docx", check, **options)


def with_mistakes(style: str = "Word") -> WordDocument:
    """A report with a wrong figure, a blank cell, a wrong word, and what people leave in documents."""
    document = word(sample(3), style)
    prose = next(each for each in document.paragraphs if "均在法定期限内" in each.text)
    prose.add_run("截止12月31日没有结转。")
    cells = [cell for row in document.tables[-2].rows[4:] for cell in row.cells if cell.text == "0"]
    cells[0].paragraphs[0].runs[-1].text = "77"
    cells[-1].paragraphs[0].runs[-1].text = ""
    first = document.paragraphs[4]
    inserted = parse_xml(
        f'<w:ins xmlns:w="{W}" w:id="900" w:author="王" w:date="2024-01-02T03:04:05Z"><w:r><w:t>全年平稳。</w:t></w:r></w:ins>'
    )
    first._p.append(inserted)
    control = parse_xml(
        f'<w:sdt xmlns:w="{W}"><w:sdtPr><w:text/></w:sdtPr><w:sdtContent><w:r><w:t>可登陆网站查询。</w:t></w:r></w:sdtContent></w:sdt>'
    )
    first._p.append(control)
    document.add_comment(document.paragraphs[0].runs, "标题请领导审定", "王", "W")
    return document


def comments(data: bytes) -> list[tuple[str, str]]:
    return [(each.author, each.text.split(" ")[0]) for each in docx.Document(io.BytesIO(data)).comments]


@pytest.mark.parametrize("style", STYLES)
def test_reports_as_offices_lay_them_out(style: str) -> None:
    data = saved(with_mistakes(style))
    done = annotated(data)
    assert done.data is not None
    codes = [finding.code for finding in done.result.findings]
    assert {"T005", "W004"} < set(codes)
    assert comments(done.data) == [("王", "标题请领导审定"), *(("govlint", code) for code in codes)]
    before, after = parts(data), parts(done.data)
    assert {name for name in after if after[name] != before.get(name)} == {
        "word/document.xml",
        "word/comments.xml",
    }
    again = annotated(done.data)
    assert again.data is not None
    assert parts(again.data) == after
    # Taken back, the document is what it was.
    right = annotate(done.data, "report.docx", "out.docx", lambda data, path: nothing(check(data, path)))
    assert right.data is not None
    assert parts(right.data)["word/document.xml"] == before["word/document.xml"]


def nothing(result: Result) -> Result:
    result.findings = []
    return result


def test_what_a_comment_says() -> None:
    done = annotated(saved(with_mistakes()))
    assert done.data is not None
    texts = {
        each.text.split(" ")[0]: each.text.split("\n")
        for each in docx.Document(io.BytesIO(done.data)).comments
    }
    assert len(texts["E004"]) == 1
    first, write, basis = texts["N001"]
    assert "不等于各类申请人之和" in first
    assert write == "应填：0（现为77）"
    assert basis.startswith("依据：")
    assert "政府信息公开工作年度报告格式（国办公开办函〔2021〕30号） 表三" in basis


def test_nothing_to_say_gives_the_same_file() -> None:
    data = saved(word(sample(3)))
    assert annotated(data).data == data


def test_what_is_put_right_has_no_comment() -> None:
    done = annotated(saved(with_mistakes()), fix=True)
    assert done.data is not None
    assert "W004" not in {code for _, code in comments(done.data)}
    text = "".join(each.text for each in docx.Document(io.BytesIO(done.data)).paragraphs)
    assert "截至12月31日" in text
    assert "T005" in {code for _, code in comments(done.data)}


@pytest.mark.external
def test_libreoffice_opens_it_and_keeps_the_comments(tmp_path: Path) -> None:
    done = annotated(saved(with_mistakes()))
    assert done.data is not None
    theirs = converted(done.data, ".docx", ".docx", tmp_path)
    assert sorted(comments(theirs)) == sorted(comments(done.data))
    assert [f.code for f in check(theirs, "a.docx").findings] == [f.code for f in done.result.findings]
    again = annotated(theirs)  # which numbers paragraphs anew: the former comments are known by their author
    assert again.data is not None
    assert sorted(comments(again.data)) == sorted(comments(done.data))


@pytest.mark.external
def test_a_resolved_comment_stays_though_libreoffice_wrote_the_file(tmp_path: Path) -> None:
    done = annotated(saved(with_mistakes()))
    assert done.data is not None
    number = next(
        each.comment_id for each in docx.Document(io.BytesIO(done.data)).comments if each.author == "govlint"
    )
    theirs = converted(with_state(done.data, number, done=True), ".docx", ".docx", tmp_path)
    again = annotated(theirs)
    assert again.handled == 1
    assert again.data is not None
    assert sorted(comments(again.data)) == sorted(comments(done.data))
