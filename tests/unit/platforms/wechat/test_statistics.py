"""WeChat's figures, in every shape its answers have been seen or described in."""

from datetime import date, timedelta
from typing import Any

import pytest

from bot.domain.errors import NotPermitted, PlatformUnavailable, RateLimited
from bot.domain.statistics.figures import Counting
from bot.domain.statistics.planning import Question, Subject
from bot.platforms.wechat.statistics import WechatStatistics
from bot.ports.statistics import Reading
from tests.unit.platforms.wechat.stand import Said, Stand, access, refusal

DAY = date(2026, 11, 20)
WEEK = DAY - timedelta(days=6)


def read(subject: Subject, first: date = DAY, *, options: Any = None, **answers: Said) -> Reading:
    stand = Stand(**answers)
    reader = WechatStatistics(
        stand.http, stand.storage.tokens(), stand.storage.budgets(), stand.clock
    )
    return reader.read(access(options=options or {}), Question(subject, first, DAY), [])


def followers(*rows: dict[str, Any]) -> dict[str, Any]:
    return {"list": [{"ref_date": "2026-11-20"} | row for row in rows]}


def detail(**changes: Any) -> dict[str, Any]:
    figures = {"stat_date": "2026-11-20", "read_user": 265, "read_avg_activetime": 0.5}
    row = {"ref_date": "2026-11-20", "msgid": "2247480002_3", "detail_list": [figures | changes]}
    return {"list": [row], "is_delay": False}


def test_followers_and_who_came_and_left_make_one_row_a_day() -> None:
    """A day on which nobody came or left is missing in one answer, and zero."""
    totals = followers({"cumulate_user": 1001}, {"ref_date": "2026-11-19", "cumulate_user": 999})
    came = followers(
        {"user_source": 0, "new_user": 12, "cancel_user": 3},
        {"user_source": 30, "new_user": 2, "cancel_user": 0},
    )

    told = read(Subject.FOLLOWERS, WEEK, getusercumulate=totals, getusersummary=came)

    rows = [(one.day.day, one.followers, one.gained, one.lost) for one in told.follower_days]
    assert rows == [(19, 999, 0, 0), (20, 1001, 14, 3)]
    assert told.open_days == {WEEK + timedelta(days=number) for number in range(5)}


def test_the_whole_is_the_largest_where_each_source_has_a_row() -> None:
    """Adding them up would count everybody twice."""
    totals = followers(
        {"user_source": 0, "cumulate_user": 1000}, {"user_source": 30, "cumulate_user": 60}
    )

    told = read(Subject.FOLLOWERS, getusercumulate=totals, getusersummary=followers())

    assert told.follower_days[0].followers == 1000


@pytest.mark.parametrize("nested", [False, True], ids=["flat", "nested"])
def test_the_accounts_days_are_read_in_both_shapes(nested: bool) -> None:
    """The reference shows them flat, a newer page under `detail`."""
    figures = {"read_user": 545, "like_user": 18, "redirect_ori_page_user": 7}
    row = {"detail": figures} if nested else figures

    told = read(Subject.ACCOUNT, getbizsummary=followers(row) | {"is_delay": False})

    (found,) = told.account_days
    assert (found.figures.readers, found.figures.likes, found.source_visits) == (545, 18, 7)
    assert (found.figures.shares, found.articles) == (None, None)
    assert told.open_days == frozenset()


def test_an_article_is_known_by_message_and_place() -> None:
    """Title and address came in March 2026; what is absent is unknown, not zero."""
    told = read(Subject.ARTICLES, getarticletotaldetail=detail())

    (article,), (day,) = told.articles, told.article_days
    assert (article.id.message, article.id.position) == ("2247480002", 3)
    assert (article.title, article.url, article.was_pushed) == ("", "", None)
    assert (day.counting, day.figures.readers, day.figures.shares) == (
        Counting.TO_DATE,
        265,
        None,
    )


@pytest.mark.parametrize(("kind", "pushed"), [(0, True), (1, False), ("0", True)])
def test_whether_followers_were_notified(kind: int | str, pushed: bool) -> None:
    """publish_type 0 is with notice."""
    answer = detail()
    answer["list"][0]["publish_type"] = kind

    assert read(Subject.ARTICLES, getarticletotaldetail=answer).articles[0].was_pushed is pushed


@pytest.mark.parametrize(("unit", "seconds"), [({}, 30.0), ({"read_time_unit": "second"}, 0.5)])
def test_the_reading_time_is_in_seconds(unit: dict[str, str], seconds: float) -> None:
    """The page says minutes; an account whose numbers are seconds says so."""
    told = read(Subject.ARTICLES, options=unit, getarticletotaldetail=detail())

    assert told.article_days[0].figures.average_seconds == seconds


def test_sources_leave_the_whole_out() -> None:
    """It is the number of readers itself."""
    parts = [
        {"user_count": 265, "scene_desc": "全部"},
        {"user_count": 180, "scene_desc": "公众号消息"},
    ]
    told = read(Subject.ARTICLES, getarticletotaldetail=detail(read_user_source=parts))

    assert told.article_days[0].figures.sources == {"公众号消息": 180}


def on_day(**figures: Any) -> dict[str, Any]:
    row = {"ref_date": "2026-11-20", "msgid": "1_1", "detail": figures}
    return {"list": [row], "is_delay": False}


def test_reading_and_sharing_of_a_day_make_one_row() -> None:
    """An article that was shared by people who had read it before has no readers that day."""
    both = read(
        Subject.READING,
        getarticleread=on_day(read_user=9),
        getarticleshare=on_day(share_user=2),
    )
    shared = read(
        Subject.READING,
        getarticleread={"list": [], "is_delay": False},
        getarticleshare=on_day(share_user=2),
    )

    figures = [one.article_days[0].figures for one in (both, shared)]
    assert [(one.readers, one.shares) for one in figures] == [(9, 2), (None, 2)]
    assert both.article_days[0].counting is Counting.ON_DAY
    assert both.articles[0].published_on is None


@pytest.mark.parametrize(
    ("subject", "answers"),
    [
        (Subject.ARTICLES, {"getarticletotaldetail": detail() | {"is_delay": True}}),
        (
            Subject.READING,
            {
                "getarticleread": on_day(read_user=9),
                "getarticleshare": on_day(share_user=1) | {"is_delay": True},
            },
        ),
        (Subject.ACCOUNT, {"getbizsummary": followers({"read_user": 1}) | {"is_delay": True}}),
        (Subject.ACCOUNT, {"getbizsummary": {"list": [], "is_delay": False}}),
        (Subject.FOLLOWERS, {"getusercumulate": followers()}),
        (Subject.FOLLOWERS, {"getusercumulate": refusal(61503)}),
        (Subject.ARTICLES, {"getarticletotaldetail": refusal(61503)}),
    ],
    ids=["delayed", "half delayed", "account", "too early", "empty", "not ready", "no details"],
)
def test_what_is_not_final_leaves_its_day_open(subject: Subject, answers: dict[str, Any]) -> None:
    """Delayed figures are stored as such and asked for again."""
    told = read(subject, **answers)

    assert told.open_days == {DAY}
    assert not any(one.is_final for one in (*told.article_days, *told.account_days))


def test_no_article_on_a_day_is_an_answer() -> None:
    """Nothing was published, or fewer than three read it."""
    told = read(Subject.ARTICLES, getarticletotaldetail={"list": [], "is_delay": False})

    assert told == Reading()


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (refusal(48001), NotPermitted),
        (refusal(45009), RateLimited),
        ({"list": [{"msgid": "1_1"}]}, PlatformUnavailable),
    ],
    ids=["no right", "used up", "another shape"],
)
def test_refusals_are_told_apart(answer: dict[str, Any], error: type[Exception]) -> None:
    """An answer that cannot be read proves nothing and is asked for again."""
    with pytest.raises(error):
        read(Subject.ARTICLES, getarticletotaldetail=answer)


def test_only_verified_accounts_are_asked_for() -> None:
    """The platform would refuse each call."""
    stand = Stand()
    reader = WechatStatistics(
        stand.http, stand.storage.tokens(), stand.storage.budgets(), stand.clock
    )

    assert reader.terms(access(verified=False).account) == ()
    assert {term.subject for term in reader.terms(access().account)} == set(Subject)


def test_questions_of_a_day_are_budgeted() -> None:
    """The allowance of the account's option; the refusal names the endpoint."""
    with pytest.raises(RateLimited) as spent:
        read(Subject.ARTICLES, options={"quota_datacube_articles": "0"})

    assert "getarticletotaldetail" in spent.value.explanation.cause
