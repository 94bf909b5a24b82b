"""What stands before every answer: own host names alone, no posts from other sites, nothing too large, strict headers."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Collection
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOOPBACK = frozenset(["127.0.0.1", "localhost", "::1"])
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",  # no-referrer makes browsers send Origin: null with the page's own forms
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
_DRAINED = 20
"""Times the largest request that is let pass unread before a sender is cut off."""


def own_names(host: str) -> frozenset[str]:
    """The host names by which a desk bound to ``host`` is asked for."""
    if host in LOOPBACK:
        return LOOPBACK
    names = {host.lower(), *LOOPBACK}
    if host in ("0.0.0.0", "::", ""):
        names |= {socket.gethostname().lower(), socket.getfqdn().lower(), "*"}
    return frozenset(names)


def is_own(host: str, names: Collection[str]) -> bool:
    """Whether the Host header names this desk. ``*`` lets any address pass: only names can be bound to another."""
    try:
        name = urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return False
    if name in names:
        return True
    try:
        return "*" in names and bool(ipaddress.ip_address(name))
    except ValueError:
        return False


class Guard:
    """ASGI middleware."""

    def __init__(self, app: ASGIApp, names: Collection[str], largest: int) -> None:
        self.app, self.names, self.largest = app, names, largest

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def covered(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        refused = self._refused(scope)
        if refused is not None:
            await refused(scope, receive, covered)
            return
        await self.app(scope, _bounded(receive, self.largest), covered)

    def _refused(self, scope: Scope) -> PlainTextResponse | None:
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        if not is_own(host, self.names):
            return PlainTextResponse(
                "此地址不是本工作台的地址。 / This desk does not answer to that name.\n", 421
            )
        if scope["method"] in ("GET", "HEAD"):
            return None
        origin, site = headers.get("origin"), headers.get("sec-fetch-site", "none")
        foreign = origin is not None and urlsplit(origin).netloc.lower() != host.lower()
        if foreign or site not in ("same-origin", "none"):
            return PlainTextResponse(
                "不接受其他网站提交的内容。 / Posts from other sites are refused.\n", 403
            )
        return None


def _bounded(receive: Receive, largest: int) -> Receive:
    """The body of a request as far as it may go. Raises 413 beyond that, when the rest was let pass unread.

    A browser that is cut off while it sends shows an error of its own and not the answer.
    """
    total = 0

    async def bounded() -> Message:
        nonlocal total
        message = await receive()
        total += len(message.get("body", b""))
        if total <= largest:
            return message
        while message.get("more_body") and total < _DRAINED * largest:
            message = await receive()
            total += len(message.get("body", b""))
        raise HTTPException(413)

    return bounded
