"""What people ask for and nothing published answers: a question of many, or a search without a
hit, proposed for a supplementary interpretation (百姓关心的信息不公开)."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from bot.domain.errors import IllegalMove
from bot.domain.ids import DemandId, DepartmentId, ReleaseId

DEMAND_FROM = 10
"""Askers from whom on a demand is raised, until the office sets its own number."""


class DemandKind(StrEnum):
    """Where it shows."""

    QUESTION = "question"
    SEARCH = "search"


class DemandState(StrEnum):
    """What became of it."""

    PENDING = "pending"
    TRANSFERRED = "transferred"
    PUBLISHED = "published"
    DECLINED = "declined"


_S = DemandState

DEMAND_MOVES = {
    _S.PENDING: frozenset({_S.TRANSFERRED, _S.PUBLISHED, _S.DECLINED}),
    _S.TRANSFERRED: frozenset({_S.TRANSFERRED, _S.PUBLISHED, _S.DECLINED}),
    _S.DECLINED: frozenset({_S.PENDING}),
    _S.PUBLISHED: frozenset({_S.PENDING}),
}

DEMAND_STATE_NAMES = {
    _S.PENDING: "待处理",
    _S.TRANSFERRED: "已转起草部门",
    _S.PUBLISHED: "已发布解读",
    _S.DECLINED: "不予公开",
}


@dataclass(frozen=True)
class Demand:
    """`subject` is the id of the group, or the words that were searched for. `department` drafts
    the interpretation, `release` is where it stands, `reason` says why there is none."""

    id: DemandId
    kind: DemandKind
    subject: str
    raised_at: datetime
    changed_by: str
    changed_at: datetime
    state: DemandState = DemandState.PENDING
    department: DepartmentId | None = None
    release: ReleaseId | None = None
    reason: str = ""

    def moved(self, state: DemandState, *, by: str, at: datetime) -> "Demand":
        """The demand in another state.

        Raises:
            IllegalMove: its state does not allow it.
        """
        if state not in DEMAND_MOVES[self.state]:
            now, wanted = DEMAND_STATE_NAMES[self.state], DEMAND_STATE_NAMES[state]
            raise IllegalMove("这一条公开需求", now=now, wanted=wanted)
        return replace(self, state=state, changed_by=by, changed_at=at)
