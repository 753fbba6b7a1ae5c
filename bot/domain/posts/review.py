"""三审三校: the steps in which a post is reviewed, who may take each, and what a step is worth."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class ReviewStep(StrEnum):
    """One reading of a post by one person. A review of one step is the second, 复审."""

    FIRST = "first"
    SECOND = "second"
    FINAL = "final"


STEP_NAMES = {ReviewStep.FIRST: "初审", ReviewStep.SECOND: "复审", ReviewStep.FINAL: "终审"}

ONE_STEP = (ReviewStep.SECOND,)
THREE_STEPS = (ReviewStep.FIRST, ReviewStep.SECOND, ReviewStep.FINAL)


TAKES_A_READING = timedelta(minutes=30)
"""What one step usually takes from asking to signing; with less, staff are warned."""


class PostApproval(StrEnum):
    """`four_eyes`: a person approves each post. `three_steps`: three people do, one after the
    other (三审三校). `release`: the release's approval covers an unchanged template result without
    blocking findings."""

    RELEASE = "release"
    FOUR_EYES = "four_eyes"
    THREE_STEPS = "three_steps"

    @property
    def steps(self) -> tuple[ReviewStep, ...]:
        """The steps of review it asks for."""
        return _STEPS[self]


_STEPS = {
    PostApproval.RELEASE: (),
    PostApproval.FOUR_EYES: ONE_STEP,
    PostApproval.THREE_STEPS: THREE_STEPS,
}
_STRICTEST_LAST = tuple(PostApproval)


def stricter(*approvals: PostApproval) -> PostApproval:
    """The one that asks the most people."""
    return max(approvals, key=_STRICTEST_LAST.index)


@dataclass(frozen=True)
class Signature:
    """A step that was taken: by whom (login), when, on which content, with what to say of it.
    A deputy signs with their own name, `on_behalf_of` whoever named them (代)."""

    step: ReviewStep
    by: str
    at: datetime
    content_hash: str
    comment: str = ""
    on_behalf_of: str = ""

    @property
    def people(self) -> frozenset[str]:
        """Everybody whose reading this stands for: none of them may stand for another step."""
        return frozenset({self.by, self.on_behalf_of} - {""})


def steps_left(
    steps: Sequence[ReviewStep], signatures: Sequence[Signature], content_hash: str
) -> tuple[ReviewStep, ...]:
    """Those of `steps` that nobody has taken on this content."""
    taken = {one.step for one in signatures if one.content_hash == content_hash}
    return tuple(step for step in steps if step not in taken)


def step_after(
    steps: Sequence[ReviewStep], signatures: Sequence[Signature], content_hash: str
) -> ReviewStep | None:
    """The first of `steps` that nobody has taken on this content; None when all are taken."""
    return next(iter(steps_left(steps, signatures, content_hash)), None)


def are_by_different_people(signatures: Sequence[Signature], others: frozenset[str]) -> bool:
    """Whether no person stands behind two signatures, and none of `others` behind one."""
    met = set(others)
    for one in signatures:
        if met & one.people:
            return False
        met |= one.people
    return True
