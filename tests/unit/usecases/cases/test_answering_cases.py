"""Answers go out by the right hand, stop the clock, and count only if they arrive."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.cases.case import Case, CaseState, Channel
from bot.domain.cases.names import CaseClass, Entry
from bot.domain.errors import Conflict, InvalidInput, NotAllowed, NotPermitted
from bot.domain.permissions import Actor
from bot.domain.replies.answer import AnswerState
from bot.usecases.accounts.stop import stop_publishing
from bot.usecases.cases.answer_case import (
    WrittenAnswer,
    answer_case,
    approve_answer,
    send_back_answer,
)
from bot.usecases.cases.claim_case import claim_case
from bot.usecases.cases.end_case import close_case
from bot.usecases.cases.note_deadlines import note_deadlines, note_refused_answers
from bot.usecases.cases.open_case import NewCase, open_case
from bot.usecases.cases.reopen_case import reopen_case
from bot.usecases.cases.take_back_answer import take_back_answer
from tests.unit.usecases.cases.hall import ANSWER, CONTACT, DESK, HOUSING, TAX_CONTACT, Hall
from tests.unit.usecases.posts.desk import APPROVER, REVIEWER

WORDS = WrittenAnswer(ANSWER)
OPERATOR = Actor("cli", is_operator=True)


def answers(hall: Hall, case: Case, actor: Actor = DESK, words: WrittenAnswer = WORDS) -> Case:
    return answer_case(case.id, words, actor=actor, tools=hall.cases)


def test_an_answer_without_review_goes_out_and_stops_the_clock() -> None:
    """The words are stored once more with the case, for whoever looks it up."""
    hall = Hall()
    case = hall.opens(department=HOUSING)

    done = answers(hall, case, CONTACT)

    assert (done.state, done.answered_by) == (CaseState.ANSWERED, Channel.PLATFORM)
    assert done.answered_at == hall.clock.now()
    assert done.answer is not None
    letter = hall.answer(done.answer)
    assert letter.content.text == done.answer_text == ANSWER
    assert hall.bell.answers == [(letter.account, [letter.id])]
    hall.days_pass(30)
    assert note_deadlines(hall.storage) == 0


def test_where_the_class_asks_for_it_another_person_approves_first() -> None:
    """The clock runs until it is out."""
    hall = Hall()
    case = hall.opens(CaseClass.COMPLAINT, department=HOUSING)

    waits = answers(hall, case, CONTACT)

    assert waits.state is CaseState.IN_REVIEW
    assert waits.is_running
    assert not hall.storage.state.answers
    approved = approve_answer(case.id, seen=waits.version, actor=REVIEWER, tools=hall.cases)
    assert approved.state is CaseState.ANSWERED
    assert hall.history(case.id)[-1].details["approved_by"] == REVIEWER.name
    assert hall.history(case.id)[-1].details["written_by"] == CONTACT.name


def test_nobody_approves_their_own_words_or_what_has_changed_since() -> None:
    """Also not with both roles."""
    hall = Hall()
    both = Actor(CONTACT.name, CONTACT.roles | APPROVER.roles)
    case = hall.opens(CaseClass.COMPLAINT, department=HOUSING)
    waits = answers(hall, case, both)

    with pytest.raises(NotAllowed, match="不能审核自己的答复"):
        approve_answer(case.id, seen=waits.version, actor=both, tools=hall.cases)
    with pytest.raises(NotAllowed, match="审核答复"):
        approve_answer(case.id, seen=waits.version, actor=DESK, tools=hall.cases)
    with pytest.raises(Conflict, match="做了“提交审核”"):
        approve_answer(case.id, seen=case.version, actor=REVIEWER, tools=hall.cases)
    assert not hall.storage.state.answers


def test_an_answer_that_is_sent_back_keeps_its_words() -> None:
    """With the reason for whoever wrote it; submitted again it waits again."""
    hall = Hall()
    case = hall.opens(CaseClass.COMPLAINT, department=HOUSING)
    answers(hall, case, CONTACT)

    back = send_back_answer(case.id, reason="缺少依据", actor=REVIEWER, tools=hall.cases)

    assert back.state is CaseState.ANSWERING
    assert back.draft is not None
    assert back.draft.text == ANSWER
    assert answers(hall, case, CONTACT).state is CaseState.IN_REVIEW
    assert hall.steps(case.id)[-3:] == ["submitted", "sent_back", "submitted"]
    with pytest.raises(InvalidInput, match="请写明退回修改的原因"):
        send_back_answer(case.id, reason="", actor=REVIEWER, tools=hall.cases)


def test_an_answer_by_telephone_is_a_persons_word() -> None:
    """Nothing is sent, and the words can be looked up."""
    hall = Hall()
    case = open_case(
        NewCase(CaseClass.QUESTION, entry=Entry.HOTLINE, subject="补贴何时发放"),
        actor=DESK,
        tools=hall.cases,
    )
    with pytest.raises(InvalidInput, match="来件不在平台上"):
        answers(hall, case)

    done = answers(hall, case, words=WrittenAnswer(ANSWER, Channel.PHONE))

    assert (done.answered_by, done.answer, done.answer_text) == (Channel.PHONE, None, ANSWER)
    assert not hall.bell.answers


def test_a_closed_window_refuses_the_letter_and_changes_nothing() -> None:
    """The desk takes another channel; it is not taken for them."""
    hall = Hall()
    case = hall.opens()
    hall.days_pass(3)

    with pytest.raises(Conflict, match="窗口已关闭"):
        answers(hall, case)
    assert hall.case(case.id) == case
    assert not hall.storage.state.answers


def test_what_cannot_be_sent_is_told_before_anybody_reviews_it() -> None:
    """A reviewer could neither shorten the words nor choose another channel."""
    hall = Hall()
    case = hall.opens(CaseClass.COMPLAINT, department=HOUSING)
    hall.correspondent.most = len(ANSWER) - 1

    with pytest.raises(InvalidInput, match="答复太长"):
        answers(hall, case, CONTACT)
    hall.correspondent.most = len(ANSWER)
    hall.days_pass(3)
    with pytest.raises(Conflict, match="窗口已关闭"):
        answers(hall, case, CONTACT)

    assert hall.case(case.id) == case
    by_phone = answers(hall, case, CONTACT, WrittenAnswer(ANSWER, Channel.PHONE))
    assert by_phone.state is CaseState.IN_REVIEW


def test_an_answer_is_written_while_publishing_is_stopped() -> None:
    """It waits for review; only sending is stopped."""
    hall = Hall()
    case = hall.opens(CaseClass.COMPLAINT, department=HOUSING)
    stop_publishing(None, actor=OPERATOR, storage=hall.storage)

    waits = answers(hall, case, CONTACT)

    assert waits.state is CaseState.IN_REVIEW
    with pytest.raises(Conflict, match="紧急停发"):
        approve_answer(case.id, seen=waits.version, actor=REVIEWER, tools=hall.cases)


def test_an_answer_that_the_platform_refused_is_none() -> None:
    """The case goes back to be answered, on the clock it always had."""
    hall = Hall()
    case = hall.opens(department=HOUSING)
    done = answers(hall, case, CONTACT)
    hall.correspondent.script.append(NotPermitted("45015"))
    assert done.answer is not None
    assert hall.sends(hall.answer(done.answer)).state is AnswerState.REFUSED

    assert note_refused_answers(hall.storage) == 1
    assert note_refused_answers(hall.storage) == 0

    again = hall.case(case.id)
    assert (again.state, again.answered_at) == (CaseState.ANSWERING, None)
    assert again.deadline == case.deadline
    assert again.draft is not None
    assert again.draft.text == ANSWER
    assert hall.steps(case.id)[-1] == "not_delivered"
    hall.days_pass(30)
    assert note_deadlines(hall.storage) > 0


def test_an_answer_ends_the_claim_on_writing_one() -> None:
    """Who comes next is not warned of nobody."""
    hall = Hall()
    case = hall.opens(department=HOUSING)
    claim_case(case.id, actor=CONTACT, tools=hall.cases)

    answers(hall, case, CONTACT)

    assert not hall.storage.state.case_claims


def test_another_department_answers_nothing() -> None:
    """And nobody without words."""
    hall = Hall()
    case = hall.opens(department=HOUSING)

    with pytest.raises(NotAllowed):
        answers(hall, case, TAX_CONTACT)
    with pytest.raises(InvalidInput, match="请填写答复内容"):
        answers(hall, case, words=WrittenAnswer(" "))


def test_what_was_answered_is_closed_and_may_be_opened_again_on_a_clock_of_its_own() -> None:
    """Counted from now, by the rules of today."""
    hall = Hall()
    case = hall.opens()
    answers(hall, case)
    closed = close_case(case.id, actor=DESK, tools=hall.cases)
    hall.days_pass(7)

    again = reopen_case(case.id, reason="来信人不满意", actor=DESK, tools=hall.cases)

    assert closed.closed_at is not None
    assert (again.state, again.answered_at, again.closed_at) == (CaseState.REOPENED, None, None)
    assert again.deadline.begun_at == hall.clock.now()
    assert again.is_running
    with pytest.raises(InvalidInput, match="请写明重新办理的原因"):
        reopen_case(case.id, reason=" ", actor=DESK, tools=hall.cases)


def test_the_letter_with_the_number_waits_and_can_be_taken_back() -> None:
    """The history says that the asker was not told after all."""
    hall = Hall()
    hall.letters = replace(hall.letters, undo_seconds=15)
    hall.cases = replace(hall.cases, correspondence=hall.letters)
    case = hall.opens(tell=True)
    (letter,) = hall.storage.state.answers.values()

    assert letter.next_at == hall.clock.now() + timedelta(seconds=15)
    assert hall.bell.answers == []
    take_back_answer(letter.id, actor=DESK, tools=hall.cases)

    assert hall.answer(letter.id).state is AnswerState.TAKEN_BACK
    assert hall.steps(case.id)[-2:] == ["told_number", "number_taken_back"]
    assert hall.state(case.id) is CaseState.RECEIVED
