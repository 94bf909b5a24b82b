"""P002: an identity-card, mobile-phone or bank-card number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from msgspec import Struct

from govlint.document import Edit, Span, Words
from govlint.prose.lines import outside_tables
from govlint.report import Report
from govlint.rule import Example, Finding, Reference, Related, Rule, Suggestion
from govlint.text.folding import fold

rule = Rule(
    code="P002",
    name="personal-data",
    title=Words("公民个人信息", "personal data"),
    severity="error",
    private=True,
    message=Words(
        "文中有完整的{kind_zh}“{actual}”（此处已遮盖）：公布前应当删除或者遮盖。",
        "A complete {kind_en}, “{actual}” (masked here), stands in the text: remove or mask it before publication.",
    ),
    why=Words(
        "身份证件号码、手机号码、银行账号属于个人信息，公开会给当事人造成损害；办公电话应当使用单位的固定电话。",
        "Identity-card, mobile-phone and bank-card numbers are personal data; an office is reached by its own telephone.",
    ),
    reference=Reference(
        "中华人民共和国个人信息保护法", "第二十八条；《中华人民共和国政府信息公开条例》第十五条"
    ),
)


class _Number(Struct, frozen=True):
    kind: Words
    shown: str
    """With all but its ends masked."""
    span: Span
    certain: bool
    mask: bool
    """Whether masking it in place is the remedy; an office's contact needs another number instead."""


_IDENTITY = Words("居民身份证号码", "identity-card number")
_MOBILE = Words("手机号码", "mobile-phone number")
_BANK = Words("银行卡号", "bank-card number")

_RUN = re.compile(r"[0-9０-９](?:[ \-]{0,2}\d){10,21}[XxＸｘ]?")
"""As in ``110105 19491231 002X``."""
_COUNTRY = re.compile(r"86[ \-]?")
"""The country's number behind a plus: ``86 ``."""
_JOINED = re.compile(r"[0-9A-Za-z_/=@%&#+.\-]")
_PARTED = re.compile(
    r"(?:\d{3}([ -])\d{4}\1\d{4}|\d{4}([ -])\d{4}\2\d{4}\2\d{4}(?:\2\d{1,3})?|\d{6}([ -])\d{8}\3\d{3}[\dXx])"
)
"""As in ``138 0013 8000``."""
_NOT_PERSONAL = re.compile(
    r"(?:索引|信用|机构|组织|标识|备案|许可|登记|流水|文|序|编|证书|订单|案)(?:代)?[号码]+|代码|标识码|编号|ICP|网安备|ISBN|ID|http|www|条形码",
    re.IGNORECASE,
)
"""As in ``统一社会信用代码``."""
_CARD = re.compile(r"卡号|银行|账号|帐号|账户|帐户|开户|汇款|储蓄")
_TELEPHONE = re.compile(r"电话|联系|手机|热线|号码|咨询|投诉|举报|监督|微信|致电|拨打|短信")
_OFFICE = re.compile(r"联系|咨询|监督|投诉|举报|热线|服务电话|办公电话|值班|报告")
_UNITS = tuple("次人条元件个份篇户亩吨万")
_BEFORE_MOBILE = "话机码号系式信打电拨至为是线"


@rule.check
def check(report: Report) -> Iterator[Finding]:
    text = report.document.text
    found: dict[str, list[_Number]] = {}
    for digits, number in _numbers(report, text):
        found.setdefault(digits, []).append(number)
    for numbers in found.values():
        first = numbers[0]
        edits = tuple(Edit(number.span, number.shown) for number in numbers if number.mask)
        yield rule.finding(
            first.span,
            actual=first.shown,
            kind_zh=first.kind.zh,
            kind_en=first.kind.en,
            suggestion=Suggestion(text=first.shown, edits=edits) if edits else None,
            related=[Related("同一号码", None, number.span) for number in numbers[1:]],
            certainty="certain" if first.certain else "likely",
        )


def _numbers(report: Report, text: str) -> Iterator[tuple[str, _Number]]:
    for run in (run for part in outside_tables(report) for run in _RUN.finditer(text, *part)):
        start, end = run.span()
        if abroad := start and text[start - 1] in "+＋" and _COUNTRY.match(run.group()):
            start += abroad.end()
        behind = text[end : end + 2]
        if (start and not abroad and _JOINED.match(text[start - 1])) or (
            _JOINED.match(behind) and behind.strip() != "."
        ):
            continue
        written = fold(text[start:end])
        digits = re.sub(r"[ \-]", "", written).upper()
        if len(digits) != len(written) and not _PARTED.fullmatch(written):
            continue
        before = report.folded[max(0, start - 30) : start].replace("\x1f", "|")
        before = "".join(re.split(r"[\n。;]", before)[-1].split())
        if number := _judge(digits, before, text[end : end + 1], Span(start, end)):
            yield digits, number


def _judge(digits: str, before: str, after: str, span: Span) -> _Number | None:
    """What a number is, given the words before it in its sentence and what follows; None where it is nobody's."""
    if _NOT_PERSONAL.search(before[-14:]) and "身份证" not in before[-14:]:
        return None
    if len(digits) == 18 and _is_identity(digits):
        return _Number(_IDENTITY, digits[:3] + "*" * 11 + digits[-4:], span, True, True)
    if not digits.isdigit():
        return None
    if len(digits) == 11 and digits[0] == "1" and digits[1] in "3456789":
        glued = "㐀" <= before[-1:] <= "鿿" and before[-1] not in _BEFORE_MOBILE
        if (glued and _TELEPHONE.search(before) is None) or after in _UNITS:
            return None
        office = _OFFICE.search(before) is not None
        certain = not office and (_TELEPHONE.search(before) is not None or not before[-1:].isalnum())
        return _Number(_MOBILE, digits[:3] + "****" + digits[-4:], span, certain, not office)
    if 16 <= len(digits) <= 19 and _is_bank_card(digits):
        named = _CARD.search(before) is not None
        if not named and not digits.startswith("62"):
            return None
        return _Number(_BANK, digits[:4] + "*" * (len(digits) - 8) + digits[-4:], span, named, True)
    return None


_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def _is_identity(digits: str) -> bool:
    """GB 11643: region, date of birth, order, check digit."""
    if not digits[:17].isdigit() or not 11 <= int(digits[:2]) <= 82:
        return False
    try:
        born = date(int(digits[6:10]), int(digits[10:12]), int(digits[12:14]))
    except ValueError:
        return False
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, digits, strict=False))
    return 1900 <= born.year <= 2099 and digits[17] == "10X98765432"[total % 11]


def _is_bank_card(digits: str) -> bool:
    """A card's prefix and length, and the check digit of Luhn."""
    if not (digits.startswith("62") or (len(digits) == 16 and digits[0] in "45")):
        return False
    doubled = (
        sum(divmod(2 * int(digit), 10)) if place % 2 else int(digit)
        for place, digit in enumerate(reversed(digits))
    )
    return sum(doubled) % 10 == 0


_OFFICE_LINE = "电话：0555-6120001"
rule.bad.append(
    Example(
        text="\n申请人何某，身份证号11010519491231002X，已当面答复。",
        section="overview",
        marks="11010519491231002X",
    )
)
rule.bad.append(Example(text="联系电话：13800138000", instead_of=_OFFICE_LINE, marks="13800138000"))
rule.bad.append(
    Example(
        text="\n退费至申请人账户（卡号6222020000000000000）。", section="other", marks="6222020000000000000"
    )
)
rule.good.append(
    Example(
        text="电话：0555-6120001，传真：0555-6120002，邮编：243000，监督电话：12345", instead_of=_OFFICE_LINE
    )
)
rule.good.append(
    Example(
        text="索引号：11341500003175888A/202301-00001 网站标识码：3415000001\n发布时间：2023-01-16",
        instead_of="发布时间：2023-01-16",
    )
)
