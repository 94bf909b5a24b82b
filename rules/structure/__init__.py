"""Rules of family S: the sections of a report."""
