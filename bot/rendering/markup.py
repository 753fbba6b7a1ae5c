"""Text and links as safe HTML: escaping, and the addresses a reader may be sent to."""

import re
from urllib.parse import quote, urlsplit

_ESCAPES: dict[int, str | None] = {ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;"}
_ESCAPES |= dict.fromkeys((*range(9), 11, *range(12, 32), 0xFFFE, 0xFFFF, *range(0xD800, 0xE000)))
_ESCAPES[ord("\n")] = "<br/>"
_SPECIAL = re.compile("[&<>\x00-\x08\x0a-\x1f\ud800-\udfff\ufffe\uffff]")

LINK_LENGTH = 1000
"""WeChat takes an address of at most 1 KB; a longer one is nothing a reader could type."""


def escaped(text: str) -> str:
    """`text` for HTML content: line ends become `<br/>`, control characters go."""
    # Searching first is five times faster than translating text that needs nothing.
    return text.translate(_ESCAPES) if _SPECIAL.search(text) else text


def attribute(text: str) -> str:
    """`text` for a double-quoted attribute."""
    return text.replace("\n", " ").translate(_ESCAPES).replace('"', "&quot;")


def safe_link(url: str | None) -> str:
    """`url` as plain ASCII if it is http(s) with a host, else an empty string."""
    if not url or len(url) > LINK_LENGTH:
        return ""
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").encode("idna").decode()
        port = f":{parts.port}" if parts.port else ""
    except (ValueError, UnicodeError):
        return ""
    if parts.scheme not in ("http", "https") or not host:
        return ""
    host = f"[{host}]" if ":" in host else host
    rest = parts._replace(scheme="", netloc="").geturl()
    return f"{parts.scheme}://{host}{port}{quote(rest, safe=_URL_SAFE)}"


_URL_SAFE = "/?#%&=+:;,@!$()*~-._[]'"


def host_of(url: str) -> str:
    """The host of an address, with its port when it names one."""
    return urlsplit(url).netloc
