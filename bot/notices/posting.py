"""One POST to a robot: what came back, or in which of three ways it failed."""

from collections.abc import Mapping
from typing import Any

import httpx

from bot.domain.errors import Misconfigured, NotSent, OutcomeUnknown, PlatformUnavailable

SECONDS = 8.0
"""Longer than any robot takes; shorter than the lease of a notice."""


def post(http: httpx.Client, url: str, body: Mapping[str, Any]) -> Mapping[str, Any]:
    """The robot's answer. No error carries the address: whoever knows it can write to the group.

    Raises:
        NotSent, OutcomeUnknown, PlatformUnavailable.
        Misconfigured: the address is none.
    """
    try:
        answer = http.post(url, json=dict(body), timeout=SECONDS)
    except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
        raise NotSent(f"robot: {type(error).__name__}") from None
    except (httpx.InvalidURL, httpx.UnsupportedProtocol):
        raise Misconfigured("robot: its address is none") from None
    except httpx.HTTPError as error:
        raise OutcomeUnknown(f"robot: {type(error).__name__}") from None
    if answer.status_code >= 500:
        raise PlatformUnavailable(f"robot: HTTP {answer.status_code}")
    try:
        said: Mapping[str, Any] = answer.json()
        return dict(said)
    except (TypeError, ValueError):
        raise OutcomeUnknown(f"robot: HTTP {answer.status_code}, unreadable") from None
