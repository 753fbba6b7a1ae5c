"""Web addresses in a text: whole ones, broken ones, and where they lead."""

import ipaddress
import re
from collections.abc import Collection, Iterator
from urllib.parse import urlsplit

_WHOLE = re.compile(r"https?://[!-~]+")
_LOOSE = re.compile(
    r"https?\s{0,2}[:：;；]\s{0,2}[/／\\]{1,3}\s{0,2}"
    # A full-width dot belongs to the name of a site only; behind a page it ends the sentence.
    r"[!-.0-~]+(?:[。．](?=[a-z])[!-.0-~]+)*(?:/[!-~]*)?",
    re.IGNORECASE,
)
_AT_THE_END = ".,;:!?)]}'\""
_STRAIGHT = str.maketrans("：／．。；", ":/..;")
_SCHEME = re.compile(r"^(https?)\s*[:;]\s*[/\\]{1,3}\s*", re.IGNORECASE)
_HOST = re.compile(r"(?:[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?\.)+[a-z][a-z0-9-]*", re.IGNORECASE)


def addresses_in(text: str) -> Iterator[str]:
    """Everything in `text` that was meant as an address, as it is written."""
    for found in _LOOSE.finditer(text):
        yield found[0].rstrip(_AT_THE_END + "。，；：、）")


def mended(address: str) -> str:
    """`address` with the slips of the hand put right that leave no doubt: full-width signs, a
    doubled or missing slash, blanks."""
    straight = address.translate(_STRAIGHT)
    return _SCHEME.sub(lambda found: f"{found[1].lower()}://", straight)


def why_broken(address: str) -> str:
    """What is wrong with an address, in Chinese; empty where a phone can open it."""
    if not _WHOLE.fullmatch(address):
        return "写法不完整或用了全角符号"
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return "写法不正确"
    if parts.username is not None or parts.password is not None:
        return "带有用户名或密码"
    if port == 0 or not (_HOST.fullmatch(host) or _is_number(host) or is_inside(host)):
        return "网站名称不正确"
    return ""


def host_in(address: str) -> str:
    """The name of its site; empty where it has none."""
    try:
        return (urlsplit(address).hostname or "").lower()
    except ValueError:
        return ""


def is_inside(host: str) -> bool:
    """Whether only the office's own network knows the site."""
    if _is_number(host):
        return not ipaddress.ip_address(host).is_global
    return host == "localhost" or (bool(host) and "." not in host)


def is_of(host: str, domains: Collection[str]) -> bool:
    """Whether the site is one of `domains` or below one."""
    return any(host == one or host.endswith(f".{one}") for one in domains)


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
