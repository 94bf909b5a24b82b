"""The comparison form of text."""

from __future__ import annotations

from govlint.text.folding import fold


def test_a_character_is_folded_alike_whatever_stands_beside_it() -> None:
    others = "①塢\ue000"  # for which the whole table is gone through
    characters = [chr(code) for code in range(0x10000) if not 0xD800 <= code < 0xE000]
    assert fold("".join(characters) + others)[: len(characters)] == "".join(map(fold, characters))
    assert (fold("塢壩：“甲”"), fold("'｜⼰")) == ('坞坝:"甲"', '"|己')
