"""Invented bodies of every level; their places do not exist."""

from __future__ import annotations

import random

from benchmarks.quality.model import Agency

_FIRST = "岚澄荻砚槐蓼桐霁栖芷"
_SECOND = "溪浦岭坪川湾岗泽原台"
_DEPARTMENTS = {
    "农业农村局": "我局",
    "教育局": "我局",
    "水务局": "本局",
    "市场监督管理局": "我局",
    "自然资源和规划局": "本局",
    "卫生健康委员会": "我委",
    "发展和改革委员会": "我委",
    "住房和城乡建设局": "本单位",
    "医疗保障局": "本机关",
}


def _place(draw: random.Random) -> str:
    return draw.choice(_FIRST) + draw.choice(_SECOND)


def draw_agency(draw: random.Random) -> Agency:
    """A county's or city's government, its office, a department, a town, a sub-district office."""
    county = draw.choice(
        [
            _place(draw) + "县",
            f"{_place(draw)}市{_place(draw)}区",
            _place(draw) + "市",
            f"{_place(draw)}市{_place(draw)}县",
        ]
    )
    seat = county[-1]
    name, we = draw.choice(list(_DEPARTMENTS.items()))
    kinds = [
        Agency(f"{county}人民政府", "government", draw.choice([f"全{seat}", f"我{seat}", f"{seat}政府"])),
        Agency(f"{county}人民政府办公室", "office", draw.choice(["本机关", f"{seat}政府办公室"])),
        Agency(county + name, "department", draw.choice([we, f"{seat}{name}"])),
        Agency(county + name, "department", we),
        Agency(f"{county}{_place(draw)}镇人民政府", "town", draw.choice(["我镇", "本镇", "镇政府"])),
        Agency(f"{county}{_place(draw)}乡人民政府", "town", "我乡"),
        Agency(f"{county}{_place(draw)}街道办事处", "street", draw.choice(["我街道", "街道办事处"])),
        Agency(f"{_place(draw)}省{draw.choice(['财政厅', '生态环境厅'])}", "department", "我厅"),
        Agency(f"国家税务总局{county}税务局", "department", "我局"),
        Agency(f"{_place(draw)}市公安局{_place(draw)}分局", "department", "分局"),
    ]
    return draw.choice(kinds)
