"""Who the caller is and how much he may still call."""

from typing import Any

from bot.sandbox.weibo.calls import Call, Caller
from bot.sandbox.weibo.errors import Refusal
from bot.sandbox.weibo.ids import short_code
from bot.sandbox.weibo.limits import buckets, rate_limit_status
from bot.sandbox.weibo.objects import user_json
from bot.sandbox.weibo.state import World

_MAX_UIDS = 100


def get_uid(_world: World, caller: Caller, _call: Call) -> dict[str, str]:
    """The uid of the token."""
    return {"uid": str(caller.user.uid)}


def rate_limits(world: World, caller: Caller, call: Call) -> dict[str, Any]:
    """What is left of the quotas."""
    where = buckets(caller.app.key, caller.user.uid, call.ip)
    return rate_limit_status(world.meter, where)


def show(world: World, _caller: Caller, call: Call) -> dict[str, Any]:
    """A user by uid or name."""
    named = world.user_named(call.text("screen_name"))
    user = world.users.get(call.number("uid")) or named
    if user is None or user.deleted:
        raise Refusal(20003)
    return user_json(world, user)


def shorten(_world: World, _caller: Caller, call: Call) -> dict[str, Any]:
    """The t.cn form of one address; closed to most apps."""
    long = call.required("url_long")
    short = f"http://t.cn/{short_code(long)}"
    return {"urls": [{"url_short": short, "url_long": long, "type": 0, "result": True}]}


def counts(world: World, _caller: Caller, call: Call) -> list[dict[str, int]]:
    """Followers, friends and posts of several users."""
    words = [word for word in call.text("uids").split(",") if word.isdigit()]
    if len(words) > _MAX_UIDS:
        raise Refusal(20009)
    users = [world.users[int(word)] for word in words if int(word) in world.users]
    return [
        {
            "id": user.uid,
            "followers_count": user.followers,
            "friends_count": len(user.follows),
            "statuses_count": user.posts,
        }
        for user in users
    ]
