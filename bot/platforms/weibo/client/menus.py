"""The fan service's menu (自定义菜单): setting it, reading it back, taking it away.

Pages: 自定义菜单创建接口 and 查询接口 of open.weibo.com, read 2026-11-23 in copies. What a success
looks like, and what is said where there is no menu, they do not tell.
"""

import json
from collections.abc import Mapping
from typing import Any

from bot.domain.accounts.menu import FIELDS, NEEDS, Button, ButtonKind, Menu
from bot.platforms.weibo.client.answering import accepted
from bot.platforms.weibo.client.hosts import Host
from bot.platforms.weibo.client.session import Session

NO_MENU = "26402"
"""The one code the page of `menu/show` gives."""
_KINDS = {str(kind): kind for kind in NEEDS}


def create_menu(session: Session, menu: Menu) -> None:
    """`menu/create`, in place of the menu there is. The inner JSON is encoded once, by the form.

    Raises:
        Misconfigured: the platform takes it for malformed (264XX).
    """
    buttons = {"button": [_written(button) for button in menu.buttons]}
    form = {"menus": json.dumps(buttons, ensure_ascii=False, separators=(",", ":"))}
    session.post(Host.MESSAGES, "/2/messages/menu/create.json", form, accepted)


def get_menu(session: Session) -> Menu | None:
    """`menu/show`: None, or a refusal with `NO_MENU`, when there is none."""
    return session.get(Host.MESSAGES, "/2/messages/menu/show.json", {}, _menu)


def delete_menu(session: Session) -> None:
    """`menu/delete`; harmless to repeat."""
    session.post(Host.MESSAGES, "/2/messages/menu/delete.json", {}, accepted, writes=False)


def _menu(body: Any) -> Menu | None:
    buttons = (body.get("menu") or {}).get("button") or ()
    return Menu(tuple(_read(button) for button in buttons)) if buttons else None


def _written(button: Button) -> dict[str, Any]:
    if button.below:
        return {"name": button.name, "sub_button": [_written(one) for one in button.below]}
    return {"type": str(button.kind), "name": button.name, **button.fields}


def _read(said: Mapping[str, Any]) -> Button:
    name = str(said["name"])
    if said.get("sub_button"):
        return Button(name, below=tuple(_read(one) for one in said["sub_button"]))
    kind = _KINDS.get(str(said["type"]), ButtonKind.CONSOLE_ONLY)
    return Button(name, kind, {field: str(said[field]) for field in FIELDS if said.get(field)})
