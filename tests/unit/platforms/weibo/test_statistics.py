"""Figures of Weibo, from scripted answers."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import httpx
import pytest

from bot.domain.accounts.budgets import Purpose
from bot.domain.errors import NotPermitted, RateLimited
from bot.domain.statistics.figures import Counting, Figures
from bot.domain.statistics.planning import Question, Subject
from bot.platforms.weibo.client.counters import number_of
from bot.platforms.weibo.statistics import CALLS_A_MORNING, WeiboStatistics
from bot.ports.platform import LivePost
from bot.ports.statistics import Reading
from tests.unit.platforms.weibo.stand import FixedClock, Stand, access, refusal, stand

MORNING = datetime(2026, 11, 24, 0, 30, tzinfo=UTC)
"""Half past eight in Beijing."""
YESTERDAY = date(2026, 11, 23)


def count(mid: int, **changes: Any) -> dict[str, Any]:
    return {"id": mid, "comments": 2, "reposts": 1, "attitudes": 5} | changes


def counting(*posts: dict[str, Any]) -> Stand:
    return stand(count=httpx.Response(200, json=list(posts)))


def live(mid: str, post: str = "pst_1", days_ago: int = 3) -> LivePost:
    ids = {"platform_post_id": mid} if mid else {}
    return LivePost(post, ids, MORNING - timedelta(days=days_ago))


def read(at: Stand, subject: Subject, *posts: LivePost, when: datetime = MORNING) -> Reading:
    at.clock.moment = when
    reader = WeiboStatistics(at.http, at.tokens, at.ledger, at.clock)
    return reader.read(access(), Question(subject, YESTERDAY, YESTERDAY), posts)


def test_every_live_post_is_counted_in_one_call() -> None:
    """Under its id and its day; how often it was read is not known. One that is gone, and one
    whose id was never learnt, are left out."""
    at = counting(count(11), count(22, reposts="1.2万"))

    told = read(at, Subject.ARTICLES, live("11"), live("22", "pst_2"), live("33"), live(""))

    first, second = told.article_days
    assert first.figures == Figures(shares=1, likes=5, comments=2)
    assert (first.day, first.counting, first.is_final) == (YESTERDAY, Counting.TO_DATE, True)
    assert second.figures.shares == 12_000
    assert [one.id.message for one in told.articles] == ["11", "22"]
    assert {one.published_on for one in told.articles} == {date(2026, 11, 21)}
    assert at.platform.requests[0].url.params["ids"] == "11,22,33"
    assert at.ledger.purposes == [Purpose.COUNTING]


def test_without_a_live_post_nothing_is_asked() -> None:
    """A call is one of a hundred."""
    at = stand()

    assert read(at, Subject.ARTICLES) == Reading()
    assert at.platform.requests == []


def test_at_most_a_hundred_posts_are_asked_for() -> None:
    """The newest; the platform refuses more."""
    at = counting()

    read(at, Subject.ARTICLES, *(live(str(number)) for number in range(1, 120)))

    assert at.platform.requests[0].url.params["ids"].count(",") == 99


@pytest.mark.parametrize(("said", "total"), [(1204, 1204), ("1204", 1204), ("1.2万", 12_000)])
def test_followers_are_counted_and_nothing_is_made_up(said: object, total: int) -> None:
    """Who came and left is not told."""
    at = stand(show={"id": 1900000001, "followers_count": said})

    (told,) = read(at, Subject.FOLLOWERS).follower_days

    assert (told.followers, told.gained, told.lost) == (total, None, None)
    assert (told.day, told.is_final) == (YESTERDAY, True)
    assert at.platform.requests[0].url.params["uid"] == "1900000001"


def test_what_is_read_in_the_afternoon_is_that_day_s_as_far_as_it_goes() -> None:
    """A reading that was late must not pass for how things stood the evening before."""
    at = counting(count(11))

    told = read(at, Subject.ARTICLES, live("11"), when=MORNING + timedelta(hours=8))

    assert told.article_days[0].day == date(2026, 11, 24)
    assert not told.article_days[0].is_final


def test_an_app_without_the_right_says_so() -> None:
    """What an app may call is known only by calling."""
    with pytest.raises(NotPermitted):
        read(stand(show=refusal(10014)), Subject.FOLLOWERS)


def test_figures_are_not_worth_what_is_kept_for_publishing() -> None:
    """They come another day."""
    at = counting(count(11))
    at.ledger.already = 80

    with pytest.raises(RateLimited):
        read(at, Subject.ARTICLES, live("11"))


def test_the_terms_cost_what_the_planner_of_collecting_keeps_back() -> None:
    """One question each, one call each."""
    at = stand()
    terms = WeiboStatistics(at.http, at.tokens, at.ledger, FixedClock()).terms(access().account)

    assert [(term.span_days, term.reach_days) for term in terms] == [(1, 1)] * CALLS_A_MORNING
    assert terms[0].subject is Subject.ARTICLES


@pytest.mark.parametrize("said", ["", "很多", None, "万"])
def test_what_is_no_number_is_refused(said: object) -> None:
    """It becomes an answer that could not be read."""
    with pytest.raises((TypeError, ValueError)):
        number_of(said)
