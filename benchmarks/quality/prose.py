"""The prose of a report, in the ways in which offices lay it out."""

from __future__ import annotations

import random
from collections.abc import Callable

from benchmarks.quality import sentences as say
from benchmarks.quality.model import Agency, Edition, Paragraph, paragraph
from benchmarks.quality.sentences import Facts, Pool

ASPECTS = {
    "proactive": ("主动公开", "政府信息主动公开"),
    "requests": ("依申请公开", "政府信息依申请公开"),
    "management": ("政府信息管理", "政府信息管理"),
    "platform": ("平台建设", "政府信息公开平台建设"),
    "supervision": ("监督保障", "监督保障"),
}
_NUMERALS = "一二三四五六七八九"


class Writer:
    """Draws sentences that hold for one report and fills them in."""

    def __init__(self, draw: random.Random, agency: Agency, edition: Edition, facts: Facts) -> None:
        self.draw, self.agency, self.edition, self.facts = draw, agency, edition, facts

    def pick(self, pool: Pool, count: int = 1) -> str:
        """So many sentences of the pool, as one template; fewer where not so many hold."""
        holding = [text for text, when in pool if when(self.facts)]
        return "".join(self.draw.sample(holding, min(count, len(holding))))

    def make(self, template: str, topic: str = "") -> Paragraph:
        return paragraph(template, self.facts, topic)

    def preamble(self) -> list[Paragraph]:
        text = self.pick(say.PREAMBLE)
        return [self.make(text, "preamble")] if text else []

    def aspects(self) -> dict[str, str]:
        """What is said of each aspect, as templates."""
        documents = self.draw.random() < 0.5 and self.edition == "ogi-2021"
        requests = self.pick(say.REQUESTS) if self.draw.random() < 0.85 else ""
        reviews = self.pick(say.REVIEWS) if self.draw.random() < 0.4 else ""
        plain = self.pick(say.REQUESTS_PLAIN) if self.draw.random() < 0.6 or not requests + reviews else ""
        supervision = self.pick(say.SUPERVISION, self.draw.randint(1, 2))
        return {
            "proactive": self.pick(say.PROACTIVE, 2) + (self.pick(say.DOCUMENTS) if documents else ""),
            "requests": requests + plain + reviews,
            "management": self.pick(say.MANAGEMENT, self.draw.randint(1, 2)),
            "platform": self.pick(say.PLATFORM, self.draw.randint(1, 2)),
            "supervision": supervision + (self.pick(say.GOVERNMENT) if self.agency.is_government else ""),
        }

    def overview(self) -> list[Paragraph]:
        """The first section: an opening, then the aspects in one of several styles."""
        opening = self.pick(say.OPENING)
        blocks = [self.make(opening, "opening")] if opening else []
        return blocks + self.draw.choice(STYLES)(self, self.aspects())

    def problems(self) -> list[Paragraph]:
        problems, improvements = self.pick(say.PROBLEMS), self.pick(say.IMPROVEMENTS)
        first, second, apart = self.draw.choice(
            [
                ("存在的主要问题：", "改进措施：", False),
                ("（一）存在的主要问题", "（二）改进情况", True),
                ("{year}年的工作还有一些不足：", "下一步，{we}将采取以下措施改进：", False),
                ("1.主要问题。", "2.改进情况。", False),
            ]
        )
        made: list[Paragraph] = []
        for head, text, topic in ((first, problems, "problems"), (second, improvements, "improvements")):
            parts = [head, text] if apart else [head + text]
            made += [self.make(part, topic) for part in parts]
        return made

    def other(self) -> list[Paragraph]:
        fee = self.make(self.pick(say.FEES), "fee")
        more = [self.make(self.pick(say.OTHERS), "more")] if self.draw.random() < 0.6 else []
        return [fee, *more]


Style = Callable[[Writer, dict[str, str]], list[Paragraph]]


def _headed(mark: Callable[[int], str], end: str, apart: bool, long: int) -> Style:
    """Each aspect under its name: before the text, or on a line of its own."""

    def style(writer: Writer, aspects: dict[str, str]) -> list[Paragraph]:
        made: list[Paragraph] = []
        for number, (key, text) in enumerate(aspects.items()):
            head = mark(number) + ASPECTS[key][long] + end
            made += [writer.make(part, key) for part in ([head, text] if apart else [head + text])]
        return made

    return style


def _flowing(writer: Writer, aspects: dict[str, str]) -> list[Paragraph]:
    """One paragraph; the aspects are named in passing."""
    names = {key: name for key, (name, _) in ASPECTS.items()}
    return [writer.make(f"在{names[key]}方面，{text}", key) for key, text in aspects.items()]


def _counted(writer: Writer, aspects: dict[str, str]) -> list[Paragraph]:
    """一是…二是…, a paragraph each."""
    ways = {
        "proactive": "抓好主动公开。",
        "requests": "做好依申请公开。",
        "management": "加强政府信息管理。",
        "platform": "推进公开平台建设。",
        "supervision": "强化监督保障。",
    }
    return [
        writer.make(f"{_NUMERALS[n]}是{ways[key]}{text}", key)
        for n, (key, text) in enumerate(aspects.items())
    ]


STYLES: list[Style] = [
    _headed(lambda n: f"（{_NUMERALS[n]}）", "情况。", False, 0),
    _headed(lambda n: f"（{_NUMERALS[n]}）", "情况", True, 1),
    _headed(lambda n: f"（{_NUMERALS[n]}）", "方面", True, 0),
    _headed(lambda n: f"{n + 1}.", "。", False, 0),
    _headed(lambda n: f"{n + 1}、", "情况：", False, 1),
    _headed(lambda n: "", "情况：", False, 0),
    _flowing,
    _counted,
]
