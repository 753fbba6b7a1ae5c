"""Somebody says that an authorisation was taken back: the platform is asked, soon but not often."""

from datetime import datetime, timedelta

from bot.domain.accounts.authorisation import ASK_AGAIN, STREAM
from bot.domain.ids import AccountId
from bot.usecases.accounts.hear_of_revocation import hear_of_revocation
from bot.usecases.replies.collect_due import VISITED
from tests.factories import NOW, after
from tests.fakes.clock import StillClock
from tests.fakes.storage import FakeStorage

ACCOUNT = AccountId("acc_1")


def planned(next_visit: datetime, **asked: str) -> FakeStorage:
    """An account that is to be visited then, and was asked about before."""
    storage = FakeStorage(StillClock())
    with storage.begin() as uow:
        visit = {"at": NOW.isoformat(), "next": next_visit.isoformat()}
        uow.replies.save_cursor(ACCOUNT, VISITED, visit)
        uow.replies.save_cursor(ACCOUNT, STREAM, asked)
        uow.commit()
    return storage


def next_visit(storage: FakeStorage) -> datetime:
    with storage.begin() as uow:
        return datetime.fromisoformat(uow.replies.cursor(ACCOUNT, VISITED)["next"])


def test_the_account_is_visited_at_once() -> None:
    """And its posts are not stopped by hearsay."""
    storage = planned(after(6 * 3600), asked_at=(NOW - ASK_AGAIN).isoformat())

    hear_of_revocation(ACCOUNT, storage=storage)

    assert next_visit(storage) == NOW
    with storage.begin() as uow:
        assert uow.replies.cursor(ACCOUNT, STREAM)["told_at"] == NOW.isoformat()
        assert uow.accounts.trouble(ACCOUNT) is None


def test_who_says_it_over_and_over_spends_few_of_the_days_calls() -> None:
    """Asked a little while ago: the next time is some hours later; and nothing is written twice."""
    asked = NOW - timedelta(hours=1)
    storage = planned(after(6 * 3600), asked_at=asked.isoformat())

    hear_of_revocation(ACCOUNT, storage=storage)
    first = next_visit(storage)
    hear_of_revocation(ACCOUNT, storage=storage)

    assert first == next_visit(storage) == asked + ASK_AGAIN


def test_a_visit_that_comes_sooner_stays() -> None:
    """It asks too."""
    storage = planned(after(-60))

    hear_of_revocation(ACCOUNT, storage=storage)

    assert next_visit(storage) == after(-60)
