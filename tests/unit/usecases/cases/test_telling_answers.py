"""Whoever could not be reached when their matter was answered is told once they write again."""

from dataclasses import replace

from bot.domain.cases.care import Care
from bot.domain.cases.case import Case, CaseState, Channel
from bot.domain.errors import NotPermitted
from bot.domain.ids import CaseId
from bot.domain.replies.answer import AnswerState
from bot.domain.replies.reply import ReplyKind
from bot.usecases.cases.answer_case import WrittenAnswer, answer_case
from bot.usecases.cases.note_deadlines import note_refused_answers
from bot.usecases.cases.reopen_case import reopen_case
from bot.usecases.cases.take_back_answer import take_back_answer
from bot.usecases.cases.tell_answers import tell_answers
from tests.unit.usecases.cases.hall import ANSWER, DESK, Hall


def answered_too_late(hall: Hall, answer: str = ANSWER) -> Case:
    """The window had closed, so the desk left the answer to be looked up."""
    case = hall.opens()
    hall.days_pass(3)
    words = WrittenAnswer(answer, Channel.LOOK_UP)
    return answer_case(case.id, words, actor=DESK, tools=hall.cases)


def writes_again(hall: Hall, number: int = 2) -> None:
    """The same follower, a minute later."""
    hall.clock.pass_seconds(60)
    hall.says(number)


def test_who_writes_again_is_told_once() -> None:
    """With the day and number of their letter; the history says so."""
    hall = Hall()
    case = answered_too_late(hall)
    assert tell_answers(hall.cases) == 0

    writes_again(hall)
    told, again = tell_answers(hall.cases), tell_answers(hall.cases)
    writes_again(hall, 3)

    assert (told, again, tell_answers(hall.cases)) == (1, 0, 0)
    (letter,) = hall.storage.state.answers.values()
    assert letter.content.text.endswith(f"（受理编号 {case.number}）已有答复：\n{ANSWER}")
    assert letter.reply == case.reply
    assert hall.bell.answers == [(letter.account, [letter.id])]
    assert hall.sends(letter).state is AnswerState.SENT
    assert hall.steps(case.id)[-1] == "told_answer"
    assert hall.case(case.id).answered_at == case.answered_at


def test_who_can_still_be_written_to_is_told_at_once_where_the_answer_is() -> None:
    """Not the words: the desk chose that they are looked up. Nothing is told a second time."""
    hall = Hall()
    case = hall.opens()

    words = WrittenAnswer(ANSWER, Channel.LOOK_UP)
    done = answer_case(case.id, words, actor=DESK, tools=hall.cases)
    writes_again(hall)

    assert done.answer is not None
    told = hall.answer(done.answer).content.text
    assert f"查 {case.number} {case.check_code}" in told
    assert ANSWER not in told
    assert hall.bell.answers == [(hall.answer(done.answer).account, [done.answer])]
    assert tell_answers(hall.cases) == 0


def test_under_a_comment_nothing_but_the_answer_is_written() -> None:
    """The platform takes one word there."""
    hall = Hall()
    case = hall.opens(reply=hall.says(1, kind=ReplyKind.COMMENT))

    words = WrittenAnswer(ANSWER, Channel.LOOK_UP)
    done = answer_case(case.id, words, actor=DESK, tools=hall.cases)

    assert (done.answer, hall.storage.state.answers) == (None, {})


def test_what_is_too_long_for_a_message_is_said_where_to_find() -> None:
    """With the check code, which only the asker knows."""
    hall = Hall()
    case = answered_too_late(hall, ANSWER * 8)
    hall.correspondent.most = 90
    writes_again(hall)

    assert tell_answers(hall.cases) == 1
    (letter,) = hall.storage.state.answers.values()
    assert f"查 {case.number} {case.check_code}" in letter.content.text
    assert ANSWER not in letter.content.text


def test_what_the_platform_does_not_take_now_is_tried_again() -> None:
    """Nothing is written down before."""
    hall = Hall()
    case = answered_too_late(hall)
    hall.correspondent.most = 10
    writes_again(hall)
    assert tell_answers(hall.cases) == 0
    assert hall.case(case.id) == case

    hall.correspondent.most = 1000

    assert tell_answers(hall.cases) == 1


def test_a_letter_that_does_not_arrive_opens_no_case_again() -> None:
    """It was answered, and can be looked up."""
    hall = Hall()
    case = answered_too_late(hall)
    writes_again(hall)
    tell_answers(hall.cases)
    (letter,) = hall.storage.state.answers.values()
    hall.correspondent.script.append(NotPermitted("45015"))
    assert hall.sends(letter).state is AnswerState.REFUSED

    assert note_refused_answers(hall.storage) == 0
    assert hall.state(case.id) is CaseState.ANSWERED


def test_a_letter_that_is_taken_back_leaves_the_case_answered() -> None:
    """It waited because of the account's trouble; nothing is told a second time."""
    hall = Hall()
    case = answered_too_late(hall)
    writes_again(hall)
    tell_answers(hall.cases)
    (letter,) = hall.storage.state.answers.values()

    take_back_answer(letter.id, actor=DESK, tools=hall.cases)

    assert hall.answer(letter.id).state is AnswerState.TAKEN_BACK
    assert hall.state(case.id) is CaseState.ANSWERED
    assert tell_answers(hall.cases) == 0


def test_an_answer_left_for_looking_up_is_taken_back_with_its_letter() -> None:
    """The desk thinks better of it: the case is answered again."""
    hall = Hall()
    case = hall.opens()
    words = WrittenAnswer(ANSWER, Channel.LOOK_UP)
    done = answer_case(case.id, words, actor=DESK, tools=hall.cases)
    assert done.answer is not None

    take_back_answer(done.answer, actor=DESK, tools=hall.cases)

    assert hall.state(case.id) is CaseState.ANSWERING


def test_people_alone_tell_what_is_sensitive_or_taken_up_again() -> None:
    """A program says nothing about either."""
    hall = Hall()
    sensitive, again = answered_too_late(hall), answered_too_late(hall)
    mark(hall, sensitive.id)
    reopen_case(again.id, reason="还有疑问", actor=DESK, tools=hall.cases)
    writes_again(hall, 5)

    assert tell_answers(hall.cases) == 0


def mark(hall: Hall, case: CaseId) -> None:
    """Somebody had marked it as sensitive."""
    with hall.storage.begin() as uow:
        found = uow.cases.get(case)
        uow.cases.save(replace(found, care=Care("涉及在办案件", "li", hall.clock.now())))
        uow.commit()
