"""Where a command writes: standard output, or the file named, which is written in one step when all is done."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from govlint.errors import UsageError, cannot_write
from govlint.files import replace


@contextmanager
def opened(output: Path | None) -> Iterator[TextIO]:
    """Standard output, or what takes the place of a file at the end: a run that ends early leaves it as it was.

    Raises UsageError for a file that cannot be written, before any work where that can be told.
    """
    if output is None:
        if sys.stdout is None:
            raise OSError(errno.EBADF, "标准输出已关闭 / standard output is closed")
        yield sys.stdout
        return
    if not os.path.isdir(output.parent) or os.path.isdir(output):
        raise UsageError(f"无法写入 {output}：没有这个文件夹，或它就是文件夹 / cannot write: no such folder")
    import tempfile

    with tempfile.TemporaryFile("w+", encoding="utf-8", newline="\n") as out:
        yield out
        out.seek(0)
        try:
            replace(output, bytes(out.buffer.read()))
        except OSError as error:
            raise cannot_write(output, error) from error
