"""The application: which address leads where, and what is said when something cannot be done."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from govlint.archive.store import Store
from govlint.config.configuration import Configuration
from govlint.desk import api, pages, views
from govlint.desk.drawer import BOUNDS, Bounds, Drawer
from govlint.desk.guard import HEADERS, LOOPBACK, Guard
from govlint.desk.pool import Busy, Pool
from govlint.desk.state import Desk
from govlint.document import Words
from govlint.errors import UsageError

LIMIT = 120.0
"""Seconds that a document may take; LibreOffice needs up to 90 to convert one."""


def make(
    configuration: Configuration,
    *,
    names: Collection[str] = LOOPBACK,
    bounds: Bounds = BOUNDS,
    limit: float = LIMIT,
    workers: int | None = None,
    store: Store | None = None,
) -> Starlette:
    """A desk that answers to the host ``names``. Its processes start with it and end with it.

    With a ``store`` the first page is that of the archive, and the form stands at ``/check``.
    """

    @asynccontextmanager
    async def life(app: Starlette) -> AsyncIterator[None]:
        desk = Desk(Pool(configuration, limit, workers), Drawer(bounds), configuration.settings(None).lang)
        app.state.desk = desk
        if store is not None:
            from govlint.desk.archive import Archive

            app.state.archive = Archive(store)
            app.state.template_folders = configuration.settings(None).template_folders
        try:
            yield
        finally:
            desk.drawer.close()
            desk.pool.close()

    return Starlette(
        routes=[*(_archive() if store is not None else ()), *_pages(), *_api()],
        middleware=[Middleware(Guard, names=names, largest=bounds.request)],
        exception_handlers={
            HTTPException: _refused,
            UsageError: _misused,
            Busy: _busy,
            ClientDisconnect: _gone,
            Exception: _failed,
        },
        lifespan=life,
    )


def _archive() -> list[Route]:
    from govlint.desk.archive import routes

    return routes()


def _pages() -> list[Route]:
    draft = "/draft/{identity}"
    return [
        Route("/", views.index),
        Route("/check", views.check, methods=["POST"]),
        Route(draft, views.look),
        Route(f"{draft}/previous", views.previous, methods=["POST"]),
        Route(f"{draft}/{{action}}", views.change, methods=["POST"]),
        Route(f"{draft}/{{purpose}}", views.download),
        Route("/folder/{identity}", views.look_at_all),
        Route("/style.css", _style),
        Route("/icon.svg", _icon),
    ]


def _api() -> list[Route]:
    return [
        Route("/api/check", api.check, methods=["POST"]),
        Route("/api/annotate", api.annotate, methods=["POST"]),
        Route("/api/health", api.health),
        Route("/api/openapi.json", api.openapi),
    ]


async def _style(request: Request) -> Response:
    styles = pages.css()
    if hasattr(request.app.state, "archive"):
        from govlint.archive.page import STYLE

        styles += STYLE
    return Response(styles, media_type="text/css")


async def _icon(_: Request) -> Response:
    return Response(pages.ICON, media_type="image/svg+xml")


_SAID = {
    400: Words("收到的表单不完整，请重试。", "The form came in damaged: try again."),
    404: Words(
        "没有这个页面。草稿一小时不用即清除，请重新上传。",
        "There is no such page. Drafts are let go after an hour without use: send the file again.",
    ),
    405: Words("此地址不接受这种请求。", "This address takes no such request."),
    413: Words("文件过大，没有接收。请分几次上传。", "Too large: nothing was taken. Send less at a time."),
    503: Words("现在检查的文件太多，请稍后再试。", "Too much is being checked now: try again later."),
}
_FAILED = Words(
    "工作台出错了，这不是报告的问题。请重试；如仍如此，请告知维护者。",
    "The desk failed; the fault is not the report's. Try again, or tell the maintainers.",
)


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    words = _SAID.get(error.status_code) or Words(str(error.detail), str(error.detail))
    return _answer(request, error.status_code, words)


async def _misused(request: Request, error: Exception) -> Response:
    """A choice in a form that there is not, as that of a template."""
    assert isinstance(error, UsageError)
    return _answer(request, 422, error.words)


async def _busy(request: Request, _: Exception) -> Response:
    return _answer(request, 503, _SAID[503])


async def _gone(request: Request, _: Exception) -> Response:
    return Response(status_code=400)  # for nobody: who sent half a form has hung up


async def _failed(request: Request, _: Exception) -> Response:
    answer = _answer(request, 500, _FAILED)
    answer.headers.update(HEADERS)  # the only answer that is given outside the guard
    return answer


def _answer(request: Request, status: int, words: Words) -> Response:
    if request.url.path.startswith("/api/"):
        return JSONResponse(
            {"error": f"{words.zh} / {words.en}" if words.zh != words.en else words.zh}, status
        )
    lang = views.language(request)
    title = Words("没有办成", "Not done").say(lang)
    return views.shown(request, pages.said(title, lang, words.say(lang)), status)
