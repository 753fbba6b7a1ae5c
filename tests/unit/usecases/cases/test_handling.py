"""From a follower's letter to a department and back: every step is kept, none by the wrong hand."""

import pytest

from bot.domain.accounts.budgets import BEIJING
from bot.domain.cases.case import CaseState
from bot.domain.cases.names import CaseClass, Entry
from bot.domain.errors import Conflict, IllegalMove, InvalidInput, NotAllowed, NotFound
from bot.domain.ids import CaseId, DepartmentId, ReplyId
from bot.domain.permissions import SYSTEM
from bot.usecases.cases.accept_case import accept_case
from bot.usecases.cases.assign_case import assign_case
from bot.usecases.cases.chase_case import remind, supervise
from bot.usecases.cases.claim_case import claim_case
from bot.usecases.cases.classify_case import classify_case
from bot.usecases.cases.departments import end_department
from bot.usecases.cases.end_case import withdraw_case
from bot.usecases.cases.merge_cases import merge_cases
from bot.usecases.cases.open_case import NewCase, open_case
from bot.usecases.cases.return_case import return_case
from tests.unit.usecases.cases.hall import (
    CONTACT,
    DESK,
    HOUSING,
    SUPERVISOR,
    TAX,
    TAX_CONTACT,
    Hall,
)
from tests.unit.usecases.posts.desk import WRITER
from tests.unit.usecases.replies.office import COMMENT


def test_a_letter_becomes_a_case_with_number_code_and_deadline() -> None:
    """By the rule of its class, counted from when it came."""
    hall = Hall()

    case = hall.opens()

    assert case.number.startswith("20261123-")
    assert len(case.check_code) == 6
    assert (case.deadline.rule, case.deadline.rule_version) == ("general", 1)
    assert case.deadline.due_at.astimezone(BEIJING).date().isoformat() == "2026-11-30"
    assert hall.steps(case.id) == ["opened"]


def test_a_letter_is_taken_up_once() -> None:
    """The number it has is named."""
    hall = Hall()
    case = hall.opens()

    with pytest.raises(Conflict, match=f"已经受理，受理编号 {case.number}"):
        hall.opens(reply=case.reply)


def test_the_asker_is_written_number_and_code_if_a_letter_can_reach_them() -> None:
    """A comment is left alone: its one word is kept for the answer."""
    hall = Hall()

    case = hall.opens(tell=True)
    comment = hall.opens(reply=hall.says(5, **COMMENT), tell=True)

    with hall.storage.begin() as uow:
        (letter,) = uow.answers.of_replies([case.reply or ReplyId("")])
        assert uow.answers.of_replies([comment.reply or ReplyId("")]) == []
    assert f"查 {case.number} {case.check_code}" in letter.content.text
    assert hall.steps(case.id) == ["opened", "told_number"]
    assert hall.steps(comment.id) == ["opened"]
    assert hall.bell.answers == [(letter.account, [letter.id])]


def test_a_question_of_the_press_needs_no_letter_but_words() -> None:
    """It has a clock of its own."""
    hall = Hall()
    asked = NewCase(CaseClass.QUESTION, entry=Entry.MEDIA, subject="晚报：补贴何时发放")

    case = open_case(asked, actor=DESK, tools=hall.cases)

    assert case.deadline.rule == "media"
    with pytest.raises(InvalidInput, match="请写明来件的内容"):
        open_case(NewCase(CaseClass.QUESTION), actor=DESK, tools=hall.cases)


def test_confirming_a_suggestion_keeps_the_clock_another_class_has_its_own() -> None:
    """Counted from when the letter came, not from the second thought."""
    hall = Hall()
    case = hall.opens(by_rule="公积金")
    hall.days_pass(1)

    confirmed = classify_case(case.id, CaseClass.QUESTION, actor=DESK, tools=hall.cases)
    changed = classify_case(case.id, CaseClass.COMPLAINT, actor=DESK, tools=hall.cases)

    assert (case.suggested, confirmed.suggested) == (True, False)
    assert confirmed.deadline == case.deadline
    assert changed.deadline.rule == "complaint"
    assert changed.deadline.begun_at == case.received_at
    assert hall.steps(case.id) == ["opened", "classified", "classified"]
    assert hall.history(case.id)[1].details["was"] == "suggested"


def test_a_department_signs_and_a_transfer_moves_no_clock() -> None:
    """转办 with a receipt: who signed, and when."""
    hall = Hall()
    case = hall.opens()
    assign_case(case.id, TAX, actor=DESK, tools=hall.cases, note="请按职责办理")
    assign_case(case.id, HOUSING, actor=DESK, tools=hall.cases)
    hall.days_pass(1)

    signed = accept_case(case.id, actor=CONTACT, tools=hall.cases)

    assert (signed.state, signed.handler) == (CaseState.ANSWERING, CONTACT.name)
    assert signed.accepted_at == hall.clock.now()
    assert signed.deadline == case.deadline
    assert hall.steps(case.id) == ["opened", "assigned", "transferred", "accepted"]
    with pytest.raises(Conflict, match="已经由“住建局”承办"):
        assign_case(case.id, HOUSING, actor=DESK, tools=hall.cases)


def test_a_department_touches_its_own_cases_only() -> None:
    """And a writer none at all."""
    hall = Hall()
    case = hall.opens(department=HOUSING)

    with pytest.raises(NotAllowed, match="不由您所在的部门承办"):
        accept_case(case.id, actor=TAX_CONTACT, tools=hall.cases)
    with pytest.raises(NotAllowed, match="承办本部门的办理件"):
        accept_case(case.id, actor=WRITER, tools=hall.cases)
    with pytest.raises(NotAllowed, match="受理和转办"):
        assign_case(case.id, TAX, actor=CONTACT, tools=hall.cases)
    assert hall.state(case.id) is CaseState.ASSIGNED


def test_a_wrong_transfer_comes_back_with_its_reason() -> None:
    """The desk gives it to another; the clock goes on."""
    hall = Hall()
    case = hall.opens(department=HOUSING)
    with pytest.raises(InvalidInput, match="请写明退回的原因"):
        return_case(case.id, reason=" ", actor=CONTACT, tools=hall.cases)

    back = return_case(case.id, reason="应由税务局办理", actor=CONTACT, tools=hall.cases)

    assert (back.state, back.department) == (CaseState.RETURNED, None)
    assert back.deadline == case.deadline
    assert hall.history(case.id)[-1].note == "应由税务局办理"
    assert assign_case(case.id, TAX, actor=DESK, tools=hall.cases).department == TAX


def test_what_a_department_had_goes_to_its_successor() -> None:
    """A rule or a habit may name the old one for years."""
    hall = Hall()
    case = hall.opens()
    today = hall.clock.now().astimezone(BEIJING).date()
    last = today.replace(day=1)
    end_department(TAX, until=last, successor=HOUSING, actor=SYSTEM, storage=hall.storage)

    assert assign_case(case.id, TAX, actor=DESK, tools=hall.cases).department == HOUSING

    end_department(HOUSING, until=last, successor=None, actor=SYSTEM, storage=hall.storage)
    with pytest.raises(Conflict, match="已经撤销"):
        assign_case(hall.opens().id, HOUSING, actor=DESK, tools=hall.cases)


def test_the_desk_reminds_and_a_supervisor_orders() -> None:
    """催办 and 督办 are two things; neither of somebody who is owed nothing."""
    hall = Hall()
    case = hall.opens(department=HOUSING)

    remind(case.id, actor=DESK, tools=hall.cases, note="请尽快")
    supervise(case.id, actor=SUPERVISOR, tools=hall.cases)

    assert hall.steps(case.id) == ["opened", "assigned", "reminded", "supervised"]
    with pytest.raises(NotAllowed):
        supervise(case.id, actor=DESK, tools=hall.cases)
    withdraw_case(case.id, reason="来信人撤回", actor=DESK, tools=hall.cases)
    with pytest.raises(Conflict, match="不需要催办"):
        remind(case.id, actor=DESK, tools=hall.cases)


def test_a_decision_upon_what_has_changed_is_refused_with_who_changed_it() -> None:
    """Somebody signed while somebody else was reading."""
    hall = Hall()
    seen = hall.opens(department=HOUSING).version
    case = CaseId(next(iter(hall.storage.state.cases)))
    accept_case(case, actor=CONTACT, tools=hall.cases)

    with pytest.raises(Conflict, match=r"zhang同志 已在 11月23日 10:00 对办理件 .+ 做了“签收”"):
        assign_case(case, TAX, actor=DESK, tools=hall.cases, seen=seen)
    assert hall.state(case) is CaseState.ANSWERING


def test_a_case_is_merged_once_and_both_say_so() -> None:
    """Its clock ends, the other's goes on."""
    hall = Hall()
    one, other = hall.opens(), hall.opens()

    merged = merge_cases(one.id, into=other.id, actor=DESK, tools=hall.cases)

    assert (merged.state, merged.merged_into) == (CaseState.MERGED, other.id)
    assert hall.steps(other.id) == ["opened", "took_in"]
    with pytest.raises(IllegalMove):
        merge_cases(one.id, into=other.id, actor=DESK, tools=hall.cases)


def test_two_who_write_an_answer_hear_of_each_other_for_ten_minutes() -> None:
    """Nobody is stopped, and a claim that is forgotten ends by itself."""
    hall = Hall()
    case = hall.opens(department=HOUSING)

    assert claim_case(case.id, actor=CONTACT, tools=hall.cases) is None
    assert claim_case(case.id, actor=CONTACT, tools=hall.cases) is None
    heard = claim_case(case.id, actor=DESK, tools=hall.cases)
    hall.clock.pass_seconds(601)

    assert heard is not None
    assert heard.by == CONTACT.name
    assert claim_case(case.id, actor=DESK, tools=hall.cases) is None


def test_every_change_is_in_the_audit_chain_without_words() -> None:
    """Ids and states; what somebody wrote stays in the history."""
    hall = Hall()
    case = hall.opens(department=HOUSING)
    return_case(case.id, reason="张三的房子不归我们管", actor=CONTACT, tools=hall.cases)

    with hall.storage.begin() as uow:
        records = [r for r in uow.audit.records() if r.object_id == case.id]
    assert [r.action for r in records] == ["case.opened", "case.assigned", "case.returned"]
    assert "张三" not in str(records)
    assert records[-1].details["department"] == HOUSING


def test_an_unknown_department_is_named() -> None:
    """Before anything is stored."""
    hall = Hall()

    with pytest.raises(NotFound, match="找不到部门：nowhere"):
        hall.opens(department=DepartmentId("nowhere"))
    assert not hall.storage.state.cases
