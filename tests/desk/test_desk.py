"""The desk over HTTP: its API, whom it answers, what it refuses, and a draft's way through it."""

from __future__ import annotations

import asyncio
import io
import json
import os
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import lxml.html
import pytest
from docx import Document
from starlette.testclient import TestClient

from govlint import api
from govlint.desk.app import make
from govlint.desk.drawer import Bounds, Draft, Drawer, Folder
from govlint.desk.guard import is_own, own_names
from govlint.desk.pool import Ended
from govlint.desk.work import Paper
from govlint.outputs.parts.records import document
from govlint.version import __version__

EXAMPLES = Path(__file__).parents[2] / "examples"
MISTAKES = (EXAMPLES / "mistakes-bordered.txt").read_bytes()
CLEAN = (EXAMPLES / "clean-bordered.txt").read_bytes()
LATER = CLEAN.decode().replace("2024", "2025").replace("2023", "2024").encode()
HERE = "http://127.0.0.1:8020"
BOUNDS = Bounds(request=300_000)


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    app = make(api.configure(config=None), bounds=BOUNDS, limit=20, workers=1)
    with TestClient(app, HERE) as opened:
        yield opened


def word(*paragraphs: str) -> bytes:
    made, out = Document(), io.BytesIO()
    for text in paragraphs:
        made.add_paragraph(text)
    made.save(out)
    return out.getvalue()


def put(client: TestClient, *files: tuple[str, bytes], field: str = "file", **data: str) -> Any:
    """Send a form to the desk, and follow it until nothing is under way."""
    answer = client.post(
        "/check", files=[(field, each) for each in files] or [("none", ("", b""))], data=data
    )
    return settled(client, answer)


def settled(client: TestClient, answer: Any) -> Any:
    while 'http-equiv="refresh"' in answer.text:
        answer = client.get(answer.url.path)
    return answer


def press(client: TestClient, answer: Any, action: str, at: int = 0) -> Any:
    """Press the button of a form."""
    form = lxml.html.fromstring(answer.content).xpath(f"//form[contains(@action, '/{action}')]")[at]
    return settled(client, client.post(form.get("action"), data=dict(form.form_values())))


def lines(answer: Any, path: str) -> list[str]:
    return [
        " ".join(each.text_content().split()) for each in lxml.html.fromstring(answer.content).xpath(path)
    ]


# The API


@pytest.mark.parametrize("name", ["mistakes-bordered.txt", "clean-run-together.txt"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_check_finds_what_the_command_finds(client: TestClient, name: str, lang: Any) -> None:
    data = (EXAMPLES / name).read_bytes()
    answer = client.post("/api/check", files={"file": (name, data)}, data={"lang": lang})
    told = answer.json()
    result = api.check(data, name=name, config=None, lang=lang)
    assert (answer.status_code, told["govlint"]) == (200, __version__)
    assert told["documents"] == [json.loads(json.dumps(document(result, lang), default=str))]


@pytest.mark.parametrize(
    ("name", "data"), [("a.docx", b"PK\x03\x04broken"), ("b.pdf", b"%PDF-1.7"), ("c.txt", b"")]
)
def test_what_cannot_be_read_is_answered_too(client: TestClient, name: str, data: bytes) -> None:
    answer = client.post("/api/check", files={"file": (name, data)})
    (told,) = answer.json()["documents"]
    assert (answer.status_code, told["status"] != "checked", told["verdict"]) == (200, True, "incomplete")


@pytest.mark.parametrize("path", ["/api/check", "/api/annotate"])
@pytest.mark.parametrize(
    ("files", "data", "status"),
    [
        ({}, {}, 422),
        ({"other": ("a.txt", b"a")}, {}, 422),
        ({"file": ("a.txt", b"a")}, {"lang": "fr"}, 422),
        ({"file": ("a.txt", CLEAN)}, {"template": "none-such"}, 422),
        ({"file": ("a.txt", CLEAN), "previous": ("b.txt", b"no report")}, {}, 422),
        ({"file": ("a.txt", b"a" * 300_001)}, {}, 413),
    ],
)
def test_refusals(client: TestClient, path: str, files: Any, data: Any, status: int) -> None:
    answer = client.post(path, files=files, data=data)
    assert answer.status_code == status
    assert answer.json()["error"]


def test_last_year_is_held_against(client: TestClient) -> None:
    files = {"file": ("2024.txt", LATER), "previous": ("2023.txt", CLEAN)}
    codes = {
        found["code"] for found in client.post("/api/check", files=files).json()["documents"][0]["findings"]
    }
    alone = client.post("/api/check", files={"file": ("2024.txt", LATER)}).json()["documents"][0]["findings"]
    assert any(code.startswith("H") for code in codes - {found["code"] for found in alone})


def test_annotate_gives_the_word_file_back(client: TestClient) -> None:
    answer = client.post(
        "/api/annotate", files={"file": ("年报.docx", word(*MISTAKES.decode().splitlines()))}
    )
    assert answer.status_code == 200
    assert "%E5%B9%B4%E6%8A%A5.%E6%89%B9%E6%B3%A8.docx" in answer.headers["content-disposition"]
    comments = list(Document(io.BytesIO(answer.content)).comments)
    assert comments
    assert all(each.author == "govlint" for each in comments)


def test_what_takes_no_notes_says_so(client: TestClient) -> None:
    answer = client.post("/api/annotate", files={"file": ("a.txt", MISTAKES)})
    assert (answer.status_code, ".docx" in answer.json()["error"]) == (422, True)


def test_health_and_description(client: TestClient) -> None:
    assert client.get("/api/health").json() == {"govlint": __version__}
    told = client.get("/api/openapi.json").json()
    routes = {route.path for route in client.app.routes if route.path.startswith("/api/")}  # type: ignore[attr-defined]
    assert set(told["paths"]) == routes - {"/api/openapi.json"}
    named = set(re.findall(r"#/components/schemas/(\w+)", json.dumps(told)))
    assert named == set(told["components"]["schemas"])


# Whom it answers


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Host": "localhost:8020"}, 200),
        ({"Host": "[::1]:8020"}, 200),
        ({"Host": "evil.example"}, 421),
        ({"Host": "127.0.0.1.evil.example:8020"}, 421),
        ({"Host": ""}, 421),
        ({"Host": "10.0.0.9:8020"}, 421),
    ],
)
def test_own_names_alone(client: TestClient, headers: dict[str, str], status: int) -> None:
    assert client.get("/api/health", headers=headers).status_code == status


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": HERE}, 200),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://127.0.0.1:9999"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "same-origin"}, 200),
    ],
)
def test_posts_come_from_its_own_pages(client: TestClient, headers: dict[str, str], status: int) -> None:
    answer = client.post("/api/check", files={"file": ("a.txt", CLEAN)}, headers=headers)
    assert answer.status_code == status
    assert "content-security-policy" in answer.headers


@pytest.mark.parametrize(
    ("bound", "host", "own"),
    [
        ("127.0.0.1", "localhost", True),
        ("desk.example", "desk.example:80", True),
        ("desk.example", "other.example", False),
        ("0.0.0.0", "192.0.2.7:8020", True),
        ("0.0.0.0", "evil.example", False),
        ("0.0.0.0", "[::1", False),
    ],
)
def test_names_of_a_desk_bound_elsewhere(bound: str, host: str, own: bool) -> None:
    assert is_own(host, own_names(bound)) is own


@pytest.mark.parametrize("path", ["/", "/style.css", "/draft/none", "/none", "/api/health"])
def test_every_answer_is_covered(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert (headers["referrer-policy"], headers["cache-control"]) == ("same-origin", "no-store")


# A draft's way


def test_accept_undo_and_download(client: TestClient) -> None:
    first = put(client, ("年报.txt", MISTAKES))
    found = len(lines(first, "//li[contains(@class, 'finding')]"))
    changed = press(client, first, "accept")
    assert lines(changed, "//*[@class='notice']") != []
    assert len(lines(changed, "//li[contains(@class, 'finding')]")) < found
    copy = client.get(f"{changed.url.path}/corrected")
    assert copy.content != MISTAKES
    assert "%E6%94%B9%E6%AD%A3.txt" in copy.headers["content-disposition"]
    back = press(client, changed, "undo")
    assert len(lines(back, "//li[contains(@class, 'finding')]")) == found
    assert client.get(f"{back.url.path}/corrected").content == MISTAKES


def test_what_is_safe_is_corrected_at_once(client: TestClient) -> None:
    fixed = press(client, put(client, ("a.txt", MISTAKES)), "fix")
    assert lines(fixed, "//form[contains(@action, '/fix')]") == []
    assert lines(fixed, "//form[contains(@action, '/undo')]") != []


def test_a_page_of_an_earlier_version_changes_nothing(client: TestClient) -> None:
    first = put(client, ("a.txt", MISTAKES))
    press(client, first, "accept")
    before = client.get(f"{first.url.path}/corrected").content
    assert "已过时" in press(client, first, "accept", 1).text
    assert client.get(f"{first.url.path}/corrected").content == before


def test_pasted_text_and_the_page_to_keep(client: TestClient) -> None:
    shown = put(client, text=MISTAKES.decode())
    kept = client.get(f"{shown.url.path}/page")
    assert "attachment" in kept.headers["content-disposition"]
    assert lines(kept, "//article//li//h4") == lines(shown, "//article//li//h4") != []


def test_last_year_beside_it(client: TestClient) -> None:
    shown = put(client, ("2024.txt", LATER))
    form = f"{shown.url.path}/previous"
    held = settled(client, client.post(form, files={"previous": ("2023.txt", CLEAN)}))
    assert len(lines(held, "//li[@data-family='H']")) > 0
    bad = settled(client, client.post(form, files={"previous": ("x.txt", b"nothing")}))
    assert "上年的报告未采用" in bad.text


def test_many_have_a_light_each(client: TestClient) -> None:
    files = [("部门/a.txt", MISTAKES), ("部门/b.txt", CLEAN), ("部门/c.docx", b"PK"), ("部门/d.png", b"x")]
    table = put(client, *files, field="folder")
    assert lines(table, "//table/tbody/tr/td[1]") == ["✕不通过", "✓通过", "?未检查完"]
    assert "1 个文件" in table.text
    (name, *_), links = (
        lines(table, "//tbody//a"),
        lxml.html.fromstring(table.content).xpath("//tbody//a/@href"),
    )
    assert name == "部门/a.txt"
    changed = press(client, settled(client, client.get(links[0])), "accept")
    again = settled(client, client.get(table.url.path))
    assert lines(again, "//tbody/tr[1]/td")[3:] != lines(table, "//tbody/tr[1]/td")[3:]
    assert f'href="{table.url.path}"' in changed.text


@pytest.mark.parametrize(
    ("files", "status", "words"),
    [
        ([], 422, "请选择"),
        ([("a.txt", b"x" * 300_001)], 413, "文件过大"),
        ([("a.doc", b"\xd0\xcf\x11\xe0")], 200, "未检查完"),
    ],
)
def test_bad_files_get_a_clear_word(client: TestClient, files: Any, status: int, words: str) -> None:
    answer = put(client, *files)
    assert (answer.status_code, words in answer.text) == (status, True)


@pytest.mark.parametrize(
    ("name", "data", "offered"),
    [
        ("a.docx", word(*MISTAKES.decode().splitlines()), {"annotated", "page", "previous"}),
        ("a.txt", MISTAKES, {"page", "previous"}),
        ("a.docx", b"PK\x03\x04broken", {"page"}),
    ],
    ids=["word", "text", "unreadable"],
)
def test_what_is_offered_can_be_done(client: TestClient, name: str, data: bytes, offered: set[str]) -> None:
    answer = put(client, (name, data))
    page = lxml.html.fromstring(answer.content)
    addresses = [*page.xpath("//a/@href"), *page.xpath("//form/@action")]
    assert {each.rpartition("/")[2] for each in addresses} & {"annotated", "page", "previous"} == offered
    for each in page.xpath("//a[contains(@class, 'get')]/@href"):
        assert "attachment" in client.get(each).headers["content-disposition"]
    assert "依据 govlint" not in " ".join(page.text_content().split())


@pytest.mark.parametrize(
    ("path", "headers", "data", "status", "said"),
    [
        ("/check", {}, {"template": "none-such", "text": "甲"}, 422, "没有名为“none-such”的模板"),
        ("/check", {"content-type": "multipart/form-data"}, None, 400, "表单不完整"),
        ("/api/check", {"content-type": "multipart/form-data"}, None, 400, "表单不完整，请重试。 / The form"),
    ],
)
def test_a_form_that_is_wrong(
    client: TestClient, path: str, headers: dict[str, str], data: Any, status: int, said: str
) -> None:
    answer = (
        client.post(path, headers=headers, data=data)
        if data
        else client.post(path, headers=headers, content=b"a")
    )
    assert answer.status_code == status
    assert said in answer.text


def test_a_page_says_it_in_its_language(client: TestClient) -> None:
    files = [("file", ("a.txt", CLEAN)), ("previous", ("b.docx", b"PK\x03\x04broken"))]
    answer = settled(client, client.post("/check", files=files))
    assert "上年的报告未采用。b.docx: 文件已损坏" in answer.text
    assert "damaged" not in answer.text


def test_english_with_one_click(client: TestClient) -> None:
    (link,) = lxml.html.fromstring(client.get("/").content).xpath("//header/a[.='English']/@href")
    assert "Check an annual report" in client.get(link).text
    assert "Findings" in put(client, ("a.txt", MISTAKES)).text
    client.cookies.clear()


HOSTILE = "<script>alert(1)</script></textarea><svg onload=alert(1)><a href='javascript:alert(1)'>\x1b[31m"


def test_nothing_of_a_document_is_markup(client: TestClient) -> None:
    text = MISTAKES.decode().replace("一、", f"{HOSTILE}\n一、", 1)
    shown = put(client, (f"{HOSTILE}.txt", text.encode()))
    table = put(client, (f"{HOSTILE}.txt", text.encode()), ("b.txt", CLEAN))
    for answer in (shown, table):
        tree = lxml.html.fromstring(answer.content)
        assert (
            tree.xpath("//script | //svg | //*[@onload] | //@style | //a[starts-with(@href, 'javascript')]")
            == []
        )
        assert "\x1b" not in answer.text
    assert "<script>" in "".join(lxml.html.fromstring(shown.content).itertext())


# What it holds, and its processes


def test_the_drawer_is_bounded_and_forgets() -> None:
    now = [0.0]
    drawer = Drawer(Bounds(held=100, things=3, idle=10), lambda: now[0])
    drafts = [Draft(Paper(str(at), b"x" * 30)) for at in range(5)]
    for draft in drafts:
        drawer.put(draft)
    assert [drawer.draft(draft.identity) is not None for draft in drafts] == [False, False, True, True, True]
    drafts[4].write(b"y" * 30)
    drawer.put(drafts[4])
    assert [drawer.draft(draft.identity) is not None for draft in drafts[2:]] == [False, True, True]
    now[0] = 11
    assert drawer.draft(drafts[4].identity) is None


@pytest.mark.parametrize(("function", "argument"), [(os._exit, 3), (time.sleep, 600)], ids=["dies", "hangs"])
def test_a_process_that_ends_takes_nothing_with_it(function: Any, argument: int) -> None:
    from anyio import run

    from govlint.desk.pool import Pool

    pool = Pool(api.configure(config=None), 1.0, 1)

    async def use() -> int:
        with pytest.raises(Ended):
            await pool.run(function, argument)
        return await pool.run(len, "1234")

    try:
        assert run(use) == 4
    finally:
        pool.close()


def test_what_departments_come_to_stands_against_their_government(client: TestClient) -> None:
    model = (EXAMPLES.parent / "grammars/model-ogi-2021.txt").read_text("utf-8")
    licences = {"云溪县人民政府": 160, "云溪县水务局": 100, "云溪县望江镇人民政府": 56, "临川县水务局": 9}
    files = [
        (
            f"{name}.txt",
            model.replace("云溪县农业农村局", name).replace("行政许可 | 156", f"行政许可 | {count}").encode(),
        )
        for name, count in licences.items()
    ]
    table = put(client, *files, files[1])
    assert lines(table, "//h2") == ["云溪县人民政府2022年：与所属2个机关的合计对照"]
    licensed = "//table[contains(@class, 'sums')]//tr[contains(., '行政许可')]/td"
    assert lines(table, licensed) == ["160", "156", "4"]
    assert "sums" not in put(client, *files[1:]).text


def test_a_folder_is_let_go_with_its_drafts() -> None:
    drawer = Drawer(Bounds(held=70))
    folder = Folder([Draft(Paper(str(at), b"x" * 30)) for at in range(3)])
    drawer.put(folder)
    for draft in folder.drafts:
        draft.folder = folder.identity
        drawer.put(draft)
    assert drawer.folder(folder.identity) is None


def test_a_fault_of_the_desk_is_said_and_covered(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("govlint.desk.pages.index", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        client.get("/")
    quiet = TestClient(client.app, HERE, raise_server_exceptions=False)
    answer = quiet.get("/")
    assert (answer.status_code, "工作台出错了" in answer.text) == (500, True)
    assert "default-src 'none'" in answer.headers["content-security-policy"]


def test_who_hangs_up_in_the_midst_of_a_form_is_no_fault(client: TestClient) -> None:
    """Nothing is raised, which a server would print with its traceback."""
    headers = {
        "host": "127.0.0.1:8020",
        "content-type": "multipart/form-data; boundary=x",
        "content-length": "999",
    }
    scope = {
        **{
            "type": "http",
            "http_version": "1.1",
            "method": "POST",
            "path": "/api/check",
            "query_string": b"",
        },
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
    }
    come = iter(
        [{"type": "http.request", "body": b"--x\r\n", "more_body": True}, {"type": "http.disconnect"}]
    )
    sent: list[int] = []

    async def receive() -> Any:
        return next(come)

    async def send(message: Any) -> None:
        sent.append(message.get("status"))

    asyncio.run(client.app(scope, receive, send))  # type: ignore[arg-type]
    assert sent[0] == 400
