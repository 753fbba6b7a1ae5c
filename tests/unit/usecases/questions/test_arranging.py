"""A person makes two groups of one, and one of two."""

from typing import Any

import pytest

from bot.domain.errors import Conflict, InvalidInput, NotAllowed, NotFound
from bot.domain.ids import QuestionId, ReplyId
from bot.domain.questions.demand import DemandKind
from bot.domain.questions.group import Standing
from bot.usecases.cases.set_case_rules import set_demand_from
from bot.usecases.questions.arrange_groups import join_groups, split_group
from tests.unit.usecases.cases.hall import CONTACT, SUPERVISOR
from tests.unit.usecases.questions.round import QuestionHall
from tests.unit.usecases.replies.office import DESK

OTHER = "请问今年的种粮补贴是不是按亩发放的"


def grouped(hall: QuestionHall) -> tuple[QuestionId, list[ReplyId]]:
    """Three who ask the same."""
    asked = [hall.asks(number) for number in (1, 2, 3)]
    hall.groups()
    return hall.only_group().id, asked


def test_who_is_split_off_asks_a_question_of_their_own() -> None:
    """Confirmed there, out of the old group, and never proposed for it again."""
    hall = QuestionHall()
    group, (first, second, third) = grouped(hall)

    new = split_group(
        group, [second], actor=DESK, storage=hall.storage, ids=hall.ids, name="按亩发放"
    )

    assert hall.standing(new.id) == {second: Standing.CONFIRMED}
    assert hall.standing(group)[second] is Standing.TAKEN_OUT
    assert hall.standing(group)[first] is hall.standing(group)[third] is Standing.PROPOSED
    assert new.name == "按亩发放"


def test_joined_groups_are_one_and_their_askers_are_counted_together() -> None:
    """How each stood stays; enough of them together are a demand."""
    hall = QuestionHall()
    set_demand_from(4, actor=SUPERVISOR, storage=hall.storage)
    group, asked = grouped(hall)
    new = split_group(group, asked[:1], actor=DESK, storage=hall.storage, ids=hall.ids)
    others = [hall.asks(number, OTHER) for number in (4, 5)]
    hall.groups()
    with hall.storage.begin() as uow:
        (rest,) = {c.group.id for c in uow.questions.counts()} - {group, new.id}

    for one, into in ((new.id, group), (group, rest)):
        join_groups(one, into, actor=DESK, storage=hall.storage, ids=hall.ids)

    assert hall.standing(rest).keys() == {*asked, *others}
    assert hall.standing(rest)[asked[0]] is Standing.CONFIRMED
    assert hall.standing(rest)[asked[1]] is Standing.PROPOSED
    with hall.storage.begin() as uow:
        assert uow.demands.of_subject(DemandKind.QUESTION, rest) is not None


def test_what_is_refused() -> None:
    """Nobody but the desk; nothing chosen; a stranger; itself."""
    hall = QuestionHall()
    group, asked = grouped(hall)
    tools: dict[str, Any] = {"storage": hall.storage, "ids": hall.ids}

    with pytest.raises(NotAllowed):
        split_group(group, asked, actor=CONTACT, **tools)
    with pytest.raises(NotAllowed):
        join_groups(group, group, actor=CONTACT, **tools)
    with pytest.raises(InvalidInput):
        split_group(group, [], actor=DESK, **tools)
    with pytest.raises(NotFound):
        split_group(group, [ReplyId("rpy_none")], actor=DESK, **tools)
    with pytest.raises(Conflict, match="它自己"):
        join_groups(group, group, actor=DESK, **tools)
    with pytest.raises(Conflict, match="改动"):
        split_group(group, asked, actor=DESK, seen=7, **tools)
