"""Releases in lists, and which channels each of them has reached."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, case, func, or_, select

from bot.domain.posts.post import PostState
from bot.domain.publishing.delivery import DeliveryState
from bot.domain.releases.release import ReleaseState
from bot.domain.releases.searching import searchable
from bot.ports.overview import CoverageRow, ReleaseRow
from bot.storage.encoding import decode
from bot.storage.overview_posts import CURRENT_DELIVERY
from bot.storage.release_index import OF_RELEASE, best_first, found
from bot.storage.tables import (
    accounts,
    deliveries,
    posts,
    releases,
)

MISSING = "missing"
_p, _d, _r = posts.c, deliveries.c, releases.c
IS_LIVE = _d.published_at.is_not(None) & (_d.state != DeliveryState.REMOVED)
_IS_HELD = or_(_p.state == PostState.HELD, _d.state == DeliveryState.HELD)


def release_rows(
    connection: Connection, *, search: str, state: str, limit: int, offset: int
) -> Sequence[ReleaseRow]:
    """The newest version of each release with counts of its posts, the last received first; of
    those that hold the words sought, the ones whose title does come before."""
    wanted = select(*_columns())
    if needle := searchable(search):
        wanted = wanted.select_from(found(needle)).join(releases, OF_RELEASE)
        wanted = wanted.order_by(*best_first(needle))
    else:
        wanted = wanted.where(_r.is_newest).order_by(_r.received_at.desc(), _r.id.desc())
    if state:
        wanted = wanted.where(_r.state == state)
    page = wanted.limit(limit).offset(offset)
    rows = connection.execute(page).all()
    counts = _counts(connection, [row.id for row in rows])
    return [_release_row(row, *counts.get(row.id, (0, 0, 0))) for row in rows]


def coverage_rows(connection: Connection, *, limit: int, offset: int) -> Sequence[CoverageRow]:
    """Every release that may go out, against every enabled account."""
    wanted = select(*_columns()).where(_r.is_newest, _r.state != ReleaseState.REFUSED)
    newest = wanted.order_by(_r.received_at.desc(), _r.id.desc())
    rows = connection.execute(newest.limit(limit).offset(offset)).all()
    enabled = connection.scalars(select(accounts.c.id).where(accounts.c.enabled)).all()
    reached = _reached(connection, [row.id for row in rows])
    return [_coverage_row(row, enabled, reached[row.id]) for row in rows]


def _columns() -> tuple[Any, ...]:
    return (
        *(_r.id, _r.version, _r.title, _r.document_number, _r.issuing_bodies, _r.issued_on),
        *(_r.published_on, _r.state, _r.received_at, _r.interpretations),
    )


def _counts(connection: Connection, ids: Sequence[str]) -> dict[str, tuple[int, int, int]]:
    """Posts that were not cancelled, public ones, held ones."""
    wanted = (
        select(
            _p.release_id,
            func.sum(case((_p.state == PostState.CANCELLED, 0), else_=1)),
            func.sum(case((IS_LIVE, 1), else_=0)),
            func.sum(case((_IS_HELD, 1), else_=0)),
        )
        .outerjoin_from(posts, deliveries, CURRENT_DELIVERY)
        .where(_p.release_id.in_(ids))
        .group_by(_p.release_id)
    )
    found = connection.execute(wanted)
    return {release: (total, live, held) for release, total, live, held in found}


def _reached(connection: Connection, ids: Sequence[str]) -> dict[str, list[Row[Any]]]:
    """The posts of each release with their deliveries; of one account, the best known last."""
    columns: tuple[Any, ...] = (
        *(_p.release_id, _p.account_id, _p.state, _d.published_at),
        _d.state.label("delivery_state"),
    )
    wanted = (
        select(*columns)
        .outerjoin_from(posts, deliveries, CURRENT_DELIVERY)
        .where(_p.release_id.in_(ids))
        .order_by(_d.published_at.is_not(None), _p.state != PostState.CANCELLED, _p.id)
    )
    found: dict[str, list[Row[Any]]] = defaultdict(list)
    for row in connection.execute(wanted):
        found[row.release_id].append(row)
    return found


def _release_row(row: Row[Any], total: int, live: int, held: int) -> ReleaseRow:
    return ReleaseRow(
        id=row.id,
        version=row.version,
        title=row.title,
        document_number=row.document_number,
        issuing_bodies=decode(tuple[str, ...], row.issuing_bodies),
        issued_on=row.issued_on,
        published_on=row.published_on,
        state=row.state,
        received_at=row.received_at,
        interpretations=row.interpretations,
        posts=total,
        live=live,
        held=held,
    )


def _coverage_row(
    row: Row[Any], enabled: Sequence[str], reached: Sequence[Row[Any]]
) -> CoverageRow:
    cells = dict.fromkeys(enabled, MISSING)
    cells |= {post.account_id: post.delivery_state or post.state for post in reached}
    live = [post for post in reached if post.published_at is not None]
    first_last = sorted(live, key=lambda post: post.published_at, reverse=True)
    return CoverageRow(
        release_id=row.id,
        title=row.title,
        issued_on=row.issued_on,
        published_on=row.published_on,
        received_at=row.received_at,
        interpretations=row.interpretations,
        cells=cells,
        live_at={post.account_id: post.published_at for post in first_last},
    )
