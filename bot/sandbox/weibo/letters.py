"""Private messages and events from citizens, and the time in which they may be answered."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from bot.sandbox.weibo.fanservice import WINDOW_SECONDS
from bot.sandbox.weibo.push import Note
from bot.sandbox.weibo.records import Line, Picture, User
from bot.sandbox.weibo.state import World

_PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d4944415478da63f8ff"
    "ff3f0005fe02fea7359a0b0000000049454e44ae426082"
)
_TEXTS = {
    "position": "发送了一个位置",
    "voice": "发了一个语音消息",
    "image": "发了一张图片",
    "follow": "关注事件消息",
    "unfollow": "取消关注事件消息",
    "subscribe": "订阅事件消息",
    "unsubscribe": "取消订阅事件消息",
    "scan": "扫描二维码",
    "scan_follow": "扫描二维码",
    "click": "自定义菜单事件消息",
    "view": "自定义菜单跳转链接事件消息",
}


class EventSubtype(StrEnum):
    """Events of the fan service."""

    NONE = ""
    FOLLOW = "follow"
    UNFOLLOW = "unfollow"
    SUBSCRIBE = "subscribe"
    UNSUBSCRIBE = "unsubscribe"
    SCAN = "scan"
    SCAN_FOLLOW = "scan_follow"
    CLICK = "click"
    VIEW = "view"


@dataclass(frozen=True)
class Letter:
    """The act ``message``: a citizen writes, or does something the account is told of.

    ``kind`` is text, position, voice, image, event, or any unknown word; ``times`` delivers the
    same push again, as the platform does now and then.
    """

    account: str
    text: str = ""
    kind: str = "text"
    subtype: EventSubtype = EventSubtype.NONE
    key: str = ""
    citizen: int = 2_900_000_002
    screen_name: str = "市民甲"
    data: dict[str, Any] = field(default_factory=dict)
    times: int = 1


def deliver(world: World, account: User, letter: Letter) -> Note:
    """Write the letter into the conversation, move the answering window, make its push."""
    citizen = world.citizen(letter.citizen, letter.screen_name)
    text = letter.text or _TEXTS.get(letter.subtype or letter.kind, "")
    data = _data(world, letter)
    note = Note(letter.kind, account.uid, citizen.uid, world.now(), text, data)
    world.tell(
        account.uid, citizen.uid, Line(note.at, citizen.uid, note.kind, text, data, "citizen")
    )
    _move_window(world, account, citizen, letter.subtype)
    if letter.kind != "event":
        world.count_unread(account.uid, "dm")
    return note


def mention_note(world: World, account: int, citizen: int, subtype: str, key: int) -> Note:
    """The push for being named in a post or comment."""
    data = {"subtype": subtype, "key": str(key)}
    return Note("mention", account, citizen, world.now(), "被@消息", data)


def open_mention_window(world: World, account: int, citizen: int) -> None:
    """A mention allows one private answer in 48 hours, unless a wider window is open."""
    talk = world.conversation(account, citizen)
    if talk.window_until > world.now() and talk.replies_left is None:
        return
    talk.window_until = world.now() + WINDOW_SECONDS
    talk.replies_left = 1


def _move_window(world: World, account: User, citizen: User, subtype: EventSubtype) -> None:
    talk = world.conversation(account.uid, citizen.uid)
    if subtype is EventSubtype.UNFOLLOW:
        talk.window_until = 0.0
        account.followers -= account.uid in citizen.follows
        citizen.follows.discard(account.uid)
        return
    if subtype in (EventSubtype.UNSUBSCRIBE, EventSubtype.VIEW):
        return
    if subtype in (EventSubtype.FOLLOW, EventSubtype.SCAN_FOLLOW):
        account.followers += account.uid not in citizen.follows
        citizen.follows.add(account.uid)
        world.count_unread(account.uid, "follower")
    talk.window_until = world.now() + WINDOW_SECONDS
    talk.replies_left = None


def _data(world: World, letter: Letter) -> dict[str, Any]:
    if letter.data:
        return letter.data
    if letter.kind == "position":
        return {"longitude": "116.300000", "latitude": "39.980000"}
    if letter.kind in ("image", "voice"):
        return _media(world)
    if letter.kind != "event":
        return {}
    data = {"subtype": str(letter.subtype)}
    if letter.key:
        data["key"] = letter.key
    if letter.subtype in (EventSubtype.SCAN, EventSubtype.SCAN_FOLLOW):
        data["ticket"] = world.ids.hex_word(16)
    return data


def _media(world: World) -> dict[str, Any]:
    fid = world.ids.next() & 0xFFFFFFF
    world.pictures[f"fid:{fid + 1}"] = Picture(str(fid + 1), _PIXEL, "image/png")
    return {"vfid": fid, "tovfid": fid + 1}
