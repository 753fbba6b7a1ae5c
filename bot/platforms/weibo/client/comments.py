"""The inbox: comments received, comments and posts that name the account, how much is unread."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from bot.platforms.weibo.client.hosts import Host
from bot.platforms.weibo.client.objects import Comment, Status
from bot.platforms.weibo.client.session import Session

PAGE_SIZE = 50

T = TypeVar("T")


@dataclass(frozen=True)
class Page(Generic[T]):
    """One page, newest first; `next_max_id` is where the next one begins, 0 at the end.

    A page may be shorter than its size, and pages may overlap.
    """

    items: tuple[T, ...]
    next_max_id: int


@dataclass(frozen=True)
class Span:
    """Ids greater than `since_id` and, unless it is 0, not greater than `max_id`."""

    since_id: int
    max_id: int = 0


@dataclass(frozen=True)
class Unread:
    """How much is new, by stream."""

    comments: int
    mentions: int
    comment_mentions: int


def comments_to_me(session: Session, span: Span) -> Page[Comment]:
    """`comments/to_me`: comments the account received."""
    return _page(session, "/2/comments/to_me.json", span, "comments", Comment.of)


def comment_mentions(session: Session, span: Span) -> Page[Comment]:
    """`comments/mentions`: comments that name the account."""
    return _page(session, "/2/comments/mentions.json", span, "comments", Comment.of)


def mentions(session: Session, span: Span) -> Page[Status]:
    """`statuses/mentions`: posts that name the account."""
    return _page(session, "/2/statuses/mentions.json", span, "statuses", Status.of)


def comments_under(session: Session, status_id: str, span: Span) -> Page[Comment]:
    """`comments/show`: comments under one post, our own and late-approved ones among them."""
    return _page(session, "/2/comments/show.json", span, "comments", Comment.of, id=status_id)


def own_comments(session: Session) -> Page[Comment]:
    """`comments/by_me`: what the account wrote itself, newest first."""
    return _page(session, "/2/comments/by_me.json", Span(0), "comments", Comment.of)


def unread_count(session: Session, uid: str) -> Unread:
    """`remind/unread_count`: one cheap call that says which stream to read."""
    return session.get(Host.REMIND, "/2/remind/unread_count.json", {"uid": uid}, _unread)


def _page(
    session: Session, path: str, span: Span, name: str, parse: Callable[[Any], T], **more: str
) -> Page[T]:
    fields = more | {
        "since_id": str(span.since_id),
        "max_id": str(span.max_id),
        "count": str(PAGE_SIZE),
    }

    def page(body: Any) -> Page[T]:
        return Page(tuple(parse(one) for one in body[name]), int(body.get("next_cursor") or 0))

    return session.get(Host.API, path, fields, page)


def _unread(body: Any) -> Unread:
    return Unread(int(body["cmt"]), int(body["mention_status"]), int(body["mention_cmt"]))
