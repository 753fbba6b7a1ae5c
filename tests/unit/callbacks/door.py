"""The callback door as a platform finds it: real decoding, a storage that can be away."""

import asyncio
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Protocol

import httpx
from anyio.from_thread import BlockingPortal, start_blocking_portal
from starlette.applications import Starlette

from bot.callbacks.answering import Answering
from bot.callbacks.app import create_app
from bot.callbacks.directory import Directory
from bot.callbacks.door import CallbackDesk
from bot.callbacks.grouping import GroupWriter
from bot.domain.accounts.account import PlatformName
from bot.domain.replies.answering import AnswerRule, Match
from bot.domain.replies.reply import Incoming
from bot.platforms.wechat.callback import WechatCallback
from bot.platforms.wechat.crypto import Envelope, signature_of
from bot.ports.case_overview import CaseLookUp
from bot.ports.clock import Clock
from bot.ports.searching import ReleaseSearch
from bot.ports.storage import Storage, StorageUnavailable, UnitOfWork
from bot.system import SortableIds
from bot.usecases.cases.look_up_receipt import ReceiptDesk
from tests import factories as make
from tests.fakes.clock import StillClock
from tests.fakes.vault import OpenVault
from tests.fakes.wrapped import WrappedUnitOfWork

TOKEN, APP_ID = "InventedToken", "wx0000000000000001"
KEY = "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C"
NOW = int(StillClock().now().timestamp())
FAN, HOUSE = "oEXAMPLEopenid00000000000001", "gh_0123456789ab"
PATH = "/callbacks/wechat/acc_1"
URL = f"http://door{PATH}"
PUBLIC = "https://open.yunling.example"
ANSWER = "补贴办法见政策原文，咨询电话 0000-1234567"
Push = tuple[dict[str, str], bytes]


class SearchableStorage(Storage, Protocol):
    """What the fake and the database offer to the door."""

    def searching(self) -> ReleaseSearch: ...
    def receipts(self) -> CaseLookUp: ...


class WatchedStorage:
    """A storage that counts commits, can be away, and cannot store the reply `refused_key`."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self.commits = 0
        self.is_away = False
        self.refused_key = ""
        self.before_commit: Callable[[], None] = lambda: None

    def begin(self) -> UnitOfWork:
        if self.is_away:
            raise StorageUnavailable("the disk is gone")
        return _Watched(self, self._storage.begin())  # type: ignore[return-value]


class _Watched(WrappedUnitOfWork):
    def __init__(self, watched: WatchedStorage, uow: UnitOfWork) -> None:
        super().__init__(uow)
        self._watched = watched

    def commit(self) -> None:
        self._watched.before_commit()
        refused = self._watched.refused_key
        if refused and self._uow.replies.known_keys(make.account().id, [refused]):
            raise ValueError("a character no database stores")
        self._uow.commit()
        self._watched.commits += 1


class Door:
    """One account behind the door, with a rule that answers 补贴."""

    def __init__(
        self,
        storage: SearchableStorage,
        *,
        give_up_seconds: float = 3.0,
        search: ReleaseSearch | None = None,
        look_up_seconds: float = 3.0,
        secrets: Mapping[str, str] | None = None,
        clock: Clock | None = None,
    ) -> None:
        clock = clock or StillClock()
        self.storage = WatchedStorage(storage)
        with storage.begin() as uow:
            account = make.account(options={"app_id": APP_ID})
            kept = {"token": TOKEN, "aes_key": KEY} if secrets is None else secrets
            uow.accounts.add(account, OpenVault().seal(kept))
            uow.rules.replace_answer_rules([AnswerRule("补贴", Match.CONTAINS, ("补贴",), ANSWER)])
            uow.commit()
        channels = {PlatformName.WECHAT: partial(WechatCallback, clock=clock)}
        self.desk = CallbackDesk(
            directory=Directory(self.storage, OpenVault(), channels),
            answering=Answering(
                search or storage.searching(),
                ReceiptDesk(storage.receipts(), clock),
                more_url=lambda words: f"{PUBLIC}/gongkai?q={words}",
                seconds=look_up_seconds,
            ),
            writer=GroupWriter(self.storage, give_up_seconds=give_up_seconds),
            clock=clock,
            ids=SortableIds(),
        )
        self.app = create_app(self.desk)

    @contextmanager
    def opened(self) -> Iterator["Caller"]:
        """The platform in front of the open door."""
        with (
            start_blocking_portal() as portal,
            portal.wrap_async_context_manager(self.app.router.lifespan_context(self.app)),
        ):
            yield Caller(self.app, portal)

    def rows(self) -> Sequence[Incoming]:
        """What is stored, newest first."""
        with self.storage.begin() as uow:
            return uow.replies.recent(make.account().id, limit=1000)


class Caller:
    """Asks the door over ASGI, one request after the other or many at once."""

    def __init__(self, app: Starlette, portal: BlockingPortal) -> None:
        self._app, self._portal = app, portal

    def get(self, query: Mapping[str, str]) -> httpx.Response:
        """The platform verifies the address."""
        return self._portal.call(self._ask, httpx.Request("GET", URL, params=query))

    def push(self, push: Push, *, path: str = PATH) -> httpx.Response:
        """One push."""
        return self._portal.call(self._ask, _request(push, path))

    def push_together(self, pushes: Sequence[Push]) -> list[httpx.Response]:
        """All at once, as on the evening of a release."""
        return self._portal.call(self._ask_all, [_request(push, PATH) for push in pushes])

    async def _ask(self, request: httpx.Request) -> httpx.Response:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(self._app)) as client:
            return await client.send(request)

    async def _ask_all(self, requests: Sequence[httpx.Request]) -> list[httpx.Response]:
        return await asyncio.gather(*(self._ask(request) for request in requests))


def _request(push: Push, path: str) -> httpx.Request:
    query, body = push
    return httpx.Request("POST", f"http://door{path}", params=query, content=body)


def text_push(
    words: str = "请问补贴怎么申请？", number: int = 1, *, sent: int = NOW, token: str = TOKEN
) -> Push:
    """A follower's text, encrypted and signed."""
    message = (
        f"<xml><ToUserName><![CDATA[{HOUSE}]]></ToUserName>"
        f"<FromUserName><![CDATA[{FAN}]]></FromUserName><CreateTime>{NOW}</CreateTime>"
        f"<MsgType><![CDATA[text]]></MsgType><Content><![CDATA[{words}]]></Content>"
        f"<MsgId>{number}</MsgId></xml>"
    )
    return sealed(message, sent=sent, token=token)


def plain(message: str) -> Push:
    """A message as it goes where encryption is off."""
    at = str(NOW)
    query = {"timestamp": at, "nonce": "n", "signature": signature_of(TOKEN, at, "n")}
    return query, message.encode()


def compatible(message: str) -> Push:
    """The same message in clear and in its envelope, as in the console's compatible mode."""
    query, envelope = sealed(message)
    start, end = envelope.index(b"<Encrypt>"), envelope.index(b"</xml>")
    body = message.encode().removesuffix(b"</xml>")
    return query, body + envelope[start:end] + b"</xml>"


def sealed(message: str, *, sent: int = NOW, token: str = TOKEN) -> Push:
    """Any message in WeChat's envelope, as the platform sends it."""
    encrypted, at = Envelope(APP_ID, [KEY]).seal(message.encode()), str(sent)
    query = {
        "timestamp": at,
        "nonce": "n",
        "signature": signature_of(token, at, "n"),
        "msg_signature": signature_of(token, at, "n", encrypted),
        "encrypt_type": "aes",
    }
    body = f"<xml><ToUserName>{HOUSE}</ToUserName><Encrypt><![CDATA[{encrypted}]]></Encrypt></xml>"
    return query, body.encode()


def opened_answer(body: bytes) -> str:
    """What the platform reads in our encrypted answer."""
    start, end = body.index(b"<Encrypt><![CDATA[") + 18, body.index(b"]]></Encrypt>")
    return Envelope(APP_ID, [KEY]).open(body[start:end].decode()).decode()
