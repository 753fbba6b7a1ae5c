"""A stand for the WeChat adapter: a scripted platform, stores in memory, a clock that stands."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import httpx
import orjson

from bot.domain.accounts.account import AccountAccess, Mode
from bot.domain.posts.draft import Article, DraftContent, Picture
from bot.platforms.wechat.adapter import WechatAdapter
from bot.platforms.wechat.collector import WechatCollector
from bot.ports.platform import LookResult, StepOrder, StepResult
from bot.ports.tokens import PlatformToken
from tests import factories
from tests.fakes.clock import StillClock
from tests.fakes.media import FakeMediaStore
from tests.fakes.storage import FakeStorage
from tests.fakes.uploads import FakeUploadCache

TOKEN = "90_InventedAccessTokenForTests000000000000000000000000"
FIGURE, COVER = "a" * 64, "b" * 64
TITLE = "关于优化办事时间的通知"
SOURCE = "https://www.yunling.example/zhengce/7.html"
PICTURE_URL = "http://mmbiz.qpic.cn/sz_mmbiz_png/Invented0001/0?wx_fmt=png"
OK = {"errcode": 0, "errmsg": "ok"}

Said = Mapping[str, Any] | httpx.Response | Exception


@dataclass
class Platform:
    """Answers each path's last words with what the test says, in order; the last answer stays."""

    answers: dict[str, list[Said]]
    requests: list[httpx.Request] = field(default_factory=list)

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        path = request.url.path
        script = next((a for name, a in self.answers.items() if path.endswith(name)), None)
        assert script is not None, f"nothing is scripted for {path}"
        said = script.pop(0) if len(script) > 1 else script[0]
        if isinstance(said, Exception):
            raise said
        return said if isinstance(said, httpx.Response) else httpx.Response(200, json=dict(said))

    def bodies(self, name: str) -> list[Any]:
        """The JSON that was sent to a path."""
        sent = [r for r in self.requests if r.url.path.endswith(name)]
        return [orjson.loads(request.content) for request in sent]

    def count(self, name: str) -> int:
        """How often a path was called."""
        return sum(request.url.path.endswith(name) for request in self.requests)


class Stand:
    """The adapter on a scripted platform, with a good token in store."""

    def __init__(self, **answers: Said | list[Said]) -> None:
        scripts = {
            name.replace("__", "/"): said if isinstance(said, list) else [said]
            for name, said in answers.items()
        }
        self.platform = Platform(scripts)
        self.clock = StillClock()
        self.storage = FakeStorage(self.clock)
        self.media, self.uploads = FakeMediaStore(), FakeUploadCache()
        self.media.kept = {FIGURE: b"\x89PNG figure", COVER: b"\x89PNG cover"}
        self.http = httpx.Client(transport=httpx.MockTransport(self.platform))
        self.give_token(TOKEN)

    def give_token(self, value: str, *, seconds: float = 7200) -> None:
        now = self.clock.now()
        new = PlatformToken(value, now + timedelta(seconds=seconds), now)
        tokens = self.storage.tokens()
        account = access().account.id
        assert tokens.swap(account, seen=tokens.get(account), new=new)

    @property
    def adapter(self) -> WechatAdapter:
        return WechatAdapter(
            self.http,
            self.storage.tokens(),
            self.storage.budgets(),
            self.media,
            self.uploads,
            self.clock,
        )

    @property
    def collector(self) -> WechatCollector:
        return WechatCollector(self.http, self.storage.tokens(), self.storage.budgets(), self.clock)

    def perform(self, name: str, order: StepOrder) -> StepResult:
        step = self.adapter.route(order.access.account).step(name)
        return self.adapter.perform(step, order)

    def look_for(self, name: str, order: StepOrder) -> LookResult:
        step = self.adapter.route(order.access.account).step(name)
        return self.adapter.look_for(step, order)


def access(mode: Mode = Mode.PUBLISH, **changes: Any) -> AccountAccess:
    """A verified account with its secrets."""
    options = {"app_id": "wx0000000000000001"} | changes.pop("options", {})
    account = factories.account(
        mode=mode, options=options, api_base={"api": "https://api.test"}, **changes
    )
    return AccountAccess(account, {"app_secret": "invented", "token": "Invented"})


def article(**changes: Any) -> Article:
    """An article with one figure and a cover."""
    values: dict[str, Any] = {
        "title": TITLE,
        "html": f'<p>正文</p><img src="tongbu-picture:{FIGURE}">',
        "digest": "摘要",
        "author": "云岭发布",
        "source_url": SOURCE,
        "cover": picture(COVER),
        "pictures": (picture(FIGURE),),
    }
    return Article(**(values | changes))


def picture(sha256: str, media_type: str = "image/png") -> Picture:
    return Picture(sha256, media_type, 40, 30, alt="示意图")


def order(
    evidence: Mapping[str, str] | None = None,
    *,
    given: AccountAccess | None = None,
    articles: tuple[Article, ...] | None = None,
    key: str = "",
    unsure: bool = False,
) -> StepOrder:
    """An order for one article whose uploads and draft are done."""
    known = {
        "picture_urls": orjson.dumps({FIGURE: PICTURE_URL}).decode(),
        "library_media_ids": orjson.dumps({COVER: "COVER-1"}).decode(),
        "draft_media_id": "DRAFT-1",
        "draft_added_at": StillClock().now().isoformat(),
        "read_back_at": StillClock().now().isoformat(),
    }
    return StepOrder(
        access=given or access(),
        delivery_id="dlv_1",
        content=DraftContent(articles=articles or (article(),)),
        evidence=known | dict(evidence or {}),
        started_at=StillClock().now(),
        key=key,
        unsure=unsure,
    )


def stored(**changes: Any) -> dict[str, Any]:
    """The article as draft/get shows it."""
    return {
        "article_type": "news",
        "title": TITLE,
        "author": "云岭发布",
        "digest": "摘要",
        "content": f'<p>正文</p><img data-src="{PICTURE_URL}&amp;from=x">',
        "content_source_url": SOURCE,
        "thumb_media_id": "COVER-1",
        "url": "http://mp.weixin.qq.com/s?tempkey=X",
    } | changes


def listed(**changes: Any) -> dict[str, Any]:
    """One page of the list of published articles, with ours published just now."""
    now = int(StillClock().now().timestamp())
    entry = {
        "article_id": "ARTICLE-1",
        "content": {"news_item": [stored(url="http://mp.weixin.qq.com/s?a=1", is_deleted=False)]},
        "update_time": now,
    } | changes
    return {"total_count": 1, "item_count": 1, "item": [entry]}


def refusal(code: int, words: str = "error") -> dict[str, Any]:
    """A refusal with the platform's request id."""
    return {"errcode": code, "errmsg": f"{words} rid: 66f0a1b2-0c3d4e5f-1a2b3c4d"}
