"""Watching what people speak of: one verb a file."""
