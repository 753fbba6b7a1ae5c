"""What people do with a case, as pure changes of it; what a state does not allow is refused."""

from dataclasses import replace
from datetime import datetime

from bot.domain.cases.case import (
    CASE_MOVES,
    STATE_NAMES,
    Case,
    CaseState,
    Channel,
    DraftAnswer,
)
from bot.domain.cases.clock import Deadline
from bot.domain.cases.names import CaseClass
from bot.domain.errors import Conflict, IllegalMove
from bot.domain.ids import AnswerId, CaseId, DepartmentId

_S = CaseState


def classified(
    case: Case, case_class: CaseClass, *, is_urgent: bool, deadline: Deadline, confirmed: bool
) -> Case:
    """Another class, by a person or suggested; the clock goes by the rule of the class."""
    _require_running(case, "改变类别")
    return replace(
        case,
        case_class=case_class,
        is_urgent=is_urgent,
        deadline=deadline,
        suggested=not confirmed,
    )


def assigned(case: Case, department: DepartmentId | None, handler: str = "") -> Case:
    """Given to a department, or to somebody of it; also transferred to another. The clock goes
    on, and the department has yet to sign for it."""
    changed = _moved(case, _S.ASSIGNED)
    return replace(changed, department=department, handler=handler, accepted_at=None)


def accepted(case: Case, *, by: str, at: datetime) -> Case:
    """The department signs for it (签收) and begins."""
    if case.state is not _S.ASSIGNED:
        raise Conflict(f"这件办理件现在是“{STATE_NAMES[case.state]}”，不需要签收")
    return replace(_moved(case, _S.ANSWERING), handler=by, accepted_at=at)


def returned(case: Case) -> Case:
    """It is not for this department; the desk gives it to another."""
    return replace(_moved(case, _S.RETURNED), department=None, handler="", accepted_at=None)


def submitted(case: Case, draft: DraftAnswer) -> Case:
    """An answer is written and waits for somebody else's approval."""
    return replace(_moved(answering(case), _S.IN_REVIEW), draft=draft)


def sent_back(case: Case) -> Case:
    """The reviewer wants another answer; what was written stays to go on from."""
    return _moved(case, _S.ANSWERING)


def answering(case: Case) -> Case:
    """Somebody has begun to answer."""
    return case if case.state is _S.ANSWERING else _moved(case, _S.ANSWERING)


def answered(case: Case, draft: DraftAnswer, *, answer: AnswerId | None, at: datetime) -> Case:
    """The answer is given, which stops the clock."""
    before = case if case.state is _S.IN_REVIEW else answering(case)
    return replace(
        _moved(before, _S.ANSWERED),
        draft=None,
        answer=answer,
        answer_text=draft.text,
        answered_by=draft.channel,
        answered_at=at,
        handler=case.handler or draft.by,
    )


def not_delivered(case: Case) -> Case:
    """The answer was refused by the platform, or taken back before it left: nobody was answered,
    and the clock has gone on."""
    draft = DraftAnswer(
        case.answer_text, case.answered_by or Channel.PLATFORM, case.handler, case.changed_at
    )
    return replace(_moved(case, _S.ANSWERING), answer=None, answered_at=None, draft=draft)


def closed(case: Case, *, at: datetime) -> Case:
    """Nothing is left to do."""
    return replace(_moved(case, _S.CLOSED), closed_at=at)


def reopened(case: Case, deadline: Deadline) -> Case:
    """The answer did not settle it: it is handled again, on a clock of its own.

    Raises:
        Conflict: its words are gone.
    """
    if case.tombstone is not None:
        raise Conflict(f"办理件 {case.number} {case.tombstone.words}，请另行登记")
    return replace(
        _moved(case, _S.REOPENED),
        deadline=deadline,
        answer=None,
        answered_at=None,
        answered_by=None,
        closed_at=None,
    )


def merged(case: Case, into: Case) -> Case:
    """Handled together with another case.

    Raises:
        Conflict: with itself, or with one that is merged or withdrawn itself.
    """
    if case.id == into.id:
        raise Conflict("不能把办理件并入它自己")
    if into.state in {_S.MERGED, _S.WITHDRAWN}:
        raise Conflict(f"受理编号 {into.number} {STATE_NAMES[into.state]}，请选择另一件")
    return replace(_moved(case, _S.MERGED), merged_into=CaseId(into.id), draft=None)


def withdrawn(case: Case) -> Case:
    """The asker takes it back, or it was opened by mistake."""
    return replace(_moved(case, _S.WITHDRAWN), draft=None)


def _moved(case: Case, wanted: CaseState) -> Case:
    if wanted not in CASE_MOVES.get(case.state, frozenset()):
        now = STATE_NAMES[case.state]
        raise IllegalMove(f"办理件 {case.number}", now=now, wanted=STATE_NAMES[wanted])
    return replace(case, state=wanted)


def _require_running(case: Case, deed: str) -> None:
    if not case.is_running:
        raise Conflict(f"办理件 {case.number} {STATE_NAMES[case.state]}，不能{deed}")
