"""Reading comments and mentions: nothing twice, nothing lost, as few calls as it can be done in."""

from datetime import timedelta
from typing import Any

import pytest

from bot.domain import errors as tree
from bot.domain.replies.reply import Channel, ReplyKind
from bot.platforms.weibo.addresses import id_at
from tests.factories import NOW, after
from tests.unit.platforms.weibo.inbox import (
    ASKER,
    COUNTED,
    FRESH,
    NEW,
    SWEPT,
    comment,
    comments,
    drain,
    mentions,
    page_of,
    paths,
    requests,
    round_of,
    unread,
)
from tests.unit.platforms.weibo.stand import MID, UID, access, refusal, stand, status


def test_a_quiet_inbox_costs_one_call() -> None:
    """100 a day must last for everything."""
    at = stand(unread_count=unread())

    found, _ = drain(at, SWEPT)

    assert found == []
    assert paths(at) == ["remind/unread_count"]
    assert requests(at)[0].url.host == "rm.api.weibo.com"
    assert at.ledger.spent == [("weibo_user_day", False)]


def test_only_the_streams_with_something_new_are_read() -> None:
    """Comments first."""
    at = stand(unread_count=unread(cmt=1), to_me=comments(comment(NEW)))

    found, cursor = drain(at, SWEPT)

    assert [one.key for one in found] == [f"comment:{NEW}"]
    assert paths(at) == ["remind/unread_count", "comments/to_me"]
    assert cursor["comments_to_me.since"] == str(NEW)


def test_every_eight_hours_all_streams_are_read_whatever_the_counters_say() -> None:
    """Somebody reading on the web page sets them to nothing."""
    at = stand(
        statuses_mentions=mentions(),
        comments_mentions=comments(),
        to_me=comments(comment(NEW)),
    )

    first, cursor = drain(at, {})
    at.clock.moment = NOW + timedelta(hours=8)
    drain(at, cursor)

    assert len(first) == 1
    assert paths(at)[:3] == ["comments/to_me", "statuses/mentions", "comments/mentions"]
    assert "remind/unread_count" not in paths(at)


def test_a_comment_keeps_everything_that_is_needed_to_answer_it() -> None:
    """Who, what, when, under which post, and the platform's own words."""
    at = stand(to_me=comments(comment(NEW, "A &amp; B")))

    (said,) = page_of(at, "comments_to_me").incoming

    assert (said.channel, said.kind) == (Channel.WEIBO_COMMENT, ReplyKind.COMMENT)
    assert (said.sender, said.sender_name, said.recipient) == ("2900000002", "市民甲", UID)
    assert (said.text, said.target, said.platform_id) == ("A & B", MID, str(NEW))
    assert said.said_at == after(-60)
    assert "A &amp; B" in said.raw


def test_mentions_are_told_apart_from_comments() -> None:
    """A comment that names us has the key it has among the comments too: one thing said once."""
    at = stand(
        statuses_mentions=mentions(status("77", "路灯坏了 @示例市发布", user=ASKER)),
        comments_mentions=comments(comment(NEW)),
    )

    (post,) = page_of(at, "mentions").incoming
    (named,) = page_of(at, "comment_mentions").incoming

    assert (post.key, post.kind, post.target) == ("mention:77", ReplyKind.MENTION, "77")
    assert (named.key, named.channel) == (f"comment:{NEW}", Channel.WEIBO_MENTION)


@pytest.mark.parametrize(
    "changes",
    [{"user": None}, {"user": {"screen_name": ""}}, {"status": None}, {"status": {"deleted": "1"}}],
)
def test_deleted_authors_and_posts_do_not_stop_the_stream(changes: dict[str, Any]) -> None:
    """What is left of them is kept."""
    at = stand(to_me=comments(comment(NEW, **changes)))

    (said,) = page_of(at, "comments_to_me").incoming

    assert said.key == f"comment:{NEW}"
    assert "" in (said.sender, said.target)


def test_pages_are_followed_back_to_the_high_water_mark() -> None:
    """The mark moves only when the pass is complete, and nothing is lost in between."""
    at = stand(
        unread_count=unread(cmt=3),
        to_me=[
            comments(comment(NEW + 3), comment(NEW + 2), next_cursor=NEW + 1),
            comments(comment(NEW + 1), next_cursor=0),
        ],
    )

    found, cursor = drain(at, SWEPT | {"comments_to_me.since": str(NEW)})

    asked = [request.url.params for request in requests(at)[1:]]
    assert [one.platform_id for one in found] == [str(NEW + 3), str(NEW + 2), str(NEW + 1)]
    assert [params["max_id"] for params in asked] == ["0", str(NEW + 1)]
    assert {params["since_id"] for params in asked} == {str(NEW - (3600 << 22))}
    assert cursor["comments_to_me.since"] == str(NEW + 3)


def test_a_pass_that_fails_midway_goes_on_where_it_stood() -> None:
    """The cursor stays; the newest id seen is not forgotten."""
    at = stand(
        unread_count=unread(cmt=9),
        to_me=[
            comments(comment(NEW + 3), next_cursor=NEW + 2),
            refusal(10001),
            comments(comment(NEW + 2)),
        ],
    )
    collector = at.collector

    cursor = collector.read(access(), "inbox", SWEPT).cursor
    cursor = collector.read(access(), "inbox", cursor).cursor
    with pytest.raises(tree.PlatformUnavailable):
        collector.read(access(), "inbox", cursor)
    found, cursor = drain(at, dict(cursor))

    assert [one.platform_id for one in found] == [str(NEW + 2)]
    assert cursor["comments_to_me.since"] == str(NEW + 3)


@pytest.mark.parametrize(
    "odd",
    [comments(comment(NEW), next_cursor=NEW), comments(next_cursor=NEW)],
    ids=["the same page again and again", "an empty page with a next one"],
)
def test_a_cursor_that_does_not_move_ends_the_pass(odd: dict[str, Any]) -> None:
    """The day's calls are not spent in a circle."""
    at = stand(unread_count=unread(cmt=1), to_me=odd)

    drain(at, SWEPT)

    assert len(requests(at)) <= 3


def test_the_first_reading_reaches_back_three_days() -> None:
    """Not through the whole history of the account."""
    at = stand(to_me=comments())

    page = page_of(at, "comments_to_me")

    reach = int(requests(at)[0].url.params["since_id"])
    assert reach == id_at(NOW - timedelta(days=3, hours=1))
    assert int(page.cursor["comments_to_me.since"]) == id_at(NOW - timedelta(days=3))


def test_a_stream_the_app_may_not_read_does_not_block_the_others() -> None:
    """The cursor says which and why; the next sweep tries again."""
    at = stand(
        to_me=refusal(10014),
        statuses_mentions=mentions(status("77", user=ASKER)),
        comments_mentions=comments(),
    )

    found, cursor = drain(at, {})

    assert [one.key for one in found] == ["mention:77"]
    assert cursor["refused.comments_to_me"] == "10014"


def test_closed_counters_mean_that_every_stream_is_read() -> None:
    """21701 is no reason to miss a comment."""
    at = stand(
        unread_count=refusal(21701),
        to_me=comments(),
        statuses_mentions=mentions(),
        comments_mentions=comments(),
    )

    drain(at, SWEPT)

    assert len(requests(at)) == 4


def test_our_own_words_are_not_followers_words() -> None:
    """Neither in the inbox nor under a post; the pass goes over them all the same."""
    ours = {"id": int(UID), "idstr": UID, "screen_name": "示例市发布"}
    at = stand(to_me=comments(comment(NEW + 1, user=ours), comment(NEW)))

    page = page_of(at, "comments_to_me")

    assert [one.key for one in page.incoming] == [f"comment:{NEW}"]
    assert page.cursor["comments_to_me.since"] == str(NEW + 1)


def test_under_a_new_post_comments_are_read_without_asking_first() -> None:
    """Somebody is likely to have written; after three such rounds the counters are asked again,
    for the sake of mentions."""
    at = stand(unread_count=unread(), to_me=comments())
    cursor = COUNTED | {f"count.{MID}": "0"}

    for _ in range(4):
        _, cursor = round_of(at, cursor, FRESH)

    assert paths(at) == [*["comments/to_me"] * 3, "remind/unread_count"]
