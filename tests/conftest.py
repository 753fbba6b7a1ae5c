"""Fixtures every test may ask for."""

from collections.abc import Iterator

import pytest
from hypothesis import settings
from jinja2 import Environment

from tests.databases import (
    empty_postgres_url,
    postgres_server,
    postgres_template,
    postgres_url,
    sqlite_template,
    sqlite_url,
)
from tests.hurrying import CompiledTemplates, keep_compiled_code, keep_folders_in_memory

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

keep_folders_in_memory()
keep_compiled_code()


@pytest.fixture(scope="session", autouse=True)
def templates_compiled_once() -> Iterator[None]:
    """Every test draws with an environment of its own; the templates are the same."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Environment, "__init__", CompiledTemplates().given_to(Environment.__init__))
        yield
