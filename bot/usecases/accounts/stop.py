"""The emergency stop: of everything, or of one account; and lifting it."""

from dataclasses import dataclass, replace

from bot.domain.errors import NotFound
from bot.domain.permissions import Actor, Permission
from bot.ports.storage import Storage, UnitOfWork

EVERYTHING = "everything"


def stop_publishing(
    account_name: str | None, *, actor: Actor, storage: Storage, reason: str = ""
) -> None:
    """Stop everything (None) or one account. Calls under way are seen through; none is started.
    The reason is shown to everybody and kept in the audit; a stop must not wait for one.

    Raises:
        NotAllowed, NotFound.
    """
    _set(account_name, _Stop(stopped=True, reason=reason.strip()), actor=actor, storage=storage)


def lift_stop(
    account_name: str | None, *, actor: Actor, storage: Storage, reason: str = ""
) -> None:
    """Lift the stop of everything (None) or of one account.

    Raises:
        NotAllowed, NotFound.
    """
    _set(account_name, _Stop(stopped=False, reason=reason.strip()), actor=actor, storage=storage)


@dataclass(frozen=True)
class _Stop:
    stopped: bool
    reason: str


def _set(account_name: str | None, stop: _Stop, *, actor: Actor, storage: Storage) -> None:
    actor.require(Permission.STOP)
    with storage.begin() as uow:
        if account_name is None:
            _set_everything(uow, stop, actor)
        else:
            _set_account(uow, account_name, stop)
        uow.audit.write(
            actor=actor.name,
            action="publishing.stopped" if stop.stopped else "publishing.lifted",
            object_kind="account",
            object_id=account_name or EVERYTHING,
            details={"reason": stop.reason} if stop.reason else None,
        )
        uow.commit()


def _set_everything(uow: UnitOfWork, stop: _Stop, actor: Actor) -> None:
    if stop.stopped:
        uow.stops.stop_everything(by=actor.name, reason=stop.reason)
    else:
        uow.stops.lift()


def _set_account(uow: UnitOfWork, name: str, stop: _Stop) -> None:
    account = uow.accounts.by_name(name)
    if account is None:
        raise NotFound("账号", name)
    why = stop.reason if stop.stopped else ""
    uow.accounts.save(replace(account, stopped=stop.stopped, stop_reason=why))
