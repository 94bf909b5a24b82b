"""Tests see what the code at hand gives, not what a run before has kept; those of the cache say otherwise."""

import os

os.environ["GOVLINT_NO_CACHE"] = "1"
