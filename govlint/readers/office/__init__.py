"""Office packages (Word, Excel, OpenDocument, old formats) in, Documents out; knows no template and no report."""
