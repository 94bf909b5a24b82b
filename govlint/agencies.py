"""What kind of body an agency is, and of which level, read from its name.

Levels and kinds are those of the Regulation on Open Government Information (article 49: departments, governments)
and of the Organic Law of Local Governments (townships are governments; sub-district offices are their agencies).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal, NamedTuple

Kind = Literal["government", "division", "street", "zone", "office", "department", "other"]
"""``division``: a place's bare name (云溪县), which stands for its government; ``street``: a sub-district office;
``zone``: the committee of a development zone; ``office``: the general office of a government; ``other``: unknown."""
Level = Literal["national", "province", "prefecture", "county", "township"]


class Body(NamedTuple):
    kind: Kind
    level: Level | None = None
    """Of the government itself, or of the one a body belongs to; None where the name does not tell."""

    @property
    def governs(self) -> bool:
        """A people's government, of whatever level."""
        return self.kind in ("government", "division")

    @property
    def is_department(self) -> bool:
        return self.kind in ("office", "department")


_GOVERNMENT = re.compile(r"(?:人民)?政府$")
_OFFICE = re.compile(r"政府办公[室厅]$|政府办$|[省市县区州旗]府办(?:公[室厅])?$")
_STREET = re.compile(r"街道(?:办事处|办|党工委|综合.{0,8})?$|街道办事处.{0,8}$|街办$")
_ZONE = re.compile(
    r"(?:开发|高新|新|保税|合作|示范|度假|风景|景|产业|工业|园|管理|试验|集聚|功能|先行)区(?:管理委员会|管委会|党工委.{0,4})?$"
    r"|(?<!监督)管理委员会$|管委会$"
)
_DEPARTMENT = re.compile(
    r"(?:局|厅|署|委员会|海关|总队|支队|大队|研究室|参事室|(?:办公|信息中心|信访)室)$"
    r"|(?<![党工市县区省州旗纪镇乡])委$|[^街公]办$|(?:^|国|家|共和国|省|市|县|区)[^省市县区]{2,12}部$"
)
_DIVISION = re.compile(r"[㐀-鿿]{2,}(?:省|自治区|市|州|盟|地区|县|旗|区|镇|乡)$")
_LEVELS: tuple[tuple[Level, re.Pattern[str]], ...] = (
    ("township", re.compile(r"(?:镇|乡|苏木)(?:人民)?(?:政府)?(?:办公室)?$|街道|街办")),
    ("county", re.compile(r"[县旗]|(?<!自治)(?<!地)区(?!域)|[^省]+市[^市区县]{1,6}市")),
    ("prefecture", re.compile(r"市|自治州|地区|盟")),
    ("province", re.compile(r"省|自治区|自治区")),
    ("national", re.compile(r"^(?:国家|国务院|中华人民共和国|中国)")),
)


@lru_cache(1024)
def classify(name: str) -> Body:
    """Kind and level of a body; ``name`` may hold white space and brackets.

    >>> classify("云溪县人民政府办公室")
    Body(kind='office', level='county')
    """
    name = re.sub(r"[\s（(][^（()）]{0,40}[)）]$", "", "".join(name.split()))
    level = next((level for level, pattern in _LEVELS if pattern.search(name)), None)
    for kind, pattern in _KINDS:
        if pattern.search(name):
            return Body(kind, level)
    return Body("other", level)


_KINDS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("office", _OFFICE),
    ("street", _STREET),
    ("government", _GOVERNMENT),
    ("zone", _ZONE),
    ("department", _DEPARTMENT),
    ("division", _DIVISION),
)
