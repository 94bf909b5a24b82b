"""What a user did wrong, as opposed to what a document or govlint itself did, and the right name for it."""

from __future__ import annotations

import errno
from collections.abc import Iterable

from govlint.document import Words


class UsageError(ValueError):
    """Wrong usage or configuration: exit status 2. Said in Chinese, then, behind `` / ``, in English."""

    @property
    def words(self) -> Words:
        """For where one language is shown; what is said in one alone is said in both."""
        zh, parted, en = str(self).partition(" / ")
        return Words(zh, en if parted else zh)


_REASONS = {
    errno.ENOENT: Words("没有这个文件或文件夹", "no such file or folder"),
    errno.ENOTDIR: Words("路径中有一段不是文件夹", "a part of the path is no folder"),
    errno.EISDIR: Words("这是文件夹", "it is a folder"),
    errno.EACCES: Words("没有权限", "permission denied"),
    errno.EPERM: Words("系统不允许", "not permitted by the system"),
    errno.EROFS: Words("磁盘为只读", "the disk is read-only"),
    errno.ENOSPC: Words("磁盘已满", "the disk is full"),
    errno.ENAMETOOLONG: Words("文件名太长", "the name is too long"),
    errno.ELOOP: Words("链接互相指向", "its links lead in a circle"),
    errno.EADDRINUSE: Words("已被占用", "it is in use"),
    errno.EADDRNOTAVAIL: Words("本机没有这个地址", "this computer has no such address"),
}
"""What the system says in English alone."""


def reason(error: OSError) -> Words:
    """Why a file could not be had, without a full stop: the system's word for it where there is none of ours."""
    said = error.strerror or str(error)
    zh, parted, en = said.partition(" / ")  # as a UsageError
    if parted:
        return Words(zh, en)
    return _REASONS.get(error.errno or 0, Words(said, said))


def hint(name: str, allowed: Iterable[str]) -> str:
    """``是否指 N003？``, or the names that there are."""
    import difflib

    listed = list(dict.fromkeys(allowed))
    near = difflib.get_close_matches(name, listed, 1, 0.5)
    return f"是否指 {near[0]}？" if near else f"可用：{'、'.join(listed)}。"


def described(error: BaseException) -> str:
    """``TypeError: …``; ``?`` of an error that cannot say what it is, as a plugin's may."""
    try:
        return f"{type(error).__name__}: {str(error)[:500]}"
    except KeyboardInterrupt:
        raise
    except BaseException:
        return "?"


def cannot_read(
    place: object, error: OSError, what: str = "", kind: type[UsageError] = UsageError
) -> UsageError:
    """What to raise where a file of the user's, ``what`` it is, could not be read."""
    why = reason(error)
    return kind(f"{place}: {what}不能读取：{why.zh} / cannot read: {why.en}")


def cannot_write(place: object, error: OSError) -> UsageError:
    """What to raise where a file that was asked for could not be written."""
    why = reason(error)
    return UsageError(f"无法写入 {place}：{why.zh} / cannot write: {why.en}")
