"""How often an account may call: daily quotas of a new account, or none for load runs."""

from __future__ import annotations

from bot.sandbox.wechat.datacube import DAYS_AT_ONCE
from bot.sandbox.wechat.errors import Refusal
from bot.sandbox.wechat.state import Account, World

# Daily quotas of a new account as the quota pages list them; larger accounts get more.
DOCUMENTED = {
    "/cgi-bin/token": 2000,
    "/cgi-bin/stable_token": 500_000,
    "/cgi-bin/menu/create": 1000,
    "/cgi-bin/menu/get": 10_000,
    "/cgi-bin/menu/delete": 1000,
    "/cgi-bin/media/upload": 100_000,
    "/cgi-bin/media/get": 200_000,
    "/cgi-bin/message/custom/send": 500_000,
    "/cgi-bin/message/mass/sendall": 100,
    "/cgi-bin/message/mass/send": 100,
    "/cgi-bin/message/mass/preview": 100,
    "/cgi-bin/user/get": 500,
    "/cgi-bin/user/info": 5_000_000,
    "/cgi-bin/draft/add": 1000,
    "/cgi-bin/draft/update": 1000,
    "/cgi-bin/draft/get": 500,
    "/cgi-bin/draft/batchget": 1000,
    "/cgi-bin/draft/count": 1000,
    "/cgi-bin/draft/delete": 1000,
    "/cgi-bin/freepublish/submit": 100,
    "/cgi-bin/freepublish/get": 100,
    "/cgi-bin/freepublish/getarticle": 100,
    "/cgi-bin/freepublish/batchget": 100,
    "/cgi-bin/freepublish/delete": 10,
    # No page gives the number for statistics; owners were refused before their thousandth call.
    **{f"/datacube/{name}": 500 for name in DAYS_AT_ONCE},
}
A_MINUTE = {"/cgi-bin/stable_token": 10_000, "/cgi-bin/message/mass/sendall": 60}
UNLISTED = 1_000_000
LOAD = 1_000_000_000
CLEARS_A_MONTH = 10
PATH_CLEARS_A_MONTH = 50


def daily_limit(world: World, path: str) -> int:
    """Return how many calls a day `path` allows."""
    if world.stage.script.quota_profile == "load":
        return LOAD
    return DOCUMENTED.get(path, UNLISTED)


def used_today(world: World, account: Account, path: str) -> int:
    """Return how many calls to `path` the account made on this Beijing day."""
    return account.used[path, _day(world)]


def count_call(world: World, account: Account, path: str) -> None:
    """Count one call.

    Raises:
        Refusal: 45009 beyond the day's quota, 45011 beyond the minute's.
    """
    day, minute = _day(world), world.stage.clock.beijing().strftime("%Y-%m-%d %H:%M")
    if account.used[path, day] >= daily_limit(world, path):
        raise Refusal(45009)
    is_load = world.stage.script.quota_profile == "load"
    if path in A_MINUTE and not is_load and account.used[path, minute] >= A_MINUTE[path]:
        raise Refusal(45011)
    account.used[path, day] += 1
    if path in A_MINUTE:
        account.used[path, minute] += 1


def clear(world: World, account: Account, path: str = "") -> None:
    """Forget today's calls, of one path or of all; ten such clearings a month, fifty by path.

    Raises:
        Refusal: 48006 when the month's clearings are used up.
    """
    month = world.stage.clock.beijing().strftime("%Y-%m")
    key = "clear one" if path else "clear all"
    if account.used[key, month] >= (PATH_CLEARS_A_MONTH if path else CLEARS_A_MONTH):
        raise Refusal(48006)
    account.used[key, month] += 1
    day = _day(world)
    for seen_path, seen_day in list(account.used):
        if seen_day == day and path in ("", seen_path):
            del account.used[seen_path, seen_day]


def _day(world: World) -> str:
    return world.stage.clock.beijing().strftime("%Y-%m-%d")
