"""Tell askers who could not be reached when their matter was answered, once they write again."""

from dataclasses import replace
from datetime import timedelta

from bot.domain.cases.case import Case, Channel
from bot.domain.cases.history import EventKind
from bot.domain.cases.looking_up import told_later, told_where
from bot.domain.errors import Conflict, InvalidInput
from bot.domain.ids import CaseId
from bot.domain.permissions import SYSTEM
from bot.domain.replies.answer import Answer, AnswerContent
from bot.domain.replies.reply import Reply
from bot.usecases.cases.tools import CaseTools, CaseWork, change
from bot.usecases.replies.answer_reply import put_answer

CASES_A_TURN = 200
LONGEST_WINDOW = timedelta(hours=48)


def tell_answers(tools: CaseTools) -> int:
    """Send what was answered for looking up (凭受理编号查询) to whoever has written again and so
    opened their platform's window; each once. Sensitive answers are told by people alone. Returns
    how many were told."""
    return sum(_told(case, tools) for case in _untold(tools))


def _untold(tools: CaseTools) -> list[CaseId]:
    with tools.storage.look() as uow:
        return list(uow.cases.untold(since=uow.now() - LONGEST_WINDOW, limit=CASES_A_TURN))


def _told(case_id: CaseId, tools: CaseTools) -> bool:
    with change(case_id, seen=None, actor=SYSTEM, storage=tools.storage) as work:
        if work.case.reply is None or not _is_untold(work.case):
            return False
        reply = work.uow.replies.get(work.case.reply)
        whole, short = told_later(work.case), told_where(work.case)
        letter = _letter(work, reply, whole, tools) or _letter(work, reply, short, tools)
        if letter is None:
            return False
        work.record(replace(work.case, answer=letter.id), EventKind.TOLD_ANSWER, answer=letter.id)
    tools.correspondence.doorbell.answers_are_due(letter.account, [letter.id])
    return True


def _is_untold(case: Case) -> bool:
    """Somebody may have told it, taken the case up again, marked it as sensitive or erased it
    since the list was read."""
    looked_up = case.answered_by is Channel.LOOK_UP and case.answer is None
    is_left_to_people = case.is_running or case.care is not None or case.tombstone is not None
    return looked_up and not is_left_to_people


def _letter(work: CaseWork, reply: Reply, words: str, tools: CaseTools) -> Answer | None:
    """None where the platform does not take it now: the next turn tries again."""
    try:
        return put_answer(
            work.uow, reply, AnswerContent(words), actor=SYSTEM, tools=tools.correspondence
        )
    except (Conflict, InvalidInput):
        return None
