"""A delivery with everything its next step is decided upon, in one statement."""

from functools import cache
from typing import Any

from sqlalchemy import Connection, Select, and_, bindparam, exists, select

from bot.domain.accounts.account import Account
from bot.domain.accounts.trouble import AccountTrouble
from bot.domain.ids import DeliveryId
from bot.domain.posts.post import Post
from bot.domain.publishing.circumstances import Circumstances
from bot.domain.publishing.restoration import Restoration
from bot.domain.releases.release import Release
from bot.storage.clock import DatabaseClock
from bot.storage.delivery_rows import delivery_row
from bot.storage.encoding import decode_shared
from bot.storage.journals import ENTRIES
from bot.storage.operations import QUIET, decode_breaker, quiet_periods_of
from bot.storage.restorations import newest_restoration
from bot.storage.rollout_rows import ROLLOUT_COLUMNS, rollout_row
from bot.storage.stops import EVERYTHING
from bot.storage.tables import (
    account_troubles,
    accounts,
    breakers,
    deliveries,
    posts,
    releases,
    rollouts,
    stops,
)


def read_circumstances(
    connection: Connection, clock: DatabaseClock, delivery: DeliveryId
) -> Circumstances | None:
    """The circumstances of this delivery, None where there is no such delivery."""
    wanted = _around(connection.dialect.name)
    row = connection.execute(wanted, {"delivery": delivery}).first()
    if row is None:
        return None
    return Circumstances(
        delivery=delivery_row(row),
        post=decode_shared(Post, row.post),
        rollout=rollout_row(row),
        release=decode_shared(Release, row.release),
        account=decode_shared(Account, row.account),
        everything_stopped=row.everything_stopped,
        now=clock.at_reading(row.read_at),
        sealed_secrets=row.sealed_secrets,
        trouble=None if row.trouble is None else decode_shared(AccountTrouble, row.trouble),
        restoration=(
            None if row.restoration is None else decode_shared(Restoration, row.restoration)
        ),
        breaker=None if row.breaker is None else decode_breaker(row.breaker, row.probe_at),
        quiet_periods=quiet_periods_of(row.quiet),
    )


@cache
def _around(dialect: str) -> Select[Any]:
    newest_release = and_(releases.c.id == posts.c.release_id, releases.c.is_newest)
    return (
        select(
            *deliveries.c,
            ENTRIES,
            *ROLLOUT_COLUMNS,
            posts.c.body.label("post"),
            releases.c.body.label("release"),
            accounts.c.body.label("account"),
            accounts.c.sealed_secrets,
            account_troubles.c.body.label("trouble"),
            newest_restoration().label("restoration"),
            breakers.c.body.label("breaker"),
            breakers.c.probe_at,
            QUIET,
            exists().where(stops.c.scope == EVERYTHING).label("everything_stopped"),
            DatabaseClock.reading(dialect).label("read_at"),
        )
        .join(posts, posts.c.id == deliveries.c.post_id)
        .join(rollouts, rollouts.c.id == deliveries.c.rollout_id)
        .join(accounts, accounts.c.id == deliveries.c.account_id)
        .outerjoin(account_troubles, account_troubles.c.account_id == accounts.c.id)
        .outerjoin(breakers, breakers.c.account_id == accounts.c.id)
        .join(releases, newest_release)
        .where(deliveries.c.id == bindparam("delivery"))
    )
