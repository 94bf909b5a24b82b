"""A Document and settings in, a Result out: which template, which rules, what is set aside; knows no output."""
