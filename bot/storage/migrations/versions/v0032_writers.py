"""Everybody who wrote a part of a post is kept from reviewing it, not only the last one."""

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

_posts = sa.table("posts", sa.column("id"), sa.column("body"), sa.column("involved"))


def upgrade() -> None:
    """Say of every post that somebody wrote in who may take no step of its review."""
    connection = op.get_bind()
    edited = sa.select(_posts.c.id).where(_posts.c.body.like('%"hands":["%'))
    for post in connection.scalars(edited).all():
        body = connection.scalars(sa.select(_posts.c.body).where(_posts.c.id == post)).one()
        involved = json.dumps(_involved(json.loads(body)), ensure_ascii=False)
        own = sa.update(_posts).where(_posts.c.id == post)
        connection.execute(own.values(involved=involved.replace('", "', '","')))


def _involved(post: dict[str, Any]) -> list[str]:
    signed = post.get("signatures", [])
    people = {
        post.get("submitted_by") or "",
        *post["hands"],
        *(one["by"] for one in signed),
        *(one.get("on_behalf_of", "") for one in signed),
    }
    return sorted(people - {""})
