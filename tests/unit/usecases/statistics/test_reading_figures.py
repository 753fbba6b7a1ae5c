"""Reading what platforms tell: each answer stored by itself, nothing asked twice, refusals kept."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.domain.accounts.account import PlatformName
from bot.domain.errors import (
    CredentialExpired,
    Explanation,
    NotPermitted,
    PlatformError,
    PlatformUnavailable,
    RateLimited,
)
from bot.domain.ids import AccountId, PostId
from bot.domain.publishing.delivery import DeliveryState
from bot.domain.publishing.receipt import Fact, Receipt
from bot.domain.statistics.figures import AccountDay, Figures, FollowerDay
from bot.domain.statistics.planning import Subject, Term, ready_at
from bot.ports.statistics import Outlook, Reading
from bot.usecases.statistics.find_due import RING_AGAIN, find_due, put_off_figures
from bot.usecases.statistics.read_figures import QUESTIONS_A_VISIT, read_figures
from bot.usecases.statistics.tools import StatisticsTools
from tests import factories as make
from tests.fakes.doorbell import RecordingDoorbell
from tests.fakes.figures import ScriptedReader
from tests.unit.usecases.posts.desk import Desk

ACCOUNT = AccountId("acc_1")
YESTERDAY = date(2026, 11, 22)
TERM = Term(Subject.ARTICLES, span_days=1, grows_days=30, reach_days=3)
WHY = Explanation("账号没有数据统计的权限", "请完成微信认证", "账号管理员")


def day(back: int = 0) -> date:
    return YESTERDAY - timedelta(days=back)


def tools(desk: Desk, reader: ScriptedReader) -> StatisticsTools:
    return StatisticsTools(desk.publishing, {PlatformName.WECHAT: reader})


def outlook(desk: Desk) -> Outlook:
    with desk.storage.begin() as uow:
        found = uow.statistics.outlook(ACCOUNT)
    assert found is not None
    return found


def publish(desk: Desk, **ids: str) -> None:
    """A post of ours that is public since the morning of its article."""
    out = Fact(make.NOW - timedelta(days=3), "confirm:call")
    receipt = Receipt(ids, (), out, out)
    with desk.storage.begin() as uow:
        uow.releases.add(make.release())
        uow.posts.add_rollout(make.rollout())
        uow.posts.add(make.post())
        live = make.delivery(state=DeliveryState.DELIVERED, next_at=None, receipt=receipt)
        uow.deliveries.add(live)
        uow.commit()


def test_answers_are_stored_under_the_posts_that_brought_them_out() -> None:
    """By the message's id; an article of nobody is kept without a post."""
    desk, reader = Desk(), ScriptedReader(TERM)
    publish(desk, msg_data_id="2247480001")
    by_hand = make.article(id=replace(make.article().id, message="99"), title="节日祝福")
    told = Reading((make.article(), by_hand), (make.article_day(), make.article_day(1)))
    reader.script[day(2)] = [told]

    answered = read_figures(ACCOUNT, tools(desk, reader))

    state = desk.storage.state
    assert answered == 3
    assert {one.id.message: one.post for one in state.articles.values()} == {
        "2247480001": PostId("pst_1"),
        "99": None,
    }
    assert len(state.article_days) == 2


def test_days_of_the_account_and_its_followers_are_stored() -> None:
    """As they were told."""
    desk, reader = Desk(), ScriptedReader(TERM)
    account_day = AccountDay(ACCOUNT, day(), Figures(readers=5), make.NOW)
    followers = FollowerDay(ACCOUNT, day(), 1000, 4, 5, make.NOW)
    reader.script[day()] = [Reading(account_days=(account_day,), follower_days=(followers,))]

    read_figures(ACCOUNT, tools(desk, reader))

    assert list(desk.storage.state.account_days.values()) == [account_day]
    assert list(desk.storage.state.follower_days.values()) == [followers]


def test_nothing_is_asked_twice_on_one_morning_and_growing_days_on_the_next() -> None:
    """The account comes again when the figures are ready."""
    desk, reader = Desk(), ScriptedReader(TERM)
    read_figures(ACCOUNT, tools(desk, reader))
    again = read_figures(ACCOUNT, tools(desk, reader))

    assert again == 0
    assert [q.first for q in reader.asked] == [day(), day(1), day(2)]
    assert outlook(desk) == Outlook(ACCOUNT, ready_at(date(2026, 11, 24), ACCOUNT))
    desk.clock.pass_seconds(86_400)
    assert read_figures(ACCOUNT, tools(desk, reader)) == 3


def test_what_is_not_final_is_asked_for_an_hour_later() -> None:
    """Only the days that are open."""
    desk, reader = Desk(), ScriptedReader(TERM)
    reader.script[day()] = [Reading(open_days=frozenset({day()})), Reading()]
    read_figures(ACCOUNT, tools(desk, reader))

    assert outlook(desk).next_at == make.after(3600)
    desk.clock.pass_seconds(3600)
    read_figures(ACCOUNT, tools(desk, reader))

    assert [q.first for q in reader.asked[3:]] == [day()]


def test_a_visit_ends_and_goes_on_where_it_ended() -> None:
    """A new account has weeks to catch up; what was answered is not asked again."""
    desk, reader = Desk(), ScriptedReader(replace(TERM, reach_days=30))

    first = read_figures(ACCOUNT, tools(desk, reader))
    at_once = outlook(desk).next_at == desk.clock.now()
    second = read_figures(ACCOUNT, tools(desk, reader))

    assert (first, second, at_once) == (QUESTIONS_A_VISIT, 30 - QUESTIONS_A_VISIT, True)
    assert len({q.first for q in reader.asked}) == 30


def test_a_refusal_keeps_what_was_read_before_it() -> None:
    """The platform was away in the middle; the rest is asked half an hour later."""
    desk, reader = Desk(), ScriptedReader(TERM)
    reader.script[day(1)] = [PlatformUnavailable("busy"), Reading()]

    with pytest.raises(PlatformUnavailable):
        read_figures(ACCOUNT, tools(desk, reader))

    assert outlook(desk) == Outlook(ACCOUNT, make.after(1800))
    read_figures(ACCOUNT, tools(desk, reader))
    assert [q.first for q in reader.asked] == [day(), day(1), day(1), day(2)]


@pytest.mark.parametrize(
    ("error", "seconds"),
    [
        (RateLimited("full", until=make.after(7200)), 7200),
        (RateLimited("full"), 3600),
        (CredentialExpired("dead", "40001", explanation=WHY), 1800),
    ],
    ids=["until then", "no time given", "the secret is wrong"],
)
def test_a_refused_account_comes_again_at_its_time(error: PlatformError, seconds: int) -> None:
    """What passes by itself is no finding; what a person must mend is one."""
    desk, reader = Desk(), ScriptedReader(TERM)
    reader.script[day()] = [error]

    with pytest.raises(PlatformError):
        read_figures(ACCOUNT, tools(desk, reader))

    found = outlook(desk)
    assert found.next_at == make.after(seconds)
    assert (found.finding is None) is isinstance(error, RateLimited)


def test_an_account_without_the_right_is_a_finding_and_no_failure() -> None:
    """Asked once a morning, one call each; forgotten when the right is there."""
    desk, reader = Desk(), ScriptedReader(TERM)
    reader.script[day()] = [NotPermitted("refused", "48001", explanation=WHY)]

    answered = read_figures(ACCOUNT, tools(desk, reader))

    found = outlook(desk)
    assert (answered, len(reader.asked)) == (0, 1)
    assert found.next_at == ready_at(date(2026, 11, 24), ACCOUNT)
    assert found.finding is not None
    assert found.finding.what == "账号没有数据统计的权限（48001）"
    reader.script.clear()
    desk.clock.pass_seconds(86_400)
    read_figures(ACCOUNT, tools(desk, reader))
    assert outlook(desk).finding is None


def test_accounts_are_rung_for_at_their_time_and_again_if_nobody_heard() -> None:
    """Not those that are switched off, nor those whose platform tells them nothing."""
    desk = Desk(
        accounts=[
            make.account(),
            make.account(id=AccountId("acc_2"), name="停用", enabled=False),
            make.account(id=AccountId("acc_3"), name="未认证", verified=False),
            make.account(id=AccountId("acc_4"), name="微博", platform=PlatformName.WEIBO),
        ]
    )
    asking, bell = tools(desk, ScriptedReader(TERM)), RecordingDoorbell()

    counts = [find_due(asking, doorbell=bell), find_due(asking, doorbell=bell)]
    desk.clock.pass_seconds(RING_AGAIN.total_seconds())
    counts.append(find_due(asking, doorbell=bell))
    read_figures(ACCOUNT, asking)
    desk.clock.pass_seconds(3600)
    counts.append(find_due(asking, doorbell=bell))

    assert counts == [1, 0, 1, 0]
    assert bell.figures == [ACCOUNT, ACCOUNT]


def test_figures_that_could_not_be_asked_for_are_due_again_at_once() -> None:
    """No five minutes pass before somebody tries."""
    desk, bell = Desk(), RecordingDoorbell()
    asking = tools(desk, ScriptedReader(TERM))
    find_due(asking, doorbell=bell)

    put_off_figures(ACCOUNT, asking)

    assert find_due(asking, doorbell=bell) == 1
