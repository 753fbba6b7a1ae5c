"""The streams of the inbox: which call reads each, and what its items become."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from bot.domain.replies.reply import Channel, Incoming, ReplyKind
from bot.platforms.weibo.client import comments
from bot.platforms.weibo.client.comments import Page, Span
from bot.platforms.weibo.client.objects import Comment, Status, raw_json
from bot.platforms.weibo.client.session import Session

_Said = TypeVar("_Said", Comment, Status)

COMMENTS_TO_ME = "comments_to_me"
MENTIONS = "mentions"
COMMENT_MENTIONS = "comment_mentions"


@dataclass(frozen=True)
class Batch:
    """One page of a stream: what came, the ids it reached, where the next page begins (0: none).

    What the account itself wrote is among the ids, and did not come from a follower.
    """

    incoming: tuple[Incoming, ...]
    ids: tuple[int, ...]
    next_max_id: int


def read_comments(session: Session, span: Span) -> Batch:
    """Comments the account received."""
    return _batch(session, comments.comments_to_me(session, span), _of_comment)


def read_comments_under(session: Session, status_id: str, span: Span) -> Batch:
    """Comments under one post of ours, whatever the other streams showed of them."""
    return _batch(session, comments.comments_under(session, status_id, span), _of_comment)


def read_comment_mentions(session: Session, span: Span) -> Batch:
    """Comments that name the account, wherever they stand.

    One under a post of ours comes with the stream of comments too: the same key makes it one.
    """
    return _batch(session, comments.comment_mentions(session, span), _of_comment_mention)


def read_mentions(session: Session, span: Span) -> Batch:
    """Posts that name the account."""
    return _batch(session, comments.mentions(session, span), _of_status)


READERS: Mapping[str, Callable[[Session, Span], Batch]] = {
    COMMENTS_TO_ME: read_comments,
    MENTIONS: read_mentions,
    COMMENT_MENTIONS: read_comment_mentions,
}
"""Most important first."""


def _batch(
    session: Session, page: Page[_Said], incoming: Callable[[Session, _Said], Incoming]
) -> Batch:
    uid = session.access.account.options.get("uid", "")
    said = (one for one in page.items if not uid or one.user.uid != uid)
    return Batch(
        tuple(incoming(session, one) for one in said),
        tuple(int(one.id) for one in page.items),
        page.next_max_id,
    )


def _of_comment_mention(session: Session, comment: Comment) -> Incoming:
    return replace(
        _of_comment(session, comment),
        channel=Channel.WEIBO_MENTION,
        kind=ReplyKind.MENTION,
        type_name="comment_mention",
    )


def _of_comment(session: Session, comment: Comment) -> Incoming:
    return Incoming(
        account=session.access.account.id,
        channel=Channel.WEIBO_COMMENT,
        kind=ReplyKind.COMMENT,
        key=f"comment:{comment.id}",
        sender=comment.user.uid,
        sender_name=comment.user.name,
        text=comment.text,
        said_at=comment.created_at,
        raw=raw_json(comment.raw),
        type_name="comment",
        target=comment.status_id,
        platform_id=comment.id,
        recipient=session.access.account.options.get("uid", ""),
    )


def _of_status(session: Session, status: Status) -> Incoming:
    return Incoming(
        account=session.access.account.id,
        channel=Channel.WEIBO_MENTION,
        kind=ReplyKind.MENTION,
        key=f"mention:{status.id}",
        sender=status.user.uid,
        sender_name=status.user.name,
        text=status.text,
        said_at=status.created_at,
        raw=raw_json(status.raw),
        type_name="mention",
        target=status.id,
        platform_id=status.id,
        recipient=session.access.account.options.get("uid", ""),
    )
