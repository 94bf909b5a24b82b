"""Phrases looked for together: the same as looking for each."""

from hypothesis import given
from hypothesis import strategies as st

from govlint.text.phrases import Phrases

_FEW = st.text("政府信息公开\0\ufffea𠮷", min_size=1, max_size=3).filter(lambda said: said.isprintable())
_MANY = [chr(0x4E00 + at) + chr(0x4E00 + at * 7) for at in range(400)]
"""Of more characters than an alphabet has."""


def _basic(said: str) -> bool:
    return all(char < "\ufffe" for char in said)


@given(st.lists(_FEW.filter(_basic), unique=True), st.text("政府信息公开\0\ufffea𠮷\ud800"))
def test_those_that_stand_in_a_text(phrases: list[str], text: str) -> None:
    assert sorted(Phrases(phrases).within(text)) == sorted(each for each in phrases if each in text)


@given(st.lists(st.sampled_from(_MANY), max_size=4), st.sampled_from(["", "中", "\U00020000"]))
def test_of_more_characters_than_a_byte_tells(put: list[str], between: str) -> None:
    text = between.join(put)
    assert sorted(Phrases(_MANY).within(text)) == sorted(each for each in _MANY if each in text)
