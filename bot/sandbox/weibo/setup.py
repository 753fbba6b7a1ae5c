"""Builds the simulated Weibo from its part of a scenario."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.sandbox.scenario import PlatformScript
from bot.sandbox.tables import ScenarioError, read_table
from bot.sandbox.weibo.ids import IdSource
from bot.sandbox.weibo.limits import PROFILES, Meter
from bot.sandbox.weibo.records import App, AppLevel, Token, User
from bot.sandbox.weibo.state import World
from bot.sandbox.weibo.switches import Switches

_GOVERNMENT = 1
_YEAR = 365 * 86_400


@dataclass(frozen=True)
class AppSetup:
    """One of ``weibo.apps``: an application as registered in the platform's console."""

    app_key: str
    app_secret: str
    name: str = "示例应用"
    level: AppLevel = AppLevel.ORDINARY
    redirect_uri: str = "https://api.weibo.com/oauth2/default.html"
    safe_domains: tuple[str, ...] = ()
    safe_ips: tuple[str, ...] = ()
    test_uids: tuple[int, ...] = ()
    granted: tuple[str, ...] = ()
    denied: tuple[str, ...] = ()
    article_enabled: bool = False
    owner_uid: int = 0
    token_seconds: int = 0
    revoked_url: str = ""


@dataclass(frozen=True)
class TokenSetup:
    """A token an account already has; ``expires_in`` may be negative, ``dead`` is a 213xx code."""

    value: str
    app_key: str
    expires_in: float = _YEAR
    dead: int = 0


@dataclass(frozen=True)
class AccountSetup:
    """One of ``weibo.accounts``; ``app_key`` is the app of its private messages."""

    name: str
    uid: int
    screen_name: str
    app_key: str
    verified_type: int = _GOVERNMENT
    verified_reason: str = ""
    long_text_allowed: bool = False
    callback_url: str = ""
    mentions_pushed: bool = False
    follows: tuple[int, ...] = ()
    followers: int = 1204
    tokens: tuple[TokenSetup, ...] = ()


def build_world(script: PlatformScript, now: Callable[[], float], public_base: str) -> World:
    """A fresh Weibo. ScenarioError names what is wrong in apps, accounts or switches."""
    if script.quota_profile not in PROFILES:
        known = ", ".join(PROFILES)
        raise ScenarioError(f"weibo.quota_profile: {script.quota_profile!r} is not one of {known}")
    switches = read_table(Switches, script.switches, "weibo.switches")
    world = World(
        now=now,
        public_base=public_base,
        switches=switches,
        meter=Meter(PROFILES[script.quota_profile], now, switches.day_begins),
        ids=IdSource(now),
    )
    for index, table in enumerate(script.apps):
        _add_app(world, read_table(AppSetup, table, f"weibo.apps[{index}]"))
    for index, table in enumerate(script.accounts):
        where = f"weibo.accounts[{index}]"
        _add_account(world, read_table(AccountSetup, table, where), where)
    return world


def _add_app(world: World, setup: AppSetup) -> None:
    world.apps[setup.app_key] = App(
        key=setup.app_key,
        secret=setup.app_secret,
        name=setup.name,
        level=setup.level,
        redirect_uri=setup.redirect_uri,
        safe_domains=setup.safe_domains,
        safe_ips=setup.safe_ips,
        test_uids=setup.test_uids,
        granted=setup.granted,
        denied=setup.denied,
        article_enabled=setup.article_enabled,
        owner_uid=setup.owner_uid,
        token_seconds=setup.token_seconds,
        revoked_url=setup.revoked_url,
    )


def _add_account(world: World, setup: AccountSetup, where: str) -> None:
    for app_key in (setup.app_key, *(token.app_key for token in setup.tokens)):
        if app_key not in world.apps:
            raise ScenarioError(f"{where}: app_key {app_key!r} is not one of weibo.apps")
    world.users[setup.uid] = User(
        uid=setup.uid,
        screen_name=setup.screen_name,
        name=setup.name,
        verified_type=setup.verified_type,
        verified_reason=setup.verified_reason,
        long_text_allowed=setup.long_text_allowed,
        callback_url=setup.callback_url,
        mentions_pushed=setup.mentions_pushed,
        follows=set(setup.follows),
        followers=setup.followers,
        app_key=setup.app_key,
        registered=True,
    )
    now = world.now()
    for one in setup.tokens:
        ends = now + one.expires_in
        world.tokens[one.value] = Token(one.value, setup.uid, one.app_key, now, ends, one.dead)
