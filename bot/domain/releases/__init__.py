"""Releases and interpretations: documents, identity, states."""
