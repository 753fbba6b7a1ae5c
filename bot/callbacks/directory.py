"""Accounts and answer rules in memory, read again every few seconds."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import structlog

from bot.domain.accounts.account import Account, AccountAccess, PlatformName
from bot.domain.replies.rulebook import Rulebook
from bot.ports.platform import CallbackChannel
from bot.ports.storage import Storage, StorageUnavailable
from bot.ports.vault import SecretUnreadable, Vault

log = structlog.get_logger()

REFRESH_SECONDS = 2.0

ChannelFactory = Callable[[AccountAccess], CallbackChannel]


@dataclass(frozen=True)
class Snapshot:
    """What the callbacks need to know, as of the last reading."""

    channels: Mapping[tuple[str, str], CallbackChannel]
    rules: Rulebook


class Directory:
    """Keeps a snapshot fresh on a thread of its own; requests only read it."""

    def __init__(
        self, storage: Storage, vault: Vault, factories: Mapping[PlatformName, ChannelFactory]
    ) -> None:
        self.storage, self._vault, self._factories = storage, vault, factories
        self._built: dict[tuple[str, str], CallbackChannel] = {}
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._keep_fresh, name="directory", daemon=True)
        self.current = Snapshot({}, Rulebook())

    def start(self) -> None:
        """Read once, then go on reading in the background."""
        self.refresh()
        self._thread.start()

    def stop(self) -> None:
        """End the background reading."""
        self._stop.set()
        self._thread.join(timeout=REFRESH_SECONDS + 1)

    def refresh(self) -> None:
        """Read accounts and rules now; keeps the last snapshot when the database is away."""
        try:
            with self.storage.begin() as uow:
                accounts = [a for a in uow.accounts.all() if a.enabled]
                sealed = {a.id: uow.accounts.sealed_secrets(a.id) for a in accounts}
                rules, cases = uow.rules.answer_rules(), uow.case_rules.newest()
        except StorageUnavailable as error:
            log.warning("directory not refreshed", error=str(error))
            return
        channels: dict[tuple[str, str], CallbackChannel] = {}
        for account in accounts:
            channel = self._channel(account, sealed[account.id])
            if channel is not None:
                channels[account.platform.value, account.id] = channel
                channels[account.platform.value, account.name] = channel
        by_hand = [rule for rule in cases.routing if rule.sensitive] if cases else []
        self.current = Snapshot(channels, Rulebook(rules, by_hand))

    def _channel(self, account: Account, sealed: str) -> CallbackChannel | None:
        known = self._built.get((account_key(account), sealed))
        if known is None:
            try:
                access = AccountAccess(account, self._vault.open(sealed))
            except SecretUnreadable as error:
                log.error("account secrets unreadable", account=account.id, error=str(error))
                return None
            known = self._factories[account.platform](access)
            self._built[account_key(account), sealed] = known
        return known

    def _keep_fresh(self) -> None:
        while not self._stop.wait(REFRESH_SECONDS):
            self.refresh()


def account_key(account: Account) -> str:
    """What of an account its channel depends on."""
    return f"{account.id}|{account.options!r}|{account.platform}"
