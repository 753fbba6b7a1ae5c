"""Planning, reviewing and scheduling posts."""
