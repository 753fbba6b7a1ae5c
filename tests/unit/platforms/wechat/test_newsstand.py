"""What a WeChat account shows now: the list of what was published, one call."""

from bot.platforms.wechat.newsstand import WechatNewsstand
from tests.unit.platforms.wechat.stand import TITLE, Stand, access, listed


def test_the_newest_articles_come_with_their_addresses_and_ids() -> None:
    """As a reader finds them, and as the adapter knows them again."""
    stand = Stand(freepublish__batchget=listed())
    newsstand = WechatNewsstand(
        stand.http, stand.storage.tokens(), stand.storage.budgets(), stand.clock
    )

    (shown,) = newsstand.newest(access())

    assert (shown.text, shown.url) == (TITLE, "http://mp.weixin.qq.com/s?a=1")
    assert shown.evidence["article_id"] == "ARTICLE-1"
    assert stand.platform.count("freepublish/batchget") == 1
