"""Templates of the library’s own: one grammar a file."""
