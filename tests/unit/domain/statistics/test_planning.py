"""Which days a platform is asked for, and when."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.accounts.budgets import BEIJING
from bot.domain.ids import AccountId
from bot.domain.statistics.planning import (
    Asked,
    Question,
    Subject,
    Term,
    next_look,
    noted,
    questions,
    ready_at,
    remembered,
)

ACCOUNT = AccountId("acc_1")
TODAY = date(2026, 11, 23)
ARTICLES = Term(Subject.ARTICLES, span_days=1, grows_days=3, reach_days=5)
FOLLOWERS = Term(Subject.FOLLOWERS, span_days=7, grows_days=1, reach_days=10)


def back(days: int) -> date:
    return TODAY - timedelta(days=days)


def morning(days_ago: int = 0, *, hours: float = 0) -> datetime:
    """Just when the account's figures are ready, and hours after that."""
    return ready_at(back(days_ago), ACCOUNT) + timedelta(hours=hours)


def asked(
    day: date, at: datetime, *, is_final: bool = True, tries: int = 0, of: Term = ARTICLES
) -> Asked:
    return Asked(of.subject, day, at, is_final, tries)


def plan(term: Term, *memory: Asked, at: datetime | None = None) -> tuple[Question, ...]:
    return questions([term], remembered(memory), ACCOUNT, at or morning())


def test_nobody_asks_before_a_quarter_past_eight_and_not_all_at_once() -> None:
    """Each account has its own minute within half an hour."""
    minutes = {ready_at(TODAY, AccountId(f"acc_{n}")).astimezone(BEIJING) for n in range(200)}

    assert min(minutes) >= datetime(2026, 11, 23, 8, 15, tzinfo=BEIJING)
    assert max(minutes) < datetime(2026, 11, 23, 8, 45, tzinfo=BEIJING)
    assert len(minutes) > 100


def test_a_new_account_asks_for_all_that_is_in_reach_newest_first() -> None:
    """One question a day where the platform takes one day at a time."""
    assert [q.first for q in plan(ARTICLES)] == [back(n) for n in range(1, 6)]


def test_yesterday_is_not_asked_for_before_it_is_ready() -> None:
    """Before this morning's hour the newest figures are those of the day before yesterday."""
    assert plan(ARTICLES, at=morning(hours=-0.1))[0].first == back(2)


def test_neighbouring_days_are_asked_for_together_as_far_as_allowed() -> None:
    """Ten days of followers are two questions; a day that is known parts them."""
    whole = plan(FOLLOWERS)
    parted = plan(FOLLOWERS, asked(back(3), morning(1), of=FOLLOWERS))

    assert [(q.first, q.last) for q in whole] == [(back(7), back(1)), (back(10), back(8))]
    assert [(q.first, q.last) for q in parted] == [(back(2), back(1)), (back(10), back(4))]
    assert whole[0].days == tuple(back(n) for n in range(7, 0, -1))


def test_a_growing_day_is_asked_again_every_morning_until_it_is_grown() -> None:
    """Three days old is grown; what is still growing has new figures this morning."""
    before = [asked(back(n), morning(1)) for n in range(2, 6)]

    again = plan(ARTICLES, *before)

    assert [q.first for q in again] == [back(1), back(2), back(3)]
    assert plan(ARTICLES, *before, *(asked(q.first, morning()) for q in again)) == ()


def test_days_missed_while_nothing_ran_are_caught_up() -> None:
    """A day answered before it was grown, and never since, is asked once more."""
    early = asked(back(5), morning(4))

    assert back(5) in [q.first for q in plan(ARTICLES, early)]


@pytest.mark.parametrize(
    ("tries", "hours", "is_due"),
    [(1, 0.9, False), (1, 1, True), (2, 1.9, False), (2, 2, True), (3, 4, True), (4, 9, False)],
)
def test_a_day_that_is_not_final_is_asked_again_with_growing_pauses(
    tries: int, hours: float, is_due: bool
) -> None:
    """Three more times on one morning, then the next."""
    rest = [asked(back(n), morning(hours=0)) for n in range(2, 6)]
    last = asked(back(1), morning(), is_final=False, tries=tries)

    due = plan(ARTICLES, *rest, last, at=morning(hours=hours))

    assert bool(due) is is_due


def test_a_new_morning_starts_the_tries_anew() -> None:
    """What was not final yesterday evening is asked for this morning, as a first try."""
    last = asked(back(5), morning(1, hours=9), is_final=False, tries=4)
    now = asked(back(5), morning(), is_final=False)

    assert back(5) in [q.first for q in plan(ARTICLES, last)]
    assert noted(last, now, ACCOUNT).tries == 1
    assert noted(now, asked(back(5), morning(hours=1), is_final=False), ACCOUNT).tries == 1
    assert noted(None, now, ACCOUNT).tries == 1


def test_tries_of_one_morning_are_counted() -> None:
    """A final answer ends the counting."""
    first = noted(None, asked(back(1), morning(), is_final=False), ACCOUNT)
    second = noted(first, asked(back(1), morning(hours=1), is_final=False), ACCOUNT)
    third = noted(second, asked(back(1), morning(hours=3)), ACCOUNT)

    assert (first.tries, second.tries, third.tries) == (1, 2, 0)


def test_days_before_the_platform_kept_figures_are_never_asked_for() -> None:
    """WeChat's new article figures begin in November 2025."""
    term = Term(Subject.READING, span_days=1, grows_days=1, reach_days=30, since=back(2))

    assert [q.first for q in plan(term)] == [back(1), back(2)]


def test_the_next_look_is_when_something_falls_due() -> None:
    """An hour after a fruitless try, else the next morning; at once while something is due."""
    known = [asked(back(n), morning()) for n in range(1, 6)]
    fruitless = asked(back(1), morning(), is_final=False, tries=1)

    def look(*memory: Asked) -> datetime:
        return next_look([ARTICLES], remembered(memory), ACCOUNT, morning(hours=0.5))

    assert look(*known) == morning(-1)
    assert look(*known, fruitless) == morning(hours=1)
    assert look(*known[1:]) <= morning(hours=0.5)


@given(
    st.lists(st.tuples(st.integers(1, 45), st.integers(0, 1000), st.booleans()), max_size=40),
    st.integers(1, 31),
    st.integers(1, 31),
)
def test_answering_every_question_leaves_none(
    memory: list[tuple[int, int, bool]], span: int, grows: int
) -> None:
    """Whatever was asked before, questions never overlap, keep the span, and end."""
    term = Term(Subject.ACCOUNT, span_days=span, grows_days=grows, reach_days=30)
    known = [
        Asked(term.subject, back(age), morning() - timedelta(hours=hours), final, 1)
        for age, hours, final in memory
    ]

    due = plan(term, *known)

    days = [day for question in due for day in question.days]
    answers = [Asked(term.subject, day, morning(), is_final=True) for day in days]
    assert len(set(days)) == len(days)
    assert all(len(question.days) <= span for question in due)
    assert plan(term, *known, *answers) == ()
