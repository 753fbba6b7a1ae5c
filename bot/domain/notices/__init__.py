"""Notices: what staff are told of, by which channel, how often."""
