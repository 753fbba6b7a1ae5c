"""The simulated WeChat of one test with our adapter in front of it, and one post on its way."""

import io
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from PIL import Image

from bot.domain.accounts.account import AccountAccess, Mode
from bot.domain.accounts.budgets import BEIJING
from bot.domain.posts.draft import Article, ArticleForm, CoverShape, Crop, DraftContent, Picture
from bot.domain.publishing.journal import Outcome
from bot.domain.replies.reply import Answered, Incoming
from bot.platforms.transport import open_client
from bot.platforms.wechat.adapter import WechatAdapter
from bot.platforms.wechat.attachments import WechatAttachments
from bot.platforms.wechat.callback import WechatCallback
from bot.platforms.wechat.collector import WechatCollector
from bot.platforms.wechat.correspondence import WechatCorrespondent
from bot.platforms.wechat.moderation import WechatCommentDesk
from bot.ports.platform import StepOrder, StepResult
from bot.sandbox.faults import Fault, FaultKind
from bot.sandbox.running import ControlClient, running_sandbox
from bot.sandbox.scenario import parse_scenario
from tests import factories
from tests.fakes.media import FakeMediaStore
from tests.fakes.storage import FakeStorage
from tests.fakes.uploads import FakeUploadCache

NAME = "city"
APP_ID = "wx0000000000000007"
SECRETS = {
    "app_secret": "invented-secret-7",
    "token": "InventedToken7",
    "aes_key": "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C",
}
FAN = "oFollower00000000000000000007"
SOURCE = "https://www.yunling.example/zhengce/7.html"
FIRST_HOURS = 2
QUICK = {"publish_seconds": 0.0, "mass_seconds": 0.0}


class WallClock:
    """The sandbox lives in real time, and so do its tokens."""

    def now(self) -> datetime:
        return datetime.now(UTC)


@dataclass
class ShiftingClock:
    """Real time, moved forward by what the test skips."""

    skipped: timedelta = timedelta()

    def now(self) -> datetime:
        return datetime.now(UTC) + self.skipped


@dataclass
class Walk:
    """One post on its way: every step's evidence is kept for the next."""

    adapter: WechatAdapter
    access: AccountAccess
    content: DraftContent
    evidence: dict[str, str] = field(default_factory=dict)
    key: str = "0123456789abcdef0123456789abcdef"

    def perform(self, name: str) -> StepResult:
        route = self.adapter.route(self.access.account)
        result = self.adapter.perform(route.step(name), self.order)
        self.evidence.update(result.evidence)
        return result

    def look_for(self, name: str) -> Any:
        route = self.adapter.route(self.access.account)
        return self.adapter.look_for(route.step(name), self.order)

    def prepare(self) -> None:
        for name in ("upload_pictures", "upload_cover", "add_draft", "read_back"):
            assert self.perform(name).outcome is Outcome.DONE

    def publish(self) -> None:
        """Every step of the route, up to the published article."""
        self.prepare()
        self.perform("submit")
        assert self.until_done("confirm").outcome is Outcome.DONE

    def until_done(self, name: str) -> StepResult:
        for _ in range(20):
            result = self.perform(name)
            if result.outcome is not Outcome.PENDING:
                return result
            time.sleep(0.05)
        raise AssertionError(f"{name} stays pending")

    @property
    def order(self) -> StepOrder:
        return StepOrder(
            access=self.access,
            delivery_id="dlv_1",
            content=self.content,
            evidence=dict(self.evidence),
            started_at=datetime.now(UTC),
            key=self.key,
        )


@dataclass
class Stage:
    """The sandbox of one test with our adapter in front of it."""

    wechat: ControlClient
    adapter: WechatAdapter
    collector: WechatCollector
    media: FakeMediaStore
    clock: ShiftingClock
    correspondent: WechatCorrespondent
    attachments: WechatAttachments
    comment_desk: WechatCommentDesk

    def walk(self, mode: Mode, **options: str) -> Walk:
        account = factories.account(
            mode=mode,
            comment_privilege=True,
            api_base={"api": self.wechat.url},
            options={"app_id": APP_ID} | options,
        )
        return Walk(self.adapter, AccountAccess(account, SECRETS), self.content())

    def content(self, title: str = "关于优化办事时间的通知") -> DraftContent:
        figure, cover = self.picture("navy"), self.picture("teal")
        html = (
            f'<section><p>正文 &amp; 说明</p><img src="tongbu-picture:{figure.sha256}"/></section>'
        )
        article = Article(
            title=title,
            html=html,
            digest="一图读懂",
            author="云岭发布",
            source_url=SOURCE,
            cover=cover,
            pictures=(figure,),
            open_comments=True,
        )
        return DraftContent(articles=(article,))

    def gallery(self, title: str = "一图读懂办事时间") -> DraftContent:
        """A picture message of two pictures."""
        article = Article(
            title=title,
            form=ArticleForm.PICTURES,
            text="云岭市人民政府办公室\n自2026年12月1日起施行。",
            pictures=(self.picture("navy"), self.picture("teal")),
            crops=(Crop(CoverShape.SQUARE, 5, 0, 35, 30), Crop(CoverShape.WIDE, 0, 7, 40, 24)),
            open_comments=True,
        )
        return DraftContent(articles=(article,))

    def picture(self, colour: str) -> Picture:
        file = io.BytesIO()
        Image.new("RGB", (40, 30), colour).save(file, "PNG")
        return Picture(self.media.put(file.getvalue()), "image/png", 40, 30)

    def pass_time(self, seconds: float) -> None:
        """Ours and the platform's."""
        self.clock.skipped += timedelta(seconds=seconds)
        self.wechat.shift_clock(seconds)

    def leave_the_first_hours(self) -> None:
        """Of the platform's day, in which there are few paced calls yet."""
        if self.clock.now().astimezone(BEIJING).hour < FIRST_HOURS:
            self.pass_time(FIRST_HOURS * 3600)

    @property
    def books(self) -> dict[str, Any]:
        books: dict[str, Any] = self.wechat.state()["accounts"][NAME]
        return books

    def fault(self, kind: FaultKind, path: str, **more: Any) -> None:
        self.wechat.add_fault(Fault(kind=kind, path=path, **more))


@pytest.fixture
def stage(request: pytest.FixtureRequest) -> Iterator[Stage]:
    """A sandbox whose jobs end at once; the test's marker parameter changes the account."""
    spec = {
        "name": NAME,
        "app_id": APP_ID,
        "app_secret": SECRETS["app_secret"],
        "followers": [FAN],
    } | getattr(request, "param", {})
    table = {"wechat": {"accounts": [spec], "switches": QUICK}}
    media, clock = FakeMediaStore(), ShiftingClock()
    storage = FakeStorage(clock)
    with (
        running_sandbox(parse_scenario(table), platforms=["wechat"]) as sandbox,
        open_client() as http,
    ):
        tokens, budgets = storage.tokens(), storage.budgets()
        adapter = WechatAdapter(http, tokens, budgets, media, FakeUploadCache(), clock)
        collector = WechatCollector(http, tokens, budgets, clock)
        correspondent = WechatCorrespondent(http, tokens, budgets, clock)
        line = (http, tokens, budgets, clock)
        desks = (correspondent, WechatAttachments(*line), WechatCommentDesk(*line))
        yield Stage(sandbox.wechat, adapter, collector, media, clock, *desks)


@contextmanager
def listening(door: WechatCallback, heard: list[Incoming]) -> Iterator[str]:
    """A callback address on which everything is decoded, kept and answered."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            incoming = door.decode(dict(parse_qsl(urlsplit(self.path).query)), body)
            heard.append(incoming)
            answered = None if incoming.job else Answered("您好，已收到。", "收到")
            answer, media_type = door.encode_answer(incoming, answered, at=datetime.now(UTC))
            self.send_response(200)
            self.send_header("Content-Type", media_type)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/callbacks/wechat/city"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def wait_for(true: Callable[[], bool]) -> None:
    for _ in range(100):
        if true():
            return
        time.sleep(0.02)
    raise AssertionError("it did not happen within two seconds")
