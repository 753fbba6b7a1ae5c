"""A Post: one rendition of a release for one account."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from bot.domain.ids import AccountId, PostId, ReleaseId, RolloutId
from bot.domain.posts.draft import Draft
from bot.domain.posts.edits import UNEDITED, Edits
from bot.domain.posts.review import (
    ONE_STEP,
    ReviewStep,
    Signature,
    are_by_different_people,
    step_after,
    steps_left,
)


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
    interpretations it tells, by their numbers from 0; None where it tells the whole release.

    `steps` are the readings it needs, none where the release's approval covers it; `signatures`
    those that were given. `hands` are the people whose words are in it, the last one last;
    `keeper` is who writes it (撰稿人), by login: it comes back to them.
    """

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
    steps: tuple[ReviewStep, ...] = ()
    signatures: tuple[Signature, ...] = ()
    hands: tuple[str, ...] = ()
    keeper: str = ""

    @property
    def content_hash(self) -> str:
        return self.draft.content.hash

    @property
    def next_step(self) -> ReviewStep | None:
        """The step that what the draft says now waits for; None when somebody took each."""
        return step_after(self.steps or ONE_STEP, self.signatures, self.content_hash)

    @property
    def steps_left(self) -> tuple[ReviewStep, ...]:
        """The steps what the draft says now still waits for; none once it is approved."""
        is_unread = self.state in {PostState.DRAFT, PostState.IN_REVIEW}
        if self.is_approved_as_is and not is_unread:
            return ()
        return steps_left(self.steps or ONE_STEP, self.signatures, self.content_hash)

    @property
    def writers(self) -> frozenset[str]:
        """Who may take no step: who submitted it, and everybody whose hand is in its words."""
        return frozenset({self.submitted_by or "", *self.hands} - {""})

    @property
    def involved(self) -> frozenset[str]:
        """Who may take no further step: the writers, and who stands behind a step."""
        return self.writers.union(*(one.people for one in self.signatures))

    @property
    def is_approved_as_is(self) -> bool:
        """Whether the approval covers exactly what the draft says now: every step it needs was
        taken on these words, each by another person, none by a writer."""
        shown = self.content_hash
        if self.approved_hash != shown:
            return False
        on_this = [one for one in self.signatures if one.content_hash == shown]
        return step_after(self.steps, on_this, shown) is None and (
            are_by_different_people(on_this, self.writers)
        )

    def without_approval(self) -> "Post":
        """The post with every approval and every step of one void."""
        return replace(self, approved_hash=None, approved_by=None, signatures=())

    def reworded(self, draft: Draft, edits: Edits, *, by: str) -> "Post":
        """With what a person wrote instead: they keep it from now on, and what was approved
        before is void. From here on it needs a second person, whatever its rule says. Where
        nothing is left of any edit, only whoever took the last one out has a hand in it."""
        hands = (*(one for one in self.hands if one != by and edits), by)
        return replace(
            self.without_approval(),
            draft=draft,
            edits=edits,
            hands=hands,
            keeper=by,
            steps=self.steps or ONE_STEP,
        )
