"""What every storage promises about backups that were put in its place."""

import pytest

from bot.domain.accounts.budgets import Budget
from bot.domain.errors import RateLimited
from bot.domain.ids import AccountId, AnswerId, DeliveryId
from bot.domain.publishing.restoration import Restoration
from bot.domain.replies.answer import AnswerState
from tests.contract.conftest import CompleteStorage
from tests.factories import NOW, after, answer, delivery, reply

ACCOUNT = AccountId("acc_1")


def restore(storage: CompleteStorage, *restorations: Restoration) -> None:
    with storage.begin() as uow:
        for one in restorations:
            uow.restorations.add(one)
        uow.commit()


def test_the_last_restore_counts_and_is_among_the_circumstances(peopled: CompleteStorage) -> None:
    """Whoever decides a step knows of the hole."""
    first, last = Restoration(after(-60), NOW), Restoration(after(-30), after(5), "dlv_1")
    with peopled.begin() as uow:
        assert uow.restorations.newest() is None
        uow.deliveries.add(delivery())
        uow.commit()

    restore(peopled, last, first)

    with peopled.begin() as uow:
        assert uow.restorations.newest() == last
        assert uow.deliveries.circumstances(delivery().id).restoration == last


def test_the_newest_delivery_is_known_by_its_id(peopled: CompleteStorage) -> None:
    """Ids are made in the order of time."""
    with peopled.begin() as uow:
        assert uow.deliveries.newest() is None
        uow.deliveries.add(delivery(id=DeliveryId("dlv_2"), revision=2))
        uow.deliveries.add(delivery(id=DeliveryId("dlv_1")))

        assert uow.deliveries.newest() == "dlv_2"


def test_answers_are_found_by_where_they_stand(peopled: CompleteStorage) -> None:
    """Whoever restores asks for those on their way."""
    with peopled.begin() as uow:
        uow.replies.store([reply()])
        uow.answers.add(answer(id=AnswerId("ans_1")))
        uow.answers.add(answer(id=AnswerId("ans_2"), state=AnswerState.SENT))

        found = uow.answers.standing(AnswerState.WAITING, AnswerState.SENDING)

    assert [one.id for one in found] == ["ans_1"]


def test_what_polls_may_have_used_today_counts_as_spent(peopled: CompleteStorage) -> None:
    """The ledger of the backup says less; publishing still has what is kept for it."""
    budget = Budget("comments", daily_limit=10, reserve=4)
    restore(peopled, Restoration(after(-3600), NOW))
    lost = budget.lost_by(NOW, NOW)
    budgets = peopled.budgets()
    for _ in range(6 - lost):
        budgets.spend(ACCOUNT, budget, publishing=False)

    with pytest.raises(RateLimited):
        budgets.spend(ACCOUNT, budget, publishing=False)
    budgets.spend(ACCOUNT, budget, publishing=True)
    assert 0 < lost <= 6
    assert budgets.remaining(ACCOUNT, budget) == 3


def test_a_restore_of_yesterday_costs_no_call_of_today(peopled: CompleteStorage) -> None:
    """Quotas begin anew at midnight in Beijing."""
    budget = Budget("comments", daily_limit=2)
    restore(peopled, Restoration(after(-200_000), after(-100_000)))
    budgets = peopled.budgets()

    budgets.spend(ACCOUNT, budget, publishing=False)
    budgets.spend(ACCOUNT, budget, publishing=False)

    assert budgets.remaining(ACCOUNT, budget) == 0
