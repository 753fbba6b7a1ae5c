"""The inbox with up to a million replies: lists, searches, filing."""
