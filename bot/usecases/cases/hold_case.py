"""Forbid to erase a case (暂缓删除), as while it is in dispute; and allow it again."""

from dataclasses import replace

from bot.domain.cases.case import Case
from bot.domain.cases.history import EventKind
from bot.domain.cases.retention import Hold
from bot.domain.errors import Conflict, InvalidInput, Problem
from bot.domain.ids import CaseId
from bot.domain.permissions import Actor, Permission
from bot.usecases.cases.tools import CaseTools, change


def hold_case(
    case_id: CaseId, *, reason: str, actor: Actor, tools: CaseTools, seen: int | None = None
) -> Case:
    """Nothing of it is erased from now on: neither because its time is over nor because the
    asker left.

    Raises:
        NotAllowed, NotFound.
        InvalidInput: no reason is given.
        Conflict: it is held already, or its words are gone.
    """
    if not actor.may(Permission.SUPERVISE):
        actor.require(Permission.HANDLE_CASES)
    if not reason.strip():
        raise InvalidInput([Problem("reason", "请写明暂缓删除的原因，例如行政复议、诉讼或者调查")])
    with change(case_id, seen=seen, actor=actor, storage=tools.storage) as work:
        case = work.case
        if case.hold is not None:
            raise Conflict(f"办理件 {case.number} 已经暂缓删除")
        if case.tombstone is not None:
            raise Conflict(f"办理件 {case.number} {case.tombstone.words}，不能再暂缓")
        held = replace(case, hold=Hold(reason.strip(), actor.name, work.now))
        return work.record(held, EventKind.HELD, note=reason.strip())


def release_case(
    case_id: CaseId, *, reason: str, actor: Actor, tools: CaseTools, seen: int | None = None
) -> Case:
    """It may be erased again when its time is over.

    Raises:
        NotAllowed, NotFound.
        InvalidInput: no reason is given.
        Conflict: nobody holds it.
    """
    actor.require(Permission.SUPERVISE)
    if not reason.strip():
        raise InvalidInput([Problem("reason", "请写明为什么不再需要保留")])
    with change(case_id, seen=seen, actor=actor, storage=tools.storage) as work:
        if work.case.hold is None:
            raise Conflict(f"办理件 {work.case.number} 没有暂缓删除")
        return work.record(replace(work.case, hold=None), EventKind.RELEASED, note=reason.strip())
