"""Notices to single people, as rows."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, delete, func, insert, select, update

from bot.domain.notices.personal import PersonalNotice, Wishes
from bot.storage.clock import DatabaseClock
from bot.storage.encoding import decode, encode
from bot.storage.statements import take_turn, upsert
from bot.storage.tables import audit_records, notice_wishes, personal_notices, told_records

_n, _w = personal_notices.c, notice_wishes.c
_THE_ROW = 1


class SqlPersonalNotices:
    """Keeps the promises of `ports.personal_notices.PersonalNotices`."""

    def __init__(self, connection: Connection, clock: DatabaseClock) -> None:
        self._connection = connection
        self._clock = clock

    def put(self, notice: PersonalNotice) -> bool:
        values = {
            "id": notice.id,
            "login": notice.login,
            "key": notice.key,
            "at": notice.at,
            "read_at": notice.read_at,
            "body": encode(PersonalNotice, notice),
        }
        new = upsert(self._connection.dialect.name, personal_notices).values(**values)
        stored = self._connection.execute(new.on_conflict_do_nothing().returning(_n.id)).first()
        return stored is not None

    def of(self, login: str, *, limit: int = 100) -> Sequence[PersonalNotice]:
        newest = select(_n.body, _n.read_at).where(_n.login == login)
        ordered = newest.order_by(_n.at.desc(), _n.id.desc()).limit(limit)
        rows = self._connection.execute(ordered)
        return [replace(decode(PersonalNotice, row.body), read_at=row.read_at) for row in rows]

    def unread(self, login: str) -> int:
        mine = select(func.count()).where(_n.login == login, _n.read_at.is_(None))
        return self._connection.scalar(mine) or 0

    def mark_read(self, login: str, *, notice: str = "") -> None:
        mine = update(personal_notices).where(_n.login == login, _n.read_at.is_(None))
        if notice:
            mine = mine.where(_n.id == notice)
        self._connection.execute(mine.values(read_at=self._clock.now(self._connection)))

    def forget(self, *, before: datetime) -> None:
        self._connection.execute(delete(personal_notices).where(_n.at < before))

    def wishes(self, logins: Sequence[str]) -> Mapping[str, Wishes]:
        wanted = select(_w.login, _w.body).where(_w.login.in_(logins))
        rows = self._connection.execute(wanted)
        return {row.login: decode(Wishes, row.body) for row in rows}

    def save_wishes(self, wishes: Wishes) -> None:
        body = {"body": encode(Wishes, wishes)}
        new = upsert(self._connection.dialect.name, notice_wishes)
        kept = new.values(login=wishes.login, **body)
        self._connection.execute(kept.on_conflict_do_update(index_elements=["login"], set_=body))

    def claim_told(self) -> int:
        take_turn(self._connection, "told records")
        known = self._connection.scalar(select(told_records.c.sequence))
        if known is not None:
            return int(known)
        last = int(self._connection.scalar(select(func.max(audit_records.c.sequence))) or 0)
        self._connection.execute(insert(told_records).values(id=_THE_ROW, sequence=last))
        return last

    def note_told(self, sequence: int) -> None:
        self._connection.execute(update(told_records).values(sequence=sequence))
