"""What several formats share: records, places, excerpts, parts of tables."""
