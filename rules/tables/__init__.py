"""Rules of family T: the tables of a report."""
