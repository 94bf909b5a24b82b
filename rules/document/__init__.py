"""Rules of family E: the document itself."""
