"""Open a case: for a follower's reply, or for a question that came another way."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.cases.care import Care
from bot.domain.cases.case import Case
from bot.domain.cases.clock import deadline_of
from bot.domain.cases.history import EventKind
from bot.domain.cases.looking_up import receipt_words
from bot.domain.cases.moves import assigned
from bot.domain.cases.names import CaseClass, Entry
from bot.domain.cases.receipts import new_code, new_number
from bot.domain.cases.routing import sensitive_rule
from bot.domain.cases.rules import Matter, rule_for
from bot.domain.errors import Conflict, InvalidInput, Problem
from bot.domain.ids import AccountId, CaseId, DepartmentId, ReplyId
from bot.domain.permissions import SYSTEM, Actor, Permission
from bot.domain.replies.answer import Answer, AnswerContent, Way, way_to
from bot.domain.replies.importing import entry_of
from bot.domain.replies.reply import Channel, Reply
from bot.ports.storage import UnitOfWork
from bot.usecases.cases.tools import CaseTools, department_for, record_event
from bot.usecases.replies.answer_reply import put_answer

_TRIES = 20
"""A million numbers a day: so many clashes in a row would be a fault of ours."""


@dataclass(frozen=True)
class NewCase:
    """What a case is opened with. Without a `reply`, `subject` says what is asked, and
    `received_at` when it came. `by_rule` names the office's rule that opens or suggests it."""

    case_class: CaseClass
    reply: ReplyId | None = None
    entry: Entry = Entry.FOLLOWER
    subject: str = ""
    received_at: datetime | None = None
    account: AccountId | None = None
    department: DepartmentId | None = None
    is_urgent: bool = False
    by_rule: str = ""


def open_case(
    wanted: NewCase, *, actor: Actor, tools: CaseTools, tell_number: bool = False
) -> Case:
    """Store the case with its number, check code and deadline. With `tell_number` the asker is
    written both, if a letter can reach them.

    Raises:
        NotAllowed, NotFound.
        InvalidInput: neither a reply nor a subject.
        Conflict: the reply has its case already, or nothing is left of it.
    """
    actor.require(Permission.HANDLE_CASES)
    with tools.storage.begin() as uow:
        reply = _reply(uow, wanted)
        case = put_case(uow, wanted, reply, actor=actor, tools=tools)
        letter = _tell(uow, case, reply, actor, tools) if tell_number and reply else None
        uow.commit()
    if letter is not None and not tools.correspondence.undo_seconds:
        tools.correspondence.doorbell.answers_are_due(letter.account, [letter.id])
    return case


def put_case(
    uow: UnitOfWork, wanted: NewCase, reply: Reply | None, *, actor: Actor, tools: CaseTools
) -> Case:
    """Store a case with its history, in a transaction of the caller's. Nobody says any more that
    its reply needs no answer.

    Raises:
        InvalidInput, NotFound, Conflict.
    """
    case = _case(uow, wanted, reply, actor, tools)
    if case.reply is not None:
        uow.asides.remove([case.reply])
    uow.cases.add(case)
    record_event(
        uow,
        case,
        EventKind.OPENED,
        actor,
        case_class=case.case_class.value,
        rule=wanted.by_rule,
        deadline_rule=f"{case.deadline.rule} v{case.deadline.rule_version}",
    )
    if case.care is not None:
        record_event(uow, case, EventKind.SENSITIVE, SYSTEM, note=case.care.reason)
    if case.department is not None:
        record_event(uow, case, EventKind.ASSIGNED, actor, department=case.department)
    return case


def _reply(uow: UnitOfWork, wanted: NewCase) -> Reply | None:
    if wanted.reply is None:
        if not wanted.subject.strip():
            raise InvalidInput([Problem("subject", "请写明来件的内容")])
        return None
    reply = uow.replies.get(wanted.reply)
    if reply.erased_at is not None:
        raise Conflict("这条留言的内容已按规定删除，不能再受理")
    before = uow.cases.of_reply(reply.id)
    if before is not None:
        raise Conflict(f"这条留言已经受理，受理编号 {before.number}", existing=before.id)
    return reply


def _case(
    uow: UnitOfWork, wanted: NewCase, reply: Reply | None, actor: Actor, tools: CaseTools
) -> Case:
    now = uow.now()
    received = _received(reply) if reply else wanted.received_at or now
    account = reply.incoming.account if reply else wanted.account
    entry = entry_of(reply.incoming, otherwise=wanted.entry) if reply else wanted.entry
    matter = Matter(account, entry, wanted.is_urgent)
    in_force = tools.rules(uow)
    rule = rule_for(in_force.deadlines, wanted.case_class, matter)
    said = reply.incoming.text if reply else wanted.subject
    grave = sensitive_rule(in_force.routing, said, account)
    case = Case(
        id=CaseId(tools.new_id("case")),
        number=_free_number(uow, now, tools),
        check_code=new_code(tools.below),
        entry=entry,
        case_class=wanted.case_class,
        received_at=received,
        opened_at=now,
        deadline=deadline_of(rule, since=received, calendar=tools.calendar),
        changed_by=actor.name,
        changed_at=now,
        account=account,
        reply=reply.id if reply else None,
        subject=wanted.subject.strip(),
        is_urgent=wanted.is_urgent,
        suggested=bool(wanted.by_rule),
        care=Care(f"关键词规则“{grave.name}”", SYSTEM.name, now) if grave else None,
    )
    if wanted.department is None:
        return case
    return assigned(case, department_for(uow, wanted.department, now).id)


def _received(reply: Reply) -> datetime:
    """A file says itself when a matter came: no clock begins later because the file was late."""
    is_imported = reply.incoming.channel is Channel.IMPORTED
    return reply.incoming.said_at if is_imported else reply.received_at


def _free_number(uow: UnitOfWork, now: datetime, tools: CaseTools) -> str:
    numbers = (new_number(now, tools.below) for _ in range(_TRIES))
    free = (number for number in numbers if uow.cases.by_number(number) is None)
    number = next(free, None)
    if number is None:
        raise Conflict("今天的受理编号已经用完，请明天再试或联系系统管理员")
    return number


def _tell(
    uow: UnitOfWork, case: Case, reply: Reply, actor: Actor, tools: CaseTools
) -> Answer | None:
    """A letter with number and check code. A comment is left alone: the one word that the
    platform takes under it is kept for the answer. Nothing is refused because of it."""
    if way_to(reply.incoming.kind) is not Way.LETTER:
        return None
    content = AnswerContent(receipt_words(case))
    try:
        letters = tools.correspondence
        undo = letters.undo_seconds
        letter = put_answer(uow, reply, content, actor=actor, tools=letters, undo_seconds=undo)
    except (Conflict, InvalidInput):
        return None
    record_event(uow, case, EventKind.TOLD_NUMBER, actor, answer=letter.id)
    return letter
