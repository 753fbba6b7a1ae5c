"""Posts in lists, with the facts of the delivery of their current revision beside them."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, Select, Subquery, and_, false, func, select, union_all

from bot.domain.posts.post import PostState
from bot.domain.publishing.delivery import OPEN_STATES, DeliveryState
from bot.domain.publishing.receipt import Receipt
from bot.ports.overview import PostRow
from bot.storage.encoding import decode
from bot.storage.tables import accounts, deliveries, posts, releases

_p, _d, _a, _r = posts.c, deliveries.c, accounts.c, releases.c
DUE_AT = func.coalesce(_d.due_at, _p.due_at)
_IS_NEWEST = func.coalesce(_r.is_newest, false())
"""Nearly all are: SQLite must not take their index for a good way into the posts."""
NEWEST_RELEASE = and_(_r.id == _p.release_id, _IS_NEWEST)
CURRENT_DELIVERY = and_(_d.post_id == _p.id, _d.revision == _p.revision)


def post_rows(
    connection: Connection,
    *,
    release: str,
    account: str,
    states: Sequence[str],
    delivery_states: Sequence[str],
    review_steps: Sequence[str],
    limit: int,
    offset: int,
) -> Sequence[PostRow]:
    """The newest posts first; empty filters mean everything."""
    wanted = select(_p.id).order_by(_p.id.desc()).limit(limit).offset(offset)
    if release:
        wanted = wanted.where(_p.release_id == release)
    if account:
        wanted = wanted.where(_p.account_id == account)
    if states:
        wanted = wanted.where(_p.state.in_(states))
    if review_steps:
        wanted = wanted.where(_p.review_step.in_(review_steps))
    if delivery_states:
        wanted = wanted.join(deliveries, CURRENT_DELIVERY).where(_d.state.in_(delivery_states))
    rows = _told(connection, connection.scalars(wanted).all())
    return sorted(rows, key=lambda row: row.id, reverse=True)


def posts_out(connection: Connection, releases: Sequence[str]) -> Sequence[PostRow]:
    """Posts of these releases that have gone out, by account."""
    wanted = listed_posts().where(_p.release_id.in_(releases), _d.state == DeliveryState.DELIVERED)
    return [post_row(row) for row in connection.execute(wanted.order_by(_a.name, _p.id))]


def upcoming_rows(connection: Connection, *, limit: int) -> Sequence[PostRow]:
    """Scheduled posts that no platform has accepted yet, the next one first. Each state is asked
    for its next ones, so that only these are read."""
    next_ones = [_next_of(state, limit) for state in sorted(OPEN_STATES)]
    wanted = union_all(*[select(one) for one in next_ones]).order_by("due_at", "post_id")
    ids = [row.post_id for row in connection.execute(wanted.limit(limit))]
    return posts_in_order(connection, ids)


def _next_of(state: DeliveryState, limit: int) -> Subquery:
    return (
        select(_d.due_at, _d.post_id)
        .join(posts, CURRENT_DELIVERY)
        .where(_d.state == state, _d.accepted_at.is_(None), _p.state == PostState.SCHEDULED)
        .order_by(_d.due_at)
        .limit(limit)
        .subquery()
    )


def posts_in_order(connection: Connection, ids: Sequence[str]) -> Sequence[PostRow]:
    """These posts, in the order of their ids."""
    rows = {row.id: row for row in _told(connection, ids)}
    return [rows[post] for post in ids]


def _told(connection: Connection, ids: Sequence[str]) -> list[PostRow]:
    """These posts with everything a list shows of them; which they are is settled first, so that
    no planner begins with the releases."""
    return [post_row(row) for row in connection.execute(listed_posts().where(_p.id.in_(ids)))]


def listed_posts() -> Select[Any]:
    """Posts with what `post_row` needs, in no order."""
    columns = (
        *(_p.id, _p.revision, _p.release_id, _p.rollout_id, _p.account_id, _p.kind, _p.title),
        *(_p.state, _p.approved_by, _p.hold_reason, _p.review_step, _p.involved, _p.keeper),
        *(_a.name, _a.platform, _a.mode, _r.title.label("release_title")),
        *(_d.id.label("delivery_id"), _d.state.label("delivery_state"), DUE_AT.label("due_at")),
        *(_d.accepted_at, _d.published_at, _d.seen_at, _d.receipt),
        _d.hold_reason.label("delivery_hold_reason"),
    )
    return (
        select(*columns)
        .join_from(posts, accounts, _a.id == _p.account_id)
        .join(releases, NEWEST_RELEASE)
        .outerjoin(deliveries, CURRENT_DELIVERY)
    )


def post_row(row: Row[Any]) -> PostRow:
    """The post of a row of `listed_posts`."""
    return PostRow(
        id=row.id,
        revision=row.revision,
        release_id=row.release_id,
        release_title=row.release_title,
        rollout_id=row.rollout_id,
        account_id=row.account_id,
        account_name=row.name,
        platform=row.platform,
        mode=row.mode,
        kind=row.kind,
        title=row.title,
        state=row.state,
        delivery_id=row.delivery_id,
        delivery_state=row.delivery_state,
        due_at=row.due_at,
        accepted_at=row.accepted_at,
        published_at=row.published_at,
        seen_at=row.seen_at,
        urls=decode(Receipt, row.receipt).urls if row.receipt else (),
        hold_reason=row.delivery_hold_reason or row.hold_reason,
        approved_by=row.approved_by,
        review_step=row.review_step,
        involved=decode(tuple[str, ...], row.involved),
        keeper=row.keeper or "",
    )
