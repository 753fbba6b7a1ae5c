"""A crowd of scheduled posts, made by copying rows: one by one it would take minutes."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Table,
    Text,
    cast,
    insert,
    literal,
    select,
    text,
    true,
    union_all,
)

from bot.domain.publishing.delivery import DeliveryState
from bot.storage.database import Database
from bot.storage.tables import deliveries, posts, rollouts

_d = deliveries.c
_NAMED: Mapping[Table, tuple[ColumnElement[Any], frozenset[str]]] = {
    rollouts: (_d.rollout_id, frozenset({"id"})),
    posts: (_d.post_id, frozenset({"id", "rollout_id"})),
    deliveries: (_d.id, frozenset({"id", "post_id", "rollout_id"})),
}
"""By table, parents first: what a delivery knows its row by, and which columns name rows."""


def copy_waiting(database: Database, *, there: int, wanted: int) -> None:
    """Let there be `wanted` posts that wait for their time where there are `there`, and nothing
    else more."""
    if wanted == there:
        return
    numbers = range(1, wanted // there)
    endings = [cast(literal(f"_{wanted}_{number}"), Text) for number in numbers]
    copies = union_all(*[select(ending.label("ending")) for ending in endings]).subquery()
    with database._engine.begin() as connection:
        for table, (known_by, named) in _NAMED.items():
            waiting = select(known_by).where(_d.state == DeliveryState.WAITING)
            columns = [c.op("||")(copies.c.ending) if c.name in named else c for c in table.columns]
            crowd = select(*columns).select_from(table.join(copies, true()))
            source = crowd.where(table.c.id.in_(waiting))
            connection.execute(insert(table).from_select(list(table.columns.keys()), source))
        if connection.dialect.name == "postgresql":
            # As its autovacuum does within a minute; SQLite's planner never knows more.
            connection.execute(text("ANALYZE"))
