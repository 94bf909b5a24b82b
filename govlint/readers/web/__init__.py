"""Web pages and saved pages in, Documents out; knows no template and no report."""
