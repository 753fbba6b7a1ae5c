"""Watch from a process that outlives the worker: who is dead cannot say so."""

from collections.abc import Mapping
from datetime import datetime

import structlog

from bot.domain.errors import PlatformError
from bot.domain.notices.channel import Notice, NoticeChannel
from bot.domain.notices.condition import MANNERS, Condition, ConditionKind
from bot.domain.notices.watching import Alert, Message, watch
from bot.ports.clock import Clock
from bot.ports.storage import StorageUnavailable
from bot.ports.vault import SecretUnreadable
from bot.usecases.notices.look_out import look_out
from bot.usecases.notices.send_due import send_due
from bot.usecases.notices.tools import NoticeTools
from bot.usecases.publishing.readiness import DATABASE_AWAY

log = structlog.get_logger()

_GONE = Condition(ConditionKind.DATABASE_AWAY, "all", DATABASE_AWAY)


class Watch:
    """Looks, and sends what the worker would send. While the database is away it tells of that by
    what it remembers of the channels, since there is no outbox then; each process that watches
    tells once."""

    def __init__(self, tools: NoticeTools, clock: Clock) -> None:
        self._tools, self._clock = tools, clock
        self._channels: list[tuple[NoticeChannel, Mapping[str, str]]] = []
        self._alerts: tuple[Alert, ...] = ()

    def once(self) -> None:
        """One round. Never raises for what is outside of us."""
        try:
            self._remember_channels()
            look_out(self._tools)
            send_due(self._tools)
            self._tell([])
        except StorageUnavailable:
            self._tell([_GONE])
        except SecretUnreadable as error:
            log.warning("channel not readable", error=str(error))

    def _remember_channels(self) -> None:
        with self._tools.storage.begin() as uow:
            self._channels = [
                (channel, self._tools.vault.open(uow.notices.sealed_secrets(channel.id)))
                for channel in uow.notices.channels()
                if channel.carries(ConditionKind.DATABASE_AWAY)
            ]

    def _tell(self, conditions: list[Condition]) -> None:
        now = self._clock.now()
        watched = watch(conditions, self._alerts, now=now)
        self._alerts = watched.alerts
        for message in watched.messages:
            for channel, secrets in self._channels:
                self._send(message, channel, secrets, now)

    def _send(
        self, message: Message, channel: NoticeChannel, secrets: Mapping[str, str], now: datetime
    ) -> None:
        page = f"{self._tools.public_url}{MANNERS[message.kind].page}"
        notice = Notice(
            id=f"ntc_{message.key.replace(':', '_')}",
            channel=channel.id,
            key=message.key,
            kind=message.kind,
            title=message.title,
            text=message.text,
            page=page,
            created_at=now,
        )
        try:
            self._tools.senders[channel.kind].send(channel, secrets, notice)
        except PlatformError as error:
            log.warning("notice not sent", channel=channel.id, error=type(error).__name__)
