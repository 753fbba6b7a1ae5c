"""The last check before the public: each reason by itself."""

from dataclasses import replace
from typing import Any

import pytest

from bot.domain.posts.post import IfLate, PostState
from bot.domain.publishing.circumstances import Circumstances
from bot.domain.publishing.release_check import is_stopped, too_late, why_not
from bot.domain.publishing.route import StepRole
from bot.domain.releases.release import ReleaseState
from tests import factories as make

WELL = Circumstances(
    delivery=make.delivery(),
    post=make.post(),
    rollout=make.rollout(),
    release=make.release(),
    account=make.account(),
    everything_stopped=False,
    now=make.NOW,
)


def changed(part: str, **changes: Any) -> Circumstances:
    return replace(WELL, **{part: replace(getattr(WELL, part), **changes)})


def test_nothing_speaks_against_an_approved_scheduled_post() -> None:
    """The good day."""
    assert why_not(WELL) is None
    assert too_late(WELL) is None
    assert not is_stopped(WELL)


@pytest.mark.parametrize(
    ("here", "words"),
    [
        (changed("post", state=PostState.HELD, hold_reason="等确认"), "等确认"),
        (changed("post", state=PostState.CANCELLED), "已定时"),
        (changed("post", draft=make.draft("<p>改过</p>")), "被修改"),
        (changed("post", revision=2), "被修改"),
        (changed("delivery", content_hash="other"), "被修改"),
        (changed("post", approved_hash=None), "批准已失效"),
        (changed("release", version=2), "新版本"),
        (changed("release", state=ReleaseState.WITHDRAWN), "未处于已批准"),
        (changed("release", state=ReleaseState.RECEIVED), "未处于已批准"),
        (changed("account", enabled=False), "已停用"),
    ],
)
def test_each_change_since_scheduling_forbids_it(here: Circumstances, words: str) -> None:
    """And says so in words a person can act on."""
    objection = why_not(here)

    assert objection is not None
    assert words in objection.told(StepRole.PREPARE, perhaps_out=False)


@pytest.mark.parametrize("role", [StepRole.ACCEPT, StepRole.AWAIT_PERSON])
@pytest.mark.parametrize(
    "here",
    [changed("release", version=2), changed("post", state=PostState.HELD, hold_reason="等确认")],
    ids=["new version", "held"],
)
def test_nobody_is_told_that_nothing_is_out_while_something_may_be(
    here: Circumstances, role: StepRole
) -> None:
    """The cause is named, and the person is sent to look."""
    objection = why_not(here)

    assert objection is not None
    told = objection.told(role, perhaps_out=True)
    assert objection.cause in told
    assert "没有发出" not in told
    assert "登记链接" in told


@pytest.mark.parametrize(
    ("if_late", "seconds", "held"),
    [
        (IfLate.PUBLISH, 3600, False),
        (IfLate.PUBLISH, 3601, True),
        (IfLate.HOLD, 60, False),
        (IfLate.HOLD, 61, True),
    ],
)
def test_lateness_follows_the_posts_own_rule(if_late: IfLate, seconds: float, held: bool) -> None:
    """To the second."""
    here = replace(changed("post", if_late=if_late), now=make.after(seconds))

    assert (too_late(here) is not None) is held


def test_a_stop_of_the_account_or_of_everything_stops() -> None:
    """Either is enough."""
    assert is_stopped(changed("account", stopped=True))
    assert is_stopped(replace(WELL, everything_stopped=True))
