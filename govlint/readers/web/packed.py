"""Reports that a page holds without showing them: in frames of its own source, or as data that a script sets in."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

from govlint.readers.web.parts import MARK

_HEADINGS = re.compile(r"[一二三四五六]、")
"""As in ``一、``."""
_LEAST = 3
"""Headings of different numbers that make a text a report."""
_STRING = re.compile(r'"((?:[^"\\\n]|\\.)*+)"' + r"|'((?:[^'\\\n]|\\.)*+)'" + r"|`([^`]*+)`")
"""As in ``"<p>一、总体情况</p>"``."""
_SHORT = 500
"""Characters that no report has as few as."""
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))", re.DOTALL)
r"""As in ``\u4e00``."""
_LETTERS = {"n": "\n", "r": "\r", "t": "\t", "b": " ", "f": " ", "v": " ", "0": " "}
_MARKUP = re.compile(r"</(?:p|td|div)\s*>|<br", re.IGNORECASE)
"""As in ``</p>``."""
_LARGEST = 5_000_000
Parse = Callable[[str], Any]


def unfold(root: Any, parse: Parse) -> None:
    """Put what frames hold in their own attributes in their places, as it is shown."""
    for frame in list(root.iter("iframe")):
        source = frame.get("srcdoc")
        if source and source.strip():
            _put(frame, parse(source))


def _put(frame: Any, inner: Any) -> None:
    line, tail = frame.sourceline, frame.tail
    body = inner.find("body")
    frame.clear()
    frame.tag, frame.tail = "div", tail
    holder = inner if body is None else body
    frame.text = holder.text
    for element in holder.iter("*"):
        element.sourceline = line
    frame.extend(list(holder))


def article(root: Any, parse: Parse) -> tuple[Any, int] | None:
    """The tree of the report in what a page does not show, and the line where that stands; None where there is none."""
    best, found, line = _LEAST - 1, "", 0
    for raw, at in _held(root):
        text = MARK.sub("", raw)
        count = len(set(_HEADINGS.findall(text)))
        if count > best and _MARKUP.search(text):
            best, found, line = count, text, at
    return (parse(found), line) if found else None


def _held(root: Any) -> Iterator[tuple[str, int]]:
    from lxml import etree

    for element in root.iter("script", "textarea", "template", "noscript"):
        line = element.sourceline or 0
        if element.tag == "textarea":
            yield "".join(element.itertext()), line
        elif element.tag == "script":
            text = (element.text or "")[:_LARGEST]
            yield from ((string, line) for string in _strings(text))
            if "html" in (element.get("type") or "") or "templ" in (element.get("type") or ""):
                yield text, line
        else:
            text = etree.tostring(element, encoding="unicode", method="html", with_tail=False)
            yield text[text.find(">") + 1 : text.rfind("</")], line


def _strings(script: str) -> Iterator[str]:
    """The long strings in a script or in JSON, as they read."""
    for match in _STRING.finditer(script):
        raw = match[1] or match[2] or match[3] or ""
        if len(raw) < _SHORT:
            continue
        if match[1]:
            try:
                yield str(json.loads(f'"{raw}"', strict=False))
                continue
            except ValueError:
                pass
        yield _ESCAPE.sub(_unescaped, raw)


def _unescaped(match: re.Match[str]) -> str:
    code = match[1] or match[2]
    return chr(int(code, 16)) if code else _LETTERS.get(match[3], match[3])
