"""Rules of family P: publication."""
