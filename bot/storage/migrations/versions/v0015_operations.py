"""Urgent deliveries, reasons of a stop, breakers, quiet periods, outages, the fast lane."""

import sqlalchemy as sa
from alembic import op

from bot.storage.columns import ExactText, Id, UtcTime

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns and create the tables."""
    urgent = sa.Column[bool]("urgent", sa.Boolean(), nullable=False, server_default=sa.false())
    op.add_column("deliveries", urgent)
    _index("ix_deliveries_urgent", "deliveries", "next_at", where="urgent")
    op.add_column("releases", sa.Column("emergency_since", UtcTime()))
    is_one = "emergency_since IS NOT NULL"
    _index("ix_releases_emergency_since", "releases", "emergency_since", where=is_one)
    op.add_column(
        "stops", sa.Column("reason", ExactText(), nullable=False, server_default=sa.text("''"))
    )
    op.create_table(
        "breakers",
        sa.Column("account_id", Id(), nullable=False),
        sa.Column("probe_at", UtcTime()),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_breakers_account_id"),
        sa.PrimaryKeyConstraint("account_id", name="pk_breakers"),
    )
    op.create_table(
        "quiet_periods",
        sa.Column("id", Id(), nullable=False),
        sa.Column("account_id", Id()),
        sa.Column("until", UtcTime(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name="fk_quiet_periods_account_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_quiet_periods"),
    )
    op.create_index("ix_quiet_periods_until", "quiet_periods", ["until"])
    _outages()


def _index(name: str, table: str, column: str, *, where: str) -> None:
    op.create_index(
        name, table, [column], sqlite_where=sa.text(where), postgresql_where=sa.text(where)
    )


def _outages() -> None:
    op.create_table(
        "ticks",
        sa.Column("name", Id(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_ticks"),
    )
    op.create_table(
        "outages",
        sa.Column("id", Id(), nullable=False),
        sa.Column("until", UtcTime(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_outages"),
    )
    op.create_index("ix_outages_until", "outages", ["until"])
    op.create_table(
        "outage_deliveries",
        sa.Column("outage_id", Id(), nullable=False),
        sa.Column("delivery_id", Id(), nullable=False),
        sa.Column("due_at", UtcTime(), nullable=False),
        sa.Column("was_sending", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["outage_id"], ["outages.id"], name="fk_outage_deliveries_outage_id"
        ),
        sa.ForeignKeyConstraint(
            ["delivery_id"], ["deliveries.id"], name="fk_outage_deliveries_delivery_id"
        ),
        sa.PrimaryKeyConstraint("outage_id", "delivery_id", name="pk_outage_deliveries"),
    )
