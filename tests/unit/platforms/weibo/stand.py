"""A stand for the Weibo adapter: a scripted platform, small ledgers, a fixed clock."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs

import httpx

from bot.domain.accounts.account import AccountAccess, Mode, PlatformName
from bot.domain.accounts.budgets import BEIJING, Budget, Purpose, next_budget_day
from bot.domain.errors import NotFound, RateLimited
from bot.domain.ids import AccountId
from bot.domain.posts.draft import Article, DraftContent, Picture
from bot.platforms.weibo.adapter import WeiboAdapter
from bot.platforms.weibo.collector import WeiboCollector
from bot.ports.platform import StepOrder
from bot.ports.tokens import PlatformToken
from tests import factories
from tests.factories import NOW

TOKEN = "2.00InventedTokenForTests0000001"
SECRET = "inventedappsecret000000000000001"
UID = "1900000001"
TEXT = "《示例办法》政策解读来了，全文见 https://www.example.gov.cn/zc/2026/1120.html "
STORED = "《示例办法》政策解读来了，全文见 http://t.cn/A6sAnD01"
MID = "5367268552738002"
POST_URL = "https://weibo.com/1900000001/RsdXFbuhk"
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 20

NOT_THERE = httpx.Response(404)
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]

Answer = httpx.Response | Exception | Mapping[str, Any] | Callable[[httpx.Request], httpx.Response]


class FixedClock:
    """Time stands where the test puts it."""

    def __init__(self, now: datetime = NOW) -> None:
        self.moment = now

    def now(self) -> datetime:
        return self.moment


class Tokens:
    """A token store that holds at most one token."""

    def __init__(self, token: PlatformToken | None = None) -> None:
        self.token = token

    def get(self, account: AccountId) -> PlatformToken | None:
        return self.token

    def swap(self, account: AccountId, *, seen: PlatformToken | None, new: PlatformToken) -> bool:
        if self.token != seen:
            return False
        self.token = new
        return True

    def claim_refresh(self, account: AccountId, *, seconds: float) -> bool:
        raise NotImplementedError

    def release_refresh(self, account: AccountId) -> None:
        raise NotImplementedError


@dataclass
class Ledger:
    """Call budgets in memory; `spent` lists each spending in order."""

    spent: list[tuple[str, bool]] = field(default_factory=list)
    already: int = 0
    purposes: list[Purpose | None] = field(default_factory=list)

    def spend(
        self,
        account: AccountId,
        budget: Budget,
        *,
        publishing: bool,
        purpose: Purpose | None = None,
    ) -> None:
        if self.already + len(self.spent) >= budget.limit_for(publishing=publishing):
            raise RateLimited("budget used up", until=next_budget_day(NOW))
        self.spent.append((budget.bucket, publishing))
        self.purposes.append(purpose)

    def remaining(self, account: AccountId, budget: Budget) -> int:
        return budget.daily_limit - self.already - len(self.spent)


class Media:
    """Pictures by their name."""

    def __init__(self, **kept: bytes) -> None:
        self.kept = kept

    def put(self, content: bytes) -> str:
        raise NotImplementedError

    def get(self, sha256: str) -> bytes:
        if sha256 not in self.kept:
            raise NotFound("图片", sha256)
        return self.kept[sha256]


class Platform:
    """Answers each path with what the test says, in order; the last answer stays.

    A path goes by its last word, or by its last two where one is not enough.
    """

    def __init__(self, **answers: Answer | list[Answer]) -> None:
        self.answers = {k: list(v) if isinstance(v, list) else [v] for k, v in answers.items()}
        self.requests: list[httpx.Request] = []
        self.only = ""
        """The one path that is answered; empty: all of them."""

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        if self.only not in {"", request.url.path}:
            return NOT_THERE
        parts = request.url.path.removesuffix(".json").removesuffix("/biz").split("/")
        names = ("_".join(parts[-2:]), parts[-1])
        script = next((self.answers[n] for n in names if n in self.answers), [NOT_THERE])
        answer = script.pop(0) if len(script) > 1 else script[0]
        if isinstance(answer, Exception):
            raise answer
        if callable(answer):
            return answer(request)
        return answer if isinstance(answer, httpx.Response) else httpx.Response(200, json=answer)

    def form(self, index: int = -1) -> dict[str, str]:
        """The fields of a form that was sent, decoded once."""
        sent = parse_qs(self.requests[index].content.decode(), keep_blank_values=True)
        return {name: values[0] for name, values in sent.items()}


@dataclass
class Stand:
    """The adapter and the collector on a scripted platform."""

    platform: Platform
    clock: FixedClock = field(default_factory=FixedClock)
    ledger: Ledger = field(default_factory=Ledger)
    tokens: Tokens = field(default_factory=Tokens)
    media: Media = field(default_factory=lambda: Media(pic=PNG))

    @property
    def http(self) -> httpx.Client:
        return httpx.Client(transport=httpx.MockTransport(self.platform))

    @property
    def adapter(self) -> WeiboAdapter:
        return WeiboAdapter(
            http=self.http,
            tokens=self.tokens,
            budgets=self.ledger,
            media=self.media,
            clock=self.clock,
            cover_url=lambda sha: f"https://posts.example.gov.cn/media/{sha}",
        )

    @property
    def collector(self) -> WeiboCollector:
        return WeiboCollector(self.http, self.tokens, self.ledger, self.clock)

    def perform(self, step: str, order: StepOrder) -> Any:
        """Run the step called `step` of the order's account."""
        return self.adapter.perform(self._step(step, order), order)

    def look_for(self, step: str, order: StepOrder) -> Any:
        """Look for the effect of the step called `step`."""
        return self.adapter.look_for(self._step(step, order), order)

    def _step(self, name: str, order: StepOrder) -> Any:
        return self.adapter.route(order.access.account).step(name)


def access(mode: Mode = Mode.SHARE, **options: str) -> AccountAccess:
    """A Weibo account with its secrets."""
    settings = {
        "uid": UID,
        "app_key": "1000000001",
        "rip": "203.0.113.10",
        "safe_domains": "www.example.gov.cn",
    }
    account = factories.account(
        id=AccountId("acc_weibo"),
        name="示例市发布",
        platform=PlatformName.WEIBO,
        mode=mode,
        options={k: v for k, v in (settings | options).items() if v},
    )
    return AccountAccess(account, {"access_token": TOKEN, "app_secret": SECRET})


def with_account(given: AccountAccess, **changes: Any) -> AccountAccess:
    """The same access with another account setting."""
    return AccountAccess(replace(given.account, **changes), given.secrets)


def order(
    given: AccountAccess | None = None,
    content: DraftContent | None = None,
    evidence: Mapping[str, str] | None = None,
    **changes: Any,
) -> StepOrder:
    """An order for a short post, started now."""
    return StepOrder(
        access=given or access(),
        delivery_id="dlv_1",
        content=content or DraftContent(text=TEXT),
        evidence=evidence or {},
        started_at=changes.pop("started_at", NOW),
        **changes,
    )


def picture(name: str = "pic", media_type: str = "image/png") -> Picture:
    return Picture(sha256=name, media_type=media_type, width=10, height=10)


def article_content(**changes: Any) -> DraftContent:
    """A headline article with a cover and the text that carries it."""
    values = {
        "title": "一文读懂《示例办法》",
        "html": '<p>一、背景 100%</p><img src="tongbu-picture:pic">',
        "digest": "解读要点",
        "cover": picture("cover"),
        "pictures": (picture(),),
    }
    return DraftContent(articles=(Article(**(values | changes)),), text="《示例办法》解读发布")


def status(mid: str = MID, text: str = STORED, at: datetime = NOW, **more: Any) -> dict[str, Any]:
    """A post as the platform shows it."""
    return {
        "created_at": weibo_moment(at),
        "id": int(mid),
        "idstr": mid,
        "mid": mid,
        "text": text,
        "source": '<a href="http://app.weibo.com/t/feed/1" rel="nofollow">示例应用</a>',
        "user": {"id": int(UID), "idstr": UID, "screen_name": "示例市发布"},
        "isLongText": False,
        "visible": {"type": 0, "list_id": 0},
        "url_objects": [],
        "some_new_key": {"of": ["2027"]},
    } | more


def timeline(*statuses: Mapping[str, Any], total: int | None = 208) -> dict[str, Any]:
    """The answer of `user_timeline`."""
    more = {} if total is None else {"total_number": total}
    return {"statuses": list(statuses), "next_cursor": 0} | more


def refusal(code: int | str, words: str = "error!", http_status: int = 400) -> httpx.Response:
    """A refusal in the shape of the REST interface."""
    body = {"error": words, "error_code": code, "request": "/2/statuses/share.json"}
    return httpx.Response(http_status, json=body)


def weibo_moment(at: datetime) -> str:
    """As the platform writes it, in Beijing time."""
    local = at.astimezone(BEIJING)
    day, month = DAYS[local.weekday()], MONTHS[local.month - 1]
    return f"{day} {month} {local:%d %H:%M:%S} +0800 {local.year}"


def stand(**answers: Answer | list[Answer]) -> Stand:
    """A stand whose platform gives these answers, by the last word of the path."""
    return Stand(Platform(**answers))
