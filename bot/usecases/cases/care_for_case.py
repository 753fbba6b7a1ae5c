"""Mark a case as sensitive, and no longer; check a draft for what must not be told."""

from dataclasses import replace

from bot.domain.cases.care import Care, SecrecyCheck
from bot.domain.cases.case import Case
from bot.domain.cases.history import EventKind
from bot.domain.errors import Conflict, InvalidInput, NotAllowed, Problem
from bot.domain.ids import CaseId
from bot.domain.permissions import Actor, Permission
from bot.usecases.cases.answer_case import in_review
from bot.usecases.cases.tools import CaseTools, change


def mark_sensitive(
    case_id: CaseId, *, reason: str, actor: Actor, tools: CaseTools, seen: int | None = None
) -> Case:
    """From now on no program answers it, and an answer needs a secrecy check and two approvals.

    Raises:
        NotAllowed: another department has it.
        NotFound.
        InvalidInput: no reason is given.
        Conflict: it is sensitive already, or nobody waits for an answer.
    """
    _require(reason, "请写明为什么是敏感件")
    over_all = actor.may(Permission.SUPERVISE) or actor.may(Permission.APPROVE_ANSWER)
    hand = None if over_all else Permission.HANDLE_CASES
    with change(case_id, seen=seen, actor=actor, storage=tools.storage, hand=hand) as work:
        if work.case.care is not None:
            raise Conflict(f"办理件 {work.case.number} 已经是敏感件")
        if not work.case.is_running:
            raise Conflict(f"办理件 {work.case.number} 已经办完，需要时请先重新办理")
        care = Care(reason.strip(), actor.name, work.now)
        return work.record(replace(work.case, care=care), EventKind.SENSITIVE, note=reason.strip())


def unmark_sensitive(
    case_id: CaseId, *, reason: str, actor: Actor, tools: CaseTools, seen: int | None = None
) -> Case:
    """It is answered like any other; an answer that waits stays in review.

    Raises:
        NotAllowed, NotFound.
        InvalidInput: no reason is given.
        Conflict: it is not sensitive.
    """
    actor.require(Permission.APPROVE_ANSWER)
    _require(reason, "请写明为什么不再是敏感件")
    with change(case_id, seen=seen, actor=actor, storage=tools.storage) as work:
        if work.case.care is None:
            raise Conflict(f"办理件 {work.case.number} 不是敏感件")
        plain = replace(work.case, care=None)
        return work.record(plain, EventKind.NOT_SENSITIVE, note=reason.strip())


def check_secrecy(
    case_id: CaseId, *, passed: bool, note: str, seen: int, actor: Actor, tools: CaseTools
) -> Case:
    """Say of the words that wait, as they were seen, whether they may be told (保密审查).

    Raises:
        NotAllowed: the actor may not check, or wrote them.
        NotFound.
        InvalidInput: what is in the way is not said.
        Conflict: nothing waits, or the case is not sensitive.
    """
    actor.require(Permission.CHECK_SECRECY)
    if not passed:
        _require(note, "请写明哪些内容不能答复")
    with change(case_id, seen=seen, actor=actor, storage=tools.storage) as work:
        draft = in_review(work.case)
        if work.case.care is None:
            raise Conflict(f"办理件 {work.case.number} 不是敏感件，不需要保密审查")
        if draft.by == actor.name:
            raise NotAllowed("起草人不能审查自己的答复，请换一位审查人")
        found = SecrecyCheck(passed, actor.name, work.now, note.strip())
        return work.record(
            replace(work.case, draft=replace(draft, secrecy=found)),
            EventKind.SECRECY_CHECKED,
            note=note.strip(),
            secrecy="passed" if passed else "refused",
        )


def _require(words: str, told: str) -> None:
    if not words.strip():
        raise InvalidInput([Problem("reason", told)])
