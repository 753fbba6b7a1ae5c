"""Groups are proposed by a program and made by people."""

import pytest

from bot.domain.cases.names import CaseClass
from bot.domain.errors import Conflict, InvalidInput, NotAllowed, NotFound
from bot.domain.ids import QuestionId, ReplyId
from bot.domain.questions.group import Standing
from bot.usecases.questions.judge_members import confirm_members, take_out_members
from tests.unit.usecases.cases.hall import CONTACT
from tests.unit.usecases.questions.round import ASKED, QuestionHall
from tests.unit.usecases.replies.office import DESK


def test_two_like_questions_are_proposed_as_one_and_nobody_is_confirmed() -> None:
    """A third one joins; being looked at again changes nothing."""
    hall = QuestionHall()
    first, second = hall.asks(1), hall.asks(2)

    assert hall.groups() == 1

    group = hall.only_group().id
    third = hall.asks(3)
    assert (hall.groups(), hall.groups()) == (1, 0)
    assert hall.standing(group) == dict.fromkeys((first, second, third), Standing.PROPOSED)


def test_who_stops_in_the_middle_goes_on_there() -> None:
    """No reply is left out and none proposed twice, also with two workers at once."""
    hall = QuestionHall()
    for number in range(1, 6):
        hall.asks(number)
    look, seen = hall.likeness.find_similar, hall.likeness

    def dies(text: str, *, limit: int = 20) -> object:
        if seen.asked == 3:
            raise KeyboardInterrupt
        return look(text, limit=limit)

    hall.likeness.find_similar = dies  # type: ignore[method-assign,assignment]
    with pytest.raises(KeyboardInterrupt):
        hall.groups()
    hall.likeness.find_similar = look  # type: ignore[method-assign]

    hall.groups()

    assert len(hall.members(hall.only_group().id)) == 5


def test_what_is_answered_or_says_nothing_is_left_out() -> None:
    """A likeness to something settled is none; thanks are no question."""
    hall = QuestionHall()
    hall.answers(hall.asks(1))
    hall.asks(2, "谢谢")
    hall.asks(3, "谢谢")
    hall.asks(4)

    assert hall.groups() == 0


def test_a_reply_whose_case_runs_is_open_although_it_was_told_its_number() -> None:
    """That letter is no answer."""
    hall = QuestionHall()
    reply = hall.asks(1)
    hall.opens(CaseClass.QUESTION, reply=reply, tell=True)
    hall.asks(2)

    assert hall.groups() == 1


def test_what_its_own_words_tell_apart_does_not_come_in_through_a_third() -> None:
    """The same complaint about another village is another question, though both are like one that
    names none."""
    hall = QuestionHall()
    here, there = "李家村自来水已经停了三天没人管", "张家村自来水已经停了三天没人管"
    plain = hall.asks(1, here)
    hall.likeness.like["自来水已经停了三天没人管"] = hall.likeness.like[here]
    middle = hall.asks(2, "自来水已经停了三天没人管")
    hall.groups()
    hall.likeness.like[there] = [one for one in hall.likeness.like[here] if one.reply == middle]
    apart = hall.asks(3, there)

    hall.groups()

    assert set(hall.members(hall.only_group().id)) == {plain, middle}
    assert apart not in hall.members(hall.only_group().id)


def test_a_reply_that_was_taken_out_is_not_proposed_there_again() -> None:
    """A new one that is like it may begin another group with it."""
    hall = QuestionHall()
    first, second = hall.asks(1), hall.asks(2)
    hall.groups()
    group = hall.only_group().id

    take_out_members(group, [second], actor=DESK, storage=hall.storage)

    hall.likeness.like["补贴到底什么时候发放到账呢"] = [
        one for one in hall.likeness.like[ASKED] if one.reply == second
    ]
    hall.asks(3, "补贴到底什么时候发放到账呢")
    assert hall.groups() == 1
    assert hall.standing(group) == {first: Standing.PROPOSED, second: Standing.TAKEN_OUT}
    with hall.storage.begin() as uow:
        assert len(uow.questions.counts()) == 2


def test_people_confirm_put_in_and_name_and_it_is_written_down() -> None:
    """What nobody proposed can be put in; whoever saw an older state is told."""
    hall = QuestionHall()
    first, _ = hall.asks(1), hall.asks(2)
    other = hall.asks(3, "啥时候打钱")
    hall.groups()
    group = hall.only_group()

    done = confirm_members(
        group.id, [first, other], actor=DESK, storage=hall.storage, name="耕地补贴发放时间"
    )

    assert (done.name, done.version) == ("耕地补贴发放时间", 2)
    standing = hall.standing(group.id)
    assert standing[first] is standing[other] is Standing.CONFIRMED
    record = list(hall.storage.state.audit.values())[-1]
    assert (record.actor, record.action) == (DESK.name, "question.confirmed")
    with pytest.raises(Conflict, match="刚刚被其他人改动"):
        take_out_members(group.id, [first], actor=DESK, storage=hall.storage, seen=1)


def test_what_cannot_be_judged_is_refused() -> None:
    """With the reason."""
    hall = QuestionHall()
    first, _ = hall.asks(1), hall.asks(2)
    hall.groups()
    group = hall.only_group().id
    hall.answers(first)

    for refused, replies, actor in (
        (NotAllowed, [first], CONTACT),
        (InvalidInput, [], DESK),
        (Conflict, [first], DESK),
        (NotFound, [ReplyId("rpy_9")], DESK),
    ):
        with pytest.raises(refused):
            confirm_members(group, replies, actor=actor, storage=hall.storage)
    with pytest.raises(NotFound):
        take_out_members(group, [ReplyId("rpy_9")], actor=DESK, storage=hall.storage)
    with pytest.raises(NotFound):
        take_out_members(QuestionId("qst_9"), [first], actor=DESK, storage=hall.storage)
