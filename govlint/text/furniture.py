"""What surrounds a report on a web page or closes a letter, and is no part of what it says."""

from __future__ import annotations

import re

_SITE = re.compile(
    r"打印|关闭|附件|上一[篇条页]|下一[篇条页]|分享|返回|版权|主办|承办|备案|标识码|扫一扫|相关(?:链接|文档|信息|附件|文件)"
    r"|浏览次数|访问次数|字号|字体|责任编辑|编辑[:]|来源|发布(?:时间|日期|机构|单位)|网站地图|联系我们|Copyright|无障碍|点击"
)
"""As in ``上一篇``."""
_BODY = re.compile(
    r"[㐀-鿿()]{2,30}(?:政府|办公室|办公厅|委员会|办事处|局|厅|委|办|中心|院|署|队|公司|集团|大学|学校|镇|乡|街道)"
)
"""As in ``云溪县水务局``."""
_DAY = re.compile(r"(?:20\d\d|二[〇○零0O][〇○零一二三四五六七八九]{2})[-/.年].{1,4}[-/.月].{1,4}日?")
"""As in ``2025年1月20日``."""
_LONGEST = 60
"""Compact characters of a line that may be furniture."""


def is_furniture(line: str) -> bool:
    """Whether a folded line is a web page's own: a button, a counter, a footer; never a sentence."""
    text = "".join(line.split()).strip("|[]()·-—_")
    return len(text) <= _LONGEST and not text.endswith(("。", ";")) and bool(_SITE.search(text))


def end_of_report(folded: str, start: int, end: int) -> int:
    """Where the last section's text ends: before the signature, the date, and what the page puts behind."""
    while True:
        line_start = folded.rfind("\n", start, end) + 1
        line_start = max(line_start, start) if line_start else start
        text = "".join(folded[line_start:end].split()).strip("|[]()\x1f")
        closing = not text or is_furniture(text) or _DAY.fullmatch(text) or _BODY.fullmatch(text)
        if not closing or (
            line_start == start and text and not is_furniture(text) and not _DAY.fullmatch(text)
        ):
            return end
        if line_start == start:
            return start
        end = line_start - 1
