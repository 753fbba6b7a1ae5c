"""Channels, alerts and the outbox of notices, as rows."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from bot.domain.errors import NotFound
from bot.domain.notices.channel import MINUTE, PER_MINUTE, Notice, NoticeChannel
from bot.domain.notices.watching import Alert
from bot.storage.clock import DatabaseClock
from bot.storage.encoding import decode, encode
from bot.storage.statements import insert_new, take_turn, upsert
from bot.storage.tables import alerts, backup_tries, notice_channels, notices

_n, _ch = notices.c, notice_channels.c


class SqlNotices:
    """Keeps the promises of `ports.notices.Notices`."""

    def __init__(self, connection: Connection, clock: DatabaseClock) -> None:
        self._connection = connection
        self._clock = clock

    def add_channel(self, channel: NoticeChannel, sealed_secrets: str) -> None:
        values = {
            "id": channel.id,
            "name": channel.name,
            "body": encode(NoticeChannel, channel),
            "sealed_secrets": sealed_secrets,
        }
        taken = f"通知渠道“{channel.name}”已经存在"
        insert_new(self._connection, notice_channels, values, taken=taken)

    def save_channel(self, channel: NoticeChannel) -> None:
        save = update(notice_channels).where(_ch.id == channel.id)
        self._connection.execute(save.values(body=encode(NoticeChannel, channel)))

    def channels(self) -> Sequence[NoticeChannel]:
        bodies = self._connection.scalars(select(_ch.body).order_by(_ch.name))
        return [decode(NoticeChannel, body) for body in bodies]

    def channel(self, name: str) -> NoticeChannel:
        body = self._connection.scalar(select(_ch.body).where(_ch.name == name))
        if body is None:
            raise NotFound("通知渠道", name)
        return decode(NoticeChannel, body)

    def sealed_secrets(self, channel: str) -> str:
        sealed = self._connection.scalar(select(_ch.sealed_secrets).where(_ch.id == channel))
        if sealed is None:
            raise NotFound("通知渠道", channel)
        return str(sealed)

    def claim_alerts(self) -> Sequence[Alert]:
        take_turn(self._connection, "alerts")
        return [decode(Alert, body) for body in self._connection.scalars(select(alerts.c.body))]

    def replace_alerts(self, standing: Sequence[Alert]) -> None:
        self._connection.execute(delete(alerts))
        rows = [
            {"kind": a.condition.kind, "subject": a.condition.subject, "body": encode(Alert, a)}
            for a in standing
        ]
        if rows:
            self._connection.execute(insert(alerts), rows)

    def put(self, notice: Notice) -> bool:
        new = upsert(self._connection.dialect.name, notices).values(**_values(notice))
        stored = self._connection.execute(new.on_conflict_do_nothing().returning(_n.id)).first()
        return stored is not None

    def take_due(self, *, limit: int, seconds: float) -> Sequence[Notice]:
        take_turn(self._connection, "notices")
        now = self._clock.now(self._connection)
        due = select(_n.body).where(_n.next_at <= now).order_by(_n.next_at, _n.id).limit(limit)
        waiting = [decode(Notice, body) for body in self._connection.scalars(due)]
        taken = self._within_the_minute(waiting, now)
        for number, notice in enumerate(taken):
            lease = now + timedelta(seconds=seconds)
            taken[number] = replace(
                notice, tried_at=now, next_at=lease, attempts=notice.attempts + 1
            )
            self.save(taken[number])
        return taken

    def save(self, notice: Notice) -> None:
        save = update(notices).where(_n.id == notice.id)
        self._connection.execute(save.values(**_values(notice)))

    def recent(self, *, channel: str, limit: int = 100) -> Sequence[Notice]:
        newest = select(_n.body).where(_n.channel_id == channel).order_by(_n.id.desc())
        return [decode(Notice, body) for body in self._connection.scalars(newest.limit(limit))]

    def forget(self, *, before: datetime) -> None:
        over = (_n.made_at < before, _n.next_at.is_(None))
        self._connection.execute(delete(notices).where(*over))

    def last_backup(self) -> tuple[datetime, str] | None:
        newest = select(backup_tries.c.at, backup_tries.c.fault).order_by(backup_tries.c.at.desc())
        row = self._connection.execute(newest.limit(1)).first()
        return None if row is None else (row.at, row.fault)

    def note_backup(self, *, at: datetime, fault: str) -> None:
        self._connection.execute(insert(backup_tries).values(at=at, fault=fault))

    def _within_the_minute(self, waiting: Sequence[Notice], now: datetime) -> list[Notice]:
        lately = select(_n.channel_id, func.count()).where(_n.tried_at > now - MINUTE)
        counted = self._connection.execute(lately.group_by(_n.channel_id))
        tried: Counter[str] = Counter({row[0]: row[1] for row in counted})
        most = {channel.id: PER_MINUTE[channel.kind] for channel in self.channels()}
        taken: list[Notice] = []
        for notice in waiting:
            if tried[notice.channel] < most.get(notice.channel, 0):
                tried[notice.channel] += 1
                taken.append(notice)
        return taken


def _values(notice: Notice) -> dict[str, Any]:
    return {
        "id": notice.id,
        "channel_id": notice.channel,
        "key": notice.key,
        "next_at": notice.next_at,
        "tried_at": notice.tried_at,
        "attempts": notice.attempts,
        "made_at": notice.created_at,
        "body": encode(Notice, notice),
    }
