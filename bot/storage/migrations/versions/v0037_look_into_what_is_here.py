"""Attachments that came before anybody looked into them are looked into."""

import json
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

from bot.storage.columns import UtcTime

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None

_releases = sa.table(
    "releases", sa.column("id"), sa.column("body"), sa.column("is_newest", sa.Boolean())
)
_inspections = sa.table("inspections", sa.column("sha256"))
_waits = sa.table(
    "inspection_waits",
    sa.column("sha256"),
    sa.column("release_id"),
    sa.column("asked_at", UtcTime()),
)


def upgrade() -> None:
    """Let the newest version of every release wait for the files that are kept with us."""
    connection = op.get_bind()
    named = _releases.c.body.like('%"attachments":[{%')
    wanted = sa.select(_releases.c.id, _releases.c.body).where(_releases.c.is_newest, named)
    now = datetime.now(UTC)
    rows = [
        {"sha256": sha256, "release_id": release.id, "asked_at": now}
        for release in connection.execute(wanted).all()
        for sha256 in _kept(json.loads(release.body))
    ]
    known = set(connection.scalars(sa.select(_inspections.c.sha256)))
    asked = {(row.sha256, row.release_id) for row in connection.execute(sa.select(_waits))}
    new = [
        row
        for row in rows
        if row["sha256"] not in known and (row["sha256"], row["release_id"]) not in asked
    ]
    if new:
        connection.execute(sa.insert(_waits), new)


def _kept(release: dict[str, Any]) -> set[str]:
    attachments = release["content"]["attachments"]
    return {one["sha256"] for one in attachments if one.get("sha256") and not one["url"]}
