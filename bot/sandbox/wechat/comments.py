"""Readers' comments on articles: nothing is pushed, the account has to come and look."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.sandbox.wechat.accounts import Shape
from bot.sandbox.wechat.calls import ApiCall
from bot.sandbox.wechat.errors import Refusal
from bot.sandbox.wechat.state import Account, Comment, CommentBook, World

OK = {"errcode": 0, "errmsg": "ok"}
MAX_PAGE = 50
ALL, ORDINARY, ELECTED = 0, 1, 2


def open_comments(world: World, call: ApiCall) -> dict[str, Any]:
    """comment/open."""
    _book(world, call).is_open = True
    return OK


def close_comments(world: World, call: ApiCall) -> dict[str, Any]:
    """comment/close."""
    _book(world, call).is_open = False
    return OK


def list_comments(world: World, call: ApiCall) -> dict[str, Any]:
    """comment/list, oldest first; the platform promises no order."""
    book = _book(world, call)
    begin, count = call.number("begin", 0, refused=88010), call.number("count", 0, refused=88010)
    if begin < 0 or not 1 <= count <= MAX_PAGE:
        raise Refusal(88010)
    kind = call.number("type", ALL)
    wanted = [
        one for one in book.comments.values() if kind == ALL or one.is_elected is (kind == ELECTED)
    ]
    page = [_shown(world, one) for one in wanted[begin : begin + count]]
    return {**OK, "total": len(wanted), "comment": page}


def elect(world: World, call: ApiCall) -> dict[str, Any]:
    """comment/markelect."""
    book = _book(world, call)
    comment = _comment(book, call)
    elected = sum(1 for one in book.comments.values() if one.is_elected)
    if not comment.is_elected and elected >= world.switches.elected_limit:
        raise Refusal(88003)
    comment.is_elected = True
    return OK


def unelect(world: World, call: ApiCall) -> dict[str, Any]:
    """comment/unmarkelect."""
    _comment(_book(world, call), call).is_elected = False
    return OK


def delete(world: World, call: ApiCall) -> dict[str, Any]:
    """comment/delete."""
    book = _book(world, call)
    del book.comments[_comment(book, call).user_comment_id]
    return OK


def add_reply(world: World, call: ApiCall) -> dict[str, Any]:
    """comment/reply/add: one reply a comment."""
    comment = _comment(_book(world, call), call)
    content = call.body.get("content")
    too_long = not isinstance(content, str) or len(content) > world.switches.comment_reply_limit
    if too_long or not str(content).strip():
        raise Refusal(88007)
    if comment.reply:
        raise Refusal(88005)
    comment.reply, comment.replied_at = str(content), int(world.now())
    return OK


def delete_reply(world: World, call: ApiCall) -> dict[str, Any]:
    """comment/reply/delete."""
    comment = _comment(_book(world, call), call)
    if not comment.reply:
        raise Refusal(88009)
    comment.reply, comment.replied_at = "", 0
    return OK


def find_book(account: Account, msg_data_id: int, index: int) -> CommentBook | None:
    """Return the comments of an article by its msg_data_id and 0-based index."""
    publication = account.numbered.get(msg_data_id)
    if publication is None or not 0 <= index < len(publication.comments):
        return None
    return publication.comments[index]


def write(book: CommentBook, openid: str, content: str, at: float) -> Comment:
    """Add a reader's comment."""
    comment = Comment(book.next_id, openid, content, int(at))
    book.comments[comment.user_comment_id] = comment
    book.next_id += 1
    return comment


def _book(world: World, call: ApiCall) -> CommentBook:
    account = call.account
    if not (account.spec.verified and account.spec.comment_privilege):
        raise Refusal(88000)
    number, index = call.number("msg_data_id", refused=88001), call.number("index", 0)
    book = find_book(account, number, index)
    if book is None:
        raise Refusal(88001)
    if not (account.numbered[number].is_pushed or world.switches.comments_for_published):
        raise Refusal(88001)
    return book


def _comment(book: CommentBook, call: ApiCall) -> Comment:
    number = call.number("user_comment_id", refused=88008)
    if number in book.gone:
        raise Refusal(88004)
    if number not in book.comments:
        raise Refusal(88008)
    return book.comments[number]


def _shown(world: World, comment: Comment) -> dict[str, Any]:
    is_old = world.switches.reply_shape is Shape.ARRAY
    spell: Callable[[int], int | str] = str if is_old else int
    shown: dict[str, Any] = {
        "user_comment_id": spell(comment.user_comment_id),
        "create_time": spell(comment.created_at),
        "content": comment.content,
        "comment_type": 1 if comment.is_elected else 0,
    }
    if comment.openid:
        shown["openid"] = comment.openid
    if comment.reply:
        reply = {"content": comment.reply, "create_time": spell(comment.replied_at)}
        shown["reply"] = [reply] if is_old else reply
    return shown
