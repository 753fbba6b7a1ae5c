"""What every way of posting has in common: checks of the words, short links, duplicates."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, takewhile

from bot.sandbox.weibo.calls import Caller, Upload
from bot.sandbox.weibo.counting import URL
from bot.sandbox.weibo.errors import Refusal
from bot.sandbox.weibo.ids import short_code
from bot.sandbox.weibo.records import AppLevel, Picture, Status
from bot.sandbox.weibo.state import World
from bot.sandbox.weibo.twists import TwistKind

MAX_PICTURE_BYTES = 5 * 1024 * 1024
_MAGIC = {b"\xff\xd8\xff": "image/jpeg", b"GIF8": "image/gif", b"\x89PNG\r\n\x1a\n": "image/png"}
_GLUED = re.compile(r"[^\x21-\x7e]")
_CUT_AT = 140
_MENTION = re.compile(r"@([\w\-]{2,30})")


@dataclass(frozen=True)
class NewPost:
    """A post that passed its own checks, before words and duplicates are looked at."""

    text: str
    rip: str
    pictures: tuple[str, ...] = ()
    visible: int = 0
    is_long: bool = False
    article_id: str = ""


def links(world: World, text: str) -> list[str]:
    """The links the platform recognises in a text, in order."""
    found = [match.group() for match in URL.finditer(text)]
    if world.switches.glued_punctuation == "swallowed":
        return found
    return [_GLUED.split(link)[0] for link in found]


def check_words(world: World, text: str) -> None:
    """Refusal with the code the scenario gives to a word that occurs."""
    for refused in world.switches.refused_words:
        if refused.word in text:
            raise Refusal(refused.code)


def check_duplicate(world: World, uid: int, text: str) -> None:
    """Refusal 20019 (or the switch's code) when the user has just posted the same text."""
    rule = world.switches.dedup
    if rule == "off":
        return
    posts = world.statuses_by(uid)
    recent: Iterator[Status]
    if rule == "last_post":
        recent = islice(posts, 1)
    else:
        since = world.now() - world.switches.dedup_seconds
        recent = takewhile(lambda post: post.created_at > since, posts)
    wanted = _without_spaces(text)
    if any(post.fingerprint == wanted for post in recent):
        raise Refusal(world.switches.dedup_code)


def publish(world: World, caller: Caller, new: NewPost) -> Status:
    """Check words and duplicates, keep the post, tell who is mentioned.

    Refusal 20032 when the scenario delays it: then the post is kept and appears later.
    """
    check_words(world, new.text)
    check_duplicate(world, caller.user.uid, new.text)
    late = world.twists.take(TwistKind.LATE_POST, caller.user.uid)
    status = world.add_status(_status(world, caller, new, late.seconds if late else 0.0))
    tell_mentioned(world, caller.user.uid, new.text, "mention_status")
    if late:
        raise Refusal(20032)
    return status


def keep_picture(world: World, upload: Upload) -> Picture:
    """An uploaded picture under a new id; Refusal 20005 or 20006 when it is not one to keep."""
    if len(upload.body) >= MAX_PICTURE_BYTES:
        raise Refusal(20006)
    kind = picture_type(upload.body)
    pic_id = f"71{world.ids.hex_word(20)}"
    world.pictures[pic_id] = Picture(pic_id, upload.body, kind)
    return world.pictures[pic_id]


def picture_type(body: bytes) -> str:
    """Media type by the first bytes; Refusal 20005 for anything but JPEG, GIF and PNG."""
    for magic, kind in _MAGIC.items():
        if body.startswith(magic):
            return kind
    raise Refusal(20005)


def shorten(world: World, text: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """The text with t.cn links, and what each stands for."""
    pairs = []
    for link in links(world, text):
        short = f"http://t.cn/{short_code(link)}"
        text = text.replace(link, short, 1)
        pairs.append((short, link))
    return text, tuple(pairs)


def mentioned_names(text: str) -> list[str]:
    """The screen names after ``@``; a name ends at the first sign that no name can hold."""
    return list(dict.fromkeys(_MENTION.findall(text)))


def tell_mentioned(world: World, author: int, text: str, stream: str) -> list[int]:
    """Count an unread mention for every user named in the text; their uids."""
    named = [world.user_named(name) for name in mentioned_names(text)]
    uids = [user.uid for user in named if user is not None and user.uid != author]
    for uid in uids:
        world.count_unread(uid, stream)
    return uids


def _status(world: World, caller: Caller, new: NewPost, delay: float) -> Status:
    text, urls = shorten(world, new.text)
    an_id = world.ids.next()
    unreviewed = caller.app.level is AppLevel.TEST
    source = "未通过审核应用" if unreviewed else caller.app.name
    rest = f"…全文： http://m.weibo.cn/{caller.user.uid}/{an_id}"
    return Status(
        id=an_id,
        uid=caller.user.uid,
        text=text[:_CUT_AT] + rest if new.is_long else text,
        submitted=new.text,
        fingerprint=_without_spaces(new.text),
        created_at=world.now(),
        visible_at=world.now() + delay,
        source=f'<a href="http://app.weibo.com/t/feed/SANDBOX" rel="nofollow">{source}</a>',
        urls=urls,
        pictures=new.pictures,
        visible=new.visible,
        long_text=text if new.is_long else "",
        app_key=caller.app.key,
        testers_only=unreviewed,
        article_id=new.article_id,
        rip=new.rip,
    )


def _without_spaces(text: str) -> str:
    return "".join(text.split())
