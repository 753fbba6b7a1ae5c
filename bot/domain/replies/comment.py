"""How a comment stands on its platform; the Reply it became is never altered."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.ids import PostId, ReplyId


@dataclass(frozen=True)
class CommentCount:
    """How many comments a platform counts under a post: its own answers, and some that it shows
    to nobody, may be among them."""

    post: PostId
    counted: int
    at: datetime


@dataclass(frozen=True)
class CommentSeen:
    """A comment as the platform showed it just now, known by its reply's key."""

    key: str
    is_selected: bool = False
    author_reply: str = ""
    author_replied_at: datetime | None = None


@dataclass(frozen=True)
class CommentStanding:
    """A comment as we last knew it: selected or not, the author's word under it, gone or not."""

    reply: ReplyId
    is_selected: bool = False
    author_reply: str = ""
    author_replied_at: datetime | None = None
    gone_at: datetime | None = None

    def as_seen(self, seen: CommentSeen) -> "CommentStanding":
        """The standing after a look; who is seen is not gone."""
        return replace(
            self,
            is_selected=seen.is_selected,
            author_reply=seen.author_reply,
            author_replied_at=seen.author_replied_at,
            gone_at=None,
        )
