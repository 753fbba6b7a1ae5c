"""What is counted for monitoring: work by state, lateness, replies, platform calls."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import Connection, func, or_, select

from bot.domain.accounts.budgets import budget_day
from bot.domain.posts.post import PostState
from bot.domain.publishing.delivery import DeliveryState
from bot.ports.overview import WorkFigures
from bot.storage.delivery_rows import IS_OPEN
from bot.storage.overview_posts import CURRENT_DELIVERY
from bot.storage.tables import accounts, call_budgets, deliveries, posts, replies

_d, _p = deliveries.c, posts.c
_NOT_SCHEDULED = sorted(set(PostState) - {PostState.SCHEDULED})
_STOPPED = (DeliveryState.HELD, DeliveryState.CANCELLED)


def work_figures(connection: Connection, now: datetime, *, overdue_seconds: float) -> WorkFigures:
    """All figures as of `now`, by indexes."""
    return WorkFigures(
        posts=_posts(connection),
        overdue=overdue(connection, now, seconds=overdue_seconds),
        due_without_lease=_due_without_lease(connection, now),
        replies_last_hour=_replies(connection, now - timedelta(hours=1)),
        calls=_calls(connection, now),
    )


def overdue(connection: Connection, now: datetime, *, seconds: float) -> int:
    """How many open deliveries are due longer than this."""
    before = now - timedelta(seconds=seconds)
    late = select(func.count()).where(_d.next_at < before, IS_OPEN)
    return connection.scalar(late) or 0


def _due_without_lease(connection: Connection, now: datetime) -> int:
    free = or_(_d.lease_until.is_(None), _d.lease_until < now)
    due = select(func.count()).where(_d.next_at <= now, IS_OPEN, free)
    return connection.scalar(due) or 0


def _posts(connection: Connection) -> Mapping[str, int]:
    """By state; how scheduled ones fare is told by their deliveries. Two indexes are counted: a
    delivery that is open or has ended well is that of a scheduled post as it is now."""
    post_states = select(_p.state, func.count()).group_by(_p.state)
    found = {row[0]: row[1] for row in connection.execute(post_states)}
    scheduled = found.pop(PostState.SCHEDULED, 0)
    going = select(_d.state, func.count()).where(_d.state.not_in(_STOPPED)).group_by(_d.state)
    stopped = (
        select(_d.state, func.count())
        .join(posts, CURRENT_DELIVERY)
        .where(_d.state.in_(_STOPPED), _p.state.not_in(_NOT_SCHEDULED))
        .group_by(_d.state)
    )
    for counted in (going, stopped):
        for state, number in connection.execute(counted):
            found[state] = found.get(state, 0) + number
            scheduled -= number
    return found if scheduled <= 0 else found | {PostState.SCHEDULED: scheduled}


def _replies(connection: Connection, since: datetime) -> Mapping[str, int]:
    kind = replies.c.kind
    counted = select(kind, func.count()).where(replies.c.received_at > since).group_by(kind)
    return {row[0]: row[1] for row in connection.execute(counted)}


def _calls(connection: Connection, now: datetime) -> Mapping[tuple[str, str], int]:
    spent = call_budgets.c
    today = (
        select(accounts.c.name, spent.bucket, spent.spent)
        .join_from(call_budgets, accounts, accounts.c.id == spent.account_id)
        .where(spent.day == budget_day(now))
    )
    return {(row[0], row[1]): row[2] for row in connection.execute(today)}
