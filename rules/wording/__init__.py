"""Rules of family W: wording, punctuation and numerals."""
