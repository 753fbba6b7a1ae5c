"""How comments stand on their platform, as rows."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, select

from bot.domain.ids import AccountId, ReplyId
from bot.domain.replies.comment import CommentCount, CommentStanding
from bot.storage.statements import upsert
from bot.storage.tables import comment_counts, comment_standings, replies

_c, _r = comment_standings.c, replies.c
_STANDING = (_c.is_selected, _c.author_reply, _c.author_replied_at, _c.gone_at)


class SqlCommentStandings:
    """Keeps the promises of `ports.answer_storage.CommentStandings`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def save(self, standings: Sequence[CommentStanding]) -> None:
        for standing in standings:
            values = {
                "is_selected": standing.is_selected,
                "author_reply": standing.author_reply,
                "author_replied_at": standing.author_replied_at,
                "gone_at": standing.gone_at,
            }
            insert = upsert(self._connection.dialect.name, comment_standings)
            row = insert.values(reply_id=standing.reply, **values)
            self._connection.execute(
                row.on_conflict_do_update(index_elements=[_c.reply_id], set_=values)
            )

    def save_counts(self, counts: Sequence[CommentCount]) -> None:
        for count in counts:
            values = {"counted": count.counted, "counted_at": count.at}
            insert = upsert(self._connection.dialect.name, comment_counts)
            row = insert.values(post_id=count.post, **values)
            self._connection.execute(
                row.on_conflict_do_update(index_elements=[comment_counts.c.post_id], set_=values)
            )

    def of_replies(self, replies: Sequence[ReplyId]) -> Mapping[ReplyId, CommentStanding]:
        wanted = select(_c.reply_id, *_STANDING).where(_c.reply_id.in_(replies))
        rows = self._connection.execute(wanted)
        return {ReplyId(row.reply_id): _standing(row, row.reply_id) for row in rows}

    def by_keys(self, account: AccountId, keys: Sequence[str]) -> Mapping[str, CommentStanding]:
        wanted = (
            select(_r.id, _r.key, _c.reply_id, *_STANDING)
            .outerjoin_from(replies, comment_standings, _c.reply_id == _r.id)
            .where(_r.account_id == account, _r.key.in_(keys), _r.erased_at.is_(None))
        )
        rows = self._connection.execute(wanted)
        return {
            row.key: _standing(row, row.id) if row.reply_id else CommentStanding(ReplyId(row.id))
            for row in rows
        }


def _standing(row: Any, reply: str) -> CommentStanding:
    return CommentStanding(
        reply=ReplyId(reply),
        is_selected=row.is_selected,
        author_reply=row.author_reply,
        author_replied_at=row.author_replied_at,
        gone_at=row.gone_at,
    )
