"""静默期: what is kept, until when, and what follows."""

from dataclasses import replace

from bot.domain.ids import AccountId, QuietPeriodId
from bot.domain.publishing.quiet import QuietPeriod, kept_until, last_ended
from tests.factories import NOW, after

WEEK = QuietPeriod(
    QuietPeriodId("qui_1"), None, "全国哀悼日", after(-60), after(600), "wang", after(-60)
)


def test_the_period_that_ends_last_keeps() -> None:
    """Two at once: nothing goes out before both are over."""
    longer = replace(WEEK, id=QuietPeriodId("qui_2"), until=after(900))

    assert kept_until([WEEK, longer], NOW) is longer
    assert kept_until([WEEK, longer], after(700)) is longer
    assert kept_until([WEEK, longer], after(900)) is None


def test_a_period_concerns_its_account_or_all() -> None:
    """Without an account everybody is quiet."""
    mine = replace(WEEK, account=AccountId("acc_1"))

    assert WEEK.concerns(AccountId("acc_2"))
    assert mine.concerns(AccountId("acc_1"))
    assert not mine.concerns(AccountId("acc_2"))


def test_what_came_due_after_its_end_was_not_kept_by_it() -> None:
    """Only what was due before the end waited for it."""
    assert last_ended([WEEK], due_at=after(599), now=after(601)) is WEEK
    assert last_ended([WEEK], due_at=after(600), now=after(601)) is None
    assert last_ended([WEEK], due_at=NOW, now=after(599)) is None
