"""Requests for an archive's pages: ``govlint serve STORE``. The store is read anew each time, and never written to."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from html import unescape
from typing import TypeVar

from msgspec import Struct, field
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from govlint.archive import browse
from govlint.archive.overview import overview as summed_up
from govlint.archive.store import Store
from govlint.desk import archive_pages, views
from govlint.desk.guard import HEADERS
from govlint.errors import UsageError
from govlint.outputs.page.markup import allowed
from govlint.template.loader import load_all
from govlint.template.model import Template

_AT_ONCE = 2
"""Queries under way; others wait."""
_STYLES = re.compile(r"<style[^>]*>(.*?)</style>", re.DOTALL)
"""As in ``<style>p {}</style>``."""
_LONGEST = 12
"""Digits of a number in an address."""
Made = TypeVar("Made")


class Archive(Struct):
    """A store that a desk shows."""

    store: Store
    turns: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(_AT_ONCE))

    async def ask(self, query: Callable[[Store], Made]) -> Made:
        """What a query finds. Raises HTTPException where the store cannot be read now."""
        async with self.turns:
            try:
                return await run_in_threadpool(query, self.store)
            except (UsageError, OSError) as error:
                raise HTTPException(503, str(error)) from error


def routes() -> list[Route]:
    return [
        Route("/", overview),
        Route("/check", views.index),
        Route("/archive/documents", documents),
        Route("/archive/document", document),
        Route("/archive/rule/{code}", rule),
    ]


def _archive(request: Request) -> Archive:
    found: Archive = request.app.state.archive
    return found


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text and len(text) <= _LONGEST and text.isascii() and text.isdigit() else otherwise


async def overview(request: Request) -> Response:
    made = await _archive(request).ask(summed_up)
    text = archive_pages.overview(made, views.language(request))
    answer = views.shown(request, text)
    # Charts bring their styles; those and no others are let pass.
    own = " ".join(["style-src 'self'", *(allowed(unescape(style)) for style in _STYLES.findall(text))])
    answer.headers["Content-Security-Policy"] = HEADERS["Content-Security-Policy"].replace(
        "style-src 'self'", own
    )
    return answer


async def documents(request: Request) -> Response:
    given = request.query_params
    by: dict[str, str | int] = {name: given[name] for name in browse.BY if name in given}
    if "year" in by:
        by["year"] = _number(given["year"], -1)
    page = _number(given.get("page"), 1)
    listed = await _archive(request).ask(lambda store: browse.documents(store, by, page))
    return views.shown(request, archive_pages.documents(by, listed, views.language(request)))


async def rule(request: Request) -> Response:
    code, page = request.path_params["code"], _number(request.query_params.get("page"), 1)
    listed = await _archive(request).ask(lambda store: browse.findings(store, code, page))
    if not listed.count:
        raise HTTPException(404)
    return views.shown(request, archive_pages.rule(code, listed, views.language(request)))


async def document(request: Request) -> Response:
    path = request.query_params.get("path", "")
    known = await _archive(request).ask(lambda store: browse.document(store, path))
    if known is None:
        raise HTTPException(404)
    templates: dict[str, Template] = dict(load_all(request.app.state.template_folders))
    return views.shown(request, archive_pages.document(known, templates, views.language(request)))
