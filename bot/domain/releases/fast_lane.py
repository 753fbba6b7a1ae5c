"""应急通道: an emergency release is reviewed once, by a second person, and its clocks run in hours.

Hours: 国办发〔2016〕80号 asks for authoritative information within five hours of a 特别重大、重大
突发事件 and a press conference within twenty-four; the hours before that are ours, so that two
people have time to read.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.errors import NotAllowed
from bot.domain.posts.post import Post, PostState
from bot.domain.releases.release import InterpretationKind, Release

EMERGENCY_TEMPLATE = "emergency"
"""The template of notices that an emergency release is drawn with."""

LEGAL_BASIS = "国办发〔2016〕80号"
_BRIEFINGS = frozenset({InterpretationKind.PRESS_CONFERENCE, InterpretationKind.BRIEFING})


class Stage(StrEnum):
    """What must have happened by when."""

    APPROVED = "approved"
    REVIEWED = "reviewed"
    PUBLISHED = "published"
    BRIEFED = "briefed"


HOURS = {Stage.APPROVED: 1, Stage.REVIEWED: 2, Stage.PUBLISHED: 5, Stage.BRIEFED: 24}
STAGE_NAMES = {
    Stage.APPROVED: "审批政策",
    Stage.REVIEWED: "第二人复审",
    Stage.PUBLISHED: "首次发布",
    Stage.BRIEFED: "新闻发布会或吹风会",
}
BY_LAW = frozenset({Stage.PUBLISHED, Stage.BRIEFED})


@dataclass(frozen=True)
class StageClock:
    """One stage: by when, whether it is done, and since when if that is known."""

    stage: Stage
    due_at: datetime
    is_done: bool
    done_at: datetime | None = None

    def is_overdue(self, now: datetime) -> bool:
        """Whether its time has passed and it is not done."""
        return not self.is_done and now > self.due_at


def clocks_of(release: Release, posts: Sequence[Post]) -> tuple[StageClock, ...]:
    """The clocks of an emergency release, from when it was declared one; none of an ordinary."""
    since = release.emergency_since
    if since is None:
        return ()
    alive = [post for post in posts if post.state is not PostState.CANCELLED]
    approval, briefed = release.approval, release.content.interpretations
    done = {
        Stage.APPROVED: (approval is not None, approval.at if approval else None),
        Stage.REVIEWED: (bool(alive) and all(post.is_approved_as_is for post in alive), None),
        Stage.PUBLISHED: (release.released_at is not None, release.released_at),
        Stage.BRIEFED: (any(each.kind in _BRIEFINGS for each in briefed), None),
    }
    return tuple(
        StageClock(stage, since + timedelta(hours=hours), *done[stage])
        for stage, hours in HOURS.items()
    )


def next_overdue(clocks: Sequence[StageClock], now: datetime) -> StageClock | None:
    """The earliest stage that is overdue; None while all is in time."""
    return next((clock for clock in clocks if clock.is_overdue(now)), None)


def require_second_person(release: Release, names: Sequence[str]) -> None:
    """An emergency is not approved for publishing by who approved the release: two people at
    least have read it. `names` are those by which the second is known.

    Raises:
        NotAllowed: it is the same person.
    """
    first = release.approval.by if release.approval else ""
    if first in names:
        raise NotAllowed("应急发布至少要两个人看过：您已审批这份政策，请换一位审核人")
