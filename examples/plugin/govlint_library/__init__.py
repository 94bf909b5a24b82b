"""A govlint plugin for the yearly reports of a library."""
