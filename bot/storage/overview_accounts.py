"""The health of accounts, one line each."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, case, func, select

from bot.domain.publishing.delivery import OPEN_STATES, DeliveryState
from bot.ports.overview import AccountRow
from bot.storage.tables import account_tokens, accounts, deliveries

_a, _d = accounts.c, deliveries.c


def account_rows(connection: Connection) -> Sequence[AccountRow]:
    """Every account by name, with what waits, what is held and when its token dies."""
    wanted = (
        select(_a.id, _a.name, _a.platform, _a.mode, _a.enabled, _a.stopped)
        .add_columns(account_tokens.c.expires_at)
        .outerjoin_from(accounts, account_tokens, account_tokens.c.account_id == _a.id)
        .order_by(_a.name)
    )
    work = {row.account_id: row for row in connection.execute(_work())}
    return [_account_row(row, work.get(row.id)) for row in connection.execute(wanted)]


def _work() -> Any:
    return select(
        _d.account_id,
        func.max(_d.published_at).label("last_published_at"),
        func.sum(case((_d.state.in_(sorted(OPEN_STATES)), 1), else_=0)).label("waiting"),
        func.sum(case((_d.state == DeliveryState.HELD, 1), else_=0)).label("held"),
    ).group_by(_d.account_id)


def _account_row(row: Row[Any], work: Row[Any] | None) -> AccountRow:
    return AccountRow(
        id=row.id,
        name=row.name,
        platform=row.platform,
        mode=row.mode,
        enabled=row.enabled,
        stopped=row.stopped,
        last_published_at=work.last_published_at if work else None,
        waiting=work.waiting if work else 0,
        held=work.held if work else 0,
        token_expires_at=row.expires_at,
    )
