"""An index of what releases say, filled from those that are stored; answers that are articles."""

import sqlalchemy as sa
from alembic import op

from bot.domain.releases.release import Release
from bot.storage.columns import ExactText, Id
from bot.storage.encoding import decode
from bot.storage.release_index import file_release

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_releases = sa.table(
    "releases",
    *map(sa.column, ("id", "version", "is_newest", "received_at", "body")),
)


def upgrade() -> None:
    """Create the tables, file every newest version in the order of their arrival."""
    op.create_table(
        "release_texts",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("release_id", Id(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("url", ExactText()),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["release_id", "version"],
            ["releases.id", "releases.version"],
            name="fk_release_texts_release_id_version",
        ),
        sa.PrimaryKeyConstraint("number", name="pk_release_texts"),
    )
    op.create_index("ix_release_texts_release_id", "release_texts", ["release_id"], unique=True)
    op.create_table(
        "release_terms",
        sa.Column("term", Id(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("term", "number", name="pk_release_terms"),
        sqlite_with_rowid=False,
    )
    op.add_column("replies", sa.Column("answer_card", ExactText()))
    _file_all()


def _file_all() -> None:
    connection = op.get_bind()
    c = _releases.c
    newest = sa.select(c.id, c.version).where(c.is_newest).order_by(c.received_at, c.id)
    for release, version in connection.execute(newest).all():
        this = sa.select(c.body).where(c.id == release, c.version == version)
        file_release(connection, decode(Release, connection.execute(this).scalar_one()))
