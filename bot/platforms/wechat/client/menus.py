"""The custom menu (自定义菜单): setting it, reading it back, taking it away.

Pages: developers.weixin.qq.com/doc/service/api/custommenu, read 2026-11-23 through others' models;
the shape of get_current_selfmenu_info is from older pages and not proven on a real account.
"""

from collections.abc import Mapping
from typing import Any

from bot.domain.accounts.menu import FIELDS, NEEDS, Button, ButtonKind, Menu
from bot.platforms.wechat.client.answers import errcode_of, reading
from bot.platforms.wechat.client.endpoints import (
    MENU_CREATE,
    MENU_DELETE,
    MENU_GET,
    MENU_SHOWN,
)
from bot.platforms.wechat.client.session import Session

NO_MENU = "46003"
_NAMES = {"app_id": "appid", "page_path": "pagepath"}
_KINDS = {str(kind): kind for kind in NEEDS}


def create_menu(session: Session, menu: Menu) -> None:
    """Set the menu in place of the one there is.

    Raises:
        ContentRejected: the platform takes it for malformed.
    """
    session.call(MENU_CREATE, {"button": [_written(button) for button in menu.buttons]})


def get_menu(session: Session) -> Menu | None:
    """The menu that was set through the API, None when there is none."""
    said = session.call(MENU_GET, tolerate={NO_MENU})
    if errcode_of(said) == NO_MENU:
        return None
    with reading(MENU_GET.path):
        return Menu(tuple(_read(button) for button in said["menu"]["button"]))


def get_shown(session: Session) -> tuple[bool, Menu | None]:
    """Whether followers see a menu, and the one they see, also where it was made in the console."""
    said = session.call(MENU_SHOWN)
    with reading(MENU_SHOWN.path):
        buttons = (said.get("selfmenu_info") or {}).get("button") or ()
        menu = Menu(tuple(_read(button) for button in buttons)) if buttons else None
        return bool(int(said["is_menu_open"])), menu


def delete_menu(session: Session) -> None:
    """Take the menu away, if there is one."""
    session.call(MENU_DELETE, tolerate={NO_MENU})


def _written(button: Button) -> dict[str, Any]:
    if button.below:
        return {"name": button.name, "sub_button": [_written(one) for one in button.below]}
    fields = {_NAMES.get(name, name): value for name, value in button.fields.items()}
    return {"type": str(button.kind), "name": button.name, **fields}


def _read(said: Mapping[str, Any]) -> Button:
    """menu/get lists what is below in `sub_button`, the other endpoint in a list inside it."""
    below = said.get("sub_button") or ()
    if isinstance(below, Mapping):
        below = below.get("list") or ()
    if below:
        return Button(str(said["name"]), below=tuple(_read(one) for one in below))
    kind = _KINDS.get(str(said["type"]), ButtonKind.CONSOLE_ONLY)
    told = {name: said.get(_NAMES.get(name, name)) for name in FIELDS}
    return Button(str(said["name"]), kind, {name: str(told[name]) for name in told if told[name]})
