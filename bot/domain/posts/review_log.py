"""What was said and decided in the review of a post, kept for good."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.ids import PostId
from bot.domain.posts.review import ReviewStep

LONGEST_COMMENT = 500


class ReviewEvent(StrEnum):
    """What somebody did. Only the middle two decide something."""

    SUBMITTED = "submitted"
    SIGNED = "signed"
    RETURNED = "returned"
    COMMENTED = "commented"


DECISIONS = frozenset({ReviewEvent.SIGNED, ReviewEvent.RETURNED})


@dataclass(frozen=True)
class ReviewEntry:
    """One line: by whom (login), on which content. `step` is the one that was taken, or at which
    the post was returned."""

    post: PostId
    event: ReviewEvent
    at: datetime
    by: str
    content_hash: str
    revision: int
    step: ReviewStep | None = None
    text: str = ""
    on_behalf_of: str = ""
