"""Kind and level of bodies by name, and whether two names are of one body."""

from __future__ import annotations

import pytest

from govlint.agencies.names import classify, same_body

KINDS = [
    ("东陵省人民政府", "government", "province"),
    ("石滩市人民政府", "government", "prefecture"),
    ("云溪县人民政府", "government", "county"),
    ("云溪县柳林镇人民政府", "government", "township"),
    ("和平乡政府", "government", "township"),
    ("白草盟行政公署", "government", "prefecture"),
    ("云溪县人民政府（政府办公室）", "government", "county"),
    ("云溪县柳林镇", "division", "township"),
    ("云溪县", "division", "county"),
    ("白草自治州", "division", "prefecture"),
    ("上海市浦东新区", "division", "county"),
    ("雄安新区", "zone", "county"),
    ("临河市经济开发区管理委员会", "zone", "county"),
    ("云溪县人民政府办公室", "office", "county"),
    ("东陵省人民政府办公厅", "office", "province"),
    ("石滩市府办", "office", "prefecture"),
    ("青岩区望江街道办事处", "street", "township"),
    ("青岩区人民政府望江街道办事处", "street", "township"),
    ("前进街街道办", "street", "township"),
    ("荣安里街", "street", None),
    ("云溪县农业农村局", "department", "county"),
    ("云溪县国有资产监督管理委员会", "department", "county"),
    ("云溪县乡村振兴局", "department", "county"),
    ("石滩市公安局青岩分局", "department", "prefecture"),
    ("白草州公安局", "department", None),
    ("东陵省教育厅", "department", "province"),
    ("国家税务总局云溪县税务局", "department", "county"),
    ("石滩市人民政府地方志办公室", "department", "prefecture"),
    ("市卫健委", "department", "prefecture"),
    ("国家发展改革委", "department", "national"),
    ("石滩海关", "department", None),
    ("石滩海关关区", "department", "county"),
    ("云溪灌区", "other", "county"),
    ("望江社区", "other", "county"),
    ("中共云溪县委宣传部", "other", "county"),
    ("云溪县档案馆", "other", "county"),
    ("云溪县融媒体中心", "other", "county"),
]

LIKENESSES = [
    ("云溪县农业农村局", "县农业局", "same"),
    ("云溪县卫生健康委员会", "市卫健委", "same"),
    ("云溪县住房和城乡建设局", "县住建局", "same"),
    ("云溪县文化和旅游局", "云溪县文化广电新闻出版局", "same"),
    ("石滩市公安局青岩分局", "青岩公安分局", "same"),
    ("白草族自治县人民政府", "白草县人民政府", "same"),
    ("望江街道", "云溪县望江镇人民政府", "same"),
    ("临河市青岩区教育局", "临河市教育局", "same"),
    ("云溪县教育局", "云溪县人民政府", "same"),
    ("云溪县农业农村局", "云溪县水务局", "other"),
    ("云溪县城市管理局", "云溪县应急管理局", "other"),
    ("云溪县人民政府", "云溪县教育局", "other"),
    ("云溪县教育局", "南浦县教育局", "place"),
    ("云溪县柳林镇人民政府", "云溪县望江镇人民政府", "place"),
    ("云溪县教育局", "柳林镇人民政府", "place"),
    ("石滩海关", "北港海关", "place"),
    ("临河市青岩区人民政府办公室", "区政府办公室", "same"),
    ("云溪县人民政府办公室", "县政府办", "same"),
    ("云溪县人民政府办公室", "云溪县府办", "same"),
    ("云溪县人民政府", "县政府", "same"),
    ("云溪县人民政府办公室", "南浦县政府办公室", "place"),
    ("云溪县柳林镇人民政府", "望江镇政府", "place"),
    ("中华人民共和国石滩海关", "石滩海关", "same"),
    ("云溪县教育局", "云渓县教育局", "variant"),
    ("云溪县教育局", "云溪县敎育局", "variant"),
]


@pytest.mark.parametrize(("name", "kind", "level"), KINDS)
def test_kind_and_level(name: str, kind: str, level: str | None) -> None:
    body = classify(name)
    assert (body.kind, body.level) == (kind, level)


@pytest.mark.parametrize(("name", "other", "likeness"), LIKENESSES)
def test_likeness(name: str, other: str, likeness: str) -> None:
    assert same_body(name, other) == likeness
