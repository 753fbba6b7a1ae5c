"""A case of public concern from alert to evaluation, and questions of the press."""

from datetime import timedelta

import pytest

from bot.domain.cases.case import Channel
from bot.domain.cases.names import CaseClass, Entry
from bot.domain.errors import Conflict, IllegalMove, InvalidInput, NotAllowed
from bot.domain.topics.alert import AlertState
from bot.domain.topics.record import Stage
from bot.domain.topics.rules import Level
from bot.usecases.cases.answer_case import WrittenAnswer, answer_case, approve_answer
from bot.usecases.topics.decide_alert import Taking, take_up_alert
from bot.usecases.topics.note_stage import begin_record, note_stage
from bot.usecases.topics.take_media_question import take_media_question
from tests.unit.usecases.cases.hall import CONTACT, HOUSING, SUPERVISOR, TAX_CONTACT
from tests.unit.usecases.posts.desk import REVIEWER
from tests.unit.usecases.replies.office import DESK
from tests.unit.usecases.topics.square import Square
from tests.unit.usecases.topics.test_watching import burst


@pytest.fixture
def square() -> Square:
    return Square()


def test_an_alert_is_taken_up_and_handled_to_its_end(square: Square) -> None:
    """The level sets the clock; what is grave is conferred about; no response before an answer."""
    burst(square)
    (alert,) = square.listen()
    square.days_pass(0.1)
    taking = Taking(Level.MAJOR, HOUSING, "影响面较大")

    case = take_up_alert(alert.id, taking, actor=SUPERVISOR, tools=square.cases)

    assert (case.case_class, case.deadline.due_at - alert.raised_at) == (
        CaseClass.OPINION,
        timedelta(hours=5),
    )
    assert square.alerts()[0].state is AlertState.RECORDED
    with pytest.raises(Conflict):
        take_up_alert(alert.id, taking, actor=DESK, tools=square.cases)

    def note(stage: Stage, actor: object = CONTACT) -> None:
        note_stage(case.id, stage, "已办", actor=actor, storage=square.storage)  # type: ignore[arg-type]

    with pytest.raises(IllegalMove, match="处置"):
        note(Stage.HANDLED)
    with pytest.raises(NotAllowed):
        note(Stage.CONFERRED, TAX_CONTACT)
    note(Stage.CONFERRED, DESK)
    note(Stage.HANDLED)
    with pytest.raises(Conflict, match="先在办理件里登记回应"):
        note(Stage.RESPONDED)
    written = WrittenAnswer("经查，未涨价。", Channel.LOOK_UP)
    seen = answer_case(case.id, written, actor=CONTACT, tools=square.cases)
    approve_answer(case.id, seen=seen.version, actor=REVIEWER, tools=square.cases)
    note(Stage.RESPONDED)
    note(Stage.EVALUATED)

    stages = [event.details.get("stage") for event in square.history(case.id)]
    assert [stage for stage in stages if stage] == [stage.value for stage in Stage]


def test_a_case_that_a_person_opened_gets_its_record_once(square: Square) -> None:
    """Only one of class 舆情."""
    question, concern = square.opens(), square.opens(CaseClass.OPINION)

    record = begin_record(concern.id, Level.ORDINARY, actor=DESK, storage=square.storage)
    note_stage(concern.id, Stage.ASSESSED, "一般", actor=DESK, storage=square.storage)

    assert record.stage is Stage.MONITORED
    for case, why in ((question, "只有类别为"), (concern, "已经有处置记录")):
        with pytest.raises(Conflict, match=why):
            begin_record(case.id, Level.ORDINARY, actor=DESK, storage=square.storage)
    with pytest.raises(InvalidInput):
        note_stage(concern.id, Stage.HANDLED, "", actor=DESK, storage=square.storage)
    with pytest.raises(Conflict, match="请先建立"):
        note_stage(question.id, Stage.ASSESSED, "好", actor=DESK, storage=square.storage)


def test_the_press_is_answered_within_its_term(square: Square) -> None:
    """The outlet's own wish stands beside ours."""
    wanted_by = square.clock.now() + timedelta(hours=6)

    case = take_media_question(
        "云岭晚报", "燃气为何涨价？", wanted_by=wanted_by, actor=DESK, tools=square.cases
    )

    with square.storage.begin() as uow:
        (asked,) = uow.topics.media()
    assert (case.entry, case.subject) == (Entry.MEDIA, "【云岭晚报】燃气为何涨价？")
    assert (asked.outlet, asked.wanted_by) == ("云岭晚报", wanted_by)
    assert case.deadline.needs_review
    with pytest.raises(InvalidInput) as refused:
        take_media_question("", " ", wanted_by=square.clock.now(), actor=DESK, tools=square.cases)
    assert [problem.field for problem in refused.value.problems] == ["outlet", "text", "at"]
    with pytest.raises(NotAllowed):
        take_media_question("晚报", "为何？", actor=CONTACT, tools=square.cases)
