"""Names of bodies in, their kind, level, superior and deadlines out; knows no report."""
