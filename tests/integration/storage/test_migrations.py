"""The schema that migrations build is the one the code means."""

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine

from bot.storage.engine import make_engine
from bot.storage.migrating import upgrade
from bot.storage.tables import METADATA


@pytest.fixture(
    params=[pytest.param("sqlite"), pytest.param("postgres", marks=pytest.mark.postgres)]
)
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Engine:
    """An engine on a database without tables."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 'empty.sqlite3'}"
    else:
        url = request.getfixturevalue("empty_postgres_url")
    return make_engine(url, busy_timeout_seconds=5, pool_size=2)


def test_migrations_from_empty_equal_the_tables(empty: Engine) -> None:
    """Nothing is missing in the revisions and nothing is left over; running again is harmless."""
    upgrade(empty)
    upgrade(empty)

    with empty.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True}
        )
        differences = compare_metadata(context, METADATA)
    empty.dispose()
    assert differences == []
