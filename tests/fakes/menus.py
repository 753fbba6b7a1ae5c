"""A platform's menus in memory, keeping the promises of `ports.menus.Menus`."""

from dataclasses import dataclass, field

from bot.domain.accounts.account import AccountAccess
from bot.domain.accounts.menu import Menu, MenuLimits
from bot.domain.errors import PlatformError
from bot.ports.menus import ShownMenu


@dataclass
class FakeMenus:
    """One menu an account. `loses` is raised after a menu was put; `keeps` is kept instead."""

    there: dict[str, Menu] = field(default_factory=dict)
    loses: PlatformError | None = None
    keeps: Menu | None = None
    puts: int = 0

    def limits(self) -> MenuLimits:
        return MenuLimits()

    def shown(self, access: AccountAccess) -> ShownMenu:
        menu = self.there.get(access.account.id)
        return ShownMenu(menu, is_open=menu is not None)

    def put(self, access: AccountAccess, menu: Menu) -> None:
        self.puts += 1
        kept = self.keeps or menu
        if kept.buttons:
            self.there[access.account.id] = kept
        if self.loses is not None:
            raise self.loses

    def delete(self, access: AccountAccess) -> None:
        self.there.pop(access.account.id, None)
