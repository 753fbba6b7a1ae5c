"""A Post: one rendition of a release for one account."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.ids import AccountId, PostId, ReleaseId, RolloutId
from bot.domain.posts.draft import Draft
from bot.domain.posts.edits import UNEDITED, Edits


class PostKind(StrEnum):
    """What a post carries; the name of its template folder."""

    BUNDLE = "bundle"
    POLICY = "policy"
    INTERPRETATION = "interpretation"
    NOTICE = "notice"
    PICTURES = "pictures"


class PostState(StrEnum):
    """Where a post stands; from `scheduled` on, publishing is read from its Delivery."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    APPROVED = "approved"
    SCHEDULED = "scheduled"
    HELD = "held"
    EXPIRED = "expired"
    CANCELLED = "cancelled"


_ALIVE = frozenset({PostState.EXPIRED, PostState.CANCELLED, PostState.HELD})

POST_MOVES = {
    PostState.DRAFT: _ALIVE | {PostState.IN_REVIEW},
    PostState.IN_REVIEW: _ALIVE | {PostState.DRAFT, PostState.APPROVED},
    PostState.APPROVED: _ALIVE | {PostState.DRAFT, PostState.SCHEDULED},
    PostState.SCHEDULED: _ALIVE | {PostState.DRAFT, PostState.APPROVED},
    PostState.HELD: frozenset(
        {
            PostState.DRAFT,
            PostState.IN_REVIEW,
            PostState.APPROVED,
            PostState.SCHEDULED,
            PostState.CANCELLED,
        }
    ),
}


class IfLate(StrEnum):
    """What happens to work found after its time: publish within the grace time, else hold."""

    PUBLISH = "publish"
    HOLD = "hold"


@dataclass(frozen=True)
class Post:
    """One rendition for one account; approvals are bound to `approved_hash`. An `emergency` jumps
    the queue and is not kept by quiet hours, a quiet period or a breaker. `edits` are what people
    changed of what the templates make of the release; the draft has them in it. `told` are the
    interpretations it tells, by their numbers from 0; None where it tells the whole release."""

    id: PostId
    rollout: RolloutId
    release: ReleaseId
    release_version: int
    account: AccountId
    kind: PostKind
    template: str
    revision: int
    draft: Draft
    state: PostState
    due_at: datetime | None = None
    approved_hash: str | None = None
    approved_by: str | None = None
    submitted_by: str | None = None
    held_from: PostState | None = None
    hold_reason: str = ""
    if_late: IfLate = IfLate.PUBLISH
    grace_seconds: int = 3600
    emergency: bool = False
    edits: Edits = UNEDITED
    told: tuple[int, ...] | None = None

    @property
    def content_hash(self) -> str:
        return self.draft.content.hash

    @property
    def is_approved_as_is(self) -> bool:
        """Whether the approval covers exactly what the draft says now."""
        return self.approved_hash == self.content_hash
