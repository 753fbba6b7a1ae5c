"""Reading what platforms tell of articles and accounts."""
