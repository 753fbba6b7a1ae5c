"""Make the weekly brief for leaders, once a week, out of what is stored."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import mean, median

from bot.domain.accounts.budgets import BEIJING
from bot.domain.ids import ReplyId
from bot.domain.personal.masking import mask
from bot.domain.questions.demand import DemandState
from bot.domain.text import clip
from bot.domain.topics.alert import ALERT_STATE_NAMES, AlertState
from bot.domain.topics.brief import (
    WEEK,
    Brief,
    Concern,
    Owed,
    WeekFigures,
    proposals_for,
    week_before,
)
from bot.ports.case_overview import CaseFilter, CaseOverview
from bot.ports.service_figures import ServiceFigures, ServiceRecord
from bot.ports.storage import Storage, UnitOfWork
from bot.ports.topic_storage import TopicDay

MADE_FROM_HOUR = 8
MOST_CONCERNS, MOST_QUOTES, LONGEST_QUOTE = 8, 2, 60
MOST_ALERTS, MOST_DEMANDS, MOST_DUE = 50, 100, 500


@dataclass(frozen=True)
class BriefTools:
    """Where its figures come from."""

    storage: Storage
    cases: CaseOverview
    service: ServiceFigures


def make_brief_if_due(tools: BriefTools) -> Brief | None:
    """The brief of the week that is over, from Monday 08:00 on, unless it is there."""
    with tools.storage.begin() as uow:
        now = uow.now()
        monday, begins, ends = week_before(now)
        if now < ends + timedelta(hours=MADE_FROM_HOUR) or uow.topics.brief(monday) is not None:
            return None
    record = tools.service.service(since=begins - WEEK)
    owed = _owed(tools.cases, now)
    with tools.storage.begin() as uow:
        days = [day for day in uow.topics.days(limit=2 * 7) if begins <= _noon(day.day) < ends]
        concerns = _concerns(uow, days)
        alerts = uow.topics.alerts(since=begins, limit=MOST_ALERTS)
        raised = [alert for alert in alerts if begins <= alert.raised_at < ends]
        waiting = uow.topics.alerts(states=[AlertState.OPEN], limit=MOST_ALERTS)
        demands = uow.demands.all(states=[DemandState.PENDING], limit=MOST_DEMANDS)
        brief = Brief(
            monday=monday,
            made_at=now,
            figures=_figures(record, begins, ends),
            before=_figures(record, begins - WEEK, begins),
            owed=owed,
            concerns=concerns,
            alerts=tuple(
                f"{one.name}（{one.askers} 人，{ALERT_STATE_NAMES[one.state]}）" for one in raised
            ),
            proposals=proposals_for(owed, concerns, len(demands), len(waiting)),
        )
        uow.topics.save_brief(brief)
        uow.commit()
    return brief


def _owed(cases: CaseOverview, now: datetime) -> Owed:
    counts = cases.case_counts()
    soon = cases.cases(CaseFilter(due_before=now + WEEK), limit=MOST_DUE)
    return Owed(
        running=sum(counts.states.values()),
        overdue=counts.overdue,
        due_soon=sum(row.due_at >= now for row in soon),
    )


def _figures(record: ServiceRecord, since: datetime, until: datetime) -> WeekFigures:
    due = [one for one in record.owed if since <= one.due_at < until]
    hours = [
        (one.answered_at - one.received_at).total_seconds() / 3600
        for one in due
        if one.answered_at is not None
    ]
    stars = [number for at, number in record.stars if since <= at < until]
    return WeekFigures(
        due=len(due),
        in_time=sum(one.is_in_time for one in due),
        median_hours=median(hours) if hours else None,
        votes=len(stars),
        mean_stars=mean(stars) if stars else None,
    )


def _concerns(uow: UnitOfWork, days: Sequence[TopicDay]) -> tuple[Concern, ...]:
    """Themes of the week's days: on how many days, and how many on the busiest."""
    seen: dict[str, list[tuple[int, tuple[ReplyId, ...]]]] = defaultdict(list)
    for day in days:
        for theme in day.themes:
            seen[theme.name].append((theme.askers, theme.samples))
    ordered = sorted(seen, key=lambda name: (-max(n for n, _ in seen[name]), name))
    return tuple(
        Concern(
            name,
            askers=max(number for number, _ in seen[name]),
            days=len(seen[name]),
            quotes=_quotes(uow, seen[name][0][1]),
        )
        for name in ordered[:MOST_CONCERNS]
    )


def _quotes(uow: UnitOfWork, samples: Sequence[ReplyId]) -> tuple[str, ...]:
    replies = (uow.replies.get(reply) for reply in samples)
    said = [reply.incoming.text for reply in replies if reply.erased_at is None]
    return tuple(clip(mask(text), LONGEST_QUOTE) for text in said[:MOST_QUOTES])


def _noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=BEIJING)
