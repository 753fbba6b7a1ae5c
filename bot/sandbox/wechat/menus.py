"""The custom menu: what an account may set, what it reads back, and what a tap sets off."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from bot.sandbox.tables import ScenarioError
from bot.sandbox.wechat.calls import ApiCall
from bot.sandbox.wechat.errors import Refusal
from bot.sandbox.wechat.state import Account, World

OK = {"errcode": 0, "errmsg": "ok"}
MENU_ID = 208396938
MAX_BUTTONS, MAX_BELOW = 3, 5
MAX_KEY_BYTES, MAX_URL_BYTES = 128, 1024
KEYED = frozenset(
    {
        "click",
        "scancode_push",
        "scancode_waitmsg",
        "pic_sysphoto",
        "pic_photo_or_album",
        "pic_weixin",
        "location_select",
    }
)
LINKED = frozenset({"view", "miniprogram"})
OF_ARTICLES = frozenset({"article_id", "article_view_limited"})
TYPES = KEYED | LINKED | OF_ARTICLES | {"media_id"}


@dataclass(frozen=True)
class Level:
    """The limits of one level of the menu, and the numbers with which it refuses."""

    most: int
    name_bytes: int
    count: int
    type: int
    name: int
    key: int
    url: int
    domain: int


TOP = Level(MAX_BUTTONS, 16, 40016, 40017, 40018, 40019, 40020, 40055)
BELOW = Level(MAX_BELOW, 60, 40023, 40024, 40025, 40026, 40027, 40054)
TOO_DEEP = 40022


def create(_: World, call: ApiCall) -> dict[str, Any]:
    """menu/create: in place of the menu there is."""
    buttons = call.body.get("button")
    if not isinstance(buttons, list):
        raise Refusal(40015)
    _check_level(call.account, buttons, TOP)
    call.account.menu = {"button": buttons}
    return OK


def get(_: World, call: ApiCall) -> dict[str, Any]:
    """menu/get: what was set through the API."""
    if call.account.menu is None:
        raise Refusal(46003)
    return {"menu": {"button": [_listed(one) for one in _buttons(call)], "menuid": MENU_ID}}


def delete(_: World, call: ApiCall) -> dict[str, Any]:
    """menu/delete."""
    call.account.menu = None
    return OK


def get_shown(_: World, call: ApiCall) -> dict[str, Any]:
    """get_current_selfmenu_info: what followers see, also where the console made it."""
    shown = call.account.menu or call.account.console_menu
    if shown is None:
        return {"is_menu_open": 0}
    buttons = [_nested(one) for one in shown["button"]]
    return {"is_menu_open": 1, "selfmenu_info": {"button": buttons}}


def event_of_tap(account: Account, name: str, scanned: str) -> tuple[str, dict[str, Any]]:
    """What a tap on the button called `name` pushes; `scanned` is what the camera then sees.

    Raises:
        ScenarioError: there is no such button, or its taps are not simulated.
    """
    shown = account.menu or {"button": []}
    every = [one for top in shown["button"] for one in (top, *(top.get("sub_button") or ()))]
    button = next((one for one in every if one["name"] == name and "type" in one), None)
    if button is None:
        raise ScenarioError(f"the menu has no button {name!r} to tap")
    match button["type"]:
        case "click":
            return "CLICK", {"EventKey": button["key"]}
        case "view":
            return "VIEW", {"EventKey": button["url"], "MenuId": MENU_ID}
        case "miniprogram":
            return "view_miniprogram", {"EventKey": button["pagepath"], "MenuId": MENU_ID}
        case "scancode_push" | "scancode_waitmsg" as kind:
            seen = {"ScanType": "qrcode", "ScanResult": scanned}
            return kind, {"EventKey": button["key"], "ScanCodeInfo": seen}
        case other:
            raise ScenarioError(f"taps on {other!r} are not simulated: use platform_sends_event")


def _buttons(call: ApiCall) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (call.account.menu or {})["button"]
    return found


def _listed(button: dict[str, Any]) -> dict[str, Any]:
    below = [_listed(one) for one in button.get("sub_button") or ()]
    return {**button, "sub_button": below}


def _nested(button: dict[str, Any]) -> dict[str, Any]:
    if not button.get("sub_button"):
        return {key: value for key, value in button.items() if key != "sub_button"}
    return {"name": button["name"], "sub_button": {"list": button["sub_button"]}}


def _check_level(account: Account, buttons: list[Any], level: Level) -> None:
    if not 1 <= len(buttons) <= level.most:
        raise Refusal(level.count)
    for button in buttons:
        if not isinstance(button, dict):
            raise Refusal(47001)
        name = button.get("name")
        if not isinstance(name, str) or not 1 <= len(name.encode()) <= level.name_bytes:
            raise Refusal(level.name)
        below = button.get("sub_button") or []
        if not isinstance(below, list):
            raise Refusal(BELOW.count)
        if not below:
            _check_tap(account, button, level)
        elif level is BELOW:
            raise Refusal(TOO_DEEP)
        else:
            _check_level(account, below, BELOW)


def _check_tap(account: Account, button: dict[str, Any], level: Level) -> None:
    kind = button.get("type")
    if kind not in TYPES:
        raise Refusal(level.type)
    if kind in KEYED and not _fits(button.get("key"), MAX_KEY_BYTES):
        raise Refusal(level.key)
    if kind in LINKED:
        _check_link(account, button, level)
    if kind == "miniprogram" and not (button.get("appid") and button.get("pagepath")):
        raise Refusal(40035)
    if kind == "media_id" and button.get("media_id") not in account.library:
        raise Refusal(40007)
    if kind in OF_ARTICLES and button.get("article_id") not in account.publications:
        raise Refusal(53600)


def _check_link(account: Account, button: dict[str, Any], level: Level) -> None:
    url = button.get("url")
    if not isinstance(url, str) or not _fits(url, MAX_URL_BYTES):
        raise Refusal(level.url)
    parts, allowed = urlsplit(url), account.spec.menu_domains
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise Refusal(level.domain)
    if allowed and parts.hostname not in allowed:
        raise Refusal(level.domain)


def _fits(value: Any, most: int) -> bool:
    return isinstance(value, str) and 1 <= len(value.encode()) <= most
