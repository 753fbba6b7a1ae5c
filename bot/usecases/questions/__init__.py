"""The same question from many: one verb a file."""
