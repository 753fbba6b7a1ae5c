"""Browsers as staff know them, from what they say of themselves."""

from collections.abc import Sequence

_BROWSERS: Sequence[tuple[str, str]] = (
    ("MicroMessenger", "微信"),
    ("QBCore", "QQ 浏览器"),
    ("QQBrowser", "QQ 浏览器"),
    ("360SE", "360 浏览器"),
    ("Edg/", "Edge"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS: Sequence[tuple[str, str]] = (
    ("HarmonyOS", "鸿蒙"),
    ("Android", "安卓"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("UOS", "统信"),
    ("Linux", "Linux"),
)
"""Those that call themselves by others' names too come first."""


def browser_of(user_agent: str) -> str:
    """“Chrome，Windows”; empty when neither is known."""
    named = (_first(names, user_agent) for names in (_BROWSERS, _SYSTEMS))
    return "，".join(name for name in named if name)


def _first(names: Sequence[tuple[str, str]], user_agent: str) -> str:
    return next((name for sign, name in names if sign in user_agent), "")
