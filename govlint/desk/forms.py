"""The buttons of a paper's page. Each is a form of its own, so that nothing needs a script."""

from __future__ import annotations

from govlint.document import Document
from govlint.fixing.fixes import acceptable
from govlint.outputs.page.markup import Child, Html, element
from govlint.outputs.page.numbering import Numbered
from govlint.outputs.parts.counts import say


class Forms:
    """The forms of one version of a paper; ``turn`` keeps a page that was left open from changing a later one."""

    def __init__(self, where: str, turn: int, lang: str, document: Document | None) -> None:
        self.where, self.turn, self.lang, self.document = where, turn, lang, document

    def accept(self, each: Numbered) -> Html | None:
        """What stands below a finding whose suggestion can be written into the file."""
        if not acceptable(each.finding, self.document):
            return None
        words = say("采用建议", "Accept", self.lang)
        told = say(f"{words}（第 {each.number} 条）", f"{words} (finding {each.number})", self.lang)
        return self.button("accept", words, label=told, number=each.number)

    def button(self, action: str, words: str, label: str | None = None, **fields: int) -> Html:
        """A form of one button."""
        hidden: Child = [
            element("input", type="hidden", name=name, value=value)
            for name, value in {"turn": self.turn, **fields}.items()
        ]
        press = element("button", words, type="submit", aria_label=label)
        return element(
            "form", hidden, press, method="post", action=f"{self.where}/{action}", class_=f"do {action}"
        )
