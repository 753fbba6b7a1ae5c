"""Menus of Weibo accounts with the fan service, behind one port."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import httpx

from bot.domain.accounts.account import AccountAccess
from bot.domain.accounts.budgets import Purpose
from bot.domain.accounts.menu import ButtonKind, Menu, MenuLimits
from bot.domain.errors import PlatformError
from bot.platforms.weibo.client import menus
from bot.platforms.weibo.client.session import Link, Session
from bot.ports.clock import Clock
from bot.ports.menus import ShownMenu
from bot.ports.tokens import CallBudgets, TokenStore

_SECONDS = 20.0


@dataclass(frozen=True)
class WeiboMenus:
    """Implements `bot.ports.menus.Menus`. Shared between threads. Every method is one call."""

    http: httpx.Client
    tokens: TokenStore
    budgets: CallBudgets
    clock: Clock

    def limits(self) -> MenuLimits:
        """Two kinds. How long names may be is not documented: the numbers of the other platform,
        after whose menus these are made, are kept to."""
        return MenuLimits(kinds=frozenset({ButtonKind.CLICK, ButtonKind.VIEW}))

    def shown(self, access: AccountAccess) -> ShownMenu:
        """What was pushed; where a menu was made the platform does not say."""
        with _none_is_none():
            if menu := menus.get_menu(self._session(access)):
                return ShownMenu(menu, is_open=True)
        return ShownMenu(None, is_open=False)

    def put(self, access: AccountAccess, menu: Menu) -> None:
        menus.create_menu(self._session(access), menu)

    def delete(self, access: AccountAccess) -> None:
        with _none_is_none():
            menus.delete_menu(self._session(access))

    def _session(self, access: AccountAccess) -> Session:
        link = Link(self.http, self.tokens, self.budgets, self.clock)
        return link.session(access, seconds=_SECONDS, purpose=Purpose.CHECKING)


@contextmanager
def _none_is_none() -> Iterator[None]:
    """That there is no menu is no error of ours."""
    try:
        yield
    except PlatformError as error:
        if error.code != menus.NO_MENU:
            raise
