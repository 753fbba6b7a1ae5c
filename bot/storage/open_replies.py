"""A mark by which what waits is found without reading through all that does not.

`open_since` says when a reply was received while nobody is known to have dealt with it. It may
stand where somebody has, as under a comment that was answered on its platform; it never lacks
where nobody has. Whether a reply waits is decided by its answers, its case and what was set aside.
"""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, bindparam, exists, update

from bot.domain.replies.reply import Reply, ReplyKind
from bot.storage.tables import cases, replies

_c = replies.c
_DEALT_WITH = (
    update(replies)
    .where(_c.id.in_(bindparam("ids", expanding=True)), _c.open_since.is_not(None))
    .values(open_since=None)
)
_OPEN_AGAIN = (
    update(replies)
    .where(
        _c.id.in_(bindparam("ids", expanding=True)),
        *(_c.open_since.is_(None), _c.answer_rule.is_(None), _c.erased_at.is_(None)),
        _c.kind != ReplyKind.EVENT,
        ~exists().where(cases.c.reply_id == _c.id),
    )
    .values(open_since=_c.received_at)
)


def open_since(reply: Reply) -> datetime | None:
    """The mark of a reply that has just come."""
    is_settled = reply.answered is not None or reply.erased_at is not None
    return None if is_settled or reply.incoming.kind is ReplyKind.EVENT else reply.received_at


def dealt_with(connection: Connection, ids: Collection[str]) -> None:
    """Somebody answered these, took them up or set them aside."""
    connection.execute(_DEALT_WITH, {"ids": list(ids)})


def open_again(connection: Connection, ids: Collection[str]) -> None:
    """What was done about these came to nothing, or was taken back."""
    connection.execute(_OPEN_AGAIN, {"ids": list(ids)})
