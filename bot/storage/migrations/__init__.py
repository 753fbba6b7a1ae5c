"""Alembic's environment and the schema's revisions, as package data."""
