"""Characters in, comparison forms, encodings, numerals and stretches out; knows no report and no template."""
