"""Where the house looks for duties of releases that run out: interpretation, emergency hours."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from bot.domain.accounts.budgets import BEIJING
from bot.domain.durations import span
from bot.domain.notices.condition import Condition, ConditionKind
from bot.domain.releases.duties import INTERPRETATION_DAYS, interpretation_duty
from bot.domain.releases.fast_lane import HOURS, STAGE_NAMES, Stage, StageClock, clocks_of
from bot.domain.releases.release import Release, ReleaseState
from bot.domain.workdays import WorkCalendar
from bot.ports.overview import Overview, ReleaseRow
from bot.ports.storage import Storage
from bot.usecases.notices.tools import Sighting

LOOKED_AT = 100
OWED_FOR = timedelta(days=30)
"""After it a missing interpretation is a matter of the coverage page, not of every day."""
TOLD_BEFORE = {
    Stage.APPROVED: timedelta(minutes=15),
    Stage.REVIEWED: timedelta(minutes=30),
    Stage.PUBLISHED: timedelta(hours=1),
    Stage.BRIEFED: timedelta(hours=4),
}
_RUNNING = frozenset({ReleaseState.RECEIVED, ReleaseState.APPROVED, ReleaseState.RELEASED})
_FORGOTTEN = timedelta(hours=2 * max(HOURS.values()))


def owed_interpretations(overview: Overview, storage: Storage, calendar: WorkCalendar) -> Sighting:
    """Releases that are public without an interpretation when their working days are over."""
    with storage.look() as uow:
        now = uow.now()
    rows = overview.releases(state=ReleaseState.RELEASED, limit=LOOKED_AT)
    return Sighting(tuple(_owed(row) for row in rows if _owes(row, now, calendar)))


def late_emergencies(storage: Storage) -> Sighting:
    """Stages of emergencies that are near their hour, and those that have passed it."""
    with storage.look() as uow:
        now = uow.now()
        lanes = [
            (one, clocks_of(one, uow.posts.of_release(one.id)))
            for one in uow.releases.emergencies()
            if one.state in _RUNNING and _is_fresh(one, now)
        ]
    found = [each for release, clocks in lanes for each in _late(release, clocks, now)]
    return Sighting(tuple(found))


def _owes(row: ReleaseRow, now: datetime, calendar: WorkCalendar) -> bool:
    today, public_on = now.astimezone(BEIJING).date(), row.published_on
    if public_on is None or row.interpretations or today - public_on > OWED_FOR:
        return False
    return interpretation_duty(public_on, explained=False, today=today, calendar=calendar).left < 0


def _owed(row: ReleaseRow) -> Condition:
    over = f"发布已超过 {INTERPRETATION_DAYS} 个工作日，还没有解读"
    return Condition(ConditionKind.INTERPRETATION_OWED, row.id, f"《{row.title}》：{over}")


def _is_fresh(release: Release, now: datetime) -> bool:
    since = release.emergency_since
    return since is not None and now - since < _FORGOTTEN


def _late(release: Release, clocks: tuple[StageClock, ...], now: datetime) -> Iterator[Condition]:
    """The first stage that is not done: the later ones wait for it."""
    for clock in clocks:
        if clock.is_done:
            continue
        left = clock.due_at - now
        if left <= TOLD_BEFORE[clock.stage]:
            step = "over" if left <= timedelta(0) else "near"
            words = f"《{release.content.title}》：{_told(clock, left)}"
            subject = f"{release.id}/{clock.stage}"
            yield Condition(ConditionKind.EMERGENCY_LATE, subject, words, step)
        return


def _told(clock: StageClock, left: timedelta) -> str:
    limit = f"{STAGE_NAMES[clock.stage]}的时限（{HOURS[clock.stage]} 小时）"
    if left <= timedelta(0):
        return f"已超过{limit}，请立即办理"
    return f"离{limit}还剩 {span(left.total_seconds())}"
