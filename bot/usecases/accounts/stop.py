"""The emergency stop: of everything, or of one account; and lifting it."""

from dataclasses import replace

from bot.domain.errors import NotFound
from bot.domain.permissions import Actor, Permission
from bot.ports.storage import Storage, UnitOfWork

EVERYTHING = "everything"


def stop_publishing(account_name: str | None, *, actor: Actor, storage: Storage) -> None:
    """Stop everything (None) or one account. Calls under way are seen through; none is started.

    Raises:
        NotAllowed, NotFound.
    """
    _set(account_name, stopped=True, actor=actor, storage=storage)


def lift_stop(account_name: str | None, *, actor: Actor, storage: Storage) -> None:
    """Lift the stop of everything (None) or of one account.

    Raises:
        NotAllowed, NotFound.
    """
    _set(account_name, stopped=False, actor=actor, storage=storage)


def _set(account_name: str | None, *, stopped: bool, actor: Actor, storage: Storage) -> None:
    actor.require(Permission.STOP)
    with storage.begin() as uow:
        if account_name is None:
            _set_everything(uow, stopped, actor)
        else:
            _set_account(uow, account_name, stopped)
        uow.audit.write(
            actor=actor.name,
            action="publishing.stopped" if stopped else "publishing.lifted",
            object_kind="account",
            object_id=account_name or EVERYTHING,
        )
        uow.commit()


def _set_everything(uow: UnitOfWork, stopped: bool, actor: Actor) -> None:
    if stopped:
        uow.stops.stop_everything(by=actor.name)
    else:
        uow.stops.lift()


def _set_account(uow: UnitOfWork, name: str, stopped: bool) -> None:
    account = uow.accounts.by_name(name)
    if account is None:
        raise NotFound("账号", name)
    uow.accounts.save(replace(account, stopped=stopped))
