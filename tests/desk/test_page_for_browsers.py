"""The static page, without a browser: what is written, and what Python answers inside it."""

from __future__ import annotations

import gzip
import json
import re
import zipfile
from base64 import b64decode
from html.parser import HTMLParser
from pathlib import Path

import pytest
from docx import Document

from govlint import check, errors
from govlint.cli.commands import main
from govlint.desk.browser import inside, packing

EXAMPLES = Path(__file__).parents[2] / "examples"
MISTAKES = (EXAMPLES / "mistakes-bordered.txt").read_bytes()
PAPER = {"id": "1", "name": "年报.txt", "lang": "zh", "earlier": 0, "turn": 0}


@pytest.fixture
def pyodide(tmp_path: Path) -> Path:
    """The form of the npm package, with nothing in it that runs."""
    folder = tmp_path / "package"
    folder.mkdir()
    for name in ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip"):
        (folder / name).write_bytes(name.encode())
    (folder / "package.json").write_text('{"version": "314.0.9"}')
    (folder / "pyodide-lock.json").write_text('{"info": {"python": "3.14.2"}, "packages": {"lxml": {}}}')
    with zipfile.ZipFile(
        tmp_path / "msgspec-0.22.0-cp314-cp314-pyemscripten_2026_0_wasm32.whl", "w"
    ) as wheel:
        wheel.writestr("msgspec/__init__.py", "")
    return tmp_path


class Page(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def test_the_folder(pyodide: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    site = tmp_path / "site"
    assert main(["page", "-o", str(site), "--pyodide", str(pyodide)]) == 0
    assert "不能检查 PDF" in capsys.readouterr().err
    page = Page((site / "index.html").read_text("utf-8"))
    asked = [each[key] for _, each in page.found for key in ("src", "href") if each.get(key)]
    assert [name for name in asked if name and not name.startswith("#") and not (site / name).is_file()] == []
    assert [each for tag, each in page.found if tag == "script" and "src" not in each] == []
    assert [key for _, each in page.found for key in each if key == "style" or key.startswith("on")] == []
    (policy,) = (
        each["content"] for _, each in page.found if each.get("http-equiv") == "Content-Security-Policy"
    )
    assert policy
    assert policy.startswith("default-src 'none';")
    assert "connect-src" not in policy
    assert "unsafe-inline" not in policy
    (parts,) = (json.loads(each["data-parts"] or "") for _, each in page.found if "data-parts" in each)
    texts = [(site / f"parts/core-{at}.js").read_text("utf-8") for at in range(parts["core"])]
    coded = "".join(re.findall(r'"([^"]+)"\)', "".join(texts)))
    content = gzip.decompress(b64decode(coded))
    length = int.from_bytes(content[:4], "little")
    sizes = json.loads(content[4 : 4 + length])
    assert len(content) == 4 + length + sum(size for _, size in sizes)
    assert [name for name, _ in sizes][-1] == "python.zip"
    assert set(parts) == {"core", "excel"}
    assert main(["page", "-o", str(site), "--pyodide", str(pyodide)]) == 0  # again, over its own
    assert main(["page", "-o", str(pyodide), "--pyodide", str(pyodide)]) == 2  # never over others' files


@pytest.mark.parametrize("version", ["0.29.0", None])
def test_another_pyodide_is_refused(version: str | None, pyodide: Path, tmp_path: Path) -> None:
    about = pyodide / "package/package.json"
    about.write_text(json.dumps({"version": version})) if version else about.unlink()
    assert main(["page", "-o", str(tmp_path / "site"), "--pyodide", str(pyodide)]) == 2
    assert not (tmp_path / "site").exists()


def test_without_msgspec_for_browsers_nothing_is_written(
    pyodide: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    next(pyodide.glob("*.whl")).unlink()
    assert main(["page", "-o", str(tmp_path / "site"), "--pyodide", str(pyodide)]) == 2
    assert "msgspec-*wasm32.whl" in capsys.readouterr().err
    assert not (tmp_path / "site").exists()


def test_all_of_govlint_that_a_check_needs_goes_in() -> None:
    names = set(packing.govlint())
    assert {
        "govlint/grammars/ogi-2021.lark",
        "govlint/outputs/page/page.css",
        "govlint/rules/__init__.py",
    } <= names
    assert [name for name in names if name.startswith("govlint/cli/")] == []


@pytest.fixture
def started() -> None:
    inside.start()


@pytest.mark.usefixtures("started")
class TestAnswers:
    def test_data_is_that_of_the_command(self) -> None:
        name, data = inside.answer("json", json.dumps(PAPER), [memoryview(MISTAKES)])
        found = check(MISTAKES, name="年报.txt", config=None).findings
        assert [each["code"] for each in json.loads(data)["documents"][0]["findings"]] == [
            each.code for each in sorted(found, key=lambda each: each.span or (0, 0))
        ]
        assert json.loads(name) == "年报.检查结果.json"

    def test_a_page_with_places_of_its_own(self) -> None:
        told, _ = inside.answer(
            "look", json.dumps(PAPER | {"folder": "7", "notice": ["好", "done"]}), [MISTAKES]
        )
        page = Page(json.loads(told)["html"])
        links = {each["href"] for tag, each in page.found if tag == "a" and each.get("href")}
        assert {"#folder/7", "#draft/1/page", "#draft/1/json"} <= links
        assert "#draft/1/annotated" not in links  # text takes no notes
        assert [link for link in links if link and not link.startswith("#")] == []
        assert [each for tag, each in page.found if tag == "script"] == []

    def test_a_report_of_last_year_that_is_none_is_left_out(self) -> None:
        asked = json.dumps(PAPER | {"previous": ["去年.txt"]})
        told = json.loads(inside.answer("look", asked, [MISTAKES, "无".encode()])[0])
        assert told["without"] is True
        assert "上年的报告未采用" in told["html"]

    def test_what_was_stopped_is_unreadable(self) -> None:
        told = json.loads(inside.answer("look", json.dumps(PAPER | {"stopped": True}), [MISTAKES])[0])
        assert "被停止" in told["html"]

    def test_corrections_and_what_cannot_be_done(self) -> None:
        said, data = inside.answer("fix", json.dumps(PAPER), [MISTAKES])
        assert data != MISTAKES
        assert json.loads(said)[1].endswith("were put right in the copy.")
        assert "refused" in json.loads(inside.answer("annotated", json.dumps(PAPER), [MISTAKES])[0])
        assert "refused" in json.loads(
            inside.answer("accept", json.dumps(PAPER | {"number": "99"}), [MISTAKES])[0]
        )

    def test_rows_pile_up_to_a_table(self) -> None:
        for at in (0, 1):
            asked = PAPER | {"at": at, "total": 2, "shown": at == 1, "notice": ""}
            told, _ = inside.answer("row", json.dumps(asked), [MISTAKES])
        assert json.loads(told)["html"].count("<tr>") == 3

    def test_what_must_be_loaded_first(self, tmp_path: Path) -> None:
        Document().save(str(tmp_path / "a.docx"))
        files = [b"%PDF-1.4", (tmp_path / "a.docx").read_bytes(), "甲".encode()]
        told, _ = inside.answer("needs", json.dumps({"names": ["a.pdf", "a.docx", "a.txt"]}), files)
        assert json.loads(told) == ["pdf"]


def test_a_package_that_is_missing_is_named() -> None:
    with pytest.raises(errors.UsageError, match="no_such_package"):
        packing.installed({"no_such_package": ()})
