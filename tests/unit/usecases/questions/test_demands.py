"""What many ask for in vain is put on a list, and people say what becomes of it."""

import pytest

from bot.domain.errors import Conflict, IllegalMove, InvalidInput, NotAllowed
from bot.domain.ids import DemandId, ReplyId
from bot.domain.questions.demand import Demand, DemandKind, DemandState
from bot.domain.releases.release import ReleaseState
from bot.domain.replies.reply import Answered
from bot.domain.replies.search_answers import RULE
from bot.usecases.cases.set_case_rules import set_demand_from
from bot.usecases.questions.settle_demand import (
    decline_demand,
    publish_demand,
    reopen_demand,
    transfer_demand,
)
from tests import factories
from tests.unit.usecases.cases.hall import CONTACT, HOUSING, SUPERVISOR
from tests.unit.usecases.posts.desk import REVIEWER
from tests.unit.usecases.questions.round import QuestionHall
from tests.unit.usecases.replies.office import DESK


def listed(hall: QuestionHall) -> list[Demand]:
    with hall.storage.begin() as uow:
        return list(uow.demands.all())


def searches(hall: QuestionHall, number: int, text: str, rule: str = RULE) -> None:
    """Follower `number` was answered at once."""
    reply = factories.reply(
        id=ReplyId(f"rpy_{number}"),
        incoming=factories.incoming(key=f"k{number}", sender=f"o_{number}", text=text),
        answered=Answered("没有找到", rule),
    )
    with hall.storage.begin() as uow:
        uow.replies.store([reply])
        uow.commit()


@pytest.fixture
def hall() -> QuestionHall:
    """An office where three askers are enough."""
    made = QuestionHall()
    set_demand_from(3, actor=SUPERVISOR, storage=made.storage)
    return made


@pytest.fixture
def demand(hall: QuestionHall) -> DemandId:
    """Something that three ask."""
    for number in (1, 2, 3):
        hall.asks(number)
    hall.groups()
    return listed(hall)[0].id


def test_a_question_of_enough_people_is_a_demand_once(hall: QuestionHall) -> None:
    """One who asks often is one."""
    for number in (1, 2):
        hall.asks(number)
    hall.asks(3, sender="o_1")
    hall.groups()
    assert listed(hall) == []

    hall.asks(4), hall.asks(5)
    hall.groups()

    (found,) = listed(hall)
    assert (found.kind, found.subject) == (DemandKind.QUESTION, hall.only_group().id)


def test_words_that_enough_people_searched_for_in_vain_are_a_demand(hall: QuestionHall) -> None:
    """However they are written; other answers are no searches."""
    for number, text in enumerate(("查 ＡＢ补贴", "查 ab补贴", "查：AB补贴"), 1):
        searches(hall, number, text)
    for number in range(4, 8):
        searches(hall, number, "查 电梯", rule="关注后回复")

    hall.groups()

    (found,) = listed(hall)
    assert (found.kind, found.subject) == (DemandKind.SEARCH, "ab补贴")


def test_people_say_what_becomes_of_it_and_it_is_written_down(
    hall: QuestionHall, demand: DemandId
) -> None:
    """Given to the drafters, declined with the reason, taken up again."""
    storage = hall.storage

    given = transfer_demand(demand, HOUSING, actor=DESK, storage=storage)
    declined = decline_demand(demand, reason="涉及商业秘密", actor=REVIEWER, storage=storage)
    again = reopen_demand(demand, actor=DESK, storage=storage)

    assert (given.state, given.department) == (DemandState.TRANSFERRED, HOUSING)
    assert (declined.state, declined.reason) == (DemandState.DECLINED, "涉及商业秘密")
    assert (again.state, again.reason, listed(hall)) == (DemandState.PENDING, "", [again])
    actions = [record.action for record in storage.state.audit.values()]
    assert actions[-3:] == ["demand.transferred", "demand.declined", "demand.pending"]


def test_only_a_released_document_answers_it(hall: QuestionHall, demand: DemandId) -> None:
    """What waits for approval does not."""
    with hall.storage.begin() as uow:
        uow.releases.add(factories.release())
        uow.commit()
    release = factories.release().id

    with pytest.raises(Conflict, match="还没有发布"):
        publish_demand(demand, release, actor=DESK, storage=hall.storage)

    with hall.storage.begin() as uow:
        uow.releases.save(factories.release(state=ReleaseState.RELEASED))
        uow.commit()
    done = publish_demand(demand, release, actor=DESK, storage=hall.storage)
    assert (done.state, done.release) == (DemandState.PUBLISHED, release)
    with pytest.raises(IllegalMove):
        transfer_demand(demand, HOUSING, actor=DESK, storage=hall.storage)


def test_what_is_not_allowed_or_has_no_reason_is_refused(
    hall: QuestionHall, demand: DemandId
) -> None:
    """Declining is for who approves answers; the number for who sets rules."""
    storage = hall.storage
    with pytest.raises(InvalidInput, match="理由"):
        decline_demand(demand, reason=" ", actor=REVIEWER, storage=storage)
    with pytest.raises(NotAllowed):
        decline_demand(demand, reason="不公开", actor=DESK, storage=storage)
    with pytest.raises(NotAllowed):
        transfer_demand(demand, HOUSING, actor=CONTACT, storage=storage)
    with pytest.raises(NotAllowed):
        set_demand_from(5, actor=DESK, storage=storage)
    with pytest.raises(InvalidInput):
        set_demand_from(1, actor=SUPERVISOR, storage=storage)
