"""How far an audit has come, on one line of standard error: rate, time left, and the worst so far."""

from __future__ import annotations

import sys
import time

from govlint.archive.audit import Progress
from govlint.document import Words

_EVERY = 0.5
"""Seconds between two drawings."""


class Line:
    """Draws on a terminal only; elsewhere it says nothing."""

    def __init__(self, lang: str, quiet: bool) -> None:
        self.lang = lang
        self.on = sys.stderr.isatty() and not quiet
        self.drawn = 0.0

    def __call__(self, progress: Progress) -> None:
        now = time.monotonic()
        if not self.on or (now - self.drawn < _EVERY and progress.done < progress.total):
            return
        self.drawn = now
        rate = progress.done / max(progress.seconds, 0.001)
        left = (progress.total - progress.done) / max(rate, 0.001)
        errors, path = progress.worst
        words = Words(
            f"{progress.done}/{progress.total}，每秒 {rate:.0f} 份，剩余约 {_time(left)}",
            f"{progress.done}/{progress.total}, {rate:.0f} a second, {_time(left)} left",
        )
        worst = Words(f"；最多错误 {errors} 处：{path}", f"; worst so far {errors} errors: {path}")
        self._write(words.say(self.lang) + (worst.say(self.lang) if errors else ""))

    def _write(self, text: str) -> None:
        from govlint.outputs.parts.terminal import cut

        sys.stderr.write("\r\x1b[K" + cut(text, 100))
        sys.stderr.flush()

    def end(self) -> None:
        if self.on and self.drawn:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()


def _time(seconds: float) -> str:
    minutes, seconds = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{seconds:02d}" if hours else f"{minutes}:{seconds:02d}"
