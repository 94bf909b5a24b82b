"""H: a report against last year's of the same agency."""
