"""Rules of family C: prose against tables."""
