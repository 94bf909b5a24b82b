"""A Report in, what its words say out: lines, sentences, statements; knows no rule."""
