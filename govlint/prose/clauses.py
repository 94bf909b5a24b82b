"""What a clause is like, by its words alone: whether it counts postings, tells of another thing, leads to a figure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from govlint.prose.quantities import SILENT, VERBS
from govlint.prose.words import Word

_POSTING = re.compile(r"发布|公示|公布|更新|上传|刊登|推送")
COUNT_OF = frozenset(("数量", "件数", "总数", "总量", "数", "制发件数", "废止件数", "现行有效件数"))
"""Words behind which a colon stands before the figure itself."""
MEMBERS = {
    "REFUSED": "STATE_SECRET FORBIDDEN_BY_LAW SECURITY_STABILITY THIRD_PARTY INTERNAL_AFFAIRS PROCESS_INFORMATION "
    "ENFORCEMENT_FILE ADMINISTRATIVE_QUERY",
    "UNAVAILABLE": "NOT_HELD NONEXISTENT NEEDS_CREATION UNCLEAR",
    "DECLINED": "PETITION REPEATED PUBLICATION EXCESSIVE CONFIRMATION",
    "OTHER_HANDLING": "NOT_CORRECTED FEE_UNPAID OTHER",
}
"""The outcomes of each group."""
_OF_NONE = {
    "carried_in",
    "carried_out",
    "new",
    "received",
    "taken",
    "requests",
    "disputes",
    "issued",
    "repealed",
    "fees",
}
"""What may be said to be none."""


def leads_to_figure(before: Sequence[Word], behind: Sequence[Word]) -> bool:
    """Whether a colon stands between what is counted and its figure: 申请数量：12件; 行政复议情况：无."""
    if behind[0].text != ":" or not before:
        return False
    none = [word.kind for word in behind[1:3]] == ["NONE", "HARD"]
    return before[-1].text in COUNT_OF or (none and before[-1].text in ("情况", "情形"))


def posts(segment: Sequence[Word]) -> bool:
    """Whether a clause with a figure counts what was posted: 发布信息801条, 公示行政许可决定120条."""
    return any(word.kind == "PUBLISHED" or _POSTING.search(word.text) for word in segment)


def of_those_received(behind: Sequence[Word]) -> bool:
    """Whether what follows 对 or 在 is all that was received: 对受理的12件申请."""
    kinds = [word.kind for word in behind[:3]]
    return kinds[:1] in (["_RECEIVE"], ["_ACCEPT"]) and kinds[2:] == ["FIGURE"]


def of_another_thing(segment: Sequence[Word]) -> bool:
    """Whether a clause that is not understood tells of something else received or done."""
    verb = False
    for word in segment:
        if word.kind in VERBS:
            if word.kind not in ("_HANDLE", "_ANSWER"):
                return True
            verb = True
        elif verb and word.kind not in SILENT and word.kind not in ("APPLICATION", "_AND"):
            return True
    return False


def may_be_none(kind: str, telling: Sequence[str]) -> bool:
    return kind in _OF_NONE or (kind == "applicants" and {"NATURAL_PERSON", "ORGANISATION"} <= set(telling))


def within(telling: Sequence[str], whole: Sequence[str]) -> bool:
    members = {member for word in whole for member in MEMBERS.get(word, "").split()}
    return bool(telling) and set(telling) <= members
