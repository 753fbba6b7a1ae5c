"""What needs no answer, as rows."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import Connection, bindparam, delete, select

from bot.domain.ids import ReplyId
from bot.domain.replies.handling import SetAside
from bot.storage.open_replies import dealt_with, open_again
from bot.storage.retention import ERASING
from bot.storage.statements import take_turn, upsert
from bot.storage.tables import replies, set_asides

_c, _r = set_asides.c, replies.c
_GONE = delete(set_asides).where(_c.reply_id.in_(bindparam("ids", expanding=True)))


class SqlSetAsides:
    """Keeps the promises of `ports.answer_storage.SetAsides`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, marks: Sequence[SetAside]) -> None:
        if not marks:
            return
        # Nobody erases meanwhile: else the reason would outlive the words.
        take_turn(self._connection, ERASING)
        ids = [mark.reply for mark in marks]
        wanted = select(_r.id, _r.account_id, _r.received_at).where(
            _r.id.in_(ids), _r.erased_at.is_(None)
        )
        found = {row.id: row for row in self._connection.execute(wanted)}
        rows = [
            {
                "reply_id": mark.reply,
                "account_id": found[mark.reply].account_id,
                "received_at": found[mark.reply].received_at,
                "by": mark.by,
                "at": mark.at,
                "reason": mark.reason,
            }
            for mark in marks
            if mark.reply in found
        ]
        if not rows:
            return
        insert = upsert(self._connection.dialect.name, set_asides).on_conflict_do_nothing()
        self._connection.execute(insert, rows)
        dealt_with(self._connection, ids)

    def remove(self, replies: Collection[ReplyId]) -> None:
        marked = list(self.of_replies(replies))
        if marked:
            take_turn(self._connection, ERASING)
            self._connection.execute(_GONE, {"ids": marked})
            open_again(self._connection, marked)

    def of_replies(self, replies: Collection[ReplyId]) -> Mapping[ReplyId, SetAside]:
        wanted = select(_c.reply_id, _c.by, _c.at, _c.reason).where(_c.reply_id.in_(replies))
        return {
            ReplyId(row.reply_id): SetAside(ReplyId(row.reply_id), row.by, row.at, row.reason)
            for row in self._connection.execute(wanted)
        }
