"""A group of replies that ask the same, as a program proposed it and a person confirms it."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from bot.domain.errors import Conflict, IllegalMove
from bot.domain.ids import AnswerId, QuestionId, ReplyId
from bot.domain.replies.likeness import FEWEST_SHARED, question_terms
from bot.domain.replies.unsourced import Unsourced


class GroupState(StrEnum):
    """Where a group stands. Members change while it is open, and only then."""

    OPEN = "open"
    IN_REVIEW = "in_review"
    ANSWERING = "answering"
    ANSWERED = "answered"


_S = GroupState

GROUP_MOVES = {
    _S.OPEN: frozenset({_S.IN_REVIEW, _S.ANSWERING}),
    _S.IN_REVIEW: frozenset({_S.OPEN, _S.ANSWERING}),
    # Back to open: whoever sent it thinks again before the first has left.
    _S.ANSWERING: frozenset({_S.ANSWERED, _S.OPEN}),
}

GROUP_STATE_NAMES = {
    _S.OPEN: "待答复",
    _S.IN_REVIEW: "答复审核中",
    _S.ANSWERING: "正在逐条答复",
    _S.ANSWERED: "已答复",
}


class Standing(StrEnum):
    """Whether a reply belongs to its group: nobody is answered before a person has said so."""

    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    TAKEN_OUT = "taken_out"


@dataclass(frozen=True)
class GroupAnswer:
    """The one text for all confirmed members; until `leaves_at` it can be taken back."""

    text: str
    by: str
    at: datetime
    approved_by: str = ""
    unsourced: Unsourced | None = None
    leaves_at: datetime | None = None


@dataclass(frozen=True)
class QuestionGroup:
    """One question. `name` is what a person calls it; `version` counts what people changed, so
    that nobody approves what they no longer see."""

    id: QuestionId
    proposed_at: datetime
    name: str = ""
    state: GroupState = GroupState.OPEN
    answer: GroupAnswer | None = None
    version: int = 1

    def moved(self, state: GroupState) -> "QuestionGroup":
        """The group in another state.

        Raises:
            IllegalMove: its state does not allow it.
        """
        if state not in GROUP_MOVES.get(self.state, frozenset()):
            now, wanted = GROUP_STATE_NAMES[self.state], GROUP_STATE_NAMES[state]
            raise IllegalMove("这一组提问", now=now, wanted=wanted)
        return replace(self, state=state)

    def can_be_taken_back(self, now: datetime) -> bool:
        """Whether its answer is on its way and none has left."""
        leaves_at = self.answer.leaves_at if self.answer else None
        return self.state is _S.ANSWERING and leaves_at is not None and now < leaves_at

    def require_open(self) -> None:
        """Go on only while members may change.

        Raises:
            Conflict: the answer is in review or on its way.
        """
        if self.state is not _S.OPEN:
            now = GROUP_STATE_NAMES[self.state]
            raise Conflict(f"这一组提问现在是“{now}”，不能再改动成员。需要改动请先退回答复")


@dataclass(frozen=True)
class Member:
    """A reply of a group. Of a confirmed one, once the group is being answered, either `answer`
    is set or `why_not` says why it can no longer be answered this way; never both."""

    group: QuestionId
    reply: ReplyId
    likeness: float
    proposed_at: datetime
    standing: Standing = Standing.PROPOSED
    judged_by: str = ""
    answer: AnswerId | None = None
    why_not: str = ""

    @property
    def awaits_answer(self) -> bool:
        """Whether it belongs to the group and nothing has come of it yet."""
        return self.standing is Standing.CONFIRMED and not self.answer and not self.why_not


def asks_something(text: str) -> bool:
    """Whether a text is long enough to be compared: thanks and single words ask nothing, however
    many send the same."""
    return len(question_terms(text)) >= FEWEST_SHARED


def answer_id(group: QuestionId, reply: ReplyId) -> AnswerId:
    """The one answer that this reply can get through this group: written twice, it clashes."""
    return AnswerId(f"ans_{group.removeprefix('qst_')}_{reply.removeprefix('rpy_')}")
