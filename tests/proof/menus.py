"""A menu is set and taken away: what we say of it is what followers have."""

from collections.abc import Callable, Iterator
from typing import Any

from bot.domain.accounts.account import PlatformName
from bot.domain.accounts.menu import Button, ButtonKind, Menu
from bot.domain.errors import Conflict, PlatformError
from bot.domain.people import Role
from bot.domain.permissions import Actor
from bot.platforms.wechat.menus import WechatMenus
from bot.usecases.accounts.menus import MenuTools, delete_menu
from bot.usecases.accounts.push_menu import push_menu
from tests.proof.correspondence import CLICKS, DESK
from tests.proof.database import CutLedger
from tests.proof.day import Day

KEY = "lookup"
MENU = Menu((Button("查进度", ButtonKind.CLICK, {"key": KEY}),))
ADMIN = Actor("周管理", frozenset({Role.ACCOUNT_ADMIN}))


class Menus:
    """A person pushes a menu, and takes it away again."""

    def __init__(self, day: Day) -> None:
        self._day, self._party = day, day.parties[0]
        ledgers = day.database.tokens(), day.database.budgets()
        tokens, budgets = (CutLedger(one, day) for one in ledgers)
        link: Any = (day.ground.http, tokens, budgets, day.clock)
        self._tools = MenuTools(day.tools, {PlatformName.WECHAT: WechatMenus(*link)})
        self._wrongs: list[str] = []
        self._is_set = self._is_gone = False

    def run(self) -> None:
        self._set()
        self._take_away()

    def go_on(self) -> None:
        """What failed is done again."""
        self.run()

    def decide(self) -> None:
        """A push says itself whether it took effect."""

    def wrongs_at_rest(self) -> Iterator[str]:
        yield from self._wrongs

    def wrongs_in_the_end(self) -> Iterator[str]:
        if not self._is_set or not self._is_gone:
            yield f"everything works, and the menu: set {self._is_set}, gone {self._is_gone}"

    def _set(self) -> None:
        if self._is_set:
            return
        self._is_set = self._do(
            lambda: push_menu(self._party.account, MENU, actor=ADMIN, tools=self._tools)
        )
        if self._is_set and self._keys() != [KEY]:
            self._wrongs.append(f"the menu is said to be set, and followers have {self._keys()}")

    def _take_away(self) -> None:
        if self._is_gone or not self._is_set:
            return
        self._is_gone = self._do(
            lambda: delete_menu(self._party.account, actor=ADMIN, tools=self._tools)
        )
        if self._is_gone and self._keys():
            self._wrongs.append(f"the menu is said to be gone, and followers have {self._keys()}")

    def _do(self, deed: Callable[[], object]) -> bool:
        """A person clicks, and again while the page shows an error."""
        done: list[bool] = []
        for _ in range(CLICKS):
            with self._day.process(DESK, self._party.account):
                try:
                    deed()
                    done.append(True)
                except (PlatformError, Conflict):
                    continue
            if done:
                return True
        return False

    def _keys(self) -> list[str]:
        """The keys of the buttons that followers have, by the platform's books."""
        menu = self._party.platform.platform.world.accounts[self._party.name].menu
        return [button.get("key", "") for button in (menu or {"button": []})["button"]]
