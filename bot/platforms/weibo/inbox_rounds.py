"""What a round through the inbox does beside reading streams: counting, looking at our posts."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from bot.domain.accounts.budgets import BEIJING
from bot.platforms.weibo.inbox_cursor import InboxCursor
from bot.ports.platform import LivePost

COUNTS, TIMELINE, UNDER, DEEPER = "counts", "timeline", "under:", "deeper:"
"""Things to do that are no stream: count the comments of our posts, look whether they are still
shown, read the comments under one from the newest back (`under:` and its id), or on from where
that had to stop (`deeper:`)."""

SWEEP_EVERY = timedelta(hours=8)
"""The unread counters fall to nothing when somebody reads on the web page, so now and then every
stream is read whatever they say."""
COUNTED_FOR = timedelta(days=30)
"""Older posts get hardly a comment any more."""
_FRESH, _COUNT_FRESH, _COUNT_OLD = timedelta(hours=4), timedelta(minutes=60), timedelta(hours=2)
_BUSY = timedelta(hours=3)
MOST_STRAIGHT = 3
"""While people write under a new post, its comments are read without asking the counters first;
mentions wait for so many rounds at most."""
_ONE_PAGE, _MANY, _UNDER_EVERY = 50, 10, timedelta(hours=5)
"""Reading all under a post with few comments costs one call. Where it costs several, a handful
that were approved late is read together."""
_NIGHT, _MORNING = 23, 7
_SEEN_AGAIN = (timedelta(minutes=15), timedelta(hours=5))
"""How long after its publication a post is looked at again: the platform may hide it later."""


def extras(inbox: InboxCursor, live: Sequence[LivePost], now: datetime) -> tuple[str, ...]:
    """What else is worth a call in this round."""
    wanted = ((COUNTS, _wants_counts(inbox, live, now)), (TIMELINE, _wants_sight(inbox, live, now)))
    return tuple(name for name, is_wanted in wanted if is_wanted)


def goes_straight(inbox: InboxCursor, live: Sequence[LivePost], now: datetime) -> bool:
    """Whether comments are likely enough to be read without asking first."""
    is_busy = any(now - post.published_at <= _BUSY for post in live)
    return is_busy and inbox.straight < MOST_STRAIGHT


def worth_reading_under(inbox: InboxCursor, counts: Mapping[str, int], now: datetime) -> list[str]:
    """Posts with more comments than we know of, that are worth their calls now."""
    found = []
    for mid, count in counts.items():
        missing = count - inbox.counts.get(mid, 0)
        read_at = inbox.under_at.get(mid)
        has_waited = read_at is None or now - read_at >= _UNDER_EVERY
        if missing > 0 and (count <= _ONE_PAGE or missing >= _MANY or has_waited):
            found.append(mid)
    return found


def worth_going_deeper(inbox: InboxCursor, now: datetime) -> list[str]:
    """The post whose older comments are read on, if any: one at a time and not often, since what
    lies that deep can wait and the day's calls do not grow."""
    waited = (mid for mid in inbox.deep if now - inbox.under_at.get(mid, now) >= _UNDER_EVERY)
    return [*waited][:1]


def counted_posts(live: Sequence[LivePost], now: datetime) -> Mapping[str, LivePost]:
    """Our posts whose comments are counted, by the platform's id."""
    return {
        post.platform_ids["platform_post_id"]: post
        for post in live
        if post.platform_ids.get("platform_post_id") and now - post.published_at <= COUNTED_FOR
    }


def _wants_counts(inbox: InboxCursor, live: Sequence[LivePost], now: datetime) -> bool:
    posts = counted_posts(live, now)
    if not posts or _is_night(now):
        return False
    if inbox.counted_at is None:
        return True
    is_fresh = any(now - post.published_at <= _FRESH for post in posts.values())
    return now - inbox.counted_at >= (_COUNT_FRESH if is_fresh else _COUNT_OLD)


def _wants_sight(inbox: InboxCursor, live: Sequence[LivePost], now: datetime) -> bool:
    moments = (post.published_at + later for post in live for later in _SEEN_AGAIN)
    due = [moment for moment in moments if moment <= now <= moment + COUNTED_FOR]
    return bool(due) and (inbox.seen_at is None or inbox.seen_at < max(due))


def _is_night(now: datetime) -> bool:
    hour = now.astimezone(BEIJING).hour
    return hour >= _NIGHT or hour < _MORNING
