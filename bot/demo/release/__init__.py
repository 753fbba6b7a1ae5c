"""The demonstration's content: an invented policy release, its followers and answer rules."""
