"""GET: questions that many ask, and what people ask for in vain. Followers' words are masked."""

from datetime import datetime
from typing import Annotated, Any, Self

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel

from bot.api.answers import Page
from bot.api.failures import documented
from bot.api.parameters import Limit, ObjectId, Offset, page, refuse_unknown_parameters
from bot.api.tokens import Token, Tools
from bot.domain.ids import QuestionId
from bot.domain.personal.masking import mask
from bot.domain.questions.demand import DemandState
from bot.domain.questions.group import GroupState, Standing
from bot.ports.question_overview import DemandRow, GroupOrder, GroupRow, MemberRow
from bot.ports.question_storage import GroupCount

router = APIRouter(prefix="/api", dependencies=[Depends(refuse_unknown_parameters)])


class QuestionLine(BaseModel):
    """A group of replies that ask the same. `askers` counts each sender of an account once,
    `lately` the replies that joined within a day."""

    id: str
    name: str
    state: GroupState
    version: int
    words: str
    askers: int
    replies: int
    confirmed: int
    lately: int
    first_asked_at: datetime | None
    last_asked_at: datetime | None

    @classmethod
    def of(cls, row: GroupRow) -> Self:
        counted = row.counted
        return cls(**_counted(counted), words=mask(row.words), lately=row.lately)


class MemberLine(BaseModel):
    """A reply of a group. Of a confirmed one, once the group is being answered, either
    `answer_state` is set or `why_not` says why it could not be answered."""

    reply_id: str
    standing: Standing
    likeness: float
    judged_by: str
    words: str
    said_at: datetime
    case_id: str | None
    answer_state: str | None
    why_not: str

    @classmethod
    def of(cls, row: MemberRow) -> Self:
        return cls(
            reply_id=row.reply_id,
            standing=Standing(row.standing),
            likeness=row.likeness,
            judged_by=row.judged_by,
            words=mask(row.words),
            said_at=row.said_at,
            case_id=row.case_id,
            answer_state=row.answer_state,
            why_not=row.why_not,
        )


class QuestionAnswer(BaseModel):
    """One group with its one answer, if it has any."""

    id: str
    name: str
    state: GroupState
    version: int
    askers: int
    replies: int
    confirmed: int
    first_asked_at: datetime | None
    last_asked_at: datetime | None
    answer_text: str
    written_by: str
    approved_by: str

    @classmethod
    def of(cls, counted: GroupCount) -> Self:
        answer = counted.group.answer
        return cls(
            **_counted(counted),
            answer_text=answer.text if answer else "",
            written_by=answer.by if answer else "",
            approved_by=answer.approved_by if answer else "",
        )


class DemandLine(BaseModel):
    """Something that people ask for and nothing published answers."""

    id: str
    kind: str
    state: DemandState
    words: str
    sample: str
    askers: int
    department_id: str | None
    release_id: str | None
    reason: str
    raised_at: datetime
    changed_at: datetime

    @classmethod
    def of(cls, row: DemandRow) -> Self:
        return cls(
            id=row.id,
            kind=row.kind,
            state=DemandState(row.state),
            words=mask(row.words),
            sample=mask(row.sample),
            askers=row.askers,
            department_id=row.department_id,
            release_id=row.release_id,
            reason=row.reason,
            raised_at=row.raised_at,
            changed_at=row.changed_at,
        )


@router.get("/questions", responses=documented(401, 422), tags=["replies"])
def list_questions(
    _token: Token,
    tools: Tools,
    *,
    state: GroupState = GroupState.OPEN,
    order: GroupOrder = GroupOrder.SIZE,
    limit: Limit = 50,
    offset: Offset = 0,
) -> Page[QuestionLine]:
    """Groups in one state, the largest first; by growth, those alone that grew within a day."""
    rows = tools.overview.groups(state, order=order, limit=limit + 1, offset=offset)
    return page(rows, QuestionLine.of, limit=limit, offset=offset)


@router.get("/questions/{question_id}", responses=documented(401, 404, 422), tags=["replies"])
def show_question(question_id: ObjectId, _token: Token, tools: Tools) -> QuestionAnswer:
    """One group."""
    with tools.storage.look() as uow:
        return QuestionAnswer.of(uow.questions.count(QuestionId(question_id)))


@router.get(
    "/questions/{question_id}/members", responses=documented(401, 404, 422), tags=["replies"]
)
def list_members(
    question_id: ObjectId, _token: Token, tools: Tools, *, limit: Limit = 50, offset: Offset = 0
) -> Page[MemberLine]:
    """The replies of a group that were not taken out, in the order they joined."""
    with tools.storage.look() as uow:
        uow.questions.get(QuestionId(question_id))
    rows = tools.overview.members(question_id, limit=limit + 1, offset=offset)
    return page(rows, MemberLine.of, limit=limit, offset=offset)


@router.get("/demands", responses=documented(401, 422), tags=["replies"])
def list_demands(
    _token: Token,
    tools: Tools,
    *,
    state: Annotated[list[DemandState], Query(default_factory=list)],
    limit: Limit = 50,
    offset: Offset = 0,
) -> Page[DemandLine]:
    """What people ask for in vain, the newest first."""
    rows = tools.overview.demands(states=state, limit=limit + 1, offset=offset)
    return page(rows, DemandLine.of, limit=limit, offset=offset)


def _counted(counted: GroupCount) -> dict[str, Any]:
    group = counted.group
    return {
        "id": group.id,
        "name": group.name,
        "state": group.state,
        "version": group.version,
        "askers": counted.askers,
        "replies": counted.replies,
        "confirmed": counted.confirmed,
        "first_asked_at": counted.first_asked_at,
        "last_asked_at": counted.last_asked_at,
    }
