"""An account's menu: look at it, take it away."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.accounts.account import Account, PlatformName
from bot.domain.errors import InvalidInput, Problem
from bot.domain.permissions import Actor, Permission
from bot.ports.menus import Menus, ShownMenu
from bot.usecases.accounts.check_account import account_named
from bot.usecases.publishing.tools import PublishingTools


@dataclass(frozen=True)
class MenuTools:
    """Publishing, and the platforms whose accounts have menus."""

    publishing: PublishingTools
    platforms: Mapping[PlatformName, Menus]

    def of(self, account: Account) -> Menus:
        """The menus of the account's platform.

        Raises:
            InvalidInput: it has none that we could set.
        """
        if account.platform not in self.platforms:
            words = f"账号“{account.name}”所在的平台不能从这里设置菜单，请到平台后台处理"
            raise InvalidInput([Problem("account", words)])
        return self.platforms[account.platform]


def shown_menu(name: str, *, actor: Actor, tools: MenuTools) -> ShownMenu:
    """The menu the platform has for the account.

    Raises:
        NotAllowed, NotFound, InvalidInput, PlatformError.
    """
    actor.require(Permission.READ)
    with tools.publishing.storage.look() as uow:
        account = account_named(uow, name)
        access = tools.publishing.access(uow, account)
    return tools.of(account).shown(access)


def delete_menu(name: str, *, actor: Actor, tools: MenuTools) -> None:
    """Take the pushed menu away; that there is none is no error.

    Raises:
        NotAllowed, NotFound, InvalidInput, PlatformError.
    """
    actor.require(Permission.MANAGE_ACCOUNTS)
    with tools.publishing.storage.begin() as uow:
        account = account_named(uow, name)
        menus, access = tools.of(account), tools.publishing.access(uow, account)
        uow.audit.write(
            actor=actor.name,
            action="account.menu_deleted",
            object_kind="account",
            object_id=account.id,
        )
        uow.commit()
    menus.delete(access)
