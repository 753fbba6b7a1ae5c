"""Followers, as far as a publisher reads and marks them."""

from __future__ import annotations

from typing import Any

from bot.sandbox.wechat.calls import ApiCall
from bot.sandbox.wechat.errors import Refusal
from bot.sandbox.wechat.state import Follower, World
from bot.sandbox.wechat.tags import page_of_openids

OK = {"errcode": 0, "errmsg": "ok"}
ASKED_AT_ONCE = 100
MAX_REMARK_BYTES = 30


def list_followers(_: World, call: ApiCall) -> dict[str, Any]:
    """user/get: ten thousand a page, after `next_openid`."""
    openids = [one.openid for one in call.account.followers.values() if one.is_subscribed]
    return {"total": len(openids), **page_of_openids(openids, call.query.get("next_openid", ""))}


def get_follower(_: World, call: ApiCall) -> dict[str, Any]:
    """user/info: no name and no picture since 2021-12-27."""
    follower = call.account.followers.get(call.query.get("openid", ""))
    if follower is None:
        raise Refusal(40003)
    return _shown(follower)


def get_followers(_: World, call: ApiCall) -> dict[str, Any]:
    """user/info/batchget: a hundred a call."""
    asked = call.body.get("user_list")
    if not isinstance(asked, list) or not 1 <= len(asked) <= ASKED_AT_ONCE:
        raise Refusal(40032)
    openids = [str(one.get("openid")) if isinstance(one, dict) else "" for one in asked]
    known = call.account.followers
    if any(one not in known for one in openids):
        raise Refusal(40003)
    return {"user_info_list": [_shown(known[one]) for one in openids]}


def set_remark(_: World, call: ApiCall) -> dict[str, Any]:
    """user/info/updateremark: under thirty bytes."""
    follower = call.account.followers.get(call.text("openid", 40003))
    remark = call.body.get("remark")
    if follower is None:
        raise Refusal(40003)
    if not follower.is_subscribed:
        raise Refusal(43004)
    if not isinstance(remark, str) or len(remark.encode()) >= MAX_REMARK_BYTES:
        raise Refusal(40092)
    follower.remark = remark
    return OK


def _shown(follower: Follower) -> dict[str, Any]:
    if not follower.is_subscribed:
        return {"subscribe": 0, "openid": follower.openid, "tagid_list": []}
    return {
        "subscribe": 1,
        "openid": follower.openid,
        "nickname": "",
        "sex": 0,
        "language": "",
        "city": "",
        "province": "",
        "country": "",
        "headimgurl": "",
        "subscribe_time": follower.subscribed_at,
        "remark": follower.remark,
        "groupid": 0,
        "tagid_list": sorted(follower.tags),
        "subscribe_scene": "ADD_SCENE_SEARCH",
        "qr_scene": 0,
        "qr_scene_str": "",
    }
