"""Whether a post on the timeline is the one we sent, although the platform rewrote its text."""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta

from bot.domain.text import compact, fingerprint, without_urls
from bot.platforms.weibo.client.objects import Status

CLOCK_SLACK = timedelta(seconds=60)
"""The platform's clock and ours may differ by this much."""

_TOPIC = re.compile(r"#([^#\s][^#]*)#")
_CUT = re.compile(r"(…|\.\.\.)\s*全文[:：]?.*$", re.DOTALL)
_UNSTABLE = re.compile(r"https?://[\x21-\x7e]+|#[^#\s][^#]*#|@\S+")
_STRETCH = 20
_TELLING = 40
"""A cut text must agree in so many characters before it counts as ours."""


def matching(statuses: Iterable[Status], text: str, *, since: datetime) -> Status | None:
    """The earliest post at or after `since` (with some slack) that says `text`."""
    ours = [s for s in statuses if s.created_at >= since - CLOCK_SLACK and says(s, text)]
    return min(ours, key=lambda status: status.created_at, default=None)


def telling_words(text: str) -> str:
    """A stretch of `text`, compacted, that the platform leaves as it is: no link, no topic."""
    stretches = _UNSTABLE.split(text)
    return compact(max(stretches, key=len))[:_STRETCH]


def says(status: Status, text: str) -> bool:
    """Whether the post's text is `text`, as far as the platform leaves it alone.

    Links become t.cn links; share takes `#topic#` out, whole or only its marks; a long text is
    cut in lists.
    """
    versions = (text, _TOPIC.sub("", text), _TOPIC.sub(r"\1", text))
    if fingerprint(status.text) in map(fingerprint, versions):
        return True
    shown = compact(without_urls(_CUT.sub("", status.text)))
    is_cut = status.is_long and len(shown) >= _TELLING
    return is_cut and any(compact(without_urls(v)).startswith(shown) for v in versions)
