"""Platform access tokens: encrypted rows, exchanged by compare-and-set."""

import hashlib
from datetime import timedelta

from sqlalchemy import or_, select, update

from bot.domain.ids import AccountId
from bot.ports.tokens import PlatformToken
from bot.ports.vault import Vault
from bot.storage.clock import DatabaseClock
from bot.storage.statements import upsert
from bot.storage.tables import account_tokens
from bot.storage.transactions import Transactions

_c = account_tokens.c


class SqlTokenStore:
    """Keeps the promises of `ports.tokens.TokenStore`; each call is its own transaction."""

    def __init__(self, transactions: Transactions, clock: DatabaseClock, vault: Vault) -> None:
        self._transactions = transactions
        self._clock = clock
        self._vault = vault

    def get(self, account: AccountId) -> PlatformToken | None:
        wanted = select(_c.sealed, _c.expires_at, _c.fetched_at).where(_c.account_id == account)
        with self._transactions.reading() as connection:
            row = connection.execute(wanted).first()
        if row is None or row.sealed is None:
            return None
        value = self._vault.open(row.sealed)["token"]
        return PlatformToken(value, expires_at=row.expires_at, fetched_at=row.fetched_at)

    def swap(self, account: AccountId, *, seen: PlatformToken | None, new: PlatformToken) -> bool:
        as_seen = _c.digest.is_(None) if seen is None else _c.digest == _digest(seen)
        swap = update(account_tokens).where(_c.account_id == account, as_seen)
        values = {
            "sealed": self._vault.seal({"token": new.value}),
            "digest": _digest(new),
            "expires_at": new.expires_at,
            "fetched_at": new.fetched_at,
        }
        with self._transactions.writing() as connection:
            row = upsert(connection.dialect.name, account_tokens).values(account_id=account)
            connection.execute(row.on_conflict_do_nothing())
            swapped = connection.execute(swap.values(**values)).rowcount == 1
            connection.commit()
        return swapped

    def claim_refresh(self, account: AccountId, *, seconds: float) -> bool:
        with self._transactions.writing() as connection:
            now = self._clock.now(connection)
            until = now + timedelta(seconds=seconds)
            row = upsert(connection.dialect.name, account_tokens).values(account_id=account)
            claim = row.values(refresh_until=until).on_conflict_do_update(
                index_elements=[_c.account_id],
                set_={"refresh_until": until},
                where=or_(_c.refresh_until.is_(None), _c.refresh_until <= now),
            )
            claimed = connection.execute(claim.returning(_c.account_id)).first() is not None
            connection.commit()
        return claimed

    def release_refresh(self, account: AccountId) -> None:
        mine = update(account_tokens).where(_c.account_id == account)
        with self._transactions.writing() as connection:
            connection.execute(mine.values(refresh_until=None))
            connection.commit()


def _digest(token: PlatformToken) -> str:
    """What two tokens are compared by: their value and when they were fetched."""
    seen = f"{token.fetched_at.timestamp()}:{token.value}"
    return hashlib.sha256(seen.encode()).hexdigest()
