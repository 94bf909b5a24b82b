"""The commands that work on archives: ``govlint audit`` and ``govlint report``."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

from govlint.cli.options import (
    Argument,
    AsOf,
    Chosen,
    Exclude,
    Here,
    Jobs,
    Language,
    Option,
    Quiet,
    RegisterFile,
    configured,
)
from govlint.errors import UsageError


class EngineName(StrEnum):
    local = "local"
    dask = "dask"


ArchivePaths = Annotated[
    list[str],
    Argument(
        "文件夹、通配符、压缩包（.zip、.tar.*）或网址 · folders, globs, archives (.zip, .tar.*) or URLs"
    ),
]
Store = Annotated[
    str, Option(("--out",), "结果库：文件夹或网址 · the store: a folder or a URL", metavar="STORE")
]
EngineOption = Annotated[
    EngineName, Option(("--engine",), "在本机或 dask 集群上运行 · on this machine or a dask cluster")
]
Address = Annotated[str | None, Option(("--address",), "dask 调度器的地址 · address of the dask scheduler")]
Fresh = Annotated[
    bool,
    Option(("--fresh/--resume",), "全部重做，默认只读有变化的 · all anew; by default only what changed"),
]
Timeout = Annotated[
    float,
    Option(("--timeout",), "一份文档最长的检查时间 · most that a document may take", metavar="SECONDS"),
]


def audit(
    paths: ArchivePaths,
    out: Store,
    register: RegisterFile = None,
    jobs: Jobs = None,
    engine: EngineOption = EngineName.local,
    address: Address = None,
    fresh: Fresh = False,
    timeout: Timeout = 300.0,
    as_of: AsOf = None,
    exclude: Exclude = None,
    quiet: Quiet = False,
    *,
    chosen: Chosen,
) -> int:
    """检查整个档案，结果存为 Parquet · Check an archive into a store of Parquet datasets."""
    from govlint.archive.command import run

    configuration = configured(chosen, as_of=as_of, agencies=register, exclude=exclude)
    where = address if engine == EngineName.dask else None
    if engine == EngineName.dask and address is None:
        raise UsageError("--engine dask 需要 --address / --engine dask needs --address")
    return run(paths, out, configuration, jobs=jobs, address=where, fresh=fresh, limit=timeout, quiet=quiet)


def report(
    store: Annotated[str, Argument("govlint audit 的结果库 · a store of govlint audit")],
    output: Annotated[Path, Option(("-o", "--output"), "写入的 .html、.xlsx 或 .json · file to write")],
    lang: Language = None,
) -> None:
    """把结果库做成网页、工作簿或 JSON · A store as a page, workbook or JSON."""
    from govlint.archive.report import report as write

    write(store, output, configured(Here(lang=lang)).settings(None).lang)
    print(f"已写入 {output} / written", file=sys.stderr)
