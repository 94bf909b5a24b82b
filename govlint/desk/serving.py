"""``govlint serve``: the application on a socket, its address said when it answers."""

from __future__ import annotations

import socket
import sys
import webbrowser
from threading import Thread

import uvicorn

from govlint.archive.store import Store
from govlint.config.configuration import Configuration
from govlint.desk.app import make
from govlint.desk.guard import own_names
from govlint.errors import UsageError, reason

_PATIENCE = 5
"""Seconds that answers under way are waited for at the end."""


def serve(
    configuration: Configuration,
    host: str,
    port: int,
    opened: bool,
    limit: float,
    store: Store | None = None,
) -> None:
    """Run until told to stop. Raises UsageError where the port cannot be had."""
    listening = _listening(host, port)
    app = make(configuration, names=own_names(host), limit=limit, store=store)
    settings = uvicorn.Config(
        app, log_level="warning", access_log=False, server_header=False, timeout_graceful_shutdown=_PATIENCE
    )
    _Server(settings, _address(host, listening.getsockname()[1]), opened).run([listening])


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, address: str, opened: bool) -> None:
        super().__init__(config)
        self.address, self.opened = address, opened

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if not self.started:
            return
        print(self.address, flush=True)
        print(
            "在浏览器中打开以上地址；按 Ctrl+C 结束。 / Open it in a browser; Ctrl+C ends it.",
            file=sys.stderr,
        )
        if self.opened:  # a browser may take its time, and may ask us at once
            Thread(target=webbrowser.open, args=(self.address,), daemon=True).start()


def _listening(host: str, port: int) -> socket.socket:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listening = socket.socket(family, kind, protocol)
        if sys.platform != "win32":  # where it would let two desks have the same port
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
    except OSError as error:
        raise UsageError(
            f"不能使用 {host} 的端口 {port}（{reason(error).zh}），请用 --port 换一个。"
            f" / cannot listen on port {port} ({reason(error).en}): choose another with --port"
        ) from error
    return listening


def _address(host: str, port: int) -> str:
    name = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)
    return f"http://{name}:{port}/"
