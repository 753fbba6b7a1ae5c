"""Posts by their planned time."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Connection,
    Row,
    Select,
    Subquery,
    case,
    false,
    literal,
    select,
    tuple_,
    union_all,
)

from bot.domain.posts.post import PostState
from bot.domain.publishing.delivery import DeliveryState
from bot.domain.releases.release import Release
from bot.ports.calendar_overview import CalendarRow
from bot.ports.overview import PostRow
from bot.storage.encoding import decode_shared
from bot.storage.overview_posts import CURRENT_DELIVERY, DUE_AT, NEWEST_RELEASE, posts_in_order
from bot.storage.tables import accounts, deliveries, posts, releases

_p, _d, _a, _r = posts.c, deliveries.c, accounts.c, releases.c
_SHOWN = [state for state in DeliveryState if state is not DeliveryState.CANCELLED]
_PLANNED = [s for s in PostState if s not in {PostState.CANCELLED, PostState.SCHEDULED}]
_IS_AHEAD = _d.accepted_at.is_(None)
_IS_EMERGENCY = case((_IS_AHEAD, _p.body.contains('"emergency":true')), else_=false())
# Whole texts are read only of the few releases that wait for their embargo.
_UNDER_EMBARGO = case((_IS_AHEAD & _r.body.contains('"release_at":"'), _r.body))


def calendar_rows(
    connection: Connection, *, since: datetime, until: datetime, account: str, limit: int
) -> Sequence[CalendarRow]:
    """The first due first. Which posts they are is settled first, from the indexes of due times."""
    due = _due(since, until, account)
    first = select(due.c.id).order_by(due.c.due_at, due.c.id).limit(limit)
    wanted = _listed().where(_p.id.in_(connection.scalars(first).all()))
    return [_calendar_row(row) for row in connection.execute(wanted.order_by(DUE_AT, _p.id))]


def posts_due(
    connection: Connection,
    *,
    since: datetime,
    until: datetime,
    account: str,
    after: PostRow | None,
    limit: int,
) -> Sequence[PostRow]:
    """The same posts with everything a list shows of them."""
    due = _due(since, until, account)
    wanted = select(due.c.id).order_by(due.c.due_at, due.c.id).limit(limit)
    if after is not None:
        place = tuple_(literal(after.due_at, due.c.due_at.type), literal(after.id, due.c.id.type))
        wanted = wanted.where(tuple_(due.c.due_at, due.c.id) > place)
    return posts_in_order(connection, connection.scalars(wanted).all())


def _due(since: datetime, until: datetime, account: str) -> Subquery:
    """Ids and due times."""
    return union_all(
        _delivered(since, until, account), _not_yet_scheduled(since, until, account)
    ).subquery()


def _delivered(since: datetime, until: datetime, account: str) -> Select[Any]:
    found = (
        select(_p.id, _d.due_at)
        .join_from(deliveries, posts, CURRENT_DELIVERY)
        .where(_d.state.in_(_SHOWN), _d.due_at >= since, _d.due_at < until)
        .where(_p.state != PostState.CANCELLED)
    )
    return found.where(_d.account_id == account) if account else found


def _not_yet_scheduled(since: datetime, until: datetime, account: str) -> Select[Any]:
    found = (
        select(_p.id, _p.due_at)
        .outerjoin(deliveries, CURRENT_DELIVERY)
        .where(_p.state.in_(_PLANNED), _p.due_at >= since, _p.due_at < until, _d.id.is_(None))
    )
    return found.where(_p.account_id == account) if account else found


def _listed() -> Select[Any]:
    columns = (
        *(_p.id, _p.account_id, _p.title, _p.state, _a.name, _a.platform),
        *(_r.title.label("release_title"), _UNDER_EMBARGO.label("under_embargo")),
        _IS_EMERGENCY.label("emergency"),
        *(_d.state.label("delivery_state"), DUE_AT.label("due_at"), _d.accepted_at),
    )
    return (
        select(*columns)
        .join_from(posts, accounts, _a.id == _p.account_id)
        .join(releases, NEWEST_RELEASE)
        .outerjoin(deliveries, CURRENT_DELIVERY)
    )


def _calendar_row(row: Row[Any]) -> CalendarRow:
    held_back = row.under_embargo
    return CalendarRow(
        id=row.id,
        account_id=row.account_id,
        account_name=row.name,
        platform=row.platform,
        title=row.title,
        release_title=row.release_title,
        state=row.state,
        delivery_state=row.delivery_state,
        due_at=row.due_at,
        accepted_at=row.accepted_at,
        embargo=decode_shared(Release, held_back).release_at if held_back else None,
        emergency=bool(row.emergency),
    )
