"""Followers, tags and the menu, as far as a publisher reads and sets them."""

from __future__ import annotations

from typing import Any

from bot.sandbox.wechat.calls import ApiCall
from bot.sandbox.wechat.errors import Refusal
from bot.sandbox.wechat.state import Follower, World

OK = {"errcode": 0, "errmsg": "ok"}
PAGE = 10_000


def list_followers(_: World, call: ApiCall) -> dict[str, Any]:
    """user/get: ten thousand a page, after `next_openid`."""
    openids = [one.openid for one in call.account.followers.values() if one.is_subscribed]
    after = call.query.get("next_openid", "")
    if after and after not in openids:
        raise Refusal(40003)
    start = openids.index(after) + 1 if after else 0
    page = openids[start : start + PAGE]
    answer: dict[str, Any] = {"total": len(openids), "count": len(page)}
    if page:
        answer["data"] = {"openid": page}
    answer["next_openid"] = page[-1] if page else ""
    return answer


def get_follower(_: World, call: ApiCall) -> dict[str, Any]:
    """user/info: no name and no picture since 2021-12-27."""
    follower = call.account.followers.get(call.query.get("openid", ""))
    if follower is None:
        raise Refusal(40003)
    if not follower.is_subscribed:
        return {"subscribe": 0, "openid": follower.openid, "tagid_list": []}
    return _shown(follower)


def list_tags(_: World, call: ApiCall) -> dict[str, Any]:
    """tags/get."""
    followers = call.account.followers.values()
    return {
        "tags": [
            {"id": number, "name": name, "count": sum(1 for one in followers if number in one.tags)}
            for number, name in call.account.tags.items()
        ]
    }


def create_menu(_: World, call: ApiCall) -> dict[str, Any]:
    """menu/create: at most 3 buttons of at most 5 sub-buttons."""
    buttons = call.body.get("button")
    if not isinstance(buttons, list) or not 1 <= len(buttons) <= 3:
        raise Refusal(40016)
    for button in buttons:
        _check_button(button, max_name_bytes=16)
        below = button.get("sub_button") or []
        if not isinstance(below, list) or len(below) > 5:
            raise Refusal(40023, "invalid sub button size")
        for one in below:
            _check_button(one, max_name_bytes=60)
    call.account.menu = {"button": buttons}
    return OK


def get_menu(_: World, call: ApiCall) -> dict[str, Any]:
    """menu/get."""
    if call.account.menu is None:
        raise Refusal(46003)
    return {"menu": call.account.menu}


def delete_menu(_: World, call: ApiCall) -> dict[str, Any]:
    """menu/delete."""
    call.account.menu = None
    return OK


def _check_button(button: Any, *, max_name_bytes: int) -> None:
    if not isinstance(button, dict):
        raise Refusal(47001)
    name = button.get("name")
    if not isinstance(name, str) or not 1 <= len(name.encode()) <= max_name_bytes:
        raise Refusal(40018)


def _shown(follower: Follower) -> dict[str, Any]:
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
        "remark": "",
        "groupid": 0,
        "tagid_list": sorted(follower.tags),
        "subscribe_scene": "ADD_SCENE_SEARCH",
        "qr_scene": 0,
        "qr_scene_str": "",
    }
