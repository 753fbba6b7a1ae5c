"""Tags and the black list: groups of followers, for mass sends to some and silence to others."""

from __future__ import annotations

from typing import Any

from bot.sandbox.wechat.calls import ApiCall
from bot.sandbox.wechat.errors import Refusal
from bot.sandbox.wechat.state import Account, Follower, World

OK = {"errcode": 0, "errmsg": "ok"}
PAGE = 10_000
MAX_TAGS = 100
MAX_NAME = 30
TAGS_OF_ONE = 20
TAGGED_AT_ONCE = 50
BLACKLISTED_AT_ONCE = 20
TOO_MANY_FANS = 100_000
RESERVED = frozenset({0, 1, 2})
FIRST_OWN_TAG = 100


def create(_: World, call: ApiCall) -> dict[str, Any]:
    """tags/create: a hundred tags an account."""
    name = _new_name(call)
    tags = call.account.tags
    if len([one for one in tags if one not in RESERVED]) >= MAX_TAGS:
        raise Refusal(45056)
    number = max([*tags, FIRST_OWN_TAG - 1]) + 1
    tags[number] = name
    return {"tag": {"id": number, "name": name}}


def list_tags(_: World, call: ApiCall) -> dict[str, Any]:
    """tags/get."""
    return {
        "tags": [
            {"id": number, "name": name, "count": len(_members(call.account, number))}
            for number, name in call.account.tags.items()
        ]
    }


def rename(_: World, call: ApiCall) -> dict[str, Any]:
    """tags/update."""
    number = _own_tag(call)
    call.account.tags[number] = _new_name(call)
    return OK


def delete(_: World, call: ApiCall) -> dict[str, Any]:
    """tags/delete: not with more than 100,000 followers under it."""
    number = _own_tag(call)
    members = _members(call.account, number)
    if len(members) > TOO_MANY_FANS:
        raise Refusal(45057)
    for one in members:
        one.tags.discard(number)
    del call.account.tags[number]
    return OK


def list_members(_: World, call: ApiCall) -> dict[str, Any]:
    """user/tag/get: the followers under a tag."""
    openids = [one.openid for one in _members(call.account, _tag(call))]
    return page_of_openids(openids, str(call.body.get("next_openid", "")))


def tags_of_one(_: World, call: ApiCall) -> dict[str, Any]:
    """tags/getidlist."""
    follower = call.account.followers.get(call.text("openid", 40003))
    if follower is None:
        raise Refusal(49003)
    return {"tagid_list": sorted(follower.tags)}


def put_under(_: World, call: ApiCall) -> dict[str, Any]:
    """tags/members/batchtagging: fifty followers a call, twenty tags a follower."""
    number = _tag(call)
    chosen = _chosen(call, TAGGED_AT_ONCE)
    if any(len(one.tags | {number}) > TAGS_OF_ONE for one in chosen):
        raise Refusal(45059)
    for one in chosen:
        one.tags.add(number)
    return OK


def take_from(_: World, call: ApiCall) -> dict[str, Any]:
    """tags/members/batchuntagging."""
    number = _tag(call)
    for one in _chosen(call, TAGGED_AT_ONCE):
        one.tags.discard(number)
    return OK


def list_blacklisted(_: World, call: ApiCall) -> dict[str, Any]:
    """tags/members/getblacklist."""
    openids = [one.openid for one in call.account.followers.values() if one.is_blacklisted]
    page = page_of_openids(openids, str(call.body.get("begin_openid", "")))
    return {"total": len(openids), **page}


def blacklist(_: World, call: ApiCall) -> dict[str, Any]:
    """tags/members/batchblacklist: twenty a call; they cannot write to the account any more."""
    for one in _chosen(call, BLACKLISTED_AT_ONCE):
        one.is_blacklisted = True
    return OK


def pardon(_: World, call: ApiCall) -> dict[str, Any]:
    """tags/members/batchunblacklist."""
    for one in _chosen(call, BLACKLISTED_AT_ONCE):
        one.is_blacklisted = False
    return OK


def page_of_openids(openids: list[str], after: str) -> dict[str, Any]:
    """Return ten thousand openids after one of them; without `data` when none are left.

    Raises:
        Refusal: 40003 when `after` is not in the list.
    """
    if after and after not in openids:
        raise Refusal(40003)
    start = openids.index(after) + 1 if after else 0
    page = openids[start : start + PAGE]
    answer: dict[str, Any] = {"count": len(page)}
    if page:
        answer["data"] = {"openid": page}
    return {**answer, "next_openid": page[-1] if page else ""}


def _members(account: Account, number: int) -> list[Follower]:
    return [one for one in account.followers.values() if number in one.tags]


def _tag(call: ApiCall) -> int:
    number = call.number("tagid", refused=45159)
    if number not in call.account.tags:
        raise Refusal(45159)
    return number


def _described(call: ApiCall) -> dict[str, Any]:
    described = call.body.get("tag")
    if not isinstance(described, dict):
        raise Refusal(47001)
    return described


def _own_tag(call: ApiCall) -> int:
    number = _described(call).get("id")
    if number in RESERVED:
        raise Refusal(45058)
    if number not in call.account.tags:
        raise Refusal(45159)
    return int(number)


def _new_name(call: ApiCall) -> str:
    name = _described(call).get("name")
    if not isinstance(name, str) or not name.strip() or name in call.account.tags.values():
        raise Refusal(45157)
    if len(name) > MAX_NAME:
        raise Refusal(45158)
    return name


def _chosen(call: ApiCall, at_most: int) -> list[Follower]:
    openids = call.body.get("openid_list")
    if not isinstance(openids, list) or not 1 <= len(openids) <= at_most:
        raise Refusal(40032)
    if any(one not in call.account.followers for one in openids):
        raise Refusal(49003)
    return [call.account.followers[one] for one in openids]
