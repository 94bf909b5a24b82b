"""What a user did wrong, as opposed to what a document or govlint itself did."""

from __future__ import annotations


class UsageError(ValueError):
    """Wrong usage or configuration: exit status 2."""
