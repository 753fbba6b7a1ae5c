"""The fast lane's clocks: hours from when the emergency was declared."""

import pytest

from bot.domain.errors import NotAllowed
from bot.domain.posts.post import PostState
from bot.domain.releases.fast_lane import (
    Stage,
    clocks_of,
    next_overdue,
    require_second_person,
)
from bot.domain.releases.release import Interpretation, InterpretationKind
from tests import factories as make

HOUR = 3600


def stages(done: bool, **changes: object) -> list[Stage]:
    """The stages that are done, or not, of an emergency with one approved post."""
    release = make.release(emergency_since=make.NOW, **changes)
    return [c.stage for c in clocks_of(release, [make.post()]) if c.is_done is done]


def test_an_ordinary_release_has_no_clocks() -> None:
    """Its deadlines are working days."""
    assert clocks_of(make.release(), []) == ()


def test_authoritative_information_is_due_in_five_hours_the_briefing_in_a_day() -> None:
    """As the State Council's office asks."""
    release = make.release(emergency_since=make.NOW, approval=None)
    due = {clock.stage: clock.due_at for clock in clocks_of(release, [])}

    assert due[Stage.PUBLISHED] == make.after(5 * HOUR)
    assert due[Stage.BRIEFED] == make.after(24 * HOUR)
    assert due[Stage.APPROVED] < due[Stage.REVIEWED] < due[Stage.PUBLISHED]


def test_each_stage_is_done_by_what_happened() -> None:
    """Approval, every post's review, the first acceptance, a press conference."""
    briefing = Interpretation("发布会实录", InterpretationKind.PRESS_CONFERENCE, make.document())
    content = make.content(interpretations=(briefing,))

    assert stages(True) == [Stage.APPROVED, Stage.REVIEWED]
    assert stages(True, content=content, released_at=make.after(60)) == list(Stage)
    assert stages(False, approval=None) == [Stage.APPROVED, Stage.PUBLISHED, Stage.BRIEFED]


def test_a_post_nobody_reviewed_keeps_the_review_open() -> None:
    """A cancelled one does not."""
    release = make.release(emergency_since=make.NOW)
    unread = make.post(approved_hash=None)
    cancelled = make.post(approved_hash=None, state=PostState.CANCELLED)

    assert not clocks_of(release, [make.post(), unread])[1].is_done
    assert clocks_of(release, [make.post(), cancelled])[1].is_done


def test_the_earliest_overdue_stage_is_named() -> None:
    """What to do first."""
    clocks = clocks_of(make.release(emergency_since=make.NOW, approval=None), [])

    assert next_overdue(clocks, make.after(HOUR)) is None
    found = next_overdue(clocks, make.after(6 * HOUR))
    assert found is not None
    assert found.stage is Stage.APPROVED


def test_whoever_approved_the_release_is_no_second_person() -> None:
    """By login or by name; somebody else is."""
    release = make.release(emergency_since=make.NOW)

    require_second_person(release, ["chen", "陈签发"])
    with pytest.raises(NotAllowed, match="两个人"):
        require_second_person(release, ["wang", "王审核"])
