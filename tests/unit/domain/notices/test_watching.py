"""What is told, how often, and that it ends."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.errors import NotSent, OutcomeUnknown
from bot.domain.notices.channel import (
    MOST_ATTEMPTS,
    ChannelKind,
    Notice,
    NoticeChannel,
    NoticeState,
    tried,
)
from bot.domain.notices.condition import MANNERS, Condition, ConditionKind
from bot.domain.notices.watching import MOST_LINES, Alert, Stage, Watched, watch
from bot.domain.people import Role
from tests.factories import NOW, after

HELD = Condition(ConditionKind.POST_HELD, "pst_1", "示例发布《关于优化办事时间的通知》：平台拒绝")
WORKER = Condition(ConditionKind.WORKER_DEAD, "all", "工作进程没有在运行")


def again(watched: Watched, *conditions: Condition, at: float) -> Watched:
    """The next look, with what stood after the one before."""
    return watch(conditions, watched.alerts, now=after(at))


def test_a_condition_is_told_when_it_begins() -> None:
    """Its title, what it is about, once."""
    began = watch([HELD], [], now=NOW)

    (message,) = began.messages
    assert message.stage is Stage.BEGAN
    assert message.title == "【提醒】稿件已停下，等待处理"
    assert message.text == HELD.words
    assert again(began, HELD, at=15).messages == ()


def test_what_lasts_is_told_once_an_hour() -> None:
    """Quietly repeated, under a key of its hour."""
    began = watch([WORKER], [], now=NOW)
    quiet = again(began, WORKER, at=3599)
    retold = again(quiet, WORKER, at=3600)

    assert quiet.messages == ()
    assert [m.stage for m in retold.messages] == [Stage.LASTS]
    assert again(retold, WORKER, at=3700).messages == ()
    assert retold.messages[0].key != began.messages[0].key


def test_what_is_over_is_told_and_forgotten() -> None:
    """“已恢复”, and a new one begins anew under another key."""
    began = watch([WORKER], [], now=NOW)
    ended = again(began, at=100)
    anew = again(ended, WORKER, at=200)

    assert [m.title for m in ended.messages] == ["【已恢复】工作进程没有在工作"]
    assert ended.alerts == ()
    assert [m.stage for m in anew.messages] == [Stage.BEGAN]
    assert anew.messages[0].key != began.messages[0].key


def test_many_at_once_are_one_message() -> None:
    """An outage that holds two hundred posts does not flood the group."""
    posts = [Condition(ConditionKind.POST_HELD, f"pst_{n:03}", f"稿件 {n}") for n in range(200)]

    watched = watch([*posts, WORKER], [], now=NOW)

    about_posts = next(m for m in watched.messages if m.kind is ConditionKind.POST_HELD)
    assert len(watched.messages) == 2
    assert len(about_posts.text.splitlines()) == MOST_LINES + 1
    assert about_posts.text.endswith("等 200 项")


def test_another_one_is_told_beside_what_is_known() -> None:
    """Not only an hour later."""
    more = Condition(ConditionKind.POST_HELD, "pst_2", "另一篇")
    watched = again(watch([HELD], [], now=NOW), HELD, more, at=60)

    assert [m.text for m in watched.messages] == ["另一篇"]


def test_the_same_message_has_the_same_key_whoever_looks() -> None:
    """Two processes that look at once say the same thing."""
    first, second = watch([HELD, WORKER], [], now=NOW), watch([WORKER, HELD], [], now=NOW)

    assert {m.key for m in first.messages} == {m.key for m in second.messages}


def test_what_could_not_be_seen_has_not_ended() -> None:
    """Without the broker nobody knows whether the worker lives."""
    known = [Alert(WORKER, NOW, NOW)]

    watched = watch([], known, now=after(60), unseen=frozenset({ConditionKind.WORKER_DEAD}))

    assert watched.messages == ()
    assert list(watched.alerts) == known


def test_a_long_sentence_is_cut() -> None:
    """Group robots take two kilobytes."""
    long = Condition(ConditionKind.POST_HELD, "pst_1", "很" * 1000)

    assert len(watch([long], [], now=NOW).messages[0].text) == 120


@pytest.mark.parametrize("kind", list(ConditionKind))
def test_every_kind_says_whom_it_concerns(kind: ConditionKind) -> None:
    """A condition nobody is told of needs no name."""
    assert MANNERS[kind].roles
    assert MANNERS[kind].title
    assert MANNERS[kind].repeat >= timedelta(hours=1)


def test_a_channel_carries_the_matters_of_its_roles_and_single_kinds() -> None:
    """And nothing while it is switched off."""
    channel = NoticeChannel(
        id="nch_1",
        name="值班群",
        kind=ChannelKind.WECOM,
        roles=frozenset({Role.DESK}),
        kinds=frozenset({ConditionKind.WORKER_DEAD}),
    )

    assert channel.carries(ConditionKind.REPLY_DUE)
    assert channel.carries(ConditionKind.WORKER_DEAD)
    assert not channel.carries(ConditionKind.POST_HELD)


def notice(**changes: object) -> Notice:
    """One that was tried once."""
    values: dict[str, object] = {
        "id": "ntc_1",
        "channel": "nch_1",
        "key": "k",
        "kind": ConditionKind.POST_HELD,
        "title": "标题",
        "text": "一行",
        "page": "",
        "created_at": NOW,
        "attempts": 1,
    }
    return Notice(**(values | changes))  # type: ignore[arg-type]


def test_an_alarm_that_did_not_surely_arrive_is_tried_again_until_the_end() -> None:
    """Lost is worse than twice; but not for ever."""
    unsure = tried(notice(), OutcomeUnknown("time-out"), now=NOW)
    given_up = tried(notice(attempts=MOST_ATTEMPTS), NotSent("no route"), now=NOW)

    assert unsure.state is NoticeState.WAITING
    assert unsure.next_at is not None
    assert unsure.next_at > NOW
    assert given_up.state is NoticeState.FAILED
    assert given_up.next_at is None
    assert tried(notice(), None, now=NOW).state is NoticeState.SENT


def test_another_step_is_told_at_once_under_a_key_of_its_own() -> None:
    """However lately the one before was; the same step is not."""
    week = Condition(ConditionKind.ACCOUNT_SILENT, "acc_1", "已 7 天没有更新", "advice")
    days = replace(week, words="已 10 天没有更新", step="warning")
    began = watch([week], [], now=NOW)
    same = again(began, week, at=60)
    next_step = again(same, days, at=120)
    third = again(next_step, replace(days, step="last"), at=180)

    assert same.messages == ()
    assert [m.text for m in next_step.messages] == ["已 10 天没有更新"]
    assert len({began.messages[0].key, next_step.messages[0].key, third.messages[0].key}) == 3
