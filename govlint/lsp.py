"""The language server (``govlint lsp``): findings while one types, fixes, hover, and the outline of a report.

Language Server Protocol 3.17 over standard input and output, by pygls. Needs the extra ``lsp``. Documents are
synchronised in full: a report is short, and a character such as U+2028 is then no matter of line counting.
"""

from __future__ import annotations

import asyncio
import logging
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from enum import Enum
from pathlib import Path
from types import SimpleNamespace
from typing import Any, BinaryIO

from lsprotocol import types
from msgspec import Struct
from pygls.exceptions import JsonRpcException
from pygls.lsp.server import LanguageServer
from pygls.protocol import LanguageServerProtocol
from pygls.uris import to_fs_path

from govlint.config.configuration import Configuration
from govlint.config.file import Value
from govlint.document import Document, Edit, Span
from govlint.errors import UsageError
from govlint.fixing.fixes import acceptable, applicable
from govlint.linting.linter import check_bytes
from govlint.linting.settings import Settings
from govlint.outputs.parts.details import details
from govlint.result import Result
from govlint.rule import Finding
from govlint.version import __version__

SEVERITY = {
    "error": types.DiagnosticSeverity.Error,
    "warning": types.DiagnosticSeverity.Warning,
    "info": types.DiagnosticSeverity.Information,
}
FIX_ALL = "source.fixAll.govlint"
"""A string: the protocol's list of kinds may be added to, that of the library may not."""
PAUSE = 0.2
"""Seconds without a further change after which a document is checked."""
_LENGTH = re.compile(rb"(?i)content-length:[ \t]*(\d{1,9})[ \t]*\r?\n\Z")
"""As in ``Content-Length: 52\n``."""
_HEADER = re.compile(rb"(?!(?i:content-length))(?:[\w-]+:[^{]*)?\s*")
"""As in ``Content-Type: application/vscode-jsonrpc; charset=utf-8``."""
_log = logging.getLogger("pygls")
_UNITS: dict[object, Callable[[str], int]] = {
    types.PositionEncodingKind.Utf8: lambda text: len(text.encode("utf-8", "surrogatepass")),
    types.PositionEncodingKind.Utf16: lambda text: len(text.encode("utf-16-le", "surrogatepass")) // 2,
    types.PositionEncodingKind.Utf32: len,
}


class Checked(Struct):
    """An open document as last checked; positions in the client's units."""

    result: Result
    source: str
    """The open text with ``\\n`` for its line ends; in text formats each of its offsets is one of the document's."""
    version: int | None
    units: Callable[[str], int]

    @property
    def document(self) -> Document | None:
        return self.result.document

    @property
    def exact(self) -> bool:
        """Whether offsets of the text are places in the source: not so in HTML, which has lines only."""
        return self.document is not None and not self.document.origins

    def range(self, span: Span | None) -> types.Range:
        """The first character where a finding means the whole document; whole lines where only those are known."""
        document = self.document
        if document is None or span is None:
            return _lines(0, 0, 1)
        place = document.locate(span)
        if not self.exact:
            line = (place.line or 1) - 1
            return _lines(line, line + 1)
        return types.Range(start=self.position(span.start), end=self.position(span.end))

    def position(self, offset: int) -> types.Position:
        """By the lines of the protocol: U+2028, at which the reader ends a line too, is none of its line ends."""
        start = self.source.rfind("\n", 0, offset) + 1
        line = self.source.count("\n", 0, offset)
        return types.Position(line=line, character=self.units(self.source[start:offset]))

    def at(self, range_: types.Range) -> Iterator[Finding]:
        """The findings that touch a range."""
        for finding in self.result.findings:
            own = self.range(finding.span)
            if _key(own.start) <= _key(range_.end) and _key(range_.start) <= _key(own.end):
                yield finding

    def text_edits(self, edits: Sequence[Edit]) -> list[types.TextEdit]:
        return [types.TextEdit(range=self.range(edit.span), new_text=edit.text) for edit in edits]


def _lines(first: int, last: int, character: int = 0) -> types.Range:
    return types.Range(start=types.Position(first, 0), end=types.Position(last, character))


def _key(position: types.Position) -> tuple[int, int]:
    return position.line, position.character


class Protocol(LanguageServerProtocol):
    """Answers requests whose parameters are none as well, such as a position below 0: pygls leaves them waiting."""

    def structure_message(self, data: dict[str, Any]) -> Any:
        try:
            return super().structure_message(data)
        except JsonRpcException as error:
            if not isinstance(data.get("id"), (int, str)) or "method" not in data:
                raise
            self._send_response(data["id"], error=error.to_response_error())
            return SimpleNamespace(jsonrpc=self.VERSION, method="$/answered", params=None)


class _OneLine(logging.Handler):
    """What pygls logs of broken messages, without its tracebacks."""

    def emit(self, record: logging.LogRecord) -> None:
        first = next(iter(record.getMessage().splitlines()), "")
        print(f"govlint: 语言服务器 / language server: {first[:200]}", file=sys.stderr, flush=True)


class Wire:
    """Standard input as pygls reads it, which hears nothing more after a message whose length is wrong: here the
    next header is found wherever its line begins, and that one message is lost."""

    def __init__(self, stream: BinaryIO) -> None:
        self.stream = stream
        self.read = stream.read

    def readline(self) -> bytes:
        line = self.stream.readline()
        found = _LENGTH.search(line)
        if not found and _HEADER.fullmatch(line):
            return line
        if not found or found.start():
            _log.error(
                "消息的长度有误，已略过一条 / a message of another length than it says was passed over"
            )
        return b"Content-Length: %d\r\n" % int(found[1]) if found else b"-\r\n"


class Server(LanguageServer):
    """Holds the open documents as last checked, by URI."""

    def __init__(self, configuration: Configuration) -> None:
        super().__init__(
            "govlint",
            __version__,
            text_document_sync_kind=types.TextDocumentSyncKind.Full,
            protocol_cls=Protocol,
        )
        self.configuration = configuration
        self.lang = "zh"
        self.checked: dict[str, Checked] = {}
        self.versions: dict[str, int] = {}
        """The newest version of each open document, which may not have been checked yet."""

    def check(self, uri: str) -> None:
        """Check an open document and tell the client what was found."""
        source = self.workspace.get_text_document(uri)
        # The mark says that the text is Unicode whatever an HTML page declares of the file.
        data = b"\xef\xbb\xbf" + source.source.encode("utf-8", "surrogatepass")
        path = to_fs_path(uri)
        settings = self._settings(path)
        self.lang = settings.lang
        result = check_bytes(data, path or uri, settings)
        lines = source.source.replace("\r\n", "\n").replace("\r", "\n")
        checked = Checked(result, lines, source.version, _UNITS[self.workspace.position_encoding])
        self.checked[uri] = checked
        found = [_diagnostic(finding, checked, self.lang) for finding in result.findings]
        self.text_document_publish_diagnostics(
            types.PublishDiagnosticsParams(uri=uri, version=source.version, diagnostics=found)
        )

    def _settings(self, path: str | None) -> Settings:
        """What is in force for a file at this moment; where its settings are wrong, that is shown."""
        try:
            return self.configuration.anew().settings(Path(path) if path else None)
        except UsageError as error:
            self.window_show_message(types.ShowMessageParams(types.MessageType.Error, f"govlint: {error}"))
            return Configuration(self.configuration.options, search=False).settings(None)


def _diagnostic(finding: Finding, checked: Checked, lang: str) -> types.Diagnostic:
    docs = checked.result.docs(finding.rule)
    return types.Diagnostic(
        range=checked.range(finding.span),
        severity=SEVERITY[finding.severity],
        code=finding.code,
        code_description=types.CodeDescription(docs) if "://" in docs else None,
        source="govlint",
        message=finding.words.say(lang),
        data={"fingerprint": finding.fingerprint},
    )


def _hover(finding: Finding, result: Result, lang: str) -> str:
    """Plain text: nothing of a document is read as markup."""
    lines = [f"{finding.code} {finding.rule.title.say(lang)}", finding.words.say(lang)]
    told = list(details(finding, result, lang))
    lines += [text for name, text in told if name == "suggestion"]
    return "\n".join(
        [*lines, finding.rule.why.say(lang), *(text for name, text in told if name == "reference")]
    )


def _actions(
    checked: Checked, uri: str, range_: types.Range, lang: str, versioned: bool
) -> Iterator[types.CodeAction]:
    for finding in checked.at(range_):
        if finding.suggestion and acceptable(finding, checked.document):
            edits = finding.suggestion.edits
            words = "、".join(dict.fromkeys(edit.text for edit in edits))
            title = f"{finding.code}：改为“{words}”" if lang != "en" else f"{finding.code}: write “{words}”"
            yield types.CodeAction(
                title=title,
                kind=types.CodeActionKind.QuickFix,
                diagnostics=[_diagnostic(finding, checked, lang)],
                edit=_change(checked, uri, edits, versioned),
                is_preferred=finding.certainty == "certain",
            )
    edits = tuple(edit for group in applicable(checked.result) for edit in group)
    if edits:
        title = "改正全部可安全改正的问题" if lang != "en" else "Apply all safe fixes"
        yield types.CodeAction(title=title, kind=FIX_ALL, edit=_change(checked, uri, edits, versioned))


def _takes_versions(server: LanguageServer) -> bool:
    """Whether the client said that it takes edits of one version of a document; who has said nothing does not."""
    told = getattr(server.protocol, "client_capabilities", None)
    known = told.workspace if told else None
    able = known.workspace_edit if known else None
    return bool(able and able.document_changes)


def _change(checked: Checked, uri: str, edits: Sequence[Edit], versioned: bool) -> types.WorkspaceEdit:
    """``versioned``: the client takes edits of one version of a document, and refuses them where it has changed since."""
    if not versioned:
        return types.WorkspaceEdit(changes={uri: checked.text_edits(edits)})
    document = types.OptionalVersionedTextDocumentIdentifier(uri=uri, version=checked.version)
    changes = [types.TextDocumentEdit(text_document=document, edits=checked.text_edits(edits))]
    return types.WorkspaceEdit(document_changes=changes)


def _symbols(checked: Checked) -> Iterator[types.DocumentSymbol]:
    report = checked.result.report
    if report is None:
        return
    for key, section in report.sections.items():
        table = report.template.sections[key].table
        inside = []
        if table in report.tables:
            span = report.tables[table or ""]
            where = checked.range(span)
            name = report.place(table or "").zh
            inside.append(types.DocumentSymbol(name, types.SymbolKind.Array, where, where))
        yield types.DocumentSymbol(
            name=section.ordinal + section.heading,
            kind=types.SymbolKind.Namespace,
            range=checked.range(Span(section.span.start, section.body.end)),
            selection_range=checked.range(section.span),
            children=inside,
        )


def make_server(configuration: Configuration) -> Server:
    """A server with every feature registered, not yet started."""
    server = Server(configuration)

    @server.feature(types.INITIALIZE)
    def initialize(params: types.InitializeParams) -> None:
        options = params.initialization_options
        lang = options.get("lang") if isinstance(options, dict) else None
        if lang in ("zh", "en"):
            server.configuration.options["language"] = Value(lang, "initializationOptions")

    _follow(server)
    _answer(server)
    return server


def _follow(server: Server) -> None:
    """Documents as they are opened, changed and closed."""

    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def opened(params: types.DidOpenTextDocumentParams) -> None:
        server.versions[params.text_document.uri] = params.text_document.version
        server.check(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    async def changed(params: types.DidChangeTextDocumentParams) -> None:
        uri, version = params.text_document.uri, params.text_document.version
        server.versions[uri] = version
        await asyncio.sleep(PAUSE)
        if server.versions.get(uri) == version:  # no later one has come, and it is still open
            server.check(uri)

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def closed(params: types.DidCloseTextDocumentParams) -> None:
        uri = params.text_document.uri
        server.versions.pop(uri, None)
        server.checked.pop(uri, None)
        server.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri=uri, diagnostics=[]))


def _answer(server: Server) -> None:
    """What a client asks of a document: places that it does not have are answered with nothing."""

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    def hover(params: types.HoverParams) -> types.Hover | None:
        checked = server.checked.get(params.text_document.uri)
        here = types.Range(start=params.position, end=params.position)
        found = list(checked.at(here)) if checked else []
        if checked is None or not found:
            return None
        text = "\n\n".join(_hover(finding, checked.result, server.lang) for finding in found)
        return types.Hover(
            contents=types.MarkupContent(kind=types.MarkupKind.PlainText, value=text),
            range=checked.range(found[0].span),
        )

    kinds = types.CodeActionOptions(code_action_kinds=[types.CodeActionKind.QuickFix, FIX_ALL])

    @server.feature(types.TEXT_DOCUMENT_CODE_ACTION, kinds)
    def actions(params: types.CodeActionParams) -> list[types.CodeAction]:
        uri = params.text_document.uri
        checked = server.checked.get(uri)
        if checked is None or not checked.exact:
            return []
        wanted = params.context.only
        found = _actions(checked, uri, params.range, server.lang, _takes_versions(server))
        return [
            action
            for action in found
            if wanted is None or any(_is_kind(action.kind, each) for each in wanted)
        ]

    @server.feature(types.TEXT_DOCUMENT_DOCUMENT_SYMBOL)
    def symbols(params: types.DocumentSymbolParams) -> list[types.DocumentSymbol]:
        checked = server.checked.get(params.text_document.uri)
        return list(_symbols(checked)) if checked else []


def _is_kind(kind: str | None, wanted: str) -> bool:
    """Whether a kind of action is the one wanted or below it: ``source.fixAll.govlint`` is a ``source``."""
    own, asked = (str(each.value if isinstance(each, Enum) else each or "") for each in (kind, wanted))
    return not asked or own == asked or own.startswith(asked + ".")


def serve(configuration: Configuration) -> None:
    """Serve one client on standard input and output until it asks to exit."""
    _log.addHandler(_OneLine(logging.ERROR))
    _log.propagate = False
    make_server(configuration).start_io(Wire(sys.stdin.buffer))  # type: ignore[arg-type]
