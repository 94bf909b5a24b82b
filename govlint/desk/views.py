"""The pages' requests: a draft is put on the desk, looked at, changed, gone back on, and taken away."""

from __future__ import annotations

import asyncio
from pathlib import PurePosixPath
from typing import Any

from msgspec.structs import replace
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from govlint.desk import pages, work
from govlint.desk.answers import attachment
from govlint.desk.downloads import PURPOSES
from govlint.desk.drawer import Draft, Folder
from govlint.desk.pool import Ended
from govlint.desk.state import Desk
from govlint.desk.uploads import LANGUAGES, field, files, form_of, name_of, upload
from govlint.desk.work import Row, Shown
from govlint.document import Words
from govlint.errors import UsageError

_SOON = 0.8
"""Seconds that a page waits for its content before it shows that work is under way."""
_COOKIE = "lang"


def language(request: Request) -> str:
    """Chosen by a link, remembered by a cookie, or the desk's own."""
    desk: Desk = request.app.state.desk
    for lang in (request.query_params.get("lang"), request.cookies.get(_COOKIE)):
        if lang in LANGUAGES:
            return lang
    return desk.lang


def shown(request: Request, text: str, status: int = 200) -> Response:
    """A page; the language chosen in its address is remembered."""
    answer = HTMLResponse(text, status)
    if request.query_params.get("lang") in LANGUAGES:
        answer.set_cookie(_COOKIE, language(request), httponly=True, samesite="strict")
    return answer


def _see(where: str) -> Response:
    return RedirectResponse(where, 303)


def _draft(request: Request) -> Draft:
    desk: Desk = request.app.state.desk
    found = desk.drawer.draft(request.path_params["identity"])
    if found is None:
        raise HTTPException(404)
    return found


def _one_of(request: Request, name: str, *known: str) -> str:
    """A part of the address that is one of the names."""
    value: str = request.path_params[name]
    if value not in known:
        raise HTTPException(404)
    return value


def _noticed(thing: Draft | Folder, lang: str) -> str:
    words, thing.notice = thing.notice, None
    return words.say(lang) if words else ""


async def index(request: Request) -> Response:
    return shown(request, pages.index(language(request)))


async def check(request: Request) -> Response:
    """Put on the desk what a form brings."""
    desk: Desk = request.app.state.desk
    lang = language(request)
    form = await form_of(request, desk.drawer.bounds)
    try:
        papers, skipped = await upload(form, lang)
    finally:
        await form.close()
    if not papers:
        words = Words("请选择文件或文件夹，或粘贴正文。", "Choose a file or a folder, or paste the text.")
        return shown(request, pages.index(lang, words.say(lang)), 422)
    drafts = [Draft(paper) for paper in papers]
    if len(drafts) == 1 and not skipped:
        desk.drawer.put(drafts[0])
        return _see(drafts[0].where)
    folder = Folder(drafts)
    if skipped:
        folder.notice = Words(
            f"文件夹中有 {skipped} 个文件不是可检查的文档，没有检查。",
            f"{skipped} files of the folder are no documents and were left out.",
        )
    desk.drawer.put(folder)
    for draft in drafts:
        draft.folder = folder.identity
        desk.drawer.put(draft)
    return _see(folder.where)


# One draft


async def look(request: Request) -> Response:
    draft, lang = _draft(request), language(request)
    desk: Desk = request.app.state.desk
    if lang not in draft.shown:
        draft.shown[lang] = asyncio.create_task(_look(desk, draft, lang))
    task: asyncio.Task[Shown] = draft.shown[lang]
    done, _ = await asyncio.wait({task}, timeout=_SOON)
    if not done or task.cancelled():
        return shown(request, pages.waiting(draft.paper.name, lang, draft.where))
    try:
        made = task.result()
    except Exception:
        draft.close()  # to be tried anew
        raise
    return shown(request, pages.draft(draft, made, lang, _noticed(draft, lang)))


async def _look(desk: Desk, draft: Draft, lang: str) -> Shown:
    paper, arguments = replace(draft.paper, lang=lang), (draft.where, draft.turn)
    try:
        return await desk.pool.run(work.look, paper, *arguments)
    except Ended as ended:
        return await desk.pool.run(work.look, paper, *arguments, ended.words)
    except UsageError as error:
        if not paper.previous:
            raise
        draft.notice = Words(
            f"上年的报告未采用。{error.words.zh}", f"Last year's report was left out. {error.words.en}"
        )
        draft.paper = replace(draft.paper, previous=())
        return await _look(desk, draft, lang)


async def change(request: Request) -> Response:
    """Accept one suggestion, correct what is safe, or undo; a page of an earlier version changes nothing."""
    draft, action = _draft(request), _one_of(request, "action", "accept", "fix", "undo")
    desk: Desk = request.app.state.desk
    form = await form_of(request, desk.drawer.bounds)
    if field(form, "turn") != str(draft.turn):
        draft.notice = Words(
            "页面已过时，没有改动，请再看一次。", "The page was out of date; nothing was changed."
        )
        return _see(draft.where)
    if action == "undo":
        draft.undo()
        draft.notice = Words("已撤销。", "Undone.")
        return _see(draft.where)
    turn = draft.turn
    try:
        data, said = await _changed(desk, draft, action, field(form, "number"))
    except (Ended, UsageError) as error:
        draft.notice = error.words
        return _see(draft.where)
    if draft.turn == turn and data != draft.paper.data:
        draft.write(data)
        draft.notice = said
        desk.drawer.put(draft)
    return _see(draft.where)


async def _changed(desk: Desk, draft: Draft, action: str, number: str) -> tuple[bytes, Words]:
    if action == "accept":
        if not (number.isascii() and number.isdigit() and len(number) < 10):
            raise HTTPException(422)
        data = await desk.pool.run(work.accepted, draft.paper, int(number))
        return data, Words(f"第 {number} 条已改在副本中。", f"Finding {number} was put right in the copy.")
    data, count = await desk.pool.run(work.put_right, draft.paper)
    return data, Words(f"已在副本中改正 {count} 处。", f"{count} were put right in the copy.")


async def previous(request: Request) -> Response:
    """Hold the draft against other reports of last year."""
    draft = _draft(request)
    desk: Desk = request.app.state.desk
    form = await form_of(request, desk.drawer.bounds)
    try:
        given = tuple([(name_of(file), await file.read()) for file in files(form, "previous")])
    finally:
        await form.close()
    if given:
        draft.change(replace(draft.paper, previous=given))
        desk.drawer.put(draft)
    return _see(draft.where)


async def download(request: Request) -> Response:
    """The copy as it now is, with notes, or its page; a file that takes no notes says so."""
    draft, lang, purpose = _draft(request), language(request), _one_of(request, "purpose", *PURPOSES)
    desk: Desk = request.app.state.desk
    paper = replace(draft.paper, lang=lang)
    suffix, data = PurePosixPath(paper.name).suffix, paper.data
    try:
        if purpose == "annotated":
            suffix, data = await desk.pool.run(work.annotated, paper)
        elif purpose == "page":
            suffix, data = (
                ".html",
                (await desk.pool.run(work.as_page, paper)).encode("utf-8", "surrogatepass"),
            )
    except (Ended, UsageError) as error:
        draft.notice = error.words
        return _see(draft.where)
    return attachment(data, paper.name, purpose, suffix, lang)


# Many


async def look_at_all(request: Request) -> Response:
    desk: Desk = request.app.state.desk
    lang, folder = language(request), desk.drawer.folder(request.path_params["identity"])
    if folder is None:
        raise HTTPException(404)
    turns = sum(draft.turn for draft in folder.drafts)
    if turns != folder.turns:
        folder.close()
        folder.turns = turns
    if lang not in folder.rows:
        # No more at a time than there are processes: others who come meanwhile need not wait for the whole folder.
        places = asyncio.Semaphore(desk.pool.count)
        folder.rows[lang] = [asyncio.create_task(_row(desk, draft, lang, places)) for draft in folder.drafts]
    tasks: list[asyncio.Task[Any]] = folder.rows[lang]
    await asyncio.wait(tasks, timeout=_SOON)
    try:
        rows = [task.result() for task in tasks if task.done() and not task.cancelled()]
    except Exception:
        folder.close()  # to be tried anew
        raise
    if len(rows) < len(tasks):
        return shown(request, pages.folder(folder, rows, lang))
    sums = await desk.pool.run(work.sums, [row.filed for row in rows if row.filed], lang)
    return shown(request, pages.folder(folder, rows, lang, _noticed(folder, lang), sums))


async def _row(desk: Desk, draft: Draft, lang: str, places: asyncio.Semaphore) -> Row:
    paper = replace(draft.paper, lang=lang)
    async with places:
        try:
            return await desk.pool.run(work.in_table, paper, draft.where)
        except Ended as ended:
            return await desk.pool.run(work.in_table, paper, draft.where, ended.words)
        except UsageError:  # last year's report is none: the paper's own page says so
            return await desk.pool.run(work.in_table, replace(paper, previous=()), draft.where)
