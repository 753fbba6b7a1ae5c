"""Bringing a database's schema up to date, one process at a time."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from bot.storage.statements import take_turn


def upgrade(engine: Engine) -> None:
    """Run every migration that the database has not seen, in one transaction.

    Raises:
        StorageUnavailable: the database is away or busy.
    """
    with engine.begin() as connection:
        take_turn(connection, "schema")
        command.upgrade(alembic_config(connection), "head")


def known_revisions() -> frozenset[str]:
    """Every schema revision this version of Tongbu can bring up to date."""
    scripts = ScriptDirectory.from_config(alembic_config())
    return frozenset(script.revision for script in scripts.walk_revisions())


def alembic_config(connection: Connection | None = None) -> Config:
    """Alembic's configuration over a connection; there is no ini file."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config
