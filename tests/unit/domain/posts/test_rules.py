"""Rules: which accounts, and when, in Beijing's wall clock."""

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.accounts.account import QuietHours
from bot.domain.accounts.budgets import BEIJING
from bot.domain.ids import AccountId, RuleId, SourceId
from bot.domain.posts.rules import after_quiet_hours, due_time, plan_posts
from bot.domain.releases.release import DisclosureAttribute
from tests import factories as make

NIGHT = QuietHours(time(22), time(7))
MOMENTS = st.datetimes(
    datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC), allow_imaginary=False
)


def beijing(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=BEIJING).astimezone(UTC)


@pytest.mark.parametrize(
    ("changes", "matches"),
    [
        ({}, True),
        ({"enabled": False}, False),
        ({"sources": (SourceId("site"),)}, True),
        ({"sources": (SourceId("other"),)}, False),
        ({"topics": ("农业",)}, True),
        ({"topics": ("教育", "农业")}, True),
        ({"topics": ("教育",)}, False),
    ],
)
def test_a_rule_matches_by_source_and_topic(changes: dict[str, object], matches: bool) -> None:
    """Empty filters match everything."""
    release = make.release(content=make.content(topic="农业、林业、水利"))

    assert make.rule(**changes).matches(release) is matches


@pytest.mark.parametrize("disclosure", list(DisclosureAttribute))
def test_only_proactive_disclosure_is_distributed(disclosure: DisclosureAttribute) -> None:
    """依申请公开 and 不予公开 never go out, whatever the filters say."""
    release = make.release(content=make.content(disclosure=disclosure))

    assert make.rule().matches(release) is (disclosure is DisclosureAttribute.PROACTIVE)


def test_one_post_an_account_by_the_first_rule() -> None:
    """Two rules for one account do not make two posts; disabled and unknown accounts get none."""
    special = make.rule("acc_1", id=RuleId("special"), template="special")
    general = make.rule("acc_1", "acc_2", "acc_off", "acc_gone", id=RuleId("general"))
    accounts = [
        make.account(id=AccountId("acc_1")),
        make.account(id=AccountId("acc_2"), name="二"),
        make.account(id=AccountId("acc_off"), name="三", enabled=False),
    ]

    planned = plan_posts(make.release(), [special, general], accounts, now=make.NOW)

    assert [(p.account, p.rule.id) for p in planned] == [("acc_1", "special"), ("acc_2", "general")]


@pytest.mark.parametrize(
    ("now", "embargo", "changes", "due"),
    [
        (beijing(23, 10), None, {}, beijing(23, 10)),
        (beijing(23, 10), beijing(23, 15), {}, beijing(23, 15)),
        (beijing(23, 10), beijing(22, 15), {}, beijing(23, 10)),
        (beijing(23, 10), None, {"delay_seconds": 600}, beijing(23, 10, 10)),
        (beijing(23, 10), None, {"slot": time(17, 30)}, beijing(23, 17, 30)),
        (beijing(23, 18), None, {"slot": time(17, 30)}, beijing(24, 17, 30)),
        (beijing(23, 17, 30), None, {"slot": time(17, 30)}, beijing(23, 17, 30)),
        (beijing(23, 10), beijing(23, 20), {"slot": time(9)}, beijing(24, 9)),
        (beijing(23, 23), None, {}, beijing(24, 7)),
        (beijing(23, 3), None, {}, beijing(23, 7)),
        (beijing(23, 10), None, {"slot": time(23)}, beijing(24, 7)),
    ],
)
def test_the_due_time_honours_embargo_slot_delay_and_quiet_hours(
    now: datetime, embargo: datetime | None, changes: dict[str, object], due: datetime
) -> None:
    """Embargo first, then the rule, then the account's night."""
    account = make.account(quiet_hours=NIGHT)

    assert due_time(make.rule(**changes), account, embargo=embargo, now=now) == due


@given(MOMENTS, MOMENTS, st.times(), st.integers(0, 7200))
def test_nothing_is_ever_due_before_its_embargo_or_at_night(
    now: datetime, embargo: datetime, slot: time, delay: int
) -> None:
    """Whatever the rule."""
    rule = make.rule(slot=slot, delay_seconds=delay)
    due = due_time(rule, make.account(quiet_hours=NIGHT), embargo=embargo, now=now)

    assert due >= embargo.replace(second=0, microsecond=0)
    assert due >= now.replace(second=0, microsecond=0)
    assert not NIGHT.covers(due.astimezone(BEIJING).time())


@given(MOMENTS)
def test_quiet_hours_delay_by_less_than_a_day(moment: datetime) -> None:
    """A post is moved to the morning, not lost to another day."""
    due = after_quiet_hours(moment, make.account(quiet_hours=NIGHT))

    assert timedelta(0) <= due - moment < timedelta(hours=9, minutes=1)
