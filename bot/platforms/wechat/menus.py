"""Menus of WeChat accounts behind one port."""

from dataclasses import dataclass

import httpx

from bot.domain.accounts.account import AccountAccess
from bot.domain.accounts.menu import Menu, MenuLimits
from bot.platforms.transport import Deadline
from bot.platforms.wechat.client import menus
from bot.platforms.wechat.client.session import Line, Session
from bot.platforms.wechat.client.tokens import TokenKeeper
from bot.ports.clock import Clock
from bot.ports.menus import ShownMenu
from bot.ports.tokens import CallBudgets, TokenStore

_SECONDS = 20.0


@dataclass(frozen=True)
class WechatMenus:
    """Implements `bot.ports.menus.Menus`. Shared between threads."""

    http: httpx.Client
    tokens: TokenStore
    budgets: CallBudgets
    clock: Clock

    def limits(self) -> MenuLimits:
        """All kinds the interface has."""
        return MenuLimits()

    def shown(self, access: AccountAccess) -> ShownMenu:
        """Two reads: what was pushed, and what followers see."""
        session = self._session(access)
        pushed = menus.get_menu(session)
        is_open, seen = menus.get_shown(session)
        by_console = pushed is None and seen is not None
        return ShownMenu(pushed or seen, is_open, by_console)

    def put(self, access: AccountAccess, menu: Menu) -> None:
        """One call."""
        menus.create_menu(self._session(access), menu)

    def delete(self, access: AccountAccess) -> None:
        """One call."""
        menus.delete_menu(self._session(access))

    def _session(self, access: AccountAccess) -> Session:
        keeper = TokenKeeper(self.http, self.tokens, self.clock)
        return Session(
            Line(self.http, keeper, self.budgets, self.clock), access, Deadline(_SECONDS)
        )
