"""Settings files and options in, what is in force for a document out; knows no document."""
