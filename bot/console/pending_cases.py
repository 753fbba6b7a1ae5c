"""Cases that wait for a person: to be placed, signed for, approved, or before it is too late."""

from collections.abc import Iterator, Sequence

from bot.console.cases.views import UNPLACED, near_end
from bot.console.errands import Errand
from bot.console.visit import Visit
from bot.console.words.cases import CASE_WORDS
from bot.console.words.states import Tone, Word
from bot.domain.cases.case import CaseState
from bot.domain.cases.names import CLASS_NAMES, CaseClass
from bot.domain.permissions import Permission
from bot.ports.case_overview import CaseFilter, CaseRow

_P, _S = Permission, CaseState
MOST = 100
LATE = Word("已超期", Tone.DANGER)
_REASONS = {
    _S.RECEIVED: "请交办部门，或者直接答复",
    _S.RETURNED: "部门退回，请转办其他部门",
    _S.REOPENED: "来信人不满意，请重新交办",
    _S.ASSIGNED: "请签收；不属于本部门的请退回",
    _S.ANSWERING: "快到期限，请尽快答复",
    _S.IN_REVIEW: "请审核答复，通过或者退回",
}
_SENSITIVE = "敏感件 · "
_CHECKED = "敏感件，请先做保密审查"
_WATCHED = "快到期限，请催办或者督办"


def pending_cases(visit: Visit) -> Sequence[tuple[str, Errand]]:
    """Each case once, by its id."""
    found = {row.id: row for wanted in _wanted(visit) for row in _rows(visit, wanted)}
    rows = [row for row in found.values() if not _waits_for_others(row, visit)]
    return [(row.id, _errand(row, visit)) for row in rows]


def _wanted(visit: Visit) -> Iterator[CaseFilter]:
    near = near_end(visit.tools.clock.now(), visit.tools.work_calendar)
    department = visit.user.department
    if visit.may(_P.HANDLE_CASES):
        yield CaseFilter(states=UNPLACED)
    if visit.may(_P.HANDLE_CASES) or visit.may(_P.SUPERVISE):
        yield CaseFilter(due_before=near)
    if visit.may(_P.HANDLE_OWN_CASES) and department is not None:
        yield CaseFilter(states=(_S.ASSIGNED,), departments=(department,))
        yield CaseFilter(due_before=near, departments=(department,))
    if visit.may(_P.APPROVE_ANSWER) or visit.may(_P.CHECK_SECRECY):
        yield CaseFilter(states=(_S.IN_REVIEW,))


def _rows(visit: Visit, wanted: CaseFilter) -> Sequence[CaseRow]:
    return visit.tools.overview.cases(wanted, limit=MOST)


def _waits_for_others(row: CaseRow, visit: Visit) -> bool:
    """Who wrote an answer, or has approved it, waits for another; who only checks for secrets
    has nothing to do with what is not sensitive, or checked."""
    if row.state != _S.IN_REVIEW:
        return False
    if visit.user.login in {row.drafted_by, *row.approved_by}:
        return True
    acts = visit.may(_P.APPROVE_ANSWER) or (row.is_sensitive and not row.is_checked)
    return not acts and not visit.may(_P.HANDLE_CASES) and not visit.may(_P.SUPERVISE)


def _errand(row: CaseRow, visit: Visit) -> Errand:
    is_late = row.due_at < visit.tools.clock.now() and not row.is_paused
    place = row.department_name or row.account_name or "尚未交办"
    class_name = CLASS_NAMES[CaseClass(row.case_class)]
    return Errand(
        title=row.words or f"办理件 {row.number}",
        address=f"/cases/{row.id}",
        word=LATE if is_late else CASE_WORDS[row.state],
        place=f"{_SENSITIVE if row.is_sensitive else ''}{class_name} · {place}",
        reason=_reason(row, visit),
        deadline=row.due_at,
    )


def _reason(row: CaseRow, visit: Visit) -> str:
    is_theirs = row.department_id == visit.user.department and row.department_id is not None
    acts = {
        _S.ASSIGNED: is_theirs,
        _S.ANSWERING: is_theirs or row.handler == visit.user.login,
        _S.IN_REVIEW: visit.may(_P.APPROVE_ANSWER),
    }
    state = CaseState(row.state)
    if state is _S.IN_REVIEW and row.is_sensitive and not row.is_checked:
        return _CHECKED if visit.may(_P.CHECK_SECRECY) else _WATCHED
    if acts.get(state, visit.may(_P.HANDLE_CASES)):
        return _REASONS[state]
    return _WATCHED
