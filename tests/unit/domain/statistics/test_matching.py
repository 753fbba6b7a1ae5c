"""Whose article the platform counts."""

from dataclasses import replace
from datetime import date

import pytest

from bot.domain.ids import AccountId, PostId
from bot.domain.statistics.figures import ArticleId, PublishedArticle
from bot.domain.statistics.matching import Trace, claimed, post_of, same_page

DAY = date(2026, 11, 20)
LONG = "http://mp.weixin.qq.com/s?__biz=MzA&mid=2247480001&idx=1&sn=0123abcd&chksm=00#rd"
ARTICLE = PublishedArticle(
    ArticleId(AccountId("acc_1"), "2247480002", 1), DAY, "停车新规来了", LONG
)


def trace(number: int = 1, **changes: object) -> Trace:
    made = Trace(PostId(f"pst_{number}"), "", (), (), DAY)
    return replace(made, **changes)


def test_the_id_of_the_message_decides() -> None:
    """Even when another post bears the same title and nobody learnt its id."""
    traces = [trace(1, titles=("停车新规来了",)), trace(2, message="2247480002")]

    assert post_of(ARTICLE, traces) == "pst_2"


@pytest.mark.parametrize(
    "url",
    [
        LONG,
        "https://mp.weixin.qq.com/s?__biz=MzA&mid=2247480001&idx=1&sn=0123abcd&chksm=ff&scene=21",
    ],
    ids=["the same", "as the event gave it"],
)
def test_an_address_finds_what_was_published_by_hand_and_registered(url: str) -> None:
    """Scheme, fragment and checksum differ from one handing-out to the next."""
    assert post_of(ARTICLE, [trace(1), trace(2, urls=(url,))]) == "pst_2"


@pytest.mark.parametrize(
    "url",
    [LONG.replace("idx=1", "idx=2"), LONG.replace("0123abcd", "ffff"), "https://a.example/s", ""],
    ids=["its neighbour", "another article", "another site", "no address"],
)
def test_another_address_is_another_article(url: str) -> None:
    """The articles of one bundle differ in one parameter only."""
    assert not same_page(LONG, url)
    assert post_of(ARTICLE, [trace(urls=(url,) if url else ())]) is None


def test_a_title_of_that_day_is_the_last_resort() -> None:
    """Spaces and width do not matter; any article of a bundle may bear it."""
    assert post_of(ARTICLE, [trace(titles=("别的", "停车 新规来了"))]) == "pst_1"


@pytest.mark.parametrize(
    "traces",
    [
        [trace(1, titles=("停车新规来了",)), trace(2, titles=("停车新规来了",))],
        [trace(1, titles=("停车新规来了",), published_on=date(2026, 11, 19))],
        [trace(1, titles=("停车新规来了",), message="2247480999")],
        [],
    ],
    ids=["two posts bear it", "another day", "its message is another", "nothing of ours"],
)
def test_a_title_that_proves_nothing_claims_nothing(traces: list[Trace]) -> None:
    """Better an article of nobody than figures under the wrong post."""
    assert post_of(ARTICLE, traces) is None


def test_articles_without_title_are_not_alike() -> None:
    """The platform left titles out before March 2026."""
    assert post_of(replace(ARTICLE, title="", url=""), [trace(titles=("",))]) is None


def test_what_nobody_of_ours_published_is_left_unclaimed() -> None:
    """It is kept all the same, only without a post."""
    by_hand = replace(ARTICLE, id=ArticleId(AccountId("acc_1"), "1"), url="", title="节日祝福")

    found = claimed([ARTICLE, by_hand], [trace(message="2247480002")])

    assert found == {ARTICLE: "pst_1"}
