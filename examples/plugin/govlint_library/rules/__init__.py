"""Rules of the library’s own, one a file."""
