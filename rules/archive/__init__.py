"""A: the documents of an archive against each other."""
