"""The fan-service host: answering a citizen within the window, menus, and message media."""

import json
from typing import Any

from bot.sandbox.weibo.calls import Call, Caller
from bot.sandbox.weibo.errors import Refusal, SendAllRefusal
from bot.sandbox.weibo.limits import DAY
from bot.sandbox.weibo.push import InvalidAnswer, is_too_long, read_data
from bot.sandbox.weibo.records import Line, Picture
from bot.sandbox.weibo.state import World

WINDOW_SECONDS = 48 * 3600
_TYPES = ("text", "articles", "position")
_BUTTONS = 3
_SUB_BUTTONS = 5


def reply(world: World, caller: Caller, call: Call) -> dict[str, Any]:
    """Answer a citizen: any number of times in 48 hours, once after a mention, never after that."""
    kind = call.text("type", "text")
    call.required("receiver_id")
    receiver = call.number("receiver_id")
    if kind not in _TYPES:
        raise Refusal(10017, "type")
    data = _data(world, kind, call.required("data"))
    if is_too_long(data):
        raise Refusal(20013)
    talk = world.conversations.get((caller.user.uid, receiver))
    if talk is None or talk.window_until <= world.now() or talk.replies_left == 0:
        raise Refusal(world.switches.reply_outside_window)
    if talk.replies_left is not None:
        talk.replies_left -= 1
    text = str(data.get("text", ""))
    talk.lines.append(Line(world.now(), caller.user.uid, kind, text, data, "active"))
    echo: dict[str, Any] = {
        "result": True,
        "sender_id": caller.user.uid,
        "receiver_id": receiver,
        "type": kind,
        "data": json.dumps(data, ensure_ascii=False, separators=(",", ":")),
    }
    answers: dict[str, dict[str, Any]] = {"echo": echo, "bare": {"result": True}, "empty": {}}
    return answers[world.switches.reply_answer]


def send_all(world: World, caller: Caller, call: Call) -> dict[str, Any]:
    """Write to named followers (JSON body, ``touser``); SendAllRefusal in its own envelope.

    Groups of subscribers are not simulated: a ``filter`` reaches every follower known here.
    """
    wanted = call.json if isinstance(call.json, dict) else {}
    kind = str(wanted.get("msgtype", ""))
    data = {"text": _send_all_text, "articles": _send_all_articles}.get(kind, lambda _: {})(wanted)
    if not data or not ("touser" in wanted or "filter" in wanted):
        raise SendAllRefusal(100001, "param error")
    account, most = caller.user.uid, world.switches.sendall_a_day
    if most:
        bucket = f"sendall {account}"
        if world.meter.used(bucket, DAY) >= most:
            raise SendAllRefusal(100002, "out of limit")
        world.meter.add(bucket, DAY)
    followers = [user.uid for user in world.users.values() if account in user.follows]
    named = {int(uid) for uid in wanted.get("touser", followers) if str(uid).isdigit()}
    line = Line(world.now(), account, kind, str(data.get("text", "")), data, "sendall")
    for uid in named.intersection(followers):
        world.tell(account, uid, line)
    return {"result": True, "msg_id": world.ids.next()}


def create_menu(_world: World, caller: Caller, call: Call) -> dict[str, Any]:
    """Set the account's menu: one to three buttons, each with up to five below it."""
    try:
        menu = json.loads(call.required("menus"))
    except ValueError:
        raise Refusal(26401) from None
    if not isinstance(menu, dict) or not _are_buttons(menu.get("button"), _BUTTONS):
        raise Refusal(26401)
    caller.user.menu = menu
    return {"result": True}


def show_menu(world: World, caller: Caller, _call: Call) -> dict[str, Any]:
    """The account's menu; what is said where there is none is a switch."""
    if caller.user.menu is None and world.switches.no_menu == "refused":
        raise Refusal(26402)
    return {"menu": caller.user.menu or {}}


def delete_menu(_world: World, caller: Caller, _call: Call) -> dict[str, Any]:
    """Take the menu away."""
    caller.user.menu = None
    return {"result": True}


def set_format(_world: World, _caller: Caller, call: Call) -> dict[str, Any]:
    """Choose the form of pushes; only JSON is simulated, XML is refused."""
    if call.required("format") != "json":
        raise Refusal(10017, "format")
    return {"result": True}


def media(world: World, _caller: Caller, call: Call) -> Picture:
    """A picture or voice of a private message, by the receiver's ``tovfid``."""
    picture = world.pictures.get(f"fid:{call.required('fid')}")
    if picture is None:
        raise Refusal(10017, "fid")
    return picture


def _send_all_text(wanted: dict[str, Any]) -> dict[str, Any]:
    inner = wanted.get("text")
    content = inner.get("content") if isinstance(inner, dict) else None
    return {"text": content} if isinstance(content, str) and content else {}


def _send_all_articles(wanted: dict[str, Any]) -> dict[str, Any]:
    try:
        words = json.dumps({"articles": wanted.get("articles")})
        return read_data("articles", words, pictures=False)
    except InvalidAnswer:
        return {}


def _data(world: World, kind: str, text: str) -> dict[str, Any]:
    try:
        return read_data(kind, text, pictures=world.switches.article_pictures_needed)
    except InvalidAnswer:
        raise Refusal(10017, "data") from None


def _are_buttons(buttons: Any, most: int) -> bool:
    if not isinstance(buttons, list) or not 0 < len(buttons) <= most:
        return False
    return all(isinstance(one, dict) and _is_button(one) for one in buttons)


def _is_button(button: dict[str, Any]) -> bool:
    if not button.get("name"):
        return False
    if "sub_button" in button:
        return _are_buttons(button["sub_button"], _SUB_BUTTONS)
    return bool({"click": button.get("key"), "view": button.get("url")}.get(button.get("type", "")))
