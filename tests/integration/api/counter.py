"""The API on a SQLite database of its own, with a token and a few things to read."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx
from fastapi import FastAPI

from bot.api.app import create_app
from bot.api.tools import ApiTools
from bot.domain.permissions import SYSTEM
from bot.domain.releases.source import Source
from bot.ports.fetching import Fetched, FetchRefused
from bot.reading.reader import Reader
from bot.storage.database import Database
from bot.system import SortableIds
from bot.usecases.people.api_tokens import issue_token
from bot.vault.secrets import FernetVault
from tests import factories
from tests.fakes.clock import StillClock
from tests.fakes.doorbell import RecordingDoorbell
from tests.fakes.media import FakeMediaStore

LARGEST = 20_000


class NoFetcher:
    """Nothing is fetched here."""

    def fetch(
        self, url: str, *, max_bytes: int, etag: str = "", last_modified: str = ""
    ) -> Fetched:
        raise FetchRefused(url)


@dataclass(frozen=True)
class Client:
    """Speaks to the application without a socket; what it raises, the test sees."""

    app: FastAPI
    headers: dict[str, str] = field(default_factory=dict)

    def get(self, path: str, **asked: Any) -> httpx.Response:
        return self._ask("GET", path, **asked)

    def post(self, path: str, **asked: Any) -> httpx.Response:
        return self._ask("POST", path, **asked)

    def _ask(self, method: str, path: str, **asked: Any) -> httpx.Response:
        async def ask() -> httpx.Response:
            transport = httpx.ASGITransport(self.app)
            async with httpx.AsyncClient(
                transport=transport, base_url="http://test", headers=self.headers
            ) as client:
                return await client.request(method, path, **asked)

        return asyncio.run(ask())


@dataclass(frozen=True)
class Counter:
    """The application, a client that carries the token, and what is behind them."""

    app: FastAPI
    client: Client
    storage: Database
    doorbell: RecordingDoorbell
    secret: str


@contextmanager
def open_counter(url: str, *, source: Source | None = None) -> Iterator[Counter]:
    """A counter on the migrated database at `url`."""
    clock, ids, doorbell = StillClock(), SortableIds(), RecordingDoorbell()
    storage = Database(url, audit_key=b"key", vault=FernetVault("k" * 32), clock=clock)
    made, media = source or factories.source(), FakeMediaStore()
    with storage.begin() as uow:
        uow.sources.add(made)
        uow.commit()
    _, secret = issue_token("site", made.id, actor=SYSTEM, storage=storage, ids=ids)
    tools = ApiTools(
        storage=storage,
        overview=storage.overview(),
        reader=Reader(NoFetcher(), media),
        media=media,
        ids=ids,
        doorbell=doorbell,
        clock=clock,
        public_url="https://tongbu.example",
        largest_body=LARGEST,
    )
    app = create_app(tools)
    client = Client(app, {"Authorization": f"Bearer {secret}"})
    try:
        yield Counter(app, client, storage, doorbell, secret)
    finally:
        storage.dispose()


def fill(storage: Database) -> None:
    """A release with a post on its way, and a follower's message."""
    with storage.begin() as uow:
        uow.releases.add(factories.release())
        uow.accounts.add(factories.account(), "sealed")
        uow.posts.add_rollout(factories.rollout())
        uow.posts.add(factories.post())
        uow.deliveries.add(factories.delivery())
        uow.replies.store([factories.reply()])
        uow.commit()
