"""What office systems call: one document in, its findings as JSON or the document with notes out."""

from __future__ import annotations

from msgspec.structs import replace
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from govlint.desk import work
from govlint.desk.answers import attachment
from govlint.desk.openapi import description
from govlint.desk.pool import Ended
from govlint.desk.state import Desk
from govlint.desk.uploads import files, form_of, language, upload
from govlint.desk.work import Paper
from govlint.errors import UsageError
from govlint.version import __version__


async def check(request: Request) -> Response:
    """200 with the envelope, also for a document that cannot be read."""
    desk: Desk = request.app.state.desk
    paper = await _paper(request, desk)
    try:
        text = await desk.pool.run(work.as_json, paper)
    except Ended as ended:
        text = await desk.pool.run(work.lost_as_json, replace(paper, previous=()), ended.words)
    except UsageError as error:
        raise HTTPException(422, str(error)) from error
    return Response(text, media_type="application/json")


async def annotate(request: Request) -> Response:
    """The document with its notes; 422 where it takes none."""
    desk: Desk = request.app.state.desk
    paper = await _paper(request, desk)
    try:
        suffix, data = await desk.pool.run(work.annotated, paper)
    except Ended as ended:
        raise HTTPException(422, f"{ended.words.zh} / {ended.words.en}") from ended
    except UsageError as error:
        raise HTTPException(422, str(error)) from error
    return attachment(data, paper.name, "annotated", suffix, paper.lang)


async def health(_: Request) -> Response:
    return JSONResponse({"govlint": __version__})


async def openapi(_: Request) -> Response:
    return JSONResponse(description())


async def _paper(request: Request, desk: Desk) -> Paper:
    """The one document of the form. Raises HTTPException 422 where there is none, or several."""
    if not request.headers.get("content-type", "").lower().startswith("multipart/form-data"):
        raise HTTPException(422, _WANTED)
    form: FormData = await form_of(request, desk.drawer.bounds)
    try:
        lang = language(form, desk.lang)
        if len(files(form, "file")) != 1:
            raise HTTPException(422, _WANTED)
        return (await upload(form, lang)).papers[0]
    finally:
        await form.close()


_WANTED = (
    "请用 multipart 表单的 file 字段上传一份文件。 / send one document as the field file of a multipart form"
)
