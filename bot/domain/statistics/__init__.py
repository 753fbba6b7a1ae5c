"""What platforms tell of articles and accounts: figures by day, and which to ask for now."""
