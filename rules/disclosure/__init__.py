"""Rules of family D: what a report must speak of."""
