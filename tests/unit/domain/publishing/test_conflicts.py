"""What is in the way of an account's plan, and what is not."""

from dataclasses import replace
from datetime import time

import pytest

from bot.domain.accounts.account import Mode, QuietHours
from bot.domain.ids import AccountId, QuietPeriodId
from bot.domain.publishing.conflicts import ConflictKind, Planned, conflicts_of
from bot.domain.publishing.quiet import QuietPeriod
from tests import factories as make

DAY = 86_400
PUSHES = {"mode": Mode.MASS, "options": {"kind": "service"}}


def kinds(*planned: Planned, **account: object) -> list[ConflictKind]:
    return [one.kind for one in conflicts_of(make.account(**account), planned)]


def at(seconds: float, *, post: str = "", **more: object) -> Planned:
    return Planned(post or f"pst_{seconds}", make.after(seconds), **more)  # type: ignore[arg-type]


def test_a_plan_with_room_has_no_conflict() -> None:
    """Ten minutes apart are enough, and nobody has to be told of nothing."""
    assert kinds() == []
    assert kinds(at(0), at(600)) == []


@pytest.mark.parametrize(("seconds", "said"), [(540, "只隔 9 分钟"), (0, "同时发出")])
def test_two_posts_within_minutes_crowd_each_other(seconds: float, said: str) -> None:
    """Both are named with their times in Beijing."""
    (found,) = conflicts_of(make.account(), [at(seconds, post="b"), at(0, post="a")])

    assert (found.kind, found.posts) == (ConflictKind.CLOSE, ("a", "b"))
    assert found.message.startswith("10:00 和 10:0")
    assert found.message.endswith(said)


def test_what_is_out_is_no_conflict_any_more() -> None:
    """But it still crowds the one that follows it."""
    quiet = QuietHours(time(9), time(11))

    assert kinds(at(0, is_out=True), at(60, is_out=True), quiet_hours=quiet) == []
    assert kinds(at(0, is_out=True), at(60)) == [ConflictKind.CLOSE]


def test_more_pushes_than_the_platform_allows_a_day() -> None:
    """Counted by the Beijing day; an account that does not push is not counted so."""
    both = (at(0), at(7200))

    (found,) = conflicts_of(make.account(mode=Mode.MASS), both)

    assert found.kind is ConflictKind.DAY_FULL
    assert found.message == "排了 2 次群发，平台每天只允许 1 次"
    assert kinds(*both, mode=Mode.PUBLISH) == kinds(*both, mode=Mode.SHARE) == []
    assert kinds(at(0), at(14 * 3600), mode=Mode.MASS) == []


def test_the_fifth_push_of_a_month_is_one_too_many() -> None:
    """The last ones are told, on their own day."""
    posts = [at(n * DAY) for n in range(5)]

    (found,) = conflicts_of(make.account(**PUSHES), posts)

    assert found.kind is ConflictKind.MONTH_FULL
    assert found.day.isoformat() == "2026-11-27"
    assert found.message == "11月排了 5 次群发，平台每月只允许 4 次"


def test_a_quiet_period_keeps_all_but_emergencies() -> None:
    """Of the account, or of everybody; with what happens at its end."""
    mourning = QuietPeriod(
        QuietPeriodId("q_1"), None, "全国哀悼日", make.after(-60), make.after(DAY), "wang", make.NOW
    )
    others = replace(mourning, account=AccountId("acc_9"))

    posts = [at(0), at(3600, emergency=True)]
    (found,) = conflicts_of(make.account(), posts, [mourning, others])

    assert found.posts == ("pst_0",)
    assert found.message == (
        "10:00 在静默期（全国哀悼日）内，11月24日 10:00 结束后由人决定是否发出"
    )
    assert conflicts_of(make.account(), posts, [others]) == []


def test_quiet_hours_and_embargoes_are_told_with_their_times() -> None:
    """With what will happen."""
    account = make.account(quiet_hours=QuietHours(time(22), time(11)))

    hours, embargo = conflicts_of(account, [at(0, embargo=make.after(2 * DAY))])

    assert hours.message == "10:00 在免打扰时段（22:00–11:00）内，到时间仍会发出"
    assert embargo.message == "10:00 的一篇要等到 11月25日 10:00 解禁才会发出"
    assert kinds(at(0, embargo=make.after(0))) == []
