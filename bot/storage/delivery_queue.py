"""Which deliveries are rung for next: urgent ones first, no account before all others."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select, union

from bot.domain.publishing.delivery import DeliveryState
from bot.storage.delivery_rows import IS_OPEN
from bot.storage.tables import breakers, deliveries

_c = deliveries.c


def may_ring(now: datetime, *, rung_before: datetime) -> ColumnElement[bool]:
    """Whether nobody holds a delivery nor was told of it lately. Whoever locks rows asks it again:
    another tick may have rung meanwhile."""
    is_free = or_(_c.lease_until.is_(None), _c.lease_until <= now)
    return and_(is_free, or_(_c.rung_at.is_(None), _c.rung_at <= rung_before))


def first_due(now: datetime, *, rung_before: datetime, most: int) -> Select[Any]:
    """Ids of what is due, free and not rung since `rung_before`, in the order of ringing. An
    account that has `most` in hand, rung for or leased, gets no more but urgent ones; neither does
    one whose breaker is open, and half open it gets one that tries."""
    order = (_c.urgent.desc(), _c.next_at, _c.id)
    turn = func.row_number().over(partition_by=_c.account_id, order_by=order).label("turn")
    due = (
        select(_c.id, _c.account_id, _c.urgent, _c.next_at, turn)
        .where(_c.next_at <= now, IS_OPEN, may_ring(now, rung_before=rung_before))
        .subquery("due")
    )
    busy = _in_hand(now, rung_before).subquery("busy")
    probe_at = breakers.c.probe_at
    room = case((probe_at.is_(None), most), (probe_at <= now, 1), else_=0)
    has_room = due.c.turn + func.coalesce(busy.c.number, 0) <= room
    return (
        select(due.c.id)
        .outerjoin(busy, busy.c.account_id == due.c.account_id)
        .outerjoin(breakers, breakers.c.account_id == due.c.account_id)
        .where(or_(has_room, due.c.urgent))
        .order_by(due.c.urgent.desc(), due.c.next_at, due.c.id)
    )


def _in_hand(now: datetime, rung_before: datetime) -> Select[Any]:
    """How many of each account workers have been told of, or hold; by indexes only."""
    is_leased = _c.lease_until > now
    was_told = and_(_c.next_at <= now, or_(_c.rung_at > rung_before, is_leased))
    is_sent = and_(_c.state == DeliveryState.RUNNING, is_leased)
    # Two halves, since one OR would be answered by reading every delivery.
    told, sent = (select(_c.id, _c.account_id).where(each, IS_OPEN) for each in (was_told, is_sent))
    hand = union(told, sent).subquery("hand").c
    return select(hand.account_id, func.count().label("number")).group_by(hand.account_id)
