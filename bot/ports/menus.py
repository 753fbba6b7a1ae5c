"""The menu at the foot of an account, as its platform keeps it."""

from dataclasses import dataclass
from typing import Protocol

from bot.domain.accounts.account import AccountAccess
from bot.domain.accounts.menu import Menu, MenuLimits


@dataclass(frozen=True)
class ShownMenu:
    """What the platform has: no menu is None. `is_open` says that followers see it,
    `by_console` that it was made in the platform's own console, not pushed."""

    menu: Menu | None
    is_open: bool
    by_console: bool = False


class Menus(Protocol):
    """Reading and setting menus. Every method that calls out raises only `PlatformError`s."""

    def limits(self) -> MenuLimits:
        """What the platform lets a menu be."""
        ...

    def shown(self, access: AccountAccess) -> ShownMenu:
        """The account's menu; one that was pushed goes before one made in the console."""
        ...

    def put(self, access: AccountAccess, menu: Menu) -> None:
        """Set `menu` in place of whatever there is. Setting it again changes nothing."""
        ...

    def delete(self, access: AccountAccess) -> None:
        """Take the pushed menu away. That there is none is no error."""
        ...
