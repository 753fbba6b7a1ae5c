"""What every storage promises about what people ask for in vain."""

from dataclasses import replace

import pytest

from bot.domain.errors import Conflict, NotFound
from bot.domain.ids import DemandId, ReleaseId
from bot.domain.questions.demand import Demand, DemandKind, DemandState
from bot.domain.questions.group import QuestionGroup, Standing
from tests.contract.conftest import CompleteStorage
from tests.contract.test_questions import Q1, hear, member, put, rpy
from tests.factories import NOW, after

SEARCHED = Demand(DemandId("dem_1"), DemandKind.SEARCH, "电梯补贴", NOW, "tongbu", NOW)
ASKED = Demand(DemandId("dem_2"), DemandKind.QUESTION, Q1, after(1), "tongbu", NOW)


def test_demands_come_back_newest_first_and_each_subject_once(peopled: CompleteStorage) -> None:
    """Also after they were changed."""
    done = replace(
        ASKED, state=DemandState.PUBLISHED, release=ReleaseId("rel_1"), reason="见第三条"
    )
    with peopled.begin() as uow:
        uow.demands.add(SEARCHED)
        uow.demands.add(ASKED)
        uow.demands.save(done)
        with pytest.raises(Conflict):
            uow.demands.add(replace(SEARCHED, id=DemandId("dem_3")))
        uow.commit()

    with peopled.begin() as uow:
        assert uow.demands.all() == [done, SEARCHED]
        assert uow.demands.all(states=[DemandState.PENDING]) == [SEARCHED]
        assert uow.demands.claim(done.id) == uow.demands.of_subject(DemandKind.QUESTION, Q1) == done
        assert uow.demands.of_subject(DemandKind.SEARCH, Q1) is None
        with pytest.raises(NotFound, match="dem_9"):
            uow.demands.claim(DemandId("dem_9"))


def test_who_searched_in_vain_counts_once(peopled: CompleteStorage) -> None:
    """With samples, oldest first."""
    hear(peopled, 1, 2, sender="o_same")
    hear(peopled, 3, 4, 5)
    with peopled.begin() as uow:
        for number in (4, 1, 2, 3, 3, 5):
            uow.demands.note_miss("电梯补贴", rpy(number))
        asking = uow.demands.asking(DemandKind.SEARCH, "电梯补贴")
        nobody = uow.demands.asking(DemandKind.SEARCH, "电梯")

    assert (asking.askers, asking.first_asked_at, asking.last_asked_at) == (4, after(1), after(5))
    assert asking.samples == (rpy(1), rpy(2), rpy(3))
    assert (nobody.askers, nobody.first_asked_at, nobody.samples) == (0, None, ())


def test_who_was_taken_out_of_a_group_does_not_ask_its_question(peopled: CompleteStorage) -> None:
    """Everybody else does."""
    hear(peopled, 1, 2, 3)
    out = member(3, standing=Standing.TAKEN_OUT)
    put(peopled, QuestionGroup(Q1, NOW), member(1), member(2), out)

    with peopled.begin() as uow:
        asking = uow.demands.asking(DemandKind.QUESTION, Q1)
    assert (asking.askers, asking.last_asked_at) == (2, after(2))


def test_what_an_erased_follower_searched_for_is_gone(peopled: CompleteStorage) -> None:
    """The words of a search are theirs."""
    hear(peopled, 1, 2)
    with peopled.begin() as uow:
        uow.demands.note_miss("电梯补贴", rpy(1))
        uow.demands.note_miss("电梯补贴", rpy(2))
        said = uow.replies.get(rpy(1)).incoming
        uow.erasures.erase_follower(said.account, said.sender, until=after(9), limit=9)

        assert uow.demands.asking(DemandKind.SEARCH, "电梯补贴").samples == (rpy(2),)
