"""``remind/unread_count``: how much is new in every stream, in one cheap call."""

from bot.sandbox.weibo.calls import Call, Caller
from bot.sandbox.weibo.errors import Refusal
from bot.sandbox.weibo.state import World

_STREAMS = (
    "status",
    "follower",
    "cmt",
    "dm",
    "mention_status",
    "mention_cmt",
    "group",
    "notice",
    "invite",
    "badge",
    "photo",
)


def unread_count(_world: World, caller: Caller, call: Call) -> dict[str, int]:
    """The caller's own counters; Refusal 21335 for somebody else's."""
    if call.number("uid", caller.user.uid) != caller.user.uid:
        raise Refusal(21335)
    return {stream: caller.user.unread.get(stream, 0) for stream in _STREAMS}
