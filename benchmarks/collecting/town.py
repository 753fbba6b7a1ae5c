"""The simulated Weibo with a clock of its own, and our collector before it, in one process."""

from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from urllib.parse import parse_qsl

import httpx

from bot.domain.accounts.account import Account, AccountAccess, Mode, PlatformName
from bot.domain.accounts.authorisation import LEGAL_BASIS
from bot.domain.accounts.budgets import Budget, Purpose, budget_day, next_budget_day
from bot.domain.errors import RateLimited
from bot.domain.ids import AccountId
from bot.domain.statistics.planning import Question
from bot.platforms.weibo.collector import WeiboCollector
from bot.platforms.weibo.statistics import WeiboStatistics
from bot.ports.platform import LivePost
from bot.ports.tokens import PlatformToken
from bot.sandbox.clock import Clock
from bot.sandbox.scenario import PlatformScript
from bot.sandbox.weibo.calls import Call, Caller
from bot.sandbox.weibo.comments import announce, arrive
from bot.sandbox.weibo.dispatch import dispatch
from bot.sandbox.weibo.posting import NewPost, publish
from bot.sandbox.weibo.records import Comment
from bot.sandbox.weibo.setup import build_world

UID, CITIZEN, KEY = 1_900_000_001, 2_900_000_002, "1000000001"
TOKEN = "2.00invented"
PUBLISHING_CALLS = (Purpose.PUBLISHING, Purpose.VERIFYING, Purpose.VERIFYING)
"""What one post costs: sending it, and seeing it live at the second look."""


class Ledger:
    """Keeps the promises of `ports.tokens.CallBudgets`, and counts by day and purpose."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.spent: dict[date, Counter[Purpose]] = {}

    def spend(
        self,
        account: AccountId,
        budget: Budget,
        *,
        publishing: bool,
        purpose: Purpose | None = None,
    ) -> None:
        now = moment(self._clock)
        today = self.spent.setdefault(budget_day(now), Counter())
        if today.total() >= budget.limit_for(publishing=publishing):
            raise RateLimited("spent", until=next_budget_day(now))
        today[purpose or Purpose.CHECKING] += 1

    def remaining(self, account: AccountId, budget: Budget) -> int:
        today = self.spent.get(budget_day(moment(self._clock)), Counter())
        return budget.daily_limit - today.total()


class Tokens:
    """Keeps the promises of `ports.tokens.TokenStore` for one account."""

    def __init__(self) -> None:
        self._token: PlatformToken | None = None

    def get(self, account: AccountId) -> PlatformToken | None:
        return self._token

    def swap(
        self,
        account: AccountId,
        *,
        seen: PlatformToken | None,
        new: PlatformToken,
    ) -> bool:
        self._token = new
        return True

    def claim_refresh(self, account: AccountId, *, seconds: float) -> bool:
        raise NotImplementedError

    def release_refresh(self, account: AccountId) -> None:
        raise NotImplementedError


@dataclass(frozen=True)
class Moments:
    """The sandbox's clock as ours."""

    clock: Clock

    def now(self) -> datetime:
        """Now, in UTC."""
        return moment(self.clock)


@dataclass
class Town:
    """One account, the platform, and the collector between them."""

    clock: Clock
    switches: Mapping[str, object] = field(default_factory=dict)
    live: list[LivePost] = field(default_factory=list)
    refused: int = 0

    def __post_init__(self) -> None:
        self.world = build_world(_script(self.switches), self.clock.now, "http://sandbox.invalid")
        self.ledger = Ledger(self.clock)
        http = httpx.Client(transport=httpx.MockTransport(self._answer))
        supplies = (http, Tokens(), self.ledger, Moments(self.clock))
        self.collector = WeiboCollector(*supplies)
        self.statistics = WeiboStatistics(*supplies)
        self.access = AccountAccess(_ACCOUNT, {"access_token": TOKEN})

    def publish(self) -> None:
        """A post goes out, and is paid for."""
        for purpose in PUBLISHING_CALLS:
            budget = Budget("weibo_user_day", 100, reserve=20)
            self.ledger.spend(_ACCOUNT.id, budget, publishing=True, purpose=purpose)
        caller = Caller(self.world.users[UID], self.world.apps[KEY])
        text = f"政策解读 {len(self.live)}，全文见 https://www.example.gov.cn/{len(self.live)} "
        status = publish(self.world, caller, NewPost(text, "203.0.113.10"))
        ids = {"platform_post_id": str(status.id)}
        self.live.append(LivePost(f"pst_{status.id}", ids, moment(self.clock)))

    def read_figures(self) -> None:
        """The morning's figures are asked for; a day that has no call left goes without."""
        yesterday = budget_day(moment(self.clock)) - timedelta(days=1)
        with suppress(RateLimited):
            for term in self.statistics.terms(_ACCOUNT):
                question = Question(term.subject, yesterday, yesterday)
                self.statistics.read(self.access, question, self.live[-100:])

    def comment(self, text: str, *, is_shown: bool) -> Comment:
        """Somebody comments the newest post."""
        self.world.citizen(CITIZEN, "市民甲")
        comment = Comment(
            self.world.ids.next(),
            int(self.live[-1].platform_ids["platform_post_id"]),
            CITIZEN,
            text,
            self.clock.now(),
            approved=is_shown,
        )
        arrive(self.world, comment)
        return comment

    def approve(self, comment: Comment) -> None:
        """A comment is shown at last, with its old id."""
        comment.approved = True
        announce(self.world, comment)

    def mention(self, text: str) -> None:
        """Somebody names the account in a post."""
        caller = Caller(self.world.citizen(CITIZEN, "市民甲"), self.world.apps[KEY])
        publish(self.world, caller, NewPost(f"@示例市发布 {text}", ""))

    def staff_looks(self) -> None:
        """The counters fall to nothing."""
        self.world.users[UID].unread.clear()

    def _answer(self, request: httpx.Request) -> httpx.Response:
        fields: Mapping[str, str] = {
            **dict(request.url.params),
            **dict(parse_qsl(request.content.decode())),
        }
        answer = dispatch(self.world, Call(request.method, request.url.path, fields))
        self.refused += answer.status >= 400
        return httpx.Response(answer.status, json=answer.body)


def moment(clock: Clock) -> datetime:
    """The clock's time, in UTC."""
    return datetime.fromtimestamp(clock.now(), UTC)


_ACCOUNT = Account(
    AccountId("acc_1"),
    "示例市发布",
    PlatformName.WEIBO,
    Mode.SHARE,
    options={"uid": str(UID), "app_key": KEY, LEGAL_BASIS: "benchmark"},
)


def _script(switches: Mapping[str, object]) -> PlatformScript:
    return PlatformScript(
        quota_profile="documented",
        switches={"dedup": "off", **switches},
        apps=({"app_key": KEY, "app_secret": "invented-secret", "owner_uid": UID},),
        accounts=(
            {
                "name": "fabu",
                "uid": UID,
                "screen_name": "示例市发布",
                "app_key": KEY,
                "tokens": [{"value": TOKEN, "app_key": KEY}],
            },
        ),
    )
