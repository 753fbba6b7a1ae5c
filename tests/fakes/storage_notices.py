"""In-memory channels, alerts and outbox."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.errors import Conflict, NotFound
from bot.domain.notices.channel import MINUTE, PER_MINUTE, Notice, NoticeChannel
from bot.domain.notices.watching import Alert
from bot.ports.clock import Clock
from tests.fakes.storage_state import State


class FakeNotices:
    """Keeps the promises of `ports.notices.Notices`."""

    def __init__(self, state: State, clock: Clock) -> None:
        self._state = state
        self._clock = clock

    def add_channel(self, channel: NoticeChannel, sealed_secrets: str) -> None:
        if any(known.name == channel.name for known in self.channels()):
            raise Conflict(f"通知渠道“{channel.name}”已经存在")
        self._state.notice_channels[channel.id] = channel
        self._state.secrets[channel.id] = sealed_secrets

    def save_channel(self, channel: NoticeChannel) -> None:
        self._state.notice_channels[channel.id] = channel

    def channels(self) -> Sequence[NoticeChannel]:
        return sorted(self._state.notice_channels.values(), key=lambda channel: channel.name)

    def channel(self, name: str) -> NoticeChannel:
        for channel in self.channels():
            if channel.name == name:
                return channel
        raise NotFound("通知渠道", name)

    def sealed_secrets(self, channel: str) -> str:
        return self._state.secrets[channel]

    def claim_alerts(self) -> Sequence[Alert]:
        return list(self._state.alerts.values())

    def replace_alerts(self, standing: Sequence[Alert]) -> None:
        self._state.alerts.clear()
        self._state.alerts.update({(a.condition.kind, a.condition.subject): a for a in standing})

    def put(self, notice: Notice) -> bool:
        known = {(n.channel, n.key) for n in self._state.notices.values()}
        if (notice.channel, notice.key) in known:
            return False
        self._state.notices[notice.id] = notice
        return True

    def take_due(self, *, limit: int, seconds: float) -> Sequence[Notice]:
        now = self._clock.now()
        every = self._state.notices.values()
        tried = Counter(n.channel for n in every if n.tried_at and n.tried_at > now - MINUTE)
        due = sorted((n.next_at, n.id) for n in every if n.next_at and n.next_at <= now)
        taken: list[Notice] = []
        for _, name in due[:limit]:
            notice = self._state.notices[name]
            channel = self._state.notice_channels.get(notice.channel)
            if channel is None or tried[channel.id] >= PER_MINUTE[channel.kind]:
                continue
            tried[channel.id] += 1
            again = now + timedelta(seconds=seconds)
            taken.append(replace(notice, tried_at=now, next_at=again, attempts=notice.attempts + 1))
            self._state.notices[name] = taken[-1]
        return taken

    def save(self, notice: Notice) -> None:
        self._state.notices[notice.id] = notice

    def recent(self, *, channel: str, limit: int = 100) -> Sequence[Notice]:
        own = [n for n in self._state.notices.values() if n.channel == channel]
        return sorted(own, key=lambda notice: notice.id, reverse=True)[:limit]

    def forget(self, *, before: datetime) -> None:
        for one in list(self._state.notices.values()):
            if one.created_at < before and one.next_at is None:
                del self._state.notices[one.id]

    def last_backup(self) -> tuple[datetime, str] | None:
        tries = self._state.backup_tries
        return (max(tries), tries[max(tries)]) if tries else None

    def note_backup(self, *, at: datetime, fault: str) -> None:
        self._state.backup_tries[at] = fault
