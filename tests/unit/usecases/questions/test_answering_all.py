"""One text answers all who ask the same: each once, nobody forgotten."""

from dataclasses import replace

import pytest

from bot.domain.cases.case import CaseState
from bot.domain.cases.names import CaseClass
from bot.domain.errors import Conflict, InvalidInput, NotAllowed
from bot.domain.ids import QuestionId
from bot.domain.permissions import Actor
from bot.domain.questions.group import GroupState, QuestionGroup, Standing
from bot.usecases.cases.care_for_case import mark_sensitive
from bot.usecases.questions.answer_group import (
    answer_group,
    approve_group_answer,
    send_back_group_answer,
    take_back_group_answer,
)
from bot.usecases.questions.answer_members import answer_members
from bot.usecases.questions.judge_members import confirm_members, take_out_members
from tests.unit.usecases.cases.hall import CONTACT
from tests.unit.usecases.posts.desk import REVIEWER
from tests.unit.usecases.questions.round import ANSWER, QuestionHall
from tests.unit.usecases.replies.office import COMMENT, DESK


def answered(hall: QuestionHall, group: QuestionId, actor: Actor = DESK) -> QuestionGroup:
    return answer_group(group, ANSWER, actor=actor, tools=hall.letters)


def test_every_confirmed_member_gets_one_answer_logged_on_its_own() -> None:
    """Whom nobody confirmed gets none, and is free for another group."""
    hall = QuestionHall()
    first, second, third = hall.asks(1), hall.asks(2), hall.asks(3)
    group = hall.confirmed(first, second).id

    assert answered(hall, group).state is GroupState.ANSWERING
    assert (answer_members(hall.cases), answer_members(hall.cases)) == (2, 0)

    assert hall.told() == [first, second]
    assert hall.group_state(group) is GroupState.ANSWERED
    assert hall.standing(group)[third] is Standing.TAKEN_OUT
    members = hall.members(group)
    assert all(hall.answer(members[one].answer).by == DESK.name for one in (first, second))  # type: ignore[arg-type]
    actions = [record.action for record in hall.storage.state.audit.values()]
    assert actions.count("reply.answered") == actions.count("question.member_answered") == 2
    assert len(hall.bell.answers) == 2


@pytest.mark.parametrize("survived", range(6))
def test_who_dies_between_members_answers_nobody_twice_and_loses_nobody(survived: int) -> None:
    """Wherever the worker is killed – before, within or after a member's transaction – the next
    one goes on."""
    hall = QuestionHall()
    asked = [hall.asks(number) for number in range(1, 6)]
    group = hall.confirmed(*asked).id
    answered(hall, group)
    ring, rung = hall.bell.answers_are_due, []

    def dies(*arguments: object) -> None:
        if len(rung) == survived:
            raise KeyboardInterrupt
        rung.append(arguments)
        ring(*arguments)  # type: ignore[arg-type]

    hall.bell.answers_are_due = dies  # type: ignore[method-assign]
    if survived < len(asked):
        with pytest.raises(KeyboardInterrupt):
            answer_members(hall.cases)
    hall.bell.answers_are_due = ring  # type: ignore[method-assign]

    answer_members(hall.cases)

    assert hall.told() == asked
    assert hall.group_state(group) is GroupState.ANSWERED


def test_who_dies_before_a_commit_leaves_neither_answer_nor_outcome() -> None:
    """Both are one transaction."""
    hall = QuestionHall()
    asked = [hall.asks(1), hall.asks(2)]
    group = hall.confirmed(*asked).id
    answered(hall, group)
    calls: list[str] = []
    faults = hall.correspondent.faults

    def dies(*arguments: object) -> tuple[()]:
        calls.append("asked")
        if len(calls) == 2:
            raise KeyboardInterrupt
        return ()

    hall.correspondent.faults = dies  # type: ignore[method-assign]
    with pytest.raises(KeyboardInterrupt):
        answer_members(hall.cases)

    assert hall.told() == asked[:1]
    hall.correspondent.faults = faults  # type: ignore[method-assign]
    assert answer_members(hall.cases) == 1
    assert hall.told() == asked


def test_who_can_no_longer_be_answered_is_listed_with_the_reason() -> None:
    """The window is over, somebody answered first, or the same follower has the letter already;
    everybody else is answered."""
    hall = QuestionHall()
    late = hall.asks(1)
    hall.days_pass(3)
    alone, again, fresh = hall.asks(2), hall.asks(3), hall.asks(5)
    twice = hall.asks(4, sender="o_3")
    group = hall.confirmed(late, alone, again, twice, fresh).id
    hall.answers(alone)
    answered(hall, group)

    assert answer_members(hall.cases) == 2

    members = hall.members(group)
    assert sorted(hall.told()) == [alone, again, fresh]
    assert "窗口已关闭" in members[late].why_not
    assert "单独答复" in members[alone].why_not
    assert "同一位关注者" in members[twice].why_not
    assert hall.group_state(group) is GroupState.ANSWERED


def test_comments_are_answered_each_under_its_own() -> None:
    """The same follower may have asked under two articles."""
    hall = QuestionHall()
    asked = [hall.asks(1, **COMMENT), hall.asks(2, **COMMENT | {"sender": "o_1"})]
    answered(hall, hall.confirmed(*asked).id)

    assert answer_members(hall.cases) == 2


def test_cases_are_answered_with_their_replies_and_their_clocks_stop() -> None:
    """As if each had been answered at the desk; where one waits in review it is left there."""
    hall = QuestionHall()
    replies = [hall.asks(1), hall.asks(2)]
    cases = [hall.opens(CaseClass.QUESTION, reply=reply) for reply in replies]
    answered(hall, hall.confirmed(*replies).id)

    assert answer_members(hall.cases) == 2

    assert [hall.state(case.id) for case in cases] == [CaseState.ANSWERED] * 2
    assert [hall.steps(case.id)[-1] for case in cases] == ["answered"] * 2
    assert hall.case(cases[0].id).answer_text == ANSWER


def test_where_a_class_asks_for_it_another_person_approves_the_one_text() -> None:
    """Nobody is answered before; members cannot change behind the reviewer's back."""
    hall = QuestionHall()
    replies = [hall.asks(1), hall.asks(2)]
    case = hall.opens(CaseClass.COMPLAINT, reply=replies[0])
    group = hall.confirmed(*replies).id

    waits = answered(hall, group)

    assert waits.state is GroupState.IN_REVIEW
    assert answer_members(hall.cases) == 0
    with pytest.raises(Conflict, match="不能再改动成员"):
        take_out_members(group, replies[:1], actor=DESK, storage=hall.storage)
    with pytest.raises(NotAllowed):
        approve_group_answer(group, seen=waits.version, actor=DESK, tools=hall.letters)
    with pytest.raises(Conflict, match="刚刚被其他人改动"):
        approve_group_answer(group, seen=1, actor=REVIEWER, tools=hall.letters)
    approve_group_answer(group, seen=waits.version, actor=REVIEWER, tools=hall.letters)
    assert answer_members(hall.cases) == 2
    assert hall.history(case.id)[-1].details["approved_by"] == REVIEWER.name


def test_nobody_approves_what_they_wrote_and_what_is_sent_back_can_be_changed() -> None:
    """The words stay to go on from."""
    hall = QuestionHall()
    replies = [hall.asks(1), hall.asks(2)]
    hall.opens(CaseClass.COMPLAINT, reply=replies[0])
    group = hall.confirmed(*replies).id
    both = Actor("刘留言", DESK.roles | REVIEWER.roles)
    waits = answered(hall, group, both)

    with pytest.raises(NotAllowed, match="不能审核自己的答复"):
        approve_group_answer(group, seen=waits.version, actor=both, tools=hall.letters)
    back = send_back_group_answer(group, reason="请写明依据", actor=REVIEWER, storage=hall.storage)
    assert back.state is GroupState.OPEN
    assert back.answer is not None
    assert answered(hall, group).state is GroupState.IN_REVIEW


def test_nothing_goes_out_without_words_members_or_permission() -> None:
    """A proposal alone answers nobody."""
    hall = QuestionHall()
    hall.asks(1), hall.asks(2)
    hall.groups()
    group = hall.only_group().id

    with pytest.raises(InvalidInput, match="请填写答复内容"):
        answer_group(group, " ", actor=DESK, tools=hall.letters)
    with pytest.raises(InvalidInput, match="没有经人确认"):
        answered(hall, group)
    with pytest.raises(NotAllowed):
        answered(hall, group, CONTACT)
    with pytest.raises(Conflict, match="没有等待审核"):
        approve_group_answer(group, seen=1, actor=REVIEWER, tools=hall.letters)


def test_during_an_emergency_stop_members_wait() -> None:
    """They are not counted as unanswerable."""
    hall = QuestionHall()
    asked = [hall.asks(1), hall.asks(2)]
    group = hall.confirmed(*asked).id
    answered(hall, group)
    with hall.storage.begin() as uow:
        uow.stops.stop_everything(by="li")
        uow.commit()

    assert answer_members(hall.cases) == 0

    with hall.storage.begin() as uow:
        uow.stops.lift()
        uow.commit()
    assert answer_members(hall.cases) == 2


def test_within_its_seconds_an_answer_to_all_is_taken_back_and_nobody_has_it() -> None:
    """The words stay, the group is open again; once the first has left it is too late."""
    hall = QuestionHall()
    hall.letters = replace(hall.letters, undo_seconds=15)
    group = hall.confirmed(hall.asks(1), hall.asks(2)).id

    answered(hall, group)
    assert answer_members(hall.cases) == 0
    with pytest.raises(NotAllowed):
        take_back_group_answer(group, actor=CONTACT, storage=hall.storage)
    back = take_back_group_answer(group, actor=DESK, storage=hall.storage)
    hall.clock.pass_seconds(20)
    assert (back.state, answer_members(hall.cases), hall.told()) == (GroupState.OPEN, 0, [])
    assert back.answer is not None
    assert back.answer.text == ANSWER

    answered(hall, group)
    hall.clock.pass_seconds(15)
    assert answer_members(hall.cases) == 2
    with pytest.raises(Conflict, match="不能撤销"):
        take_back_group_answer(group, actor=DESK, storage=hall.storage)


def test_a_sensitive_case_gets_no_answer_that_others_get() -> None:
    """It is not confirmed; and who was marked since is left out, with the reason."""
    hall = QuestionHall()
    replies = [hall.asks(1), hall.asks(2), hall.asks(3)]
    known, later = hall.opens(reply=replies[0]), hall.opens(reply=replies[1])
    mark_sensitive(known.id, reason="涉及在办案件", actor=DESK, tools=hall.cases)
    hall.groups()
    group = hall.only_group().id
    with pytest.raises(Conflict, match="敏感件"):
        confirm_members(group, replies, actor=DESK, storage=hall.storage)
    confirm_members(group, replies[1:], actor=DESK, storage=hall.storage)
    answered(hall, group)
    mark_sensitive(later.id, reason="涉及在办案件", actor=DESK, tools=hall.cases)

    assert answer_members(hall.cases) == 1
    assert hall.told() == [replies[2]]
    assert "敏感件" in hall.members(group)[replies[1]].why_not
