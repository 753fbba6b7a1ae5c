"""A restored backup: nothing goes out on what it says alone."""

from dataclasses import replace

import pytest

from bot.domain.errors import InvalidInput, NotAllowed
from bot.domain.ids import AnswerId
from bot.domain.permissions import Actor
from bot.domain.publishing.delivery import DeliveryState
from bot.domain.publishing.journal import Outcome
from bot.domain.publishing.route import AbsenceRule
from bot.domain.replies.answer import AnswerState, Way
from bot.ports.platform import LookResult
from bot.usecases.publishing.note_restoration import note_restoration
from bot.usecases.publishing.resolve_delivery import retry_delivery
from tests import factories as make
from tests.fakes.platform import ACCEPT, PREPARE, SEE, ScriptedPlatform
from tests.unit.usecases.publishing.office import Office

OPERATOR = Actor("operator", is_operator=True)
PROVABLE = replace(ACCEPT, absence=AbsenceRule(60, "a documented rule"))
UNCLEAR = LookResult(Outcome.UNCLEAR)


def restored(office: Office) -> Office:
    """The office on a backup that was taken an hour ago."""
    note_restoration(taken_at=make.after(-3600), actor=OPERATOR, storage=office.storage)
    return office


def test_what_cannot_be_found_waits_for_a_person_once() -> None:
    """Never sent by itself; one word of a person is enough."""
    office = restored(Office())
    office.platform.script("look:accept", UNCLEAR)
    held = office.advance(after=10)
    for _ in range(8):
        held = office.advance(after=600)

    assert held.state is DeliveryState.HELD
    assert "数据恢复自" in held.hold_reason
    assert office.platform.count("accept") == 0

    retry_delivery(held.post, actor=OPERATOR, tools=office.tools)

    assert office.advance().state is DeliveryState.DELIVERED
    assert office.platform.count("accept") == 1


def test_what_is_found_is_not_sent() -> None:
    """Nor prepared again."""
    office = restored(Office())
    office.platform.script("look:accept", LookResult(Outcome.FOUND, {"urls": "https://a.example"}))

    end = office.advance(after=10)

    assert end.state is DeliveryState.DELIVERED
    assert "accept" not in office.platform.asked
    assert "prepare" not in office.platform.asked


def test_what_is_surely_absent_goes_out() -> None:
    """Without troubling anybody."""
    office = restored(Office(ScriptedPlatform(PREPARE, PROVABLE, SEE)))
    office.platform.script("look:accept", UNCLEAR, LookResult(Outcome.ABSENT))
    for _ in range(3):
        end = office.advance(after=61)

    assert end.state is DeliveryState.DELIVERED
    assert office.platform.count("accept") == 1


def test_what_is_surely_absent_but_late_is_held_as_late() -> None:
    """Nothing goes out hours after its time, whatever we forgot."""
    office = Office(ScriptedPlatform(PREPARE, PROVABLE, SEE))
    office.clock.pass_seconds(4 * 3600)
    restored(office)
    office.platform.script("look:accept", LookResult(Outcome.ABSENT))
    for _ in range(3):
        end = office.advance(after=61)

    assert end.state is DeliveryState.HELD
    assert "超过定时" in end.hold_reason
    assert office.platform.count("accept") == 0


def test_a_post_that_was_held_is_asked_for_once_more() -> None:
    """Somebody may have let it go after the backup: who lets it go again is told of the hole."""
    office = Office()
    office.change_delivery(state=DeliveryState.HELD, next_at=None, hold_reason="平台拒绝")
    restored(office)
    office.platform.script("look:accept", UNCLEAR)

    retry_delivery(office.delivery().post, actor=OPERATOR, tools=office.tools)
    for _ in range(8):
        end = office.advance(after=600)

    assert end.state is DeliveryState.HELD
    assert "数据恢复自" in end.hold_reason
    assert office.platform.count("accept") == 0


def test_posts_of_next_week_are_looked_for_today() -> None:
    """Whoever restores sees at once what needs a person."""
    office = Office()
    office.change_delivery(due_at=make.after(600_000), next_at=make.after(599_000))

    restored(office)

    assert office.delivery().next_at == make.NOW


@pytest.mark.parametrize("way", list(Way))
def test_answers_on_their_way_are_unsure(way: Way) -> None:
    """A letter waits for a person; a word under a comment is looked for."""
    office = Office()
    with office.storage.begin() as uow:
        uow.answers.add(make.answer(id=AnswerId("ans_1"), way=way, next_at=make.NOW))
        uow.commit()

    restored(office)

    with office.storage.begin() as uow:
        answer = uow.answers.get(AnswerId("ans_1"))
    assert answer.state is AnswerState.UNKNOWN
    assert answer.failure is not None
    assert "数据恢复自" in answer.failure.cause
    assert (answer.next_at is None) is (way is Way.LETTER)


def test_it_is_for_whoever_may_stop_everything_and_for_the_past_only() -> None:
    """And it stands in the audit."""
    office = Office()
    with pytest.raises(NotAllowed):
        note_restoration(taken_at=make.NOW, actor=Actor("somebody"), storage=office.storage)
    with pytest.raises(InvalidInput):
        note_restoration(taken_at=make.after(1), actor=OPERATOR, storage=office.storage)

    restored(office)

    with office.storage.begin() as uow:
        (record,) = uow.audit.records()
    assert record.action == "backup.restored"
