"""The commercial host's ways of posting: topics, long texts, up to nine pictures."""

from typing import Any

from bot.sandbox.weibo.calls import Call, Caller, check_rip
from bot.sandbox.weibo.counting import length
from bot.sandbox.weibo.errors import Refusal
from bot.sandbox.weibo.objects import picture_urls, status_json
from bot.sandbox.weibo.posting import NewPost, keep_picture, publish
from bot.sandbox.weibo.records import Picture
from bot.sandbox.weibo.state import World

MAX_SHORT = 140
_VISIBLE = (0, 1, 2, 3)


def update(world: World, caller: Caller, call: Call) -> dict[str, Any]:
    """Post a text."""
    return _post(world, caller, call, ())


def upload(world: World, caller: Caller, call: Call) -> dict[str, Any]:
    """Post a text with one picture sent along."""
    return _post(world, caller, call, (_sent_picture(world, call).pic_id,))


def upload_pic(world: World, _caller: Caller, call: Call) -> dict[str, Any]:
    """Keep a picture for a later post with several."""
    picture = _sent_picture(world, call)
    return {"pic_id": picture.pic_id} | picture_urls(picture.pic_id)


def upload_url_text(world: World, caller: Caller, call: Call) -> dict[str, Any]:
    """Post a text with kept pictures (``pic_id``), or with one from an address (``url``)."""
    if call.text("pic_id"):
        return _post(world, caller, call, _kept_pictures(world, call.text("pic_id")))
    url = call.required("url")
    if not url.startswith("http"):
        raise Refusal(10017, "url")
    pic_id = f"71{world.ids.hex_word(20)}"
    world.pictures[pic_id] = Picture(pic_id, b"", "", url)
    return _post(world, caller, call, (pic_id,))


def _post(world: World, caller: Caller, call: Call, pictures: tuple[str, ...]) -> dict[str, Any]:
    text = call.required("status")
    rip = check_rip(call, world.switches.rip_check)
    visible = call.number("visible")
    if visible not in _VISIBLE:
        raise Refusal(10017, "visible")
    if not text.strip():
        raise Refusal(20008)
    is_long = _check_length(world, caller, call, text)
    new = NewPost(text, rip, pictures, visible, is_long)
    status = publish(world, caller, new)
    body = status_json(world, status)
    if is_long:
        content = {"longTextContent": status.long_text, "url_objects": body["url_objects"]}
        body["longText"] = content
    return body


def _check_length(world: World, caller: Caller, call: Call, text: str) -> bool:
    size = length(text, urls=world.switches.url_counting)
    if size <= MAX_SHORT:
        return False
    if not call.number("is_longtext") or not caller.user.long_text_allowed:
        raise Refusal(20012)
    if size > world.switches.long_text_limit:
        raise Refusal(20049)
    return True


def _sent_picture(world: World, call: Call) -> Picture:
    if "pic" not in call.files:
        raise Refusal(20007)
    return keep_picture(world, call.files["pic"])


def _kept_pictures(world: World, pic_ids: str) -> tuple[str, ...]:
    wanted = tuple(filter(None, pic_ids.split(",")))
    known = all(pic_id in world.pictures for pic_id in wanted)
    if not known or len(wanted) > world.switches.max_pictures:
        raise Refusal(10017, "pic_id")
    return wanted
