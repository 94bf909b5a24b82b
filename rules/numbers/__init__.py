"""Rules of family N: the identities between figures."""
