"""Lists of comments and mentions: received, written, under one post."""

from collections.abc import Callable, Iterable
from typing import Any

from bot.sandbox.weibo import paging
from bot.sandbox.weibo.calls import Call, Caller
from bot.sandbox.weibo.comments import receivers
from bot.sandbox.weibo.errors import Refusal
from bot.sandbox.weibo.objects import comment_json, status_json
from bot.sandbox.weibo.posting import mentioned_names
from bot.sandbox.weibo.records import Comment, Status, User
from bot.sandbox.weibo.state import World
from bot.sandbox.weibo.timeline import visible_to

_MAX_CIDS = 50
_FOLLOWED, _STRANGERS = 1, 2
_GROUP = 2


def show(world: World, caller: Caller, call: Call) -> dict[str, Any]:
    """The comments of one post, newest first."""
    status = visible_to(world, caller, call.number("id"))
    return _list(world, caller, call, world.comments_under(status.id))


def to_me(world: World, caller: Caller, call: Call) -> dict[str, Any]:
    """The comments the caller received."""
    uid = caller.user.uid
    world.mark_read(uid, "cmt")
    received = _where(world, lambda one: uid in receivers(world, one))
    return _list(world, caller, call, received, most=world.switches.inbox_cap)


def by_me(world: World, caller: Caller, call: Call) -> dict[str, Any]:
    """The comments the caller wrote."""
    return _list(world, caller, call, _where(world, lambda one: one.uid == caller.user.uid))


def timeline(world: World, caller: Caller, call: Call) -> dict[str, Any]:
    """Both together."""
    uid = caller.user.uid
    mine = _where(world, lambda one: one.uid == uid or uid in receivers(world, one))
    return _list(world, caller, call, mine)


def mentions(world: World, caller: Caller, call: Call) -> dict[str, Any]:
    """The comments that name the caller."""
    world.mark_read(caller.user.uid, "mention_cmt")
    naming = _where(world, lambda one: _names(one.text, caller.user) and one.uid != caller.user.uid)
    return _list(world, caller, call, naming, most=world.switches.inbox_cap)


def show_batch(world: World, _caller: Caller, call: Call) -> list[dict[str, Any]]:
    """Up to fifty comments by their ids, as a bare list."""
    words = [word for word in call.text("cids").split(",") if word.isdigit()]
    if not words:
        raise Refusal(20204)
    if len(words) > _MAX_CIDS:
        raise Refusal(20009)
    found = [world.comments[int(word)] for word in words if int(word) in world.comments]
    shown = [one for one in found if _is_shown(one)]
    if not shown:
        raise Refusal(20201)
    return [comment_json(world, one, listed=True) for one in shown]


def status_mentions(world: World, caller: Caller, call: Call) -> dict[str, Any]:
    """The posts that name the caller."""
    world.mark_read(caller.user.uid, "mention_status")
    posts = [
        post
        for post in sorted(world.statuses.values(), key=lambda one: one.id, reverse=True)
        if post.uid != caller.user.uid
        and _names(post.submitted, caller.user)
        and _passes(world, caller, call, post.uid)
    ]
    cap = world.switches.inbox_cap
    return paging.answer(
        "statuses",
        posts[:cap] if cap else posts,
        paging.Page.of(world, call),
        shown=lambda post: _is_public(world, post),
        shape=lambda post: status_json(world, post, listed=True),
    )


def _list(
    world: World, caller: Caller, call: Call, comments: Iterable[Comment], *, most: int = 0
) -> dict[str, Any]:
    wanted = [one for one in comments if _passes(world, caller, call, one.uid)]
    newest_first = sorted(wanted, key=lambda one: one.id, reverse=True)
    return paging.answer(
        "comments",
        newest_first[:most] if most else newest_first,
        paging.Page.of(world, call),
        shown=_is_shown,
        shape=lambda one: comment_json(world, one, listed=True),
    )


def _where(world: World, condition: Callable[[Comment], bool]) -> list[Comment]:
    return [one for one in world.comments.values() if condition(one)]


def _passes(_world: World, caller: Caller, call: Call, author: int) -> bool:
    if call.number("filter_by_source") == _GROUP:
        return False
    wanted = call.number("filter_by_author")
    is_followed = author in caller.user.follows
    return (wanted != _FOLLOWED or is_followed) and (wanted != _STRANGERS or not is_followed)


def _is_shown(comment: Comment) -> bool:
    return comment.approved and not comment.deleted


def _is_public(world: World, post: Status) -> bool:
    is_open = not post.deleted and not post.hidden and not post.visible
    author = world.users[post.uid]
    return is_open and not author.deleted and post.visible_at <= world.now()


def _names(text: str, user: User) -> bool:
    return user.screen_name in mentioned_names(text)
