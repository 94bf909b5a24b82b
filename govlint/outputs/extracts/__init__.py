"""The formats of ``govlint extract``, one file each, found by listing this folder."""
