"""What a Weibo account shows now: its own timeline, one call."""

from bot.platforms.weibo.newsstand import WeiboNewsstand
from tests.factories import NOW
from tests.unit.platforms.weibo.stand import (
    MID,
    POST_URL,
    STORED,
    UID,
    access,
    stand,
    status,
    timeline,
)


def test_the_newest_posts_come_with_their_addresses_and_ids() -> None:
    """As a reader finds them, and as the adapter knows them again."""
    at = stand(user_timeline=timeline(status(text=STORED, user=int(UID))))
    newsstand = WeiboNewsstand(at.http, at.tokens, at.ledger, at.clock)

    (shown,) = newsstand.newest(access())

    assert (shown.text, shown.url) == (STORED, POST_URL)
    assert shown.evidence["platform_post_id"] == MID
    assert shown.published_at <= NOW
