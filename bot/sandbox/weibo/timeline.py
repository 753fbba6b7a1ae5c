"""Reading back one's own posts, and taking them away."""

from typing import Any

from bot.sandbox.weibo import paging
from bot.sandbox.weibo.calls import Call, Caller
from bot.sandbox.weibo.errors import Refusal
from bot.sandbox.weibo.ids import base62_of_mid, mid_of_base62
from bot.sandbox.weibo.objects import comments_shown, status_json
from bot.sandbox.weibo.records import Status
from bot.sandbox.weibo.state import World

_MAX_IDS = 100
_MAX_BATCH = 50


def user_timeline(world: World, caller: Caller, call: Call) -> dict[str, Any]:
    """The caller's own newest five posts, whatever the count."""
    trim = call.number("trim_user") == 1
    return _own(
        world, caller, call, lambda post: status_json(world, post, trim_user=trim, listed=True)
    )


def user_timeline_ids(world: World, caller: Caller, call: Call) -> dict[str, Any]:
    """The ids of the same posts."""
    return _own(world, caller, call, lambda post: str(post.id))


def show(world: World, caller: Caller, call: Call) -> dict[str, Any]:
    """One post; the full text too when ``isGetLongText`` is 1."""
    status = visible_to(world, caller, call.number("id"))
    if status.uid != caller.user.uid and not world.switches.foreign_posts_shown:
        raise Refusal(10014)
    return with_long_text(world, status, call)


def show_batch(world: World, caller: Caller, call: Call) -> dict[str, Any]:
    """Up to fifty posts; those that are gone are left out."""
    ids = _ids(call, _MAX_BATCH)
    found = [world.statuses[an_id] for an_id in ids if can_see(world, caller, an_id)]
    bodies = [with_long_text(world, status, call) for status in found]
    return {"statuses": bodies, "total_number": len(bodies)}


def count(world: World, caller: Caller, call: Call) -> list[dict[str, int]]:
    """Comments, reposts and likes of up to a hundred posts."""
    return [
        {
            "id": an_id,
            "comments": len(comments_shown(world, an_id)),
            "reposts": world.statuses[an_id].reposts,
            "attitudes": world.statuses[an_id].attitudes,
        }
        for an_id in _ids(call, _MAX_IDS)
        if can_see(world, caller, an_id)
    ]


def destroy(world: World, caller: Caller, call: Call) -> dict[str, Any]:
    """Delete one's own post and give it back a last time."""
    if world.switches.destroying == "closed":
        raise Refusal(10014)
    if not call.text("id"):
        raise Refusal(20109)
    status = world.status(call.number("id"))
    if status.uid != caller.user.uid:
        raise Refusal(20102)
    body = status_json(world, status)
    status.deleted = True
    return body


def querymid(_world: World, _caller: Caller, call: Call) -> dict[str, str]:
    """The base-62 form of an id; nothing is looked up."""
    if not call.text("id"):
        raise Refusal(20109)
    return {"mid": base62_of_mid(call.number("id"))}


def queryid(_world: World, _caller: Caller, call: Call) -> dict[str, str]:
    """The id of a mid, which may be in its base-62 form."""
    mid = call.required("mid")
    if call.number("isBase62") != 1:
        return {"id": mid}
    try:
        return {"id": str(mid_of_base62(mid))}
    except ValueError:
        raise Refusal(10017, "mid") from None


def can_see(world: World, caller: Caller, status_id: int) -> bool:
    """Whether ``visible_to`` would give the post."""
    try:
        visible_to(world, caller, status_id)
    except Refusal:
        return False
    return True


def visible_to(world: World, caller: Caller, status_id: int) -> Status:
    """A post the caller may see: public, or his own; Refusal 20101 otherwise."""
    status = world.status(status_id)
    is_own = status.uid == caller.user.uid
    is_tester = caller.user.uid in world.apps[caller.app.key].test_uids
    is_closed = status.hidden or status.visible or (status.testers_only and not is_tester)
    if is_closed and not is_own:
        raise Refusal(20101)
    return status


def with_long_text(world: World, status: Status, call: Call) -> dict[str, Any]:
    """The post, with ``longText`` when it has one and the call wants it."""
    body = status_json(world, status)
    if status.long_text and call.number("isGetLongText") == 1:
        objects = body["url_objects"]
        body["longText"] = {"longTextContent": status.long_text, "url_objects": objects}
    return body


def _own(world: World, caller: Caller, call: Call, shape: Any) -> dict[str, Any]:
    uid = call.number("uid", caller.user.uid)
    if uid != caller.user.uid or call.text("screen_name", caller.user.screen_name) != (
        caller.user.screen_name
    ):
        raise Refusal(21335)
    posts = world.posts_of(uid)
    newest = posts[: world.switches.timeline_size]
    page = paging.Page.of(world, call)
    body = paging.answer("statuses", newest, page, shown=lambda _: True, shape=shape)
    return body | {"total_number": len(posts)}


def _ids(call: Call, most: int) -> list[int]:
    words = [word for word in call.text("ids").split(",") if word]
    if not words:
        raise Refusal(20001)
    if len(words) > most:
        raise Refusal(20009)
    try:
        return [int(word) for word in words]
    except ValueError:
        raise Refusal(10017, "ids") from None
