"""The simulated Weibo of one test with our adapter in front of it, and a callback address."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import httpx
import pytest

from bot.domain.accounts.account import AccountAccess, Mode, PlatformName
from bot.domain.ids import AccountId
from bot.domain.posts.draft import Article, DraftContent, Picture
from bot.domain.replies.reply import Answered, Incoming, LinkCard, ReplyKind
from bot.platforms.transport import open_client
from bot.platforms.weibo.adapter import WeiboAdapter
from bot.platforms.weibo.aftercare import WeiboAftercare
from bot.platforms.weibo.attachments import WeiboAttachments
from bot.platforms.weibo.callback import WeiboCallback
from bot.platforms.weibo.collector import WeiboCollector
from bot.platforms.weibo.correspondence import WeiboCorrespondent
from bot.platforms.weibo.menus import WeiboMenus
from bot.platforms.weibo.moderation import WeiboCommentDesk
from bot.ports.platform import StepOrder
from bot.sandbox.running import ControlClient, running_sandbox
from bot.sandbox.scenario import parse_scenario
from tests import factories
from tests.unit.platforms.weibo.stand import PNG, Ledger, Media, Tokens

TOKEN = "2.00SANDBOXtokenEXAMPLE0000000001"
SECRET = "inventedappsecret000000000000001"
UID = 1_900_000_001
LINK = "https://www.example.gov.cn/zc/2026/1120.html "
APP = {
    "app_key": "1000000001",
    "app_secret": SECRET,
    "safe_domains": ["www.example.gov.cn"],
    "article_enabled": True,
    "owner_uid": UID,
}


class SystemClock:
    """The time as it is: the sandbox's clock runs with it."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class Door:
    """A callback address on the loopback, served by `WeiboCallback`."""

    def __init__(self) -> None:
        self.heard: list[Incoming] = []
        self.access: AccountAccess | None = None
        self.card: LinkCard | None = None
        door = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self._say(door.callback.verify_url(self._query()).encode(), "text/plain")

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                incoming = door.callback.decode(self._query(), body)
                door.heard.append(incoming)
                is_message = incoming.kind is ReplyKind.MESSAGE
                words = f"收到：{incoming.text}"
                answer = Answered(words, "收到", door.card) if is_message else None
                self._say(*door.callback.encode_answer(incoming, answer, at=incoming.said_at))

            def _query(self) -> dict[str, str]:
                return dict(parse_qsl(urlsplit(self.path).query))

            def _say(self, body: bytes, media_type: str) -> None:
                self.send_response(200)
                self.send_header("Content-Type", media_type)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: Any) -> None:
                return

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/weibo"

    @property
    def callback(self) -> WeiboCallback:
        assert self.access is not None
        return WeiboCallback(self.access, SystemClock())


@pytest.fixture(scope="module")
def door() -> Iterator[Door]:
    """A callback address."""
    made = Door()
    thread = threading.Thread(target=made.server.serve_forever)
    thread.start()
    yield made
    made.server.shutdown()
    made.server.server_close()
    thread.join()


class Site:
    """One account on a running sandbox, with the adapter that serves it."""

    def __init__(self, weibo: ControlClient, http: httpx.Client) -> None:
        self.weibo = weibo
        supplies = (http, Tokens(), Ledger())
        self.adapter = WeiboAdapter(
            *supplies, Media(pic=PNG), SystemClock(), lambda sha: f"https://p.example.gov.cn/{sha}"
        )
        self.collector = WeiboCollector(*supplies, SystemClock())
        self.correspondent = WeiboCorrespondent(*supplies, SystemClock())
        self.comment_desk = WeiboCommentDesk(*supplies, SystemClock())
        self.attachments = WeiboAttachments(*supplies, SystemClock())
        self.menus = WeiboMenus(*supplies, SystemClock())
        self.aftercare = WeiboAftercare(*supplies, SystemClock())

    def access(self, mode: Mode = Mode.SHARE) -> AccountAccess:
        account = factories.account(
            id=AccountId("acc_weibo"),
            name="示例市发布",
            platform=PlatformName.WEIBO,
            mode=mode,
            quota_profile="load",
            api_base={"api": self.weibo.url},
            options={
                "uid": str(UID),
                "app_key": "1000000001",
                "rip": "203.0.113.10",
                "safe_domains": "www.example.gov.cn",
                "public_base": self.weibo.url,
                "long_text": "true",
            },
        )
        return AccountAccess(account, {"access_token": TOKEN, "app_secret": SECRET})

    def order(self, content: DraftContent, mode: Mode = Mode.SHARE, **evidence: str) -> StepOrder:
        return StepOrder(self.access(mode), "dlv_1", content, evidence, SystemClock().now())

    def perform(self, name: str, order: StepOrder, seconds: float = 5.0) -> Any:
        step = self.adapter.route(order.access.account).step(name)
        return self.adapter.perform(replace(step, timeout_seconds=seconds), order)

    def look_for(self, name: str, order: StepOrder) -> Any:
        return self.adapter.look_for(self.adapter.route(order.access.account).step(name), order)

    def drain(self, cursor: dict[str, str]) -> tuple[list[Incoming], dict[str, str]]:
        """Read the inbox until nothing more waits."""
        found: list[Incoming] = []
        while True:
            page = self.collector.read(self.access(), "inbox", cursor)
            found += page.incoming
            cursor = dict(page.cursor)
            if not page.more:
                return found, cursor

    def lines(self) -> list[dict[str, Any]]:
        """Every line of every private conversation."""
        talks = self.weibo.state()["accounts"]["fabu"]["conversations"]
        return [line for talk in talks for line in talk["lines"]]

    def posts(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.weibo.state()["accounts"]["fabu"]["posts"]
        return found


@pytest.fixture
def site(door: Door) -> Iterator[Site]:
    """A fresh Weibo and an account on it."""
    account = {
        "name": "fabu",
        "uid": UID,
        "screen_name": "示例市发布",
        "app_key": "1000000001",
        "long_text_allowed": True,
        "callback_url": door.url,
        "tokens": [{"value": TOKEN, "app_key": "1000000001"}],
    }
    script = {"weibo": {"apps": [APP], "accounts": [account], "quota_profile": "load"}}
    http = open_client()
    with running_sandbox(parse_scenario(script), platforms=["weibo"]) as sandbox, http:
        made = Site(sandbox.weibo, http)
        door.access, door.heard, door.card = made.access(), [], None
        yield made


def post(words: str = "《示例办法》政策解读来了") -> DraftContent:
    return DraftContent(text=f"{words}，全文见 {LINK}")


def article() -> DraftContent:
    picture = Picture("pic", "image/png", 10, 10)
    html = '<p>一、背景 100% & 其他</p><p><img src="tongbu-picture:pic"></p>'
    one = Article("一文读懂《示例办法》", html, "要点", cover=picture, pictures=(picture,))
    return DraftContent(articles=(one,), text="《示例办法》解读发布")
