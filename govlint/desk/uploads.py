"""What a form brings: papers, last year's reports, and the choices made for them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import NamedTuple

from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request

from govlint import readers
from govlint.desk.drawer import Bounds
from govlint.desk.work import Paper
from govlint.text.visible import visible

LANGUAGES = ("zh", "en")
_NAME = 200
"""Characters of a file's name that are kept."""
PASTED = "粘贴的文字.txt"


class Upload(NamedTuple):
    """``skipped``: files of a folder that are no documents."""

    papers: list[Paper]
    skipped: int


async def form_of(request: Request, bounds: Bounds) -> FormData:
    """Raises HTTPException: 413 for too much, 400 for what is no form."""
    return await request.form(max_files=bounds.files + 50, max_fields=50, max_part_size=bounds.request)


async def upload(form: FormData, lang: str) -> Upload:
    """The papers of a form: single files, those of a folder, pasted text."""
    previous = tuple([(name_of(file), await file.read()) for file in files(form, "previous")])
    template = field(form, "template") or None
    single, folder = files(form, "file"), files(form, "folder")
    documents = [file for file in folder if _is_document(file.filename or "")]
    papers = [
        Paper(name_of(file, whole=file in documents), await file.read(), previous, lang, template)
        for file in [*single, *documents]
    ]
    if text := field(form, "text"):
        papers.append(Paper(PASTED, text.encode("utf-8", "surrogatepass"), previous, lang, template))
    return Upload(papers, len(folder) - len(documents))


def files(form: FormData, name: str) -> Sequence[UploadFile]:
    """Files of a field; browsers send one without a name where none was chosen."""
    return [each for each in form.getlist(name) if isinstance(each, UploadFile) and each.filename]


def field(form: FormData, name: str) -> str:
    value = form.get(name)
    return value.strip() if isinstance(value, str) else ""


def language(form: FormData, otherwise: str) -> str:
    """Raises HTTPException 422 for a language that there is not."""
    lang = field(form, "lang") or otherwise
    if lang not in LANGUAGES:
        raise HTTPException(422, "lang: zh, en")
    return lang


def name_of(file: UploadFile, *, whole: bool = False) -> str:
    """A file's own name, or with the folders it lies in; never a path that leads anywhere."""
    parts = [
        part for part in (file.filename or "").replace("\\", "/").split("/") if part not in ("", ".", "..")
    ]
    name = "/".join(parts if whole else parts[-1:])
    return visible(name)[-_NAME:] or "-"


def _is_document(filename: str) -> bool:
    path = PurePosixPath(filename.replace("\\", "/"))
    hidden = any(part.startswith(("~$", ".")) for part in path.parts)
    return not hidden and path.suffix.lower() in readers.weights()
