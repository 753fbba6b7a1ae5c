"""The health of accounts, one line each."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, case, func, select

from bot.domain.accounts.account import PUBLISHING_PLATFORMS, Account
from bot.domain.accounts.authorisation import may_collect
from bot.domain.accounts.budgets import COMMERCIAL_BUCKET, budget_day
from bot.domain.accounts.trouble import AccountTrouble
from bot.domain.publishing.delivery import OPEN_STATES, DeliveryState
from bot.ports.overview import AccountRow
from bot.storage.encoding import decode_shared
from bot.storage.tables import (
    account_tokens,
    account_troubles,
    accounts,
    call_budgets,
    call_purposes,
    deliveries,
)

_a, _d = accounts.c, deliveries.c


def account_rows(connection: Connection, now: datetime) -> Sequence[AccountRow]:
    """Every official account by name, with what waits, what is held, when its token dies, what
    stops it and what today's calls were spent on."""
    wanted = (
        select(_a.id, _a.name, _a.platform, _a.mode, _a.enabled, _a.stopped, _a.body)
        .add_columns(account_tokens.c.expires_at, account_troubles.c.body.label("trouble"))
        .add_columns(_last_published())
        .select_from(accounts)
        .outerjoin(account_tokens, account_tokens.c.account_id == _a.id)
        .outerjoin(account_troubles, account_troubles.c.account_id == _a.id)
        .where(_a.platform.in_(PUBLISHING_PLATFORMS))
        .order_by(_a.name)
    )
    work = {row.account_id: row for row in connection.execute(_work())}
    calls, commercial = _calls(connection, now), _commercial_calls(connection, now)
    return [
        replace(
            _account_row(row, work.get(row.id), calls.get(row.id, {})),
            commercial_calls=commercial.get(row.id, 0),
        )
        for row in connection.execute(wanted)
    ]


def _calls(connection: Connection, now: datetime) -> Mapping[str, Mapping[str, int]]:
    c = call_purposes.c
    wanted = select(c.account_id, c.purpose, c.spent).where(c.day == budget_day(now))
    calls: dict[str, dict[str, int]] = defaultdict(dict)
    for account, purpose, spent in connection.execute(wanted.order_by(c.purpose)):
        calls[account][purpose] = spent
    return calls


def _commercial_calls(connection: Connection, now: datetime) -> Mapping[str, int]:
    c = call_budgets.c
    wanted = select(c.account_id, c.spent).where(
        c.day == budget_day(now), c.bucket == COMMERCIAL_BUCKET
    )
    return {row.account_id: row.spent for row in connection.execute(wanted)}


def _last_published() -> Any:
    """The end of an index an account; deliveries are many."""
    found = select(func.max(_d.published_at)).where(_d.account_id == _a.id)
    return found.scalar_subquery().label("last_published_at")


def _work() -> Any:
    """What is still to do, by account."""
    return (
        select(
            _d.account_id,
            func.sum(case((_d.state == DeliveryState.HELD, 0), else_=1)).label("waiting"),
            func.sum(case((_d.state == DeliveryState.HELD, 1), else_=0)).label("held"),
        )
        .where(_d.state.in_(sorted({*OPEN_STATES, DeliveryState.HELD})))
        .group_by(_d.account_id)
    )


def _account_row(row: Row[Any], work: Row[Any] | None, calls: Mapping[str, int]) -> AccountRow:
    return AccountRow(
        id=row.id,
        name=row.name,
        platform=row.platform,
        mode=row.mode,
        enabled=row.enabled,
        stopped=row.stopped,
        last_published_at=row.last_published_at,
        waiting=work.waiting if work else 0,
        held=work.held if work else 0,
        token_expires_at=row.expires_at,
        trouble=decode_shared(AccountTrouble, row.trouble).in_words if row.trouble else "",
        calls=calls,
        collects=may_collect(decode_shared(Account, row.body)),
    )
