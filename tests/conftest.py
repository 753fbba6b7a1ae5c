"""Fixtures every test may ask for."""

from hypothesis import settings

from tests.databases import (
    empty_postgres_url,
    postgres_server,
    postgres_template,
    postgres_url,
    sqlite_template,
    sqlite_url,
)

__all__ = [
    "empty_postgres_url",
    "postgres_server",
    "postgres_template",
    "postgres_url",
    "sqlite_template",
    "sqlite_url",
]

# A busy machine is no finding: how long one example took says nothing here.
settings.register_profile("tongbu", deadline=None)
settings.load_profile("tongbu")
