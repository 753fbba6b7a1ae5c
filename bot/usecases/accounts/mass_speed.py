"""How fast an account sends to its followers."""

from bot.domain.errors import InvalidInput, Problem
from bot.domain.permissions import Actor, Permission
from bot.usecases.accounts.check_account import account_named
from bot.usecases.publishing.tools import AftercareTools

SLOWEST = 4


def mass_speed(name: str, *, actor: Actor, tools: AftercareTools) -> int:
    """0 (fastest) to 4.

    Raises:
        NotAllowed, NotFound, InvalidInput, PlatformError.
    """
    actor.require(Permission.READ)
    with tools.publishing.storage.look() as uow:
        account = account_named(uow, name)
        access = tools.publishing.access(uow, account)
    return tools.of(account).mass_speed(access)


def set_mass_speed(name: str, speed: int, *, actor: Actor, tools: AftercareTools) -> None:
    """Set it on the platform.

    Raises:
        NotAllowed, NotFound, PlatformError.
        InvalidInput: not 0 to 4, or the platform has no such setting.
    """
    actor.require(Permission.MANAGE_ACCOUNTS)
    if not 0 <= speed <= SLOWEST:
        raise InvalidInput([Problem("speed", f"群发速度是 0（最快）到 {SLOWEST}（最慢）的整数")])
    publishing = tools.publishing
    with publishing.storage.begin() as uow:
        account = account_named(uow, name)
        aftercare, access = tools.of(account), publishing.access(uow, account)
        uow.audit.write(
            actor=actor.name,
            action="account.mass_speed_set",
            object_kind="account",
            object_id=account.id,
            details={"speed": str(speed)},
        )
        uow.commit()
    aftercare.set_mass_speed(access, speed)
