"""The command that starts the web desk: ``govlint serve``."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

from govlint.cli.options import (
    Argument,
    ConfigFile,
    Here,
    Isolated,
    Language,
    Option,
    RegisterFile,
    configured,
)
from govlint.errors import UsageError

if TYPE_CHECKING:
    from govlint.archive.store import Store

Host = Annotated[
    str,
    Option(("--host",), "监听的地址，默认只有本机 · address to listen on, this machine alone by default"),
]
Port = Annotated[int, Option(("--port",), "端口，0 为任选 · port, 0 for any", least=0, most=65535)]
Open = Annotated[
    bool | None,
    Option(
        ("--open/--no-open",),
        "在浏览器中打开，默认在有人操作时打开 · open a browser; by default where a person started it",
    ),
]
Timeout = Annotated[
    float,
    Option(
        ("--timeout",), "一份文档最长的检查时间 · most that a document may take", metavar="SECONDS", least=1
    ),
]


def serve(
    store: Annotated[
        str | None,
        Argument(
            "govlint audit 的结果库：也显示档案的检查结果 · a store of govlint audit, to be shown too",
            metavar="[STORE]",
        ),
    ] = None,
    host: Host = "127.0.0.1",
    port: Port = 8020,
    open_: Open = None,
    timeout: Timeout = 120.0,
    register: RegisterFile = None,
    config: ConfigFile = None,
    lang: Language = None,
    isolated: Isolated = False,
) -> None:
    """网页工作台：在浏览器中检查、改正、批注 · A web desk: check, correct and annotate in a browser."""
    try:
        from govlint.desk.serving import serve as run
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("govlint"):
            raise
        raise UsageError(
            f"缺少 {error.name}，请安装：pip install 'govlint[web]' / the desk needs the extra web"
        ) from error
    configuration = configured(Here(config=config, isolated=isolated, lang=lang), agencies=register)
    configuration.settings(None)
    shown = _store(store) if store is not None else None
    run(configuration, host, port, sys.stdout.isatty() if open_ is None else open_, timeout, shown)


def _store(where: str) -> Store:
    """Raises UsageError for what is no store, or holds nothing."""
    from govlint.archive.store import Store, sound

    found = Store(where)
    found.state()
    with sound(where):
        found.connect().close()
    return found
