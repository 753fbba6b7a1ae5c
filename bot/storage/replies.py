"""Everything followers sent, and how far each stream was read."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from sqlalchemy import Connection, bindparam, select, update

from bot.domain.audit import keyed_hash
from bot.domain.errors import NotFound
from bot.domain.ids import AccountId, ReplyId
from bot.domain.replies.reply import Incoming, Reply
from bot.storage.encoding import decode, encode
from bot.storage.reply_index import file_pending
from bot.storage.reply_rows import incoming_of, reply_of, reply_values
from bot.storage.statements import Upsert, upsert
from bot.storage.tables import replies as reply_table
from bot.storage.tables import reply_cursors

_c = reply_table.c


_COUNT = (
    update(reply_table)
    .where(_c.account_id == bindparam("account"), _c.key == bindparam("given_key"))
    .values(times_received=_c.times_received + bindparam("times"))
    .returning(*_c)
)


@cache
def _add(dialect: str) -> Upsert:
    """Insert replies, passing over the ones that are here."""
    insert = upsert(dialect, reply_table)
    return insert.on_conflict_do_nothing(index_elements=[_c.account_id, _c.key])


class SqlReplies:
    """Keeps the promises of `ports.storage.Replies`; `key` hashes what tombstones keep."""

    def __init__(self, connection: Connection, *, key: bytes) -> None:
        self._connection = connection
        self._key = key

    def store(self, replies: Sequence[Reply]) -> Sequence[Reply]:
        if not replies:
            return []
        times = Counter(_identity(reply) for reply in replies)
        firsts = {_identity(reply): reply for reply in reversed(replies)}
        rows = [
            reply_values(firsts[identity]) | {"times_received": times[identity]}
            # In one order everywhere, so that two writers cannot wait for each other.
            for identity in sorted(firsts)
        ]
        new = {reply.id for reply in firsts.values()}
        if not self._add_all(rows):
            add = _add(self._connection.dialect.name).returning(_c.id)
            new = {row[0] for row in self._connection.execute(add, rows)}
        # Reading whole rows back costs as much as writing them: what was new is as it was given.
        stored = {
            identity: self._counted(identity, times[identity])
            if reply.id not in new
            else replace(reply, times_received=times[identity])
            for identity, reply in sorted(firsts.items())
        }
        return [stored[_identity(reply)] for reply in replies]

    def _add_all(self, rows: Sequence[Mapping[str, Any]]) -> bool:
        """Insert every row, or none when one is here already.

        Doubles are rare; asking the database which rows were new costs more than the rows.
        """
        add = _add(self._connection.dialect.name)
        with self._connection.begin_nested() as attempt:
            counting = {"preserve_rowcount": True}
            added = self._connection.execute(add, rows, execution_options=counting).rowcount
            if added != len(rows):
                attempt.rollback()
        return added == len(rows)

    def _counted(self, identity: tuple[str, str], times: int) -> Reply:
        """The reply that was here before, its doubles counted."""
        account, key = identity
        count = {"account": account, "given_key": key, "times": times}
        return reply_of(self._connection.execute(_COUNT, count).one())

    def get(self, reply: ReplyId) -> Reply:
        row = self._connection.execute(select(reply_table).where(_c.id == reply)).first()
        if row is None:
            raise NotFound("回复", reply)
        return reply_of(row)

    def some(self, replies: Collection[ReplyId]) -> Mapping[ReplyId, Reply]:
        rows = self._connection.execute(select(reply_table).where(_c.id.in_(replies)))
        return {ReplyId(row.id): reply_of(row) for row in rows}

    def unhandled_jobs(self, *, limit: int = 100) -> Sequence[Reply]:
        wanted = select(reply_table).where(_c.job_pending_since.is_not(None))
        ordered = wanted.order_by(_c.job_pending_since, _c.id).limit(limit)
        return [reply_of(row) for row in self._connection.execute(ordered)]

    def mark_applied(self, replies: Sequence[ReplyId]) -> None:
        if replies:
            mark = update(reply_table).where(_c.id.in_(replies)).values(job_pending_since=None)
            self._connection.execute(mark)

    def cursor(self, account: AccountId, stream: str) -> Mapping[str, str]:
        wanted = select(reply_cursors.c.cursor).where(
            reply_cursors.c.account_id == account, reply_cursors.c.stream == stream
        )
        stored = self._connection.scalar(wanted)
        return {} if stored is None else decode(dict[str, str], stored)

    def save_cursor(self, account: AccountId, stream: str, cursor: Mapping[str, str]) -> None:
        encoded = encode(dict[str, str], dict(cursor))
        insert = upsert(self._connection.dialect.name, reply_cursors).values(
            account_id=account, stream=stream, cursor=encoded
        )
        self._connection.execute(
            insert.on_conflict_do_update(
                index_elements=[reply_cursors.c.account_id, reply_cursors.c.stream],
                set_={"cursor": encoded},
            )
        )

    def known_keys(self, account: AccountId, keys: Sequence[str]) -> frozenset[str]:
        if not keys:
            return frozenset()
        names = {name: key for key in keys for name in (key, keyed_hash(self._key, account, key))}
        wanted = select(_c.key).where(_c.account_id == account, _c.key.in_(names))
        return frozenset(names[name] for name in self._connection.scalars(wanted))

    def recent(self, account: AccountId, *, limit: int = 100) -> Sequence[Incoming]:
        wanted = select(reply_table).where(_c.account_id == account)
        newest = wanted.order_by(_c.received_at.desc(), _c.id.desc()).limit(limit)
        return [incoming_of(row) for row in self._connection.execute(newest)]

    def file_pending(self, *, limit: int) -> int:
        return file_pending(self._connection, limit=limit)


def _identity(reply: Reply) -> tuple[str, str]:
    return reply.incoming.account, reply.incoming.key
