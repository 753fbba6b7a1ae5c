"""Looking for effects on WeChat."""

from datetime import timedelta

import httpx
import pytest

from bot.domain.accounts.account import Mode
from bot.domain.errors import NotAsApproved, NotPermitted, TargetGone
from bot.domain.publishing.journal import Outcome
from tests.fakes.clock import START
from tests.unit.platforms.wechat.stand import (
    TITLE,
    Stand,
    access,
    listed,
    order,
    refusal,
    stored,
)

GONE = refusal(40007)
HAND = access(Mode.DRAFT)
EMPTY = {"total_count": 0, "item_count": 0, "item": []}
EARLIER = int((START - timedelta(hours=1)).timestamp())


def test_a_submit_is_found_by_titles_and_source_links() -> None:
    """With its address and id, as if the job had been confirmed."""
    stand = Stand(freepublish__batchget=listed(), draft__get=GONE)

    found = stand.look_for("submit", order())

    assert found.outcome is Outcome.FOUND
    assert found.evidence["article_id"] == "ARTICLE-1"
    assert found.evidence["urls"] == "http://mp.weixin.qq.com/s?a=1"


@pytest.mark.parametrize(
    "page",
    [
        EMPTY,
        listed(content={"news_item": [stored(title="别的文章")]}),
        listed(content={"news_item": [stored(content_source_url="https://other.example/")]}),
        listed(content={"news_item": [stored(), stored()]}),
        listed(update_time=EARLIER),
    ],
    ids=["nothing", "other title", "other source", "bundle of two", "older than our draft"],
)
@pytest.mark.parametrize("draft", [GONE, {"news_item": [stored()]}], ids=["gone", "there"])
def test_what_is_not_ours_leaves_a_submit_unclear(
    page: dict[str, object], draft: dict[str, object]
) -> None:
    """Neither a missing article nor a missing draft proves anything."""
    stand = Stand(freepublish__batchget=page, draft__get=draft)

    assert stand.look_for("submit", order()).outcome is Outcome.UNCLEAR


def test_looking_for_a_mass_send_never_sends() -> None:
    """Without its id nothing can be asked; repeating the key would be a send."""
    stand = Stand(draft__get=GONE)

    looked = stand.look_for("send", order(given=access(Mode.MASS), key="k"))

    assert looked.outcome is Outcome.UNCLEAR
    assert stand.platform.count("sendall") == 0


def test_a_draft_in_the_box_is_waited_for() -> None:
    """Nobody has pressed the button yet."""
    stand = Stand(draft__get={"news_item": [stored()]})

    assert stand.perform("await_person", order(given=HAND)).outcome is Outcome.PENDING


def test_a_draft_published_by_a_person_is_recognised() -> None:
    """The walk ends with the address the public has."""
    stand = Stand(
        draft__get=GONE,
        freepublish__batchget=listed(),
        freepublish__getarticle={"news_item": [stored()]},
    )

    done = stand.perform("await_person", order(given=HAND))

    assert done.outcome is Outcome.DONE
    assert done.evidence["platform_post_id"] == "ARTICLE-1"


def test_a_publication_that_cannot_be_compared_counts_and_says_so() -> None:
    """The day's calls are spent; it is out all the same."""
    stand = Stand(
        draft__get=GONE,
        freepublish__batchget=listed(),
        freepublish__getarticle=refusal(45009),
    )

    done = stand.perform("await_person", order(given=HAND))

    assert done.outcome is Outcome.DONE
    assert done.evidence["not_compared"] == "45009"


@pytest.mark.parametrize(
    "public",
    [stored(title="关于优化办事时间的通告"), stored(content="<p>正文改了</p>")],
    ids=["title", "text"],
)
def test_a_publication_that_was_changed_on_the_way_is_told_with_both_texts(
    public: dict[str, object],
) -> None:
    """Nobody saw the edit in the box; the public reads it. Told once, then it counts."""
    stand = Stand(
        draft__get=GONE,
        freepublish__batchget=listed(
            content={"news_item": [public | {"url": "http://mp.weixin.qq.com/s?a=1"}]}
        ),
        freepublish__getarticle={"news_item": [public]},
    )

    with pytest.raises(NotAsApproved) as changed:
        stand.perform("await_person", order(given=HAND))

    said = changed.value.explanation.cause
    accepted = stand.perform("await_person", order(changed.value.evidence, given=HAND))
    assert "批准的是" in said
    assert "http://mp.weixin.qq.com/s?a=1" in said
    assert accepted.outcome is Outcome.DONE


def test_what_an_event_points_at_is_ours_when_its_page_shows_our_title() -> None:
    """Mass-sent by hand: in no list, but its event named addresses; of several, ours is found."""
    stand = Stand(
        draft__get=GONE,
        freepublish__batchget=EMPTY,
        **{"/other": httpx.Response(200, html="别的文章"), "/s": httpx.Response(200, html=TITLE)},
    )
    hints = "http://mp.weixin.qq.com/other\n\nhttp://mp.weixin.qq.com/s"

    done = stand.perform("await_person", order({"hinted_urls": hints}, given=HAND))

    assert done.outcome is Outcome.DONE
    assert done.evidence["urls"] == "http://mp.weixin.qq.com/s"


def test_a_vanished_draft_is_asked_about_only_after_ten_minutes() -> None:
    """The list of published articles lags behind the draft box."""
    stand = Stand(draft__get=GONE, freepublish__batchget=EMPTY)
    first = stand.perform("await_person", order(given=HAND))
    stand.clock.pass_seconds(599)
    second = stand.perform("await_person", order(first.evidence, given=HAND))
    stand.clock.pass_seconds(2)

    with pytest.raises(TargetGone) as gone:
        stand.perform("await_person", order(first.evidence, given=HAND))

    assert (first.outcome, second.outcome) == (Outcome.PENDING, Outcome.PENDING)
    assert gone.value.explanation.cause.endswith("可能已被删除")


def test_an_account_that_may_not_list_articles_asks_a_person() -> None:
    """Unverified accounts can draft, but not read what is published."""
    stand = Stand(draft__get=GONE, freepublish__batchget=refusal(48001))

    with pytest.raises(NotPermitted) as refused:
        stand.perform("await_person", order(given=HAND))

    assert "登记文章链接" in refused.value.explanation.next_step


@pytest.mark.parametrize(
    ("page", "outcome"),
    [
        (httpx.Response(200, html=f"<h1>{TITLE}</h1>"), Outcome.DONE),
        (httpx.Response(200, html="<h1>关于优化办事&#26102;间的 通知</h1>"), Outcome.DONE),
        (httpx.Response(200, html="<h1>参数错误</h1>"), Outcome.PENDING),
        (httpx.Response(404, html=f"<h1>{TITLE}</h1>"), Outcome.PENDING),
        (httpx.ReadTimeout("silence"), Outcome.PENDING),
    ],
    ids=["shown", "escaped", "another page", "missing", "time-out"],
)
def test_an_article_is_seen_when_its_page_shows_its_title(
    page: httpx.Response | Exception, outcome: Outcome
) -> None:
    """As a reader would see it, over https, without any token."""
    stand = Stand(**{"/s": page})

    result = stand.perform("see_live", order({"urls": "http://mp.weixin.qq.com/s?sn=1"}))

    (asked,) = stand.platform.requests
    assert result.outcome is outcome
    assert str(asked.url) == "https://mp.weixin.qq.com/s?sn=1"


def test_without_an_address_the_walk_ends_saying_so() -> None:
    """A mass send whose event was lost has none."""
    seen = Stand().perform("see_live", order(given=access(Mode.MASS)))

    assert seen.outcome is Outcome.DONE
    assert seen.evidence == {"seen": "no address given by the platform"}
