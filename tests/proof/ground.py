"""What days of a proof share: one event loop, one network, simulated platforms with accounts."""

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx

from bot.domain.accounts.account import PlatformName
from bot.domain.accounts.budgets import BEIJING
from bot.ports.rendering import Rendered
from bot.sandbox.clock import Clock
from tests.fakes.media import FakeMediaStore
from tests.integration.publishing.routes import WAYS
from tests.proof.network import CallbackLine, Network
from tests.proof.platforms import Platform

ACCOUNTS = 40
"""So many days a simulated platform lasts before a fresh one takes its place."""
LASTS = timedelta(days=200)
MORNING = 10
CALLBACKS = "http://tongbu.example/callbacks"
TOKEN, AES_KEY = "InventedToken", "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C"
FIRST_DAY = datetime(2026, 11, 23, MORNING, tzinfo=BEIJING).astimezone(UTC)


@dataclass
class TrueTime:
    """The time that nobody's clock needs to show."""

    at: datetime = FIRST_DAY

    def now(self) -> datetime:
        return self.at

    def seconds(self) -> float:
        """The same in Unix seconds."""
        return self.at.timestamp()

    def pass_seconds(self, seconds: float) -> None:
        """Let time go by."""
        self.at += timedelta(seconds=max(0.0, seconds))

    def next_morning(self) -> None:
        """Ten o'clock of the next day in Beijing: every quota is fresh."""
        local = (self.at.astimezone(BEIJING) + timedelta(days=1)).replace(
            hour=MORNING, minute=0, second=0, microsecond=0
        )
        self.at = local.astimezone(UTC)


@dataclass
class Ground:
    """Open one a process: making platforms and clients anew for every day would cost most of it."""

    time: TrueTime = field(default_factory=TrueTime)
    loop: asyncio.AbstractEventLoop = field(default_factory=asyncio.new_event_loop)
    network: Network = field(default_factory=Network)
    line: CallbackLine = field(default_factory=CallbackLine)
    media: FakeMediaStore = field(default_factory=FakeMediaStore)
    drawn: dict[tuple[object, ...], Rendered] = field(default_factory=dict)
    """What a renderer made, by what it was given."""
    _platforms: dict[tuple[PlatformName, str], tuple[Platform, list[int]]] = field(
        default_factory=dict
    )

    def __post_init__(self) -> None:
        self.http = httpx.Client(transport=self.network, trust_env=False)
        self.clock = Clock(self.time.seconds)

    def accounts_on(
        self, name: PlatformName, switches: dict[str, Any], count: int
    ) -> tuple[Platform, list[int]]:
        """The numbers of so many fresh accounts, on one platform with these switches."""
        key = name, repr(switches)
        platform, free = self._platforms.get(key, (None, []))
        if platform is None or len(free) < count or self._is_old(platform):
            platform, free = self._opened(name, switches), list(range(1, ACCOUNTS + 1))
        self._platforms[key] = platform, free[count:]
        return platform, free[:count]

    def _is_old(self, platform: Platform) -> bool:
        """Tokens that were there at its beginning live a year, and every case takes a day."""
        return self.time.at - platform.opened_at > LASTS

    def close(self) -> None:
        """Give back what the system lent."""
        self.http.close()
        self.loop.close()

    def _opened(self, name: PlatformName, switches: dict[str, Any]) -> Platform:
        way = next(way for way in WAYS.values() if way.platform is name)
        table = way.scenario(ACCOUNTS)[name.value] | {"quota_profile": "documented"}
        for number, account in enumerate(table["accounts"], 1):
            account["callback_url"] = f"{CALLBACKS}/{name.value}/{name.value}_{number:02}"
            if name is PlatformName.WECHAT:
                account |= {"token": TOKEN, "aes_key": AES_KEY}
        table["switches"] = table.get("switches", {}) | switches
        return Platform(
            name,
            table,
            clock=self.clock,
            loop=self.loop,
            line=self.line,
            opened_at=self.time.at,
        )
