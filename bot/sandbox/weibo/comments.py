"""Writing and deleting comments."""

from typing import Any

from bot.sandbox.weibo.calls import Call, Caller, check_rip
from bot.sandbox.weibo.counting import length
from bot.sandbox.weibo.errors import Refusal
from bot.sandbox.weibo.limits import HOUR, buckets
from bot.sandbox.weibo.objects import comment_json
from bot.sandbox.weibo.posting import check_words, tell_mentioned
from bot.sandbox.weibo.records import Comment
from bot.sandbox.weibo.state import World
from bot.sandbox.weibo.timeline import visible_to

MAX_LENGTH = 140


def create(world: World, caller: Caller, call: Call) -> dict[str, Any]:
    """Comment a post."""
    text = _checked_text(world, caller, call)
    status = visible_to(world, caller, call.number("id"))
    return _write(world, caller, call, status.id, text)


def reply(world: World, caller: Caller, call: Call) -> dict[str, Any]:
    """Answer a comment; the platform puts 回复@name: before it unless told not to."""
    text = _checked_text(world, caller, call)
    status = visible_to(world, caller, call.number("id"))
    answered = world.comment(_wanted_comment(call))
    if answered.status_id != status.id:
        raise Refusal(20201)
    author = world.users[answered.uid]
    if call.number("without_mention") != 1 and not author.deleted:
        text = f"回复@{author.screen_name}:{text}"
    return _write(world, caller, call, status.id, text, reply_to=answered.id)


def destroy(world: World, caller: Caller, call: Call) -> dict[str, Any]:
    """Delete one's own comment."""
    comment = world.comment(_wanted_comment(call))
    if caller.user.uid != comment.uid:
        raise Refusal(20203)
    body = comment_json(world, comment)
    comment.deleted = True
    return body


def arrive(world: World, comment: Comment, *, mentions: str = "mention_cmt") -> list[int]:
    """Keep a comment and count it for those it concerns; the uids it mentions."""
    world.add_comment(comment)
    return announce(world, comment, mentions=mentions) if comment.approved else []


def announce(world: World, comment: Comment, *, mentions: str = "mention_cmt") -> list[int]:
    """The comment becomes visible: count it as received and as a mention."""
    for uid in receivers(world, comment):
        world.count_unread(uid, "cmt")
    return tell_mentioned(world, comment.uid, comment.text, mentions)


def receivers(world: World, comment: Comment) -> set[int]:
    """Whose inbox it lies in: the post's owner and the one it answers, not its own author."""
    owners = {world.statuses[comment.status_id].uid}
    if comment.reply_to in world.comments:
        owners.add(world.comments[comment.reply_to].uid)
    return owners - {comment.uid}


def _wanted_comment(call: Call) -> int:
    if not call.text("cid"):
        raise Refusal(20204)
    return call.number("cid")


def _checked_text(world: World, caller: Caller, call: Call) -> str:
    text = call.required("comment")
    check_rip(call, world.switches.rip_check)
    if not text.strip():
        raise Refusal(20008)
    if length(text, urls=world.switches.url_counting) > MAX_LENGTH:
        raise Refusal(20012)
    try:
        check_words(world, text)
    except Refusal:
        raise Refusal(20202) from None
    where = buckets(caller.app.key, caller.user.uid, call.ip)
    world.meter.check(where.comments, HOUR, world.meter.profile.comments, 10024, "comments/create")
    return text


def _write(
    world: World, caller: Caller, call: Call, status_id: int, text: str, *, reply_to: int = 0
) -> dict[str, Any]:
    uid = caller.user.uid
    under = world.comments_under(status_id)
    mine = next((one for one in reversed(under) if one.uid == uid and not one.deleted), None)
    is_recent = mine and world.now() - mine.created_at < world.switches.dedup_seconds
    if mine and is_recent and mine.text == text and mine.reply_to == reply_to:
        raise Refusal(20019)
    comment = Comment(world.ids.next(), status_id, uid, text, world.now(), reply_to)
    arrive(world, comment)
    world.meter.add(buckets(caller.app.key, uid, call.ip).comments, HOUR)
    return comment_json(world, comment)
