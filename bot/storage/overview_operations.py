"""What an outage touched and what a quiet period keeps, in lists."""

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import and_, or_, select

from bot.domain.publishing.delivery import OPEN_STATES, DeliveryState
from bot.domain.publishing.outage import Outage
from bot.domain.publishing.quiet import QUIET_WORDS, QuietPeriod
from bot.ports.overview import OutageRow, PostRow, TouchedPost
from bot.storage.clock import DatabaseClock
from bot.storage.delivery_rows import IS_OPEN
from bot.storage.encoding import decode
from bot.storage.overview_posts import listed_posts, post_row
from bot.storage.tables import deliveries, outage_deliveries, outages, posts
from bot.storage.transactions import Transactions

_o = outage_deliveries.c
_AHEAD = sorted(OPEN_STATES - {DeliveryState.UNKNOWN, DeliveryState.AWAITING_PERSON})


class SqlOperationsOverview:
    """The part of `ports.overview.Overview` that operations ask for."""

    _transactions: Transactions
    _clock: DatabaseClock

    def outages(self, *, limit: int = 10) -> Sequence[OutageRow]:
        newest = select(outages.c.body).order_by(outages.c.until.desc()).limit(limit)
        with self._transactions.reading() as connection:
            found = [decode(Outage, body) for body in connection.scalars(newest)]
            touched = deliveries.alias()
            wanted = (
                listed_posts()
                .add_columns(_o.outage_id, _o.due_at.label("due_then"), _o.was_sending)
                .join(touched, touched.c.post_id == posts.c.id)
                .join(outage_deliveries, _o.delivery_id == touched.c.id)
                .where(_o.outage_id.in_([outage.id for outage in found]))
                .order_by(_o.due_at, posts.c.id)
            )
            listed: dict[str, list[TouchedPost]] = defaultdict(list)
            for row in connection.execute(wanted):
                one = TouchedPost(post_row(row), row.due_then, row.was_sending)
                listed[row.outage_id].append(one)
        return [OutageRow(outage, tuple(listed[outage.id])) for outage in found]

    def urgent_due(self, *, limit: int = 20) -> Sequence[str]:
        c = deliveries.c
        with self._transactions.reading() as connection:
            now = self._clock.now(connection)
            free = or_(c.lease_until.is_(None), c.lease_until <= now)
            due = select(c.id).where(c.urgent, c.next_at <= now, IS_OPEN, free)
            return list(connection.scalars(due.order_by(c.next_at, c.id).limit(limit)))

    def kept(self, period: QuietPeriod, *, limit: int = 200) -> Sequence[PostRow]:
        c = deliveries.c
        was_kept = c.hold_reason.startswith(QUIET_WORDS)
        wanted = listed_posts().where(
            c.due_at >= period.since,
            c.due_at < period.until,
            c.urgent.is_(False),
            c.accepted_at.is_(None),
            or_(c.state.in_(_AHEAD), and_(c.state == DeliveryState.HELD, was_kept)),
        )
        if period.account is not None:
            wanted = wanted.where(c.account_id == period.account)
        with self._transactions.reading() as connection:
            page = wanted.order_by(c.due_at, posts.c.id).limit(limit)
            return [post_row(row) for row in connection.execute(page)]
