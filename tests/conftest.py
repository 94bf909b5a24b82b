"""Tests see what the code at hand gives, not what a run before has kept; those of the cache say otherwise."""

import os
from collections.abc import Iterator
from typing import Any

import pytest

os.environ["GOVLINT_NO_CACHE"] = "1"


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from making.browser import chromium

    with chromium() as opened:
        yield opened


@pytest.fixture
def said() -> list[str]:
    """What a page asked of others, or complained of."""
    return []
