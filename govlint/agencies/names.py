"""What kind of body an agency is, and of which level, read from its name.

Levels and kinds are those of the Regulation on Open Government Information (article 49: departments, governments)
and of the Organic Law of Local Governments (townships are governments; sub-district offices are their agencies).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from msgspec import Struct

Kind = Literal["government", "division", "street", "zone", "office", "department", "other"]
"""``division``: a place's bare name (云溪县), which stands for its government; ``street``: a sub-district office;
``zone``: the committee of a development zone; ``office``: the general office of a government; ``other``: unknown."""
Level = Literal["national", "province", "prefecture", "county", "township"]


class Body(Struct, frozen=True):
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


_GOVERNMENT = re.compile(r"(?:人民)?政府$|行政公署$|[盟区]行署$")
"""As in ``临河市人民政府``."""
_OFFICE = re.compile(r"政府办公[室厅]$|政府办$|[省市县区州旗]府办(?:公[室厅])?$")
"""As in ``县政府办公室``."""
_STREET = re.compile(r"[㐀-鿿]{2}街$|街道(?:办事处|办|党工委|综合.{0,8})?$|街道办事处.{0,8}$|街办$")
"""As in ``城西街道办事处``."""
_PARTY = re.compile(r"^中共|[省市县区州旗盟镇乡]委(?:[㐀-鿿]{1,10}(?:部|办公室|办))?$|人大|政协")
"""As in ``中共云溪县委宣传部``."""
_NEW_DISTRICT = re.compile(r"(?:浦东|滨海)新区$")  # districts with a government, named like zones
"""As in ``滨海新区``."""
_ZONE = re.compile(
    r"(?:开发|高新|新|保税|合作|示范|度假|风景|景|产业|工业|园|管理|试验|集聚|功能|先行)区(?:管理委员会|管委会|党工委.{0,4})?$"
    r"|(?<!监督)管理委员会$|管委会$"
)
"""As in ``高新区管委会``."""
_DEPARTMENT = re.compile(
    r"(?:局|厅|署|委员会|海关(?:关区)?|总队|支队|大队|研究室|参事室|(?:办公|信息中心|信访)室)$"
    r"|(?<![党工市县区省州旗纪镇乡])委$|[^街公]办$|(?:^|国|家|共和国|省|市|县|区)[^省市县区]{2,12}部$"
)
"""As in ``县水务局``."""
_DIVISION = re.compile(r"[㐀-鿿]{2,}(?:省|自治区|市|州|盟|地区|县|旗|(?<![关灌库片社校营辖牧])区|镇|乡)$")
"""As in ``青岩区``."""
_LEVELS: tuple[tuple[Level, re.Pattern[str]], ...] = (
    ("township", re.compile(r"(?:镇|乡|苏木)(?:人民)?(?:政府)?(?:办公室)?$|街道|街办")),
    ("county", re.compile(r"[县旗]|(?<!自治)(?<!地)区(?!域)|[^省]+市[^市区县]{1,6}市")),
    ("prefecture", re.compile(r"市|自治州|地区|盟")),
    ("province", re.compile(r"省|自治区|自治区")),
    ("national", re.compile(r"^(?:国家|国务院|中华人民共和国|中国)")),
)
"""As in ``云溪县岭下镇人民政府``, ``云溪县水务局``, ``青岩市水务局``, ``云岭省水利厅``, ``国家档案馆``."""


_REMARK = re.compile(r"[\s（(][^（()）]{0,40}[)）]$")
"""As in ``云溪县水务局（县河长办）``."""


@lru_cache(1024)
def classify(name: str) -> Body:
    """Kind and level of a body; ``name`` may hold white space and brackets.

    >>> classify("云溪县人民政府办公室")
    Body(kind='office', level='county')
    """
    name = _REMARK.sub("", "".join(name.split()))
    level = next((level for level, pattern in _LEVELS if pattern.search(name)), None)
    for kind, pattern in _KINDS:
        if pattern.search(name):
            return Body(kind, level)
    return Body("other", level)


# Whether two names are of one body

Likeness = Literal["same", "variant", "place", "other"]
"""``variant``: the same but for one character (a slip, or a misread scan); ``place``: the same kind of place under
another name; ``other``: neither can be told to be the other's full or short name."""

_PLACE = re.compile(
    r"[㐀-鿿]{1,8}?(?:自治区|自治州|自治县|自治旗|省|市(?!场|容|管|监|民|区|政(?!府))|州(?![市区县])|盟|县(?!域)|旗|区(?![域划块])"
    r"|镇(?!市)|乡(?![市县村土])|苏木|街道|街(?!道))"
)
"""As in ``云溪县``."""
_BARE = re.compile(r"(?:省|市(?![场容政])|县|区|州|旗|盟|镇|乡)(?=[㐀-鿿]{2})")
"""A place left unnamed, as in 县水务局: ``县水务``."""
_RANKS = {"镇": "township", "乡": "township", "道": "township", "街": "township", "木": "township"}
_RANKS |= {"县": "county", "旗": "county", "区": "county"}
_SUFFIX = re.compile(r"(?:人民政府|政府|办事处|管理委员会|管委会|委员会|分局|局|委|办公室|办公厅|厅|办|署)+$")
"""As in ``人民政府办公室``."""
_COMMON = re.compile(r"管理|监督|行政|事务|服务|工作|和|与|及")


def same_body(name: str, other: str) -> Likeness:
    """How the names of two bodies, without white space, stand to each other.

    >>> same_body("云溪县农业农村局", "县农业局")
    'same'
    """
    name, other = _short_government(name), _short_government(other)
    if name in other or other in name or _same_branch(name, other):
        return "same"
    if (branches := (_BRANCH.fullmatch(name), _BRANCH.fullmatch(other))) and all(branches):
        seats = [branch[3].rstrip("区县") for branch in branches if branch]
        if seats[0] not in seats[1] and seats[1] not in seats[0]:
            return "place"
    if name.endswith("海关") and other.endswith("海关"):  # named by its place alone
        return "variant" if _one_apart(name, other) else "place"
    places, others = _places(name), _places(other)
    if (apart := _apart(name, places, other, others)) is not None:
        return apart
    if _one_apart(name[-len(other) :], other) or _one_apart(name, other[-len(name) :]):
        return "variant"
    one, two = (_SUFFIX.sub("", each) for each in (name, other))
    stem, stem_other = (_stem(each, len("".join(at))) for each, at in ((one, places), (two, others)))
    if not stem_other:  # a place's own government: of a larger place, or of another town
        towns = [place for place in others if _RANKS.get(place[-1]) == "township"]
        return "place" if stem and towns and not _known(towns, name) else "same"
    if not stem:
        return "other"
    if _within(one, two) or _within(two, one):
        return "same"
    pairs = {stem[at : at + 2] for at in range(len(stem) - 1)}
    shared = any(stem_other[at : at + 2] in pairs for at in range(len(stem_other) - 1))
    return "same" if shared or _within(stem, stem_other) or _within(stem_other, stem) else "other"


_ITS_OFFICE = re.compile(r"(?<=[省市县区州旗镇乡])(?:政府|府)办(?:公[室厅])?$")
"""As in ``县政府办``."""


def _short_government(name: str) -> str:
    """A name with its government and that one's office as they are said for short: 县政府, 县政府办公室."""
    return _ITS_OFFICE.sub("政府办公室", name.replace("人民政府", "政府"))


_BRANCH = re.compile(r"([㐀-鿿]{2,10}?[省市州盟])?([㐀-鿿]{2,12}?)局([㐀-鿿]{2,10}?)(分局)")
"""As in ``石滩市公安局青岩分局``."""


def branch_name(name: str) -> str | None:
    """The other form of a branch's name, with the place before the matter; None where it is no branch.

    >>> branch_name("石滩市公安局高新区分局")
    '高新区公安分局'
    """
    match = _BRANCH.fullmatch(name)
    return f"{match[3]}{match[2]}分局" if match else None


def _same_branch(name: str, other: str) -> bool:
    """Whether both are one branch: 石滩市公安局青岩区分局 is 区公安分局, and 青岩公安分局."""
    forms = [[each, branch_name(each) or each] for each in (name, other)]
    return any(
        one.endswith("分局") and two.endswith("分局") and (_within(one, two) or _within(two, one))
        for one in forms[0][1:]
        for two in forms[1][1:]
    )


def _stem(name: str, at: int) -> str:
    """What a body is for: its name without the place and the words that many bodies have."""
    unnamed = _BARE.match(name) if at == 0 else None
    return _COMMON.sub("", name[unnamed.end() if unnamed else at :])


def region(name: str) -> str | None:
    """The largest place that a body's name begins with.

    >>> region("桐州市云溪县水务局")
    '桐州市'
    """
    return next(iter(_places(name)), None)


def governs_elsewhere(name: str, other: str) -> bool:
    """Whether two governments, or offices of governments, are of places that have nothing to do with each other by name.

    >>> governs_elsewhere("石滩市人民政府", "云溪县人民政府"), governs_elsewhere("云溪县政府", "石滩市云溪县人民政府")
    (True, False)
    """
    if any(not (body.governs or body.kind == "office") for body in (classify(name), classify(other))):
        return False
    ours, theirs = _places(name), _places(other)
    return bool(ours and theirs) and not _known(ours, other) and not _known(theirs, name)


def belongs(name: str, government: str) -> bool:
    """Whether a body is, by its name, one of a government's own: of the same place, or of a township of its county.

    >>> belongs("云溪县水务局", "桐州市云溪县人民政府"), belongs("云溪县望江镇人民政府", "云溪县人民政府")
    (True, True)
    """
    above = classify(government)
    place = _places(government)[-1:]
    if not above.governs or not place or place[0] not in (places := _places(name)):
        return False
    below = places[places.index(place[0]) + 1 :]
    if not below:
        return not classify(name).governs
    return above.level == "county" and [_RANKS.get(each[-1]) for each in below] == ["township"]


def _places(name: str) -> list[str]:
    """The places that a name begins with, from the largest."""
    found: list[str] = []
    at = 0
    while match := _PLACE.match(name, at):
        found.append(match.group())
        at = match.end()
    return found


def _apart(name: str, places: list[str], other: str, others: list[str]) -> Likeness | None:
    """Whether the names are of different places of one rank."""

    def of(rank: str, among: list[str]) -> list[str]:
        return [place for place in among if _RANKS.get(place[-1], place[-1]) == rank]

    for rank in dict.fromkeys(_RANKS.get(place[-1], place[-1]) for place in others):
        ours, theirs = of(rank, places), of(rank, others)
        if not ours or _known(theirs, name) or _known(ours, other):
            continue
        slips = any(_one_apart(mine, place) for mine in ours for place in theirs)
        return "variant" if slips else "place"
    return None


def _known(places: list[str], name: str) -> bool:
    """Whether a name holds one of the places, under its proper name alone too."""
    return any(place.rstrip("街道镇乡县区市旗") in name for place in places)


def _one_apart(one: str, two: str) -> bool:
    return len(one) == len(two) and sum(a != b for a, b in zip(one, two, strict=True)) == 1


def _within(short: str, long: str) -> bool:
    """Whether a name's characters stand in another's in the same order, as those of an abbreviation do."""
    rest = iter(long)
    return all(char in rest for char in short)


_KINDS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("other", _PARTY),
    ("division", _NEW_DISTRICT),
    ("office", _OFFICE),
    ("street", _STREET),
    ("government", _GOVERNMENT),
    ("zone", _ZONE),
    ("department", _DEPARTMENT),
    ("division", _DIVISION),
)
