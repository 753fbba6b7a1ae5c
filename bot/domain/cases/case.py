"""A Case: what one reply, or one question that came another way, needs done."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from bot.domain.cases.care import Care, SecrecyCheck
from bot.domain.cases.clock import Deadline
from bot.domain.cases.names import CaseClass, Entry
from bot.domain.cases.retention import Hold, Tombstone
from bot.domain.ids import AccountId, AnswerId, CaseId, DepartmentId, ReplyId
from bot.domain.replies.unsourced import Unsourced


class CaseState(StrEnum):
    """Where a case stands. Transfers and ratings are events: the state stays, the clock goes on."""

    RECEIVED = "received"
    ASSIGNED = "assigned"
    ANSWERING = "answering"
    IN_REVIEW = "in_review"
    ANSWERED = "answered"
    CLOSED = "closed"
    REOPENED = "reopened"
    RETURNED = "returned"
    MERGED = "merged"
    WITHDRAWN = "withdrawn"


_S = CaseState
_ENDS = frozenset({_S.MERGED, _S.WITHDRAWN})

CASE_MOVES = {
    _S.RECEIVED: frozenset({_S.ASSIGNED, _S.ANSWERING}) | _ENDS,
    _S.ASSIGNED: frozenset({_S.ASSIGNED, _S.ANSWERING, _S.RETURNED}) | _ENDS,
    _S.RETURNED: frozenset({_S.ASSIGNED, _S.ANSWERING}) | _ENDS,
    _S.ANSWERING: frozenset({_S.ASSIGNED, _S.ANSWERING, _S.RETURNED, _S.IN_REVIEW, _S.ANSWERED})
    | _ENDS,
    _S.IN_REVIEW: frozenset({_S.ANSWERING, _S.ANSWERED}) | _ENDS,
    # Back to answering: the platform refused what was sent, so nobody has been answered.
    _S.ANSWERED: frozenset({_S.CLOSED, _S.REOPENED, _S.ANSWERING}),
    _S.CLOSED: frozenset({_S.REOPENED}),
    _S.REOPENED: frozenset({_S.ASSIGNED, _S.ANSWERING}) | _ENDS,
}

RUNNING = frozenset(
    {_S.RECEIVED, _S.ASSIGNED, _S.RETURNED, _S.ANSWERING, _S.IN_REVIEW, _S.REOPENED}
)
"""States in which somebody waits for an answer."""

STATE_NAMES = {
    _S.RECEIVED: "已受理",
    _S.ASSIGNED: "已转办",
    _S.ANSWERING: "办理中",
    _S.IN_REVIEW: "答复审核中",
    _S.ANSWERED: "已答复",
    _S.CLOSED: "已办结",
    _S.REOPENED: "重新办理",
    _S.RETURNED: "退回重新转办",
    _S.MERGED: "已并入另一件",
    _S.WITHDRAWN: "已撤回",
}


class Channel(StrEnum):
    """How the asker gets the answer. Only the first is sent by us; of the others a person says
    that they did it, and everybody who has number and check code can look the answer up."""

    PLATFORM = "platform"
    PHONE = "phone"
    POST = "post"
    IN_PERSON = "in_person"
    LOOK_UP = "look_up"


CHANNEL_NAMES = {
    Channel.PLATFORM: "在平台上回复",
    Channel.PHONE: "电话答复",
    Channel.POST: "书面寄送",
    Channel.IN_PERSON: "当面答复",
    Channel.LOOK_UP: "凭受理编号查询",
}


@dataclass(frozen=True)
class DraftAnswer:
    """An answer that is not given yet: what was written, how it is to go out, and by whom. Of a
    sensitive case `approved_by` are those who have approved it so far, and `secrecy` is what the
    secrecy check of these very words found."""

    text: str
    channel: Channel
    by: str
    at: datetime
    unsourced: Unsourced | None = None
    approved_by: tuple[str, ...] = ()
    secrecy: SecrecyCheck | None = None


@dataclass(frozen=True)
class Case:
    """One matter. `deadline` is computed once and kept; `version` counts the changes, so that
    nobody decides upon what they no longer see. `suggested` says that nobody has confirmed class
    and department yet. `accepted_at` is when the department signed for it (签收). `care` says that
    it is sensitive. With a `hold` nothing of it may be erased; with a `tombstone` its words are
    gone."""

    id: CaseId
    number: str
    check_code: str
    entry: Entry
    case_class: CaseClass
    received_at: datetime
    opened_at: datetime
    deadline: Deadline
    changed_by: str
    changed_at: datetime
    account: AccountId | None = None
    reply: ReplyId | None = None
    subject: str = ""
    is_urgent: bool = False
    suggested: bool = False
    state: CaseState = CaseState.RECEIVED
    department: DepartmentId | None = None
    handler: str = ""
    accepted_at: datetime | None = None
    draft: DraftAnswer | None = None
    answer: AnswerId | None = None
    answer_text: str = ""
    answered_by: Channel | None = None
    answered_at: datetime | None = None
    closed_at: datetime | None = None
    merged_into: CaseId | None = None
    care: Care | None = None
    hold: Hold | None = None
    tombstone: Tombstone | None = None
    version: int = 1

    @property
    def is_running(self) -> bool:
        """Whether the clock runs: somebody waits for an answer."""
        return self.state in RUNNING

    @property
    def ended_at(self) -> datetime | None:
        """When there was nothing more to do, from which on its words are kept for a time."""
        if self.is_running:
            return None
        return self.closed_at or self.answered_at or self.changed_at

    @property
    def is_provisional(self) -> bool:
        """Whether the deadline may move when the calendar of its year is published."""
        return self.deadline.is_provisional

    def is_overdue(self, now: datetime) -> bool:
        """Whether the answer is late: given after the deadline, or still owed."""
        if self.answered_at is not None:
            return self.answered_at > self.deadline.due_at
        return self.is_running and not self.deadline.is_paused and now > self.deadline.due_at

    def changed(self, *, by: str, at: datetime) -> "Case":
        """The next version, with who made it."""
        return replace(self, version=self.version + 1, changed_by=by, changed_at=at)
