"""Notices: seeing what staff must know, and bringing it to them."""
