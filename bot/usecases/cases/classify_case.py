"""Say, or confirm, what class a case is of."""

from bot.domain.cases.case import Case
from bot.domain.cases.clock import Deadline, deadline_of
from bot.domain.cases.history import EventKind
from bot.domain.cases.moves import classified
from bot.domain.cases.names import CaseClass
from bot.domain.cases.rules import Matter, rule_for
from bot.domain.errors import Conflict
from bot.domain.ids import CaseId
from bot.domain.permissions import Actor, Permission
from bot.usecases.cases.tools import CaseTools, CaseWork, change


def classify_case(
    case_id: CaseId,
    case_class: CaseClass,
    *,
    actor: Actor,
    tools: CaseTools,
    is_urgent: bool = False,
    seen: int | None = None,
) -> Case:
    """A person's word on the class. Confirming what was suggested keeps the clock; another class
    has the clock of its own rule, counted from when the matter was received.

    Raises:
        NotAllowed, NotFound, Conflict.
    """
    actor.require(Permission.HANDLE_CASES)
    with change(case_id, seen=seen, actor=actor, storage=tools.storage) as work:
        before = work.case
        _require_no_application(work, case_class, is_urgent)
        case = classified(
            before,
            case_class,
            is_urgent=is_urgent,
            deadline=_deadline(work, case_class, is_urgent, tools),
            confirmed=True,
        )
        return work.record(
            case,
            EventKind.CLASSIFIED,
            case_class=case_class.value,
            before=before.case_class.value,
            was="suggested" if before.suggested else "",
            urgent="yes" if is_urgent else "",
            deadline_rule=f"{case.deadline.rule} v{case.deadline.rule_version}",
        )


def _require_no_application(work: CaseWork, case_class: CaseClass, is_urgent: bool) -> None:
    same = (work.case.case_class, work.case.is_urgent) == (case_class, is_urgent)
    if not same and work.uow.cases.application(work.case.id) is not None:
        raise Conflict("依申请公开已经登记，期限由条例规定，不能再改变类别")


def _deadline(work: CaseWork, case_class: CaseClass, is_urgent: bool, tools: CaseTools) -> Deadline:
    case = work.case
    if (case.case_class, case.is_urgent) == (case_class, is_urgent):
        return case.deadline
    matter = Matter(case.account, case.entry, is_urgent)
    rule = rule_for(tools.rules(work.uow).deadlines, case_class, matter)
    return deadline_of(rule, since=case.deadline.begun_at, calendar=tools.calendar)
