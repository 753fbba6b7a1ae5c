"""Releases entered by hand: what is handed in, its fields, its pictures."""
