"""The language server, driven over standard input and output by a real client."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from making.corpus import LAYOUTS, sample

from govlint.linting.examples import model_report

pytest.importorskip("pygls", reason="needs the extra lsp")

from lsprotocol import types
from pygls.lsp.client import LanguageClient

ROOT = Path(__file__).parents[2]
WRONG = model_report("ogi-2021").replace(
    "（一）予以公开 | 5 | 1 | 0 | 0 | 0 | 0 | 6", "（一）予以公开 | 5 | 1 | 0 | 0 | 0 | 0 | 7"
)
Talk = Callable[["Editor"], Awaitable[None]]


class Editor:
    """A client with one open document, and the diagnostics it was sent."""

    def __init__(self, uri: str) -> None:
        self.client = LanguageClient("test", "1")
        self.uri = uri
        self.sent: asyncio.Queue[types.PublishDiagnosticsParams] = asyncio.Queue()

        @self.client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        def diagnostics(params: types.PublishDiagnosticsParams) -> None:
            self.sent.put_nowait(params)

    @property
    def name(self) -> types.TextDocumentIdentifier:
        return types.TextDocumentIdentifier(self.uri)

    async def open(self, text: str) -> list[types.Diagnostic]:
        item = types.TextDocumentItem(self.uri, "plaintext", 1, text)
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(item))
        return list((await self.sent.get()).diagnostics)

    async def change(self, text: str, version: int) -> list[types.Diagnostic]:
        self.client.text_document_did_change(
            types.DidChangeTextDocumentParams(
                types.VersionedTextDocumentIdentifier(uri=self.uri, version=version),
                [types.TextDocumentContentChangeWholeDocument(text)],
            )
        )
        return list((await self.sent.get()).diagnostics)


def converse(
    tmp_path: Path,
    talk: Talk,
    options: object = None,
    encodings: list[types.PositionEncodingKind] | None = None,
    versioned: bool = True,
) -> None:
    async def run() -> None:
        editor = Editor((tmp_path / "报告.txt").as_uri())
        await editor.client.start_io(sys.executable, "-m", "govlint", "lsp")
        general = types.GeneralClientCapabilities(position_encodings=encodings)
        edits = types.WorkspaceEditClientCapabilities(document_changes=versioned)
        workspace = types.WorkspaceClientCapabilities(workspace_edit=edits)
        await editor.client.initialize_async(
            types.InitializeParams(
                capabilities=types.ClientCapabilities(general=general, workspace=workspace),
                initialization_options=options,
            )
        )
        editor.client.initialized(types.InitializedParams())
        await talk(editor)
        await editor.client.shutdown_async(None)
        editor.client.exit(None)
        await editor.client.stop()

    asyncio.run(asyncio.wait_for(run(), 60))


def cut(text: str, range_: types.Range, encoding: str = "utf-16-le", size: int = 2) -> str:
    line = text.split("\n")[range_.start.line].encode(encoding)
    return line[range_.start.character * size : range_.end.character * size].decode(encoding)


def test_diagnostics_follow_the_text(tmp_path: Path) -> None:
    async def talk(editor: Editor) -> None:
        (found,) = await editor.open(WRONG)
        assert (found.code, found.severity, cut(WRONG, found.range)) == ("N001", 1, "7")
        assert await editor.change(model_report("ogi-2021"), 2) == []

    converse(tmp_path, talk)


@pytest.mark.parametrize(
    ("encodings", "encoding", "size"),
    [
        (None, "utf-16-le", 2),
        ([types.PositionEncodingKind.Utf32], "utf-32-le", 4),
        ([types.PositionEncodingKind.Utf8], "utf-8", 1),
    ],
)
def test_positions_are_in_the_units_of_the_client(
    encodings: list[types.PositionEncodingKind] | None, encoding: str, size: int, tmp_path: Path
) -> None:
    text = LAYOUTS["run-together"](sample(3)).replace("总体情况", "总体情况\U00020000\u2028")
    text = text.replace("五、存在的主要问题及改进情况", "五、存在问题及改进情况")

    async def talk(editor: Editor) -> None:
        found = [each for each in await editor.open(text) if each.code == "S003"]
        assert "存在问题及改进情况" in cut(text, found[0].range, encoding, size)

    converse(tmp_path, talk, encodings=encodings)


@pytest.mark.parametrize("versioned", [True, False])
def test_a_fix_mends_the_document(versioned: bool, tmp_path: Path) -> None:
    """Said as the client takes it: of one version of the document, or plainly."""

    async def talk(editor: Editor) -> None:
        (found,) = await editor.open(WRONG)
        actions = await editor.client.text_document_code_action_async(
            types.CodeActionParams(editor.name, found.range, types.CodeActionContext([found]))
        )
        assert actions
        said = actions[0].edit
        (edit,) = said.document_changes[0].edits if versioned else said.changes[editor.uri]
        assert (said.document_changes is None) != versioned
        assert (cut(WRONG, edit.range), edit.new_text) == ("7", "6")
        only = types.CodeActionContext([found], only=[types.CodeActionKind.Refactor])
        assert not await editor.client.text_document_code_action_async(
            types.CodeActionParams(editor.name, found.range, only)
        )

    converse(tmp_path, talk, versioned=versioned)


def test_all_safe_fixes_at_once(tmp_path: Path) -> None:
    text = (ROOT / "examples/mistakes-bordered.txt").read_text("utf-8")
    whole = types.Range(types.Position(0, 0), types.Position(10_000, 0))

    async def talk(editor: Editor) -> None:
        found = await editor.open(text)
        assert "W004" in {each.code for each in found}
        for only in (None, ["source.fixAll"], ["source.fixAll.govlint"]):
            context = types.CodeActionContext([], only=only)
            actions = await editor.client.text_document_code_action_async(
                types.CodeActionParams(editor.name, whole, context)
            )
            kinds = [action.kind for action in actions or ()]
            assert kinds[-1] == "source.fixAll.govlint"
        (change,) = actions[-1].edit.document_changes
        assert {edit.new_text for edit in change.edits} >= {"截至"}

    converse(tmp_path, talk)


def test_hover_says_the_legal_basis_in_the_language_asked_for(tmp_path: Path) -> None:
    async def talk(editor: Editor) -> None:
        (found,) = await editor.open(WRONG)
        hover = await editor.client.text_document_hover_async(
            types.HoverParams(editor.name, found.range.start)
        )
        assert hover
        assert "国办公开办函〔2021〕30号" in hover.contents.value
        assert "row" in hover.contents.value
        nowhere = types.HoverParams(editor.name, types.Position(0, 0))
        assert await editor.client.text_document_hover_async(nowhere) is None

    converse(tmp_path, talk, {"lang": "en"})


def test_the_outline_is_the_sections_with_their_tables(tmp_path: Path) -> None:
    async def talk(editor: Editor) -> None:
        await editor.open(WRONG)
        symbols = await editor.client.text_document_document_symbol_async(
            types.DocumentSymbolParams(editor.name)
        )
        assert symbols
        assert len(symbols) == 6
        assert [bool(symbol.children) for symbol in symbols] == [False, True, True, True, False, False]

    converse(tmp_path, talk)


def test_any_text_is_survived(tmp_path: Path) -> None:
    async def talk(editor: Editor) -> None:
        assert [each.code for each in await editor.open("")] == ["E001"]
        assert [
            each.code
            for each in await editor.change("晚饭吃什么\r\n\x00\ud800".encode("utf-8", "replace").decode(), 2)
        ] == ["E002"]
        assert [each.code for each in await editor.change(WRONG, 3)] == ["N001"]

    converse(tmp_path, talk)


def test_what_is_no_message_is_answered_or_passed_over_in_one_line(tmp_path: Path) -> None:
    """In the words of the protocol, as a client that keeps to it cannot send them."""
    begin = {
        "jsonrpc": "2.0",
        "id": 1,
        "method": "initialize",
        "params": {"processId": None, "rootUri": None, "capabilities": {}},
    }
    name, below = {"uri": "file:///a.txt"}, {"line": -1, "character": 0}
    hover = {
        "jsonrpc": "2.0",
        "method": "textDocument/hover",
        "params": {"textDocument": name, "position": below},
    }
    far = {"textDocument": name, "position": {"line": 10**20, "character": 0}}
    end = [{"jsonrpc": "2.0", "id": 9, "method": "shutdown"}, {"jsonrpc": "2.0", "method": "exit"}]
    messages = [
        begin,
        [1],
        5,
        None,
        {"id": 5},
        hover | {"id": 2},
        hover | {"id": "x", "params": far},
        hover,
        *end,
    ]
    wire = b"".join(
        b"Content-Length: %d\r\n\r\n%s" % (len(each), each)
        for each in (json.dumps(one).encode() for one in messages)
    )
    done = subprocess.run(
        [sys.executable, "-m", "govlint", "lsp"], input=wire, capture_output=True, timeout=60
    )
    assert done.returncode == 0
    assert all(f'"id": {number}'.encode() in done.stdout for number in ("1", "2", '"x"', "9"))
    assert b"Traceback" not in done.stderr
    assert {line.split(b":")[0] for line in done.stderr.splitlines()} == {b"govlint"}


@pytest.mark.parametrize("length", [b"%d", b"5", b"90", b"-1", b"x", b"", b"0", b"9" * 30])
def test_a_wrong_length_costs_one_message(length: bytes) -> None:
    begin = b'{"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {"capabilities": {}}}'
    odd = b'{"jsonrpc": "2.0", "id": 2, "method": "shutdown"}'
    said = [b"%d" % len(begin), length % len(odd) if b"%" in length else length]
    asked = [b'{"jsonrpc": "2.0", "id": %d, "method": "odd"}' % number for number in range(3, 6)]
    end = b'{"jsonrpc": "2.0", "method": "exit"}'
    messages = [*zip(said, [begin, odd], strict=True), *((b"%d" % len(one), one) for one in (*asked, end))]
    wire = b"".join(b"Content-Length: %s\r\n\r\n%s" % each for each in messages)
    done = subprocess.run(
        [sys.executable, "-m", "govlint", "lsp"], input=wire, capture_output=True, timeout=60
    )
    assert b'"id": 1' in done.stdout
    assert b'"id": 5' in done.stdout
    assert b"Traceback" not in done.stderr
    assert {line.split(b":")[0] for line in done.stderr.splitlines()} <= {b"govlint"}


@pytest.mark.parametrize("length", [5_000, 999_999_999])
def test_a_message_that_the_end_of_input_cuts_off_is_waited_for_no_longer(length: int) -> None:
    begin = b'{"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {"capabilities": {}}}'
    wire = b"Content-Length: %d\r\n\r\n%sContent-Length: %d\r\n\r\n{}" % (len(begin), begin, length)
    done = subprocess.run(
        [sys.executable, "-m", "govlint", "lsp"], input=wire, capture_output=True, timeout=60
    )
    assert done.returncode == 0
    assert b'"id": 1' in done.stdout
    assert {line.split(b":")[0] for line in done.stderr.splitlines()} <= {b"govlint"}


def test_the_settings_of_the_file_are_in_force(tmp_path: Path) -> None:
    settings = tmp_path / "govlint.toml"
    settings.write_text('ignore = ["N"]', "utf-8")
    docs = 'docs-url = "https://docs.example/{code}"'

    async def talk(editor: Editor) -> None:
        shown: asyncio.Queue[types.ShowMessageParams] = asyncio.Queue()
        editor.client.feature(types.WINDOW_SHOW_MESSAGE)(lambda params: shown.put_nowait(params))
        assert await editor.open(WRONG) == []
        settings.write_text(docs, "utf-8")
        (found,) = await editor.change(WRONG, 2)
        assert (found.code, found.code_description) == (
            "N001",
            types.CodeDescription("https://docs.example/N001"),
        )
        settings.write_text("selct = []", "utf-8")
        assert [found.code for found in await editor.change(WRONG, 3)] == ["N001"]
        assert "select" in (await shown.get()).message

    converse(tmp_path, talk)
