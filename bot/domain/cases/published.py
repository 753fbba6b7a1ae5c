"""Answers that the public may read, and what askers think of theirs."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.cases.case import Case, CaseState
from bot.domain.cases.names import CaseClass
from bot.domain.errors import Conflict, InvalidInput, Problem
from bot.domain.ids import CaseId, DepartmentId
from bot.domain.personal.masking import mask

FEWEST_STARS, MOST_STARS = 1, 5
LONGEST_REASON = 300
STAR_NAMES = {5: "很满意", 4: "满意", 3: "基本满意", 2: "不满意", 1: "很不满意"}


@dataclass(frozen=True)
class PublishedAnswer:
    """A question and its answer, masked, as somebody published them. It stands for the answer
    given at `answered_at`: once the case is answered anew it is shown no more."""

    case: CaseId
    case_class: CaseClass
    department: DepartmentId | None
    question: str
    answer: str
    asked_at: datetime
    answered_at: datetime
    published_at: datetime
    published_by: str


@dataclass(frozen=True)
class Rating:
    """What the asker thinks of the answer that was given at `answered_at`: 1 to 5 stars."""

    case: CaseId
    answered_at: datetime
    stars: int
    rated_at: datetime


def publication_of(case: Case, words: str, *, by: str, at: datetime) -> PublishedAnswer:
    """What the public would read of an answered case. `words` is the question, as it came or as
    the publisher rewrote it; whatever looks personal is masked in either.

    Raises:
        Conflict: nobody has been answered, or nothing is left of it.
        InvalidInput: there is no question.
    """
    answered_at = require_answer(case)
    question = mask(words.strip())
    if not question:
        raise InvalidInput([Problem("question", "请填写公开的问题")])
    return PublishedAnswer(
        case=case.id,
        case_class=case.case_class,
        department=case.department,
        question=question,
        answer=mask(case.answer_text),
        asked_at=case.received_at,
        answered_at=answered_at,
        published_at=at,
        published_by=by,
    )


def require_answer(case: Case) -> datetime:
    """When the case was answered.

    Raises:
        Conflict: it is not, or its answer has been erased.
    """
    is_answered = case.state in {CaseState.ANSWERED, CaseState.CLOSED}
    if not is_answered or case.answered_at is None or not case.answer_text:
        raise Conflict(f"办理件 {case.number} 还没有可以公开的答复，请先答复")
    return case.answered_at


def rating_of(case: Case, stars: int, *, answered_at: datetime, at: datetime) -> Rating:
    """A vote on the answer that was given at `answered_at`.

    Raises:
        Conflict: the case has been taken up again since.
        InvalidInput: not 1 to 5.
    """
    if case.answered_at != answered_at:
        raise Conflict("这件事已经重新办理，请在收到新的答复后评价")
    if not FEWEST_STARS <= stars <= MOST_STARS:
        raise InvalidInput([Problem("stars", "请选择 1 到 5 分")])
    return Rating(case.id, answered_at, stars, at)
