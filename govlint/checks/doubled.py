"""Words written twice by accident: 完善保障保障机制, 云溪县县人民政府, 规范性文件规范性文件.

Two words of the same characters may meet by right: 依法行政|行政许可, 监督保障|保障有力. A doubled word of two characters
is therefore a slip only behind what no compound can begin with: a stop, a verb of the trade, an adverb.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from govlint.document import Span
from govlint.prose.lines import Passage, matches, passages, running_text
from govlint.report import Report, once_per_report

_HAN = "㐀-鿿"
_VERBS = (
    "完善|健全|建立|加强|强化|做好|落实|提高|提升|推进|推动|规范|优化|创新|细化|深化|拓展|拓宽|加大|严格|明确|进一步|不断|"
    "持续|认真|积极|及时|全面|切实|扎实|着力|深入|高度|的|和|与|及|对|将|在|为|了"
)
_LONG = re.compile(rf"([{_HAN}]{{3,8}})\1(?!\1)")
"""As in ``进一步进一步``."""
_NOT = r"(?![性者号地率会员部局厅处站所长学法点线网室科院园])"
"""What makes another word of the second: 根据根据地, 推进推进会."""
_SHORT = re.compile(rf"(?<![{_HAN}])([{_HAN}]{{2}})\1{_NOT}|(?:{_VERBS})([{_HAN}]{{2}})\2{_NOT}")
"""As in ``加强加强``."""
_NEVER = re.compile(
    r"([任全机内水能完进开实已以并继同其按根围][务部制容平力成行展现经及且续时中照据绕])\1(?![书单率地情线])"
)
"""What never meets itself, wherever it stands: ``任务任务``."""
_AGAIN = re.compile(r"(?<=信息)(公开)\1(?=申请|年度|条例)")
"""As in ``信息公开公开申请``."""
_CLAUSE = re.compile(r"[^。；，、;,:：!！?？\s“”《》（）()]{8,60}(?=[。；，;,])")
"""As in ``公开质量持续提升。``."""
_SHORTEST = 8
"""Characters of a clause that is not written again by right."""
_STOP = re.compile(r"[。；，;,]\s*")
"""Between two clauses: ``。``."""
_PLACE = re.compile(r"([省市县区州旗镇乡])(?=\1人民政府)")
"""As in ``云溪县县人民政府``."""
_BY_RIGHT = re.compile(
    r"[一二三四五六七八九十百千万零几多每逐]|研究|讨论|商量|考虑|许多|非常|很多|常常|哈哈|谢谢|妈妈|渐渐|慢慢|^(.)\1$"
)
"""What is doubled for emphasis, or counts: 一个一个, 研究研究: ``一个一个``."""
_TITLES = re.compile(r"办公室|委员会|领导小组|指挥部|办公厅")
"""Bodies within bodies of the same name: 委员会办公室办公室主任."""


def doubled(report: Report) -> Iterator[tuple[Passage, Span, str]]:
    """Each doubled word: its line, the span of its second writing, and the word."""
    lengths = repeated(report)
    taken: set[int] = set()
    for pattern, wanted in (
        (_LONG, range(3, 9)),
        (_SHORT, (2,)),
        (_NEVER, (2,)),
        (_AGAIN, (2,)),
        (_PLACE, (1,)),
    ):
        if lengths.isdisjoint(wanted):
            continue
        for line, match in matches(report, pattern):
            group = next(at for at in range(1, pattern.groups + 1) if match[at])
            word, end = match[group], match.end(group)
            span = Span(end, end + len(word))
            if span.end > line.start + len(line.text) or not taken.isdisjoint(range(*span)):
                continue
            if pattern is _PLACE or not (_BY_RIGHT.search(word) or _TITLES.search(word)):
                taken.update(range(match.start(group), span.end))
                yield line, span, word
    text = running_text(report)
    for stop in "；，;,":
        text = text.replace(stop, "。")
    clauses = text.split("。")
    if [two for one, two in pairwise(clauses) if len(two) >= _SHORTEST and one.endswith(two)]:
        yield from _clauses(report)


def _clauses(report: Report) -> Iterator[tuple[Passage, Span, str]]:
    """A clause written again behind its own stop; the span begins with that stop."""
    for line in passages(report):
        before, end = "", 0
        for match in _CLAUSE.finditer(line.text):
            said = match.group()
            if said == before and _STOP.fullmatch(line.text, end, match.start()):
                yield line, Span(line.start + end, line.start + match.end()), said
            before, end = said, match.end()


@once_per_report
def repeated(report: Report) -> frozenset[int]:
    """For which lengths up to eight some characters of the running text stand twice in a row.

    The text is held against itself, shifted: in two bytes a character, which may give a length too many and none too few.
    """
    data = running_text(report).encode("utf-16-le", "surrogatepass")
    number = int.from_bytes(data, "little")
    return frozenset(
        length
        for length in range(1, 9)
        if bytes(2 * length) in (number ^ (number >> 16 * length)).to_bytes(len(data), "little")
    )
