"""Switch an account on, in a mode, once a check says that it can do what the mode needs."""

from dataclasses import replace

from bot.domain.accounts.account import Account, Mode
from bot.domain.errors import InvalidInput, Problem
from bot.domain.permissions import Actor, Permission
from bot.usecases.accounts.check_account import account_named, check_account
from bot.usecases.publishing.tools import PublishingTools


def go_live(
    name: str,
    *,
    actor: Actor,
    tools: PublishingTools,
    mode: Mode | None = None,
    despite_faults: bool = False,
) -> Account:
    """Check the account for `mode` (its own if None); then enable it in that mode.

    `despite_faults` is a person's word that a fault does not matter; the audit keeps it.

    Raises:
        NotAllowed, NotFound.
        InvalidInput: the check found faults, one problem each; the account is as it was.
    """
    actor.require(Permission.MANAGE_ACCOUNTS)
    check = check_account(name, tools=tools, mode=mode)
    if not check.passed and not despite_faults:
        raise InvalidInput([Problem(name, _sentence(f.what, f.next_step)) for f in check.faults])
    with tools.storage.begin() as uow:
        live = replace(account_named(uow, name), mode=check.mode, enabled=True, off_reason="")
        uow.accounts.save(live)
        uow.audit.write(
            actor=actor.name,
            action="account.went_live",
            object_kind="account",
            object_id=live.id,
            details={
                "mode": live.mode.value,
                "checked_at": check.at.isoformat(),
                "faults": str(len(check.faults)),
            },
        )
        uow.commit()
    return live


def _sentence(what: str, next_step: str) -> str:
    return f"{what}。{next_step}" if next_step else what
