"""C006: the body reports as another agency than the title's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from govlint.agencies.names import Body, classify, governs_elsewhere, same_body
from govlint.document import Edit, Span, Words
from govlint.prose.whose import short_names
from govlint.report import Report
from govlint.rule import REGULATION, Certainty, Example, Finding, Reference, Related, Rule, Suggestion
from govlint.text.folding import compact
from govlint.text.stretches import Stretch

rule = Rule(
    code="C006",
    name="other-agency",
    title=Words("正文以另一机关的名义报告", "the text reports as another agency"),
    severity="warning",
    message=Words(
        "标题为“{expected}”的报告，正文自称“{actual}”，可能沿用了其他机关的文本。",
        "The title is of {expected}, but the text speaks as “{actual}”; it may be another agency's text.",
    ),
    why=Words(
        "年度报告由各机关分别编制；正文以另一机关自称，说明文本是照抄的，其中的数字和情况也可能不是本机关的。",
        "Every body reports for itself; a text that speaks as another one was copied, perhaps with its figures.",
    ),
    reference=Reference(REGULATION, "第四十九条"),
    needs="sections",
)

Role = Literal["self", "author", "contact"]


class _Named(NamedTuple):
    name: str
    role: Role
    span: Span
    section: str


_HAN = "[㐀-鿿]"
_NAME = rf"({_HAN}[㐀-鿿()]{{2,34}}?)"
_MAKER = re.compile(
    rf"(?:^|[,。;:\x1e])(?=[^,。;:\x1e]*(?:编制|编写|撰写|形成)(?:了|完成)){_NAME}(?:组织)?(?:编制|编写|撰写|形成)(?:了|完成)(?=《|本|20\d\d年)"
)
"""As in ``,县水务局组织编制完成《``."""
_MADE = re.compile(r"(?:编制|编写|撰写|形成)(?:了|完成)(?:《|本|20)")
"""What most texts have not, and a maker needs: ``编制完成《``."""
_ROLES: tuple[tuple[Role, re.Pattern[str]], ...] = (
    ("author", re.compile(rf"由{_NAME}(?:负责|组织|牵头|具体|统一|办公室)*(?:编制|编写|撰写|起草|制作)")),
    ("author", _MAKER),
    (
        "self",
        re.compile(
            rf"(?:公布|发布|公开(?!工作|年度|情况|条例|报告)|编制|形成|现将|现就|《){_NAME}(?:20\d\d)年(?:度)?(?:本级)?政府信息公开(?:工作)?(?:情况|年度|报告|年报)"
        ),
    ),
    ("contact", re.compile(rf"(?:请与|请联系|请向|可与|可联系|请咨询){_NAME}(?:联系|联络|咨询|反映|\(|,|。|;|$)")),
)  # fmt: skip
"""As in ``由县水务局编制``, ``,县水务局组织编制完成《``, ``公布县水务局2024年政府信息公开工作报告``, ``请与县水务局联系``."""
_SUBJECT = re.compile(
    r"(?:\(?[一二三四五六七八九十\d]{1,3}[)、.][^,。:;]{2,20}[。:])?"
    rf"(?:(?:按照|根据|依据)(?:《[^《》]{{2,40}}》|[^《》,。]{{2,12}})(?:的)?(?:有关|相关)?(?:要求|规定|部署|安排),?)?"
    rf"(?:(?:20\d\d年(?:度)?(?:以来)?|一年来),?)?(?:在[^,。;]{{2,40}}(?:领导|指导|支持|关心|帮助)下,)?(?!在|按|根据|围绕|以|我|本|全|各|为|由|通过|依|截)({_HAN}{{2,26}}?"
    r"(?:局|委员会|人民政府(?:办公[室厅])?|街道办事处|管委会|管理委员会|[省市州]?厅|海关|镇|乡|街道))"
    r"(?=坚持|认真|严格|紧紧|深入|高度|积极|切实|始终|牢固|扎实|全面贯彻|全面落实|贯彻|主动公开|未收到|共收到|共主动"
    r"|围绕|聚焦|紧扣|把|将|以|着力|持续|不断|大力|进一步|按照|依照|根据|依法|立足|践行|高质量|严肃|充分|主动|通过|结合|对照|加强|强化|加大|完善|落实|全年|20\d\d年政府信息公开)"
)
"""As in ``县水务局坚持``."""
_CLOSING = re.compile(
    r"(?:^|\n)[ \t]*([㐀-鿿（）()]{4,30})[ \t\r]*\n[ \t]*20\d\d[ ]*[-年/.][ ]*\d{1,2}[ ]*[-月/.][ ]*\d{1,2}日?"
)
"""As in ``\n云溪县水务局\n2025年1月20日``."""
_A_BODY = re.compile(
    r"(?:人民政府|政府|委员会|管委会|街道办事处|办事处|街道|局|海关|厅|镇|乡|委|办公室|办公厅|[^公]办)$"
)
"""As in ``县水务局``."""
_NOT_A_NAME = re.compile(
    r"^[本我各全]|关于|按照|根据|依据|要求|规定|本[局镇乡级单机部]|各[级部单镇乡街]|工作(?!委)|信息公开|有关|相关|的|报告|印发|做好|结合|[集乡村城街]镇|镇街|辖区"
)
"""As in ``各部门``."""
_FOR_OTHERS = re.compile(r"政务|数据|信息|审批|档案|信访|融媒")
_DESK = re.compile(r"(?:政务公开|信息公开|党政|综合)?(?:领导小组)?(?:办公室|科|股|处|中心|办)$")
"""As in ``政务公开办公室``."""


@rule.check
def check(report: Report) -> Iterator[Finding]:
    agency = _titled(report)
    if agency is None:
        return
    body = report.body(agency)
    own = short_names(report)
    found: dict[str, list[tuple[_Named, Certainty]]] = {}
    for named in _names(report):
        if named.name not in own and (certainty := _differs(agency, body, named, report)):
            name = next((each for each in found if same_body(each, named.name) == "same"), named.name)
            found.setdefault(name, []).append((named, certainty))
    for places in found.values():
        first, certainty = min(places, key=lambda place: (place[1] != "certain", place[0].span))
        edits = tuple(Edit(named.span, agency) for named, _ in places)
        yield rule.finding(
            first.span,
            section=first.section or None,
            expected=agency,
            actual=first.name,
            suggestion=Suggestion(text=agency, edits=edits),
            related=[Related("另一处", None, named.span) for named, _ in places if named is not first],
            certainty=certainty,
        )
    if not found:
        yield from _self_words(report, agency, body)


def _titled(report: Report) -> str | None:
    """The agency, where the title names it; the publisher of a page is another matter."""
    agency, title = report.agency, report.title
    if not agency or not title or compact(agency) not in compact(title) or len(agency) < 3:
        return None
    return compact(agency)


def _names(report: Report) -> Iterator[_Named]:
    begins = True
    for stretch in report.stretches:
        if stretch.section not in ("", "overview"):
            continue
        for role, pattern in _ROLES:
            if pattern is not _MAKER or _MADE.search(stretch.text):
                for match in pattern.finditer(stretch.text):
                    yield from _named(report, stretch, role, match)
        if stretch.section and begins:
            begins = False
            if subject := _SUBJECT.match(stretch.text):
                yield from _named(report, stretch, "self", subject)
    document = report.document
    tail = max(report.preamble.end, len(document.text) - 400)
    for match in _CLOSING.finditer(document.text, tail):
        name = compact(match[1])
        if _A_BODY.search(name):
            yield _Named(name, "author", Span(*match.span(1)), "")


def _named(report: Report, stretch: Stretch, role: Role, match: re.Match[str]) -> Iterator[_Named]:
    name, end = match[1], match.end(1)
    if _NOT_A_NAME.search(name) or not _A_BODY.search(name):
        return
    span = stretch.span(match.start(1), end)
    own = report.title_span
    if own is None or not (own.start <= span.start < own.end):
        yield _Named(name, role, span, stretch.section)


def _differs(agency: str, body: Body, named: _Named, report: Report) -> Certainty | None:
    """Whether a name is unmistakably not the agency's own, nor that of a body that may speak for it."""
    likeness = same_body(agency, named.name)
    if likeness == "same":  # of a county, which a city's name does not contradict
        return "likely" if named.role == "self" and governs_elsewhere(agency, named.name) else None
    other = classify(named.name)
    from_image = any(origin.confidence is not None for _, origin in report.document.origins[:50])
    if likeness == "variant":
        return None if from_image or named.role == "contact" else "likely"
    above = other.level in ("province", "prefecture") and (other.governs or other.kind == "office")
    if likeness == "place" and above and not body.governs:
        return None  # two cities may stand above one another
    if likeness == "place":
        return "certain" if named.role != "contact" and not from_image else "likely"
    local = body.level == "township" or body.kind == "street"
    their_local = other.kind == "street" or (other.governs and other.level == "township")
    if their_local and not local and body.kind == "department":
        return "certain" if named.role == "self" and not from_image else "likely"
    if other.kind != "department" or _DESK.search(named.name) or _FOR_OTHERS.search(named.name):
        return None  # its government, or an office that publishes or answers for others
    if body.kind == "department":
        return "likely" if named.role == "contact" or from_image else "certain"
    if named.role == "self" or (named.role == "author" and local):
        return "likely" if body.kind in ("government", "division", "street", "office") else None
    return None


# Words that only a body of another kind has for itself

_OWN = re.compile(
    r"[我本](?<!自.)(局(?![限部势面])|委(?!托|派|任|员)|厅|镇(?!街)|乡(?!村|镇|土|亲)|街道?(?!办?口))"
)
"""As in ``我局``."""
_ENDS = {
    "局": ("局", "分局"),
    "委": ("委", "委员会"),
    "厅": ("厅", "办公厅"),
    "镇": ("镇",),
    "乡": ("乡", "苏木"),
    "街": ("街道", "街", "办事处"),
}


def _self_words(report: Report, agency: str, body: Body) -> Iterator[Finding]:
    """``我镇`` in the report of a 局, ``我局`` in that of a 街道: more than once, or against its own word."""
    wrong: dict[str, list[tuple[Span, str]]] = {}
    for stretch in report.stretches:
        for match in _OWN.finditer(stretch.text):
            word = match[1][0]
            if _foreign(word, agency, body):
                wrong.setdefault(word, []).append((stretch.span(*match.span()), stretch.section))
    for word, places in wrong.items():
        least = 1 if _far(word, body) else 2
        if len(places) < least:
            continue
        (span, section), *others = places
        yield rule.finding(
            span,
            section=section or None,
            expected=agency,
            actual="".join(report.text(span).split()),
            related=[Related("另一处", None, other) for other, _ in others],
            certainty="likely",
        )
        return


_REMARK = re.compile(r"[(（][^()（）]{0,40}[)）]$")
"""As in ``云溪县水务局（县河长办）``."""


def _foreign(word: str, agency: str, body: Body) -> bool:
    name = _REMARK.sub("", agency)
    if name.endswith(_ENDS[word]) or any(end in name[-12:] for end in _ENDS[word]):
        return False
    if body.kind == "department":
        return True
    if body.level == "township" or body.kind == "street":
        return word not in "街" or body.kind != "street"
    return body.kind == "government" and word in "局委镇乡街"


def _far(word: str, body: Body) -> bool:
    """Whether no text of such a body's own could hold the word."""
    if body.kind == "department":
        return word in "镇乡街"
    return (body.level == "township" or body.kind == "street") and word in "局厅"


rule.bad.append(
    Example(
        text="编制本报告。本报告由云溪县水务局编制，统计期限",
        instead_of="编制本报告。本报告统计期限",
        marks="云溪县水务局",
    )
)
rule.bad.append(Example(text="全年我镇共公开信息210条，我镇各村", instead_of="全年", marks="我镇"))
rule.good.append(
    Example(
        text="编制本报告。本报告由县农业农村局办公室编制，统计期限", instead_of="编制本报告。本报告统计期限"
    )
)
rule.good.append(Example(text="来源：云溪县人民政府办公室", instead_of="来源：云溪县农业农村局"))
