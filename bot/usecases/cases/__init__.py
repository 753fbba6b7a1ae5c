"""Handling what followers' words need done; one verb a file."""
