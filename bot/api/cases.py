"""GET: cases by deadline, and one with its clock and every step. Check codes are never told."""

from datetime import datetime
from typing import Annotated, Self

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel, ConfigDict

from bot.api.failures import RequestRefused, documented
from bot.api.parameters import IdFilter, Limit, ObjectId, refuse_unknown_parameters
from bot.api.tokens import Token, Tools
from bot.domain.accounts.budgets import BEIJING
from bot.domain.cases.case import Case, CaseState
from bot.domain.cases.clock import Deadline
from bot.domain.cases.history import CaseEvent
from bot.domain.cases.names import CaseClass
from bot.domain.ids import CaseId
from bot.ports.case_overview import CaseFilter, CaseKey, CaseRow

router = APIRouter(prefix="/api", dependencies=[Depends(refuse_unknown_parameters)])

After = Annotated[
    str, Query(max_length=120, description="`next` of the page before: go on behind it.")
]


class CaseLine(BaseModel):
    """A case in a list. `words` are a follower's or those of staff: personal data, to be kept no
    longer than needed. `due_at` is the last moment in which an answer is in time."""

    model_config = ConfigDict(from_attributes=True)

    id: str
    number: str
    version: int
    entry: str
    case_class: str
    is_urgent: bool
    suggested: bool
    state: str
    department_id: str | None
    department_name: str | None
    handler: str
    account_id: str | None
    account_name: str | None
    reply_id: str | None
    words: str
    received_at: datetime
    due_at: datetime
    is_provisional: bool
    accepted_at: datetime | None
    answered_at: datetime | None


class CasePage(BaseModel):
    """Some cases, and where the next ones begin; null when these are the last."""

    items: list[CaseLine]
    next: str | None


class StepAnswer(BaseModel):
    """One step of a case."""

    kind: str
    at: datetime
    by: str
    note: str
    details: dict[str, str]

    @classmethod
    def of(cls, event: CaseEvent) -> Self:
        return cls(
            kind=event.kind,
            at=event.at,
            by=event.by,
            note=event.note,
            details=dict(event.details),
        )


class ClockAnswer(BaseModel):
    """The clock: the rule it runs by, as it was when the clock began."""

    rule: str
    rule_version: int
    term: str
    basis: str
    begun_at: datetime
    due_at: datetime
    is_provisional: bool
    is_paused: bool
    needs_review: bool

    @classmethod
    def of(cls, deadline: Deadline) -> Self:
        return cls(
            rule=deadline.rule,
            rule_version=deadline.rule_version,
            term=deadline.term.in_words,
            basis=deadline.basis,
            begun_at=deadline.begun_at,
            due_at=deadline.due_at,
            is_provisional=deadline.is_provisional,
            is_paused=deadline.is_paused,
            needs_review=deadline.needs_review,
        )


class CaseAnswer(BaseModel):
    """One case. `answer_text` is what the asker was told, `merged_into` whose answer it has."""

    id: str
    number: str
    version: int
    entry: str
    case_class: str
    is_urgent: bool
    suggested: bool
    state: str
    department_id: str | None
    handler: str
    account_id: str | None
    reply_id: str | None
    subject: str
    received_at: datetime
    clock: ClockAnswer
    accepted_at: datetime | None
    answered_at: datetime | None
    answered_by: str | None
    answer_text: str
    closed_at: datetime | None
    merged_into: str | None
    history: list[StepAnswer]

    @classmethod
    def of(cls, case: Case, history: list[CaseEvent]) -> Self:
        return cls(
            id=case.id,
            number=case.number,
            version=case.version,
            entry=case.entry,
            case_class=case.case_class,
            is_urgent=case.is_urgent,
            suggested=case.suggested,
            state=case.state,
            department_id=case.department,
            handler=case.handler,
            account_id=case.account,
            reply_id=case.reply,
            subject=case.subject,
            received_at=case.received_at,
            clock=ClockAnswer.of(case.deadline),
            accepted_at=case.accepted_at,
            answered_at=case.answered_at,
            answered_by=case.answered_by,
            answer_text=case.answer_text,
            closed_at=case.closed_at,
            merged_into=case.merged_into,
            history=[StepAnswer.of(event) for event in history],
        )


@router.get("/cases", responses=documented(401, 422), tags=["replies"])
def list_cases(
    _token: Token,
    tools: Tools,
    *,
    state: Annotated[list[CaseState], Query(default_factory=list)],
    department: Annotated[list[str], Query(default_factory=list)],
    account: IdFilter = "",
    case_class: CaseClass | None = None,
    running: bool | None = None,
    due_before: datetime | None = None,
    after: After = "",
    limit: Limit = 50,
) -> CasePage:
    """Cases by deadline, the nearest first. A filter given several times means any of its values;
    `due_before` asks for those that still wait for an answer."""
    wanted = CaseFilter(
        states=tuple(state),
        departments=tuple(department),
        account=account or None,
        case_class=case_class,
        running=running,
        due_before=_aware(due_before),
    )
    rows = tools.overview.cases(wanted, limit=limit + 1, after=_key(after))
    items = [CaseLine.model_validate(row) for row in rows[:limit]]
    return CasePage(items=items, next=_next(rows[limit - 1]) if len(rows) > limit else None)


@router.get("/cases/{case_id}", responses=documented(401, 404, 422), tags=["replies"])
def show_case(case_id: ObjectId, _token: Token, tools: Tools) -> CaseAnswer:
    """One case with its clock and every step."""
    with tools.storage.look() as uow:
        case = uow.cases.get(CaseId(case_id))
        history = list(uow.cases.history(case.id))
    return CaseAnswer.of(case, history)


def _next(row: CaseRow) -> str:
    return f"{row.due_at.isoformat()}~{row.id}"


def _key(after: str) -> CaseKey | None:
    if not after:
        return None
    due_at, _, case_id = after.partition("~")
    try:
        moment = datetime.fromisoformat(due_at)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None or not case_id:
        problems = [("after", "请原样使用上一页返回的 next")]
        raise RequestRefused(
            422, "invalid_input", "请求参数不合要求，请逐条改正", problems=problems
        )
    return CaseKey(moment, case_id)


def _aware(moment: datetime | None) -> datetime | None:
    """Times without a zone are Beijing time, as everywhere in this API."""
    if moment is None or moment.tzinfo is not None:
        return moment
    return moment.replace(tzinfo=BEIJING)
