"""PDF and pictures of pages in, Documents out, by a process that may fail; knows no template and no report."""
