"""What is counted for monitoring: work by state, lateness, replies, platform calls."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import Connection, func, or_, select

from bot.domain.accounts.budgets import budget_day
from bot.domain.posts.post import PostState
from bot.domain.publishing.delivery import OPEN_STATES
from bot.ports.overview import WorkFigures
from bot.storage.overview_posts import CURRENT_DELIVERY
from bot.storage.tables import accounts, call_budgets, deliveries, posts, replies

_d = deliveries.c


def work_figures(connection: Connection, now: datetime, *, overdue_seconds: float) -> WorkFigures:
    """All figures as of `now`, by indexes except for the posts, which are read once."""
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
    late = select(func.count()).where(_d.next_at < before, _d.state.in_(sorted(OPEN_STATES)))
    return connection.scalar(late) or 0


def _due_without_lease(connection: Connection, now: datetime) -> int:
    free = or_(_d.lease_until.is_(None), _d.lease_until < now)
    due = select(func.count()).where(_d.next_at <= now, _d.state.in_(sorted(OPEN_STATES)), free)
    return connection.scalar(due) or 0


def _posts(connection: Connection) -> Mapping[str, int]:
    counted = (
        select(posts.c.state, _d.state.label("delivery_state"), func.count().label("number"))
        .select_from(posts)
        .outerjoin(deliveries, CURRENT_DELIVERY)
        .group_by(posts.c.state, _d.state)
    )
    found: dict[str, int] = {}
    for row in connection.execute(counted):
        is_going = row.state == PostState.SCHEDULED and row.delivery_state is not None
        state = row.delivery_state if is_going else row.state
        found[state] = found.get(state, 0) + row.number
    return found


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
