"""The formats of ``govlint check``, one file each, found by listing this folder."""
