"""An office in one process: console, database and adapters as installed, beside the simulated
platforms. Its work is done when a test says so, on a clock the test moves."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.bootstrap import House, build_house
from bot.config import load_settings
from bot.domain.accounts.account import Account, Mode, PlatformName
from bot.domain.ids import AccountId
from bot.domain.people import Role
from bot.domain.permissions import SYSTEM
from bot.domain.posts.review import PostApproval
from bot.domain.posts.rollout import RolloutPolicy
from bot.sandbox.running import RunningSandbox, running_sandbox
from bot.sandbox.scenario import parse_scenario
from bot.storage.database import Database
from bot.usecases.accounts.add_account import add_account
from bot.usecases.people.add_user import add_user
from bot.usecases.posts.add_rule import add_rules
from bot.usecases.posts.plan_release import plan_release
from bot.usecases.publishing.advance_delivery import advance_delivery
from bot.usecases.publishing.ring_due import ring_due
from bot.vault.keys import Purpose, derive
from bot.web import compose
from tests import factories as make
from tests.fakes.doorbell import RecordingDoorbell
from tests.serving import served

BEGINS = datetime(2026, 11, 24, 1, 30, tzinfo=UTC)
"""A Tuesday, 9:30 in Beijing."""
PASSWORD = "invented-pass-phrase"
DOMAIN = "www.yunling.example"
APP = {"app_key": "1000000001", "app_secret": "invented", "safe_domains": [DOMAIN]}
TOKEN, UID = "2.00invented", 1_900_000_001
HOURS_AHEAD = 5
TICK_SECONDS = 5.0


@dataclass(frozen=True)
class Member:
    """An account, as we and its platform know it."""

    id: str
    name: str
    platform: PlatformName
    mode: Mode


ACCOUNTS = (
    Member("fabu", "云岭发布", PlatformName.WECHAT, Mode.PUBLISH),
    Member("minzheng", "云岭民政", PlatformName.WECHAT, Mode.PUBLISH),
    Member("weibo", "云岭发布微博", PlatformName.WEIBO, Mode.SHARE),
)


class SkippedClock:
    """Begins on a working morning, goes on as time does, and skips what a test skips."""

    def __init__(self) -> None:
        self.ahead = BEGINS - datetime.now(UTC)

    def now(self) -> datetime:
        return datetime.now(UTC) + self.ahead


@dataclass(frozen=True)
class Office:
    """What a test has in its hands; the console is at `url`."""

    house: House
    sandbox: RunningSandbox
    clock: SkippedClock
    doorbell: RecordingDoorbell
    url: str

    def work(self, *, seconds: float = 0.0) -> None:
        """Do what is due now, and what comes due in so many seconds; they are skipped."""
        self._do_what_is_due()
        while seconds > 0.0:
            skipped = min(seconds, TICK_SECONDS)
            self.clock.ahead += timedelta(seconds=skipped)
            self.sandbox.wechat.shift_clock(skipped)
            self._do_what_is_due()
            seconds -= skipped

    def _do_what_is_due(self) -> None:
        bell, house = self.doorbell, self.house
        while ring_due(storage=house.storage, doorbell=bell) or bell.releases:
            while bell.releases:
                plan_release(bell.releases.pop(), house.posts)
            while bell.deliveries:
                for delivery in bell.deliveries.pop()[1]:
                    advance_delivery(delivery, house.publishing)

    def effects(self) -> dict[str, int]:
        """How often the public got something, by account, as the platforms' own books have it."""
        books = {
            platform: control.state()["accounts"]
            for platform, control in self.sandbox.controls.items()
        }
        return {one.name: _effects(books[one.platform.value][one.id]) for one in ACCOUNTS}

    def calls(self) -> list[str]:
        """What the platforms were asked, by path."""
        found = (control.calls() for control in self.sandbox.controls.values())
        return [call["path"] for calls in found for call in calls]

    def employ(self, login: str, name: str, *roles: Role) -> None:
        """A person who may sign in with `PASSWORD`."""
        house = self.house
        add_user(
            login,
            name,
            PASSWORD,
            frozenset(roles),
            actor=SYSTEM,
            storage=house.storage,
            passwords=house.passwords,
            ids=house.ids,
        )


def _effects(books: dict[str, Any]) -> int:
    return len(books["posts"] if "posts" in books else books["publish_jobs"])


@contextmanager
def opened_office(home: Path, setenv: Callable[[str, str], None]) -> Iterator[Office]:
    """Console, platforms and accounts are up. One rule sends every release to all accounts in
    step, hours later, each post read by a second person."""
    setenv("TONGBU_HOME", str(home))
    setenv("TONGBU_UNIT_NAME", "云岭市政务公开")
    built, clock, bell = build_house(load_settings()), SkippedClock(), RecordingDoorbell()
    storage = Database(
        built.settings.database_url,
        audit_key=derive(built.settings.secret_key, Purpose.AUDIT),
        vault=built.vault,
        clock=clock,
    )
    storage.upgrade()
    house = replace(built, storage=storage, clock=clock, doorbell=bell)  # type: ignore[arg-type]
    with running_sandbox(parse_scenario(_scenario())) as sandbox:
        sandbox.wechat.shift_clock(clock.ahead.total_seconds())
        _open_accounts(house, sandbox)
        with served(compose(house)) as url:
            yield Office(house, sandbox, clock, bell, url)
    built.storage.dispose()


def _open_accounts(house: House, sandbox: RunningSandbox) -> None:
    for member in ACCOUNTS:
        account, secrets = _account(member, sandbox.urls[member.platform.value])
        add_account(account, secrets, actor=SYSTEM, storage=house.storage, vault=house.vault)
    rule = make.rule(
        *(member.id for member in ACCOUNTS),
        policy=RolloutPolicy.ALL_OR_NOTHING,
        approval=PostApproval.FOUR_EYES,
        delay_seconds=HOURS_AHEAD * 3600,
    )
    add_rules([rule], actor=SYSTEM, storage=house.storage)


def _scenario() -> dict[str, Any]:
    """The platforms as they know the accounts; their jobs end at once."""
    wechat = [
        {"name": one.id, "app_id": f"wx{one.id}", "app_secret": APP["app_secret"]}
        for one in ACCOUNTS
        if one.platform is PlatformName.WECHAT
    ]
    weibo = [
        {
            "name": one.id,
            "uid": UID,
            "screen_name": one.name,
            "app_key": APP["app_key"],
            "tokens": [{"value": TOKEN, "app_key": APP["app_key"]}],
        }
        for one in ACCOUNTS
        if one.platform is PlatformName.WEIBO
    ]
    return {
        "wechat": {"accounts": wechat, "switches": {"publish_seconds": 0.0}},
        "weibo": {"accounts": weibo, "apps": [APP]},
    }


def _account(member: Member, url: str) -> tuple[Account, dict[str, str]]:
    secrets = {"app_secret": str(APP["app_secret"])}
    options = {"app_id": f"wx{member.id}", "author": "云岭政务公开"}
    if member.platform is PlatformName.WEIBO:
        secrets["access_token"] = TOKEN
        options = {
            "uid": str(UID),
            "app_key": str(APP["app_key"]),
            "rip": "203.0.113.10",
            "safe_domains": DOMAIN,
            "home_url": f"https://{DOMAIN}/",
            "public_base": url,
        }
    account = make.account(
        id=AccountId(member.id),
        name=member.name,
        platform=member.platform,
        mode=member.mode,
        api_base=dict.fromkeys(("api", "c", "m", "rm", "upload"), url)
        if member.platform is PlatformName.WEIBO
        else {"api": url},
        options=options,
    )
    return account, secrets
