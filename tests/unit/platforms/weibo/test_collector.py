"""Collecting comments and mentions within the day's budget."""

from datetime import timedelta
from typing import Any

import httpx
import pytest

from bot.domain import errors as tree
from bot.domain.accounts.budgets import Purpose
from bot.domain.replies.reply import Channel, Incoming, ReplyKind
from bot.platforms.weibo.addresses import id_at
from bot.platforms.weibo.inbox_cursor import InboxCursor, StreamCursor, UnderPost
from bot.platforms.weibo.inbox_rounds import worth_reading_under
from bot.ports.platform import CollectedPage, LivePost
from bot.ports.tokens import PlatformToken
from tests.factories import NOW, after
from tests.unit.platforms.weibo.stand import (
    MID,
    UID,
    Ledger,
    Stand,
    access,
    refusal,
    stand,
    status,
    weibo_moment,
)

NEW = id_at(NOW)
SWEPT = {"swept_at": NOW.isoformat()}
ASKER = {"id": 2900000002, "idstr": "2900000002", "screen_name": "市民甲", "followers": "1.2万"}


def comment(an_id: int, text: str = "个体户适用吗？", **more: Any) -> dict[str, Any]:
    body = {
        "created_at": weibo_moment(after(-60)),
        "id": an_id,
        "text": text,
        "user": ASKER,
        "status": {"id": int(MID), "idstr": MID},
    }
    return {k: v for k, v in (body | more).items() if v is not None}


def comments(*items: dict[str, Any], next_cursor: int = 0) -> dict[str, Any]:
    return {"comments": list(items), "next_cursor": next_cursor, "total_number": len(items)}


def mentions(*items: dict[str, Any]) -> dict[str, Any]:
    return {"statuses": list(items), "next_cursor": 0}


def unread(cmt: int = 0, mention_status: int = 0, mention_cmt: int = 0) -> dict[str, int]:
    return {"cmt": cmt, "mention_status": mention_status, "mention_cmt": mention_cmt, "dm": 1}


def drain(at: Stand, cursor: dict[str, str]) -> tuple[list[Incoming], dict[str, str]]:
    """Read the inbox until nothing more waits, as the caller does."""
    found: list[Incoming] = []
    for _ in range(50):
        page = at.collector.read(access(), "inbox", cursor)
        found += page.incoming
        cursor = dict(page.cursor)
        if not page.more:
            return found, cursor
    raise AssertionError("the inbox never ends")


def page_of(at: Stand, stream: str) -> CollectedPage:
    """One page of one stream."""
    return at.collector.read(access(), "inbox", SWEPT | {"todo": stream})


def paths(at: Stand) -> list[str]:
    return [request.url.path.removeprefix("/2/").removesuffix(".json") for request in requests(at)]


def requests(at: Stand) -> list[httpx.Request]:
    return at.platform.requests


def test_one_stream_stands_for_the_whole_inbox_once_somebody_said_why_it_is_kept() -> None:
    """Because one cheap call tells which streams have something new; the token is asked about
    in any case."""
    allowed = access(collecting_basis="合同 7 号").account

    assert stand().collector.streams(allowed, ()) == ("authorisation", "inbox")
    assert stand().collector.streams(access().account, ()) == ("authorisation",)


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


def test_an_app_that_may_read_nothing_says_so() -> None:
    """It is an error, not an empty inbox."""
    at = stand(to_me=refusal(10014), mentions=refusal(10014))

    with pytest.raises(tree.NotPermitted):
        drain(at, {})


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


def test_collecting_leaves_the_reserve_to_publishing() -> None:
    """At 80 calls of the day it stops until midnight."""
    at = stand(unread_count=unread())
    at.ledger = Ledger(already=80)

    with pytest.raises(tree.RateLimited):
        at.collector.read(access(), "inbox", SWEPT)

    assert requests(at) == []


LIVE = LivePost("pst_1", {"platform_post_id": MID}, after(-4 * 3600))
FRESH = LivePost("pst_1", {"platform_post_id": MID}, after(-3600))
COUNTED = SWEPT | {"counted_at": NOW.isoformat(), "seen_at": NOW.isoformat()}


def round_of(at: Stand, cursor: dict[str, str], *live: LivePost) -> tuple[Any, dict[str, str]]:
    """A whole round with these posts live: every page of it, and the cursor after it."""
    pages = []
    for _ in range(50):
        pages.append(at.collector.read(access(), "inbox", cursor, live=live))
        cursor = dict(pages[-1].cursor)
        if not pages[-1].more:
            return pages, cursor
    raise AssertionError("the round never ends")


def counts(number: int, mid: str = MID) -> list[dict[str, int]]:
    return [{"id": int(mid), "comments": number, "reposts": 0, "attitudes": 0}]


def test_a_comment_approved_late_is_found_by_counting_although_its_id_is_old() -> None:
    """It was written before everything that has been read; nothing else would show it."""
    old = id_at(NOW - timedelta(days=2))
    at = stand(
        unread_count=unread(),
        count=httpx.Response(200, json=counts(2)),
        comments_show=comments(comment(NEW), comment(old, "精选后才显示")),
        user_timeline={"statuses": []},
    )
    known = SWEPT | {f"count.{MID}": "1", "comments_to_me.since": str(NEW)}

    pages, cursor = round_of(at, known, LIVE)

    found = {one.key for page in pages for one in page.incoming}
    assert found == {f"comment:{NEW}", f"comment:{old}"}
    assert cursor[f"count.{MID}"] == "2"
    assert at.ledger.purposes == [
        Purpose.PROBING,
        Purpose.PROBING,
        Purpose.VERIFYING,
        Purpose.SWEEPING,
    ]


def test_comments_that_were_read_already_cause_no_second_reading() -> None:
    """What came through the inbox is counted with what the platform counts."""
    at = stand(
        unread_count=unread(cmt=1),
        to_me=comments(comment(NEW)),
        count=httpx.Response(200, json=counts(4)),
    )
    known = SWEPT | {f"count.{MID}": "3", "seen_at": NOW.isoformat()}

    round_of(at, known, LIVE)

    assert paths(at) == ["remind/unread_count", "comments/to_me", "statuses/count"]


def test_all_pages_under_a_post_are_read_up_to_a_limit() -> None:
    """From the newest back; then the round ends whatever the platform says."""
    page_after = [comments(comment(NEW - n), next_cursor=NEW - n - 1) for n in range(12)]
    at = stand(comments_show=page_after)

    pages, cursor = round_of(at, COUNTED | {"todo": f"under:{MID}"}, LIVE)

    assert len(pages) == 8
    assert [r.url.params["max_id"] for r in requests(at)] == [
        "0",
        *(str(NEW - n) for n in range(1, 8)),
    ]
    assert "under_pages" not in cursor


def test_our_own_words_are_not_followers_words() -> None:
    """Neither in the inbox nor under a post; the pass goes over them all the same."""
    ours = {"id": int(UID), "idstr": UID, "screen_name": "示例市发布"}
    at = stand(to_me=comments(comment(NEW + 1, user=ours), comment(NEW)))

    page = page_of(at, "comments_to_me")

    assert [one.key for one in page.incoming] == [f"comment:{NEW}"]
    assert page.cursor["comments_to_me.since"] == str(NEW + 1)


def test_a_post_that_is_counted_no_more_has_vanished() -> None:
    """Deleted on the web page, or by the platform."""
    other = LivePost("pst_2", {"platform_post_id": "77"}, after(-4 * 3600))
    at = stand(unread_count=unread(), count=httpx.Response(200, json=counts(0)))

    pages, _ = round_of(at, SWEPT | {"seen_at": NOW.isoformat()}, LIVE, other)

    assert [one.post_id for page in pages for one in page.vanished] == ["pst_2"]


@pytest.mark.parametrize("mark", [{"state": 1}, {"deleted": "1"}, {"visible": {"type": 1}}])
def test_a_post_that_the_platform_hid_later_has_vanished(mark: dict[str, Any]) -> None:
    """Seen a while after its publication, by one look at our newest posts."""
    at = stand(
        unread_count=unread(),
        user_timeline={"statuses": [status(**mark), status("88")]},
        count=httpx.Response(200, json=counts(0)),
    )

    pages, cursor = round_of(at, SWEPT, LIVE)
    again, _ = round_of(at, cursor, LIVE)

    vanished = [one for page in pages for one in page.vanished]
    assert [one.post_id for one in vanished] == ["pst_1"]
    assert "隐藏" in vanished[0].how
    assert paths(at).count("statuses/user_timeline") == 1
    assert not any(page.vanished for page in again)


def test_nothing_is_counted_at_night_nor_without_posts() -> None:
    """And an app that may not count reads its inbox all the same."""
    at = stand(unread_count=unread(), count=refusal(10014))
    at.clock.moment = NOW.replace(hour=18)

    tonight = at.clock.moment.isoformat()

    round_of(at, {"swept_at": tonight, "seen_at": tonight}, LIVE)
    at.clock.moment = NOW
    round_of(at, SWEPT, *())
    _, cursor = round_of(at, SWEPT | {"seen_at": NOW.isoformat()}, LIVE)

    assert paths(at).count("statuses/count") == 1
    assert cursor["todo"] == ""


def test_the_token_is_asked_about_once_a_day() -> None:
    """Its end is kept where the board reads it; the call may use the reserve."""
    facts = {"uid": int(UID), "appkey": 1000000001, "expire_in": 86_400 * 3}
    at = stand(get_token_info=facts)
    at.ledger = Ledger(already=90)

    page = at.collector.read(access(), "authorisation", {})
    again = at.collector.read(access(), "authorisation", page.cursor)
    at.clock.moment = NOW + timedelta(hours=24)
    at.collector.read(access(), "authorisation", again.cursor)

    assert at.tokens.token is not None
    assert at.tokens.token.expires_at == NOW + timedelta(days=4)
    assert at.ledger.purposes == [Purpose.AUTHORISING, Purpose.AUTHORISING]


def test_an_expired_token_is_noticed_by_the_daily_question() -> None:
    """The platform's word becomes an error that stops the account."""
    at = stand(get_token_info=refusal(21327))
    at.tokens.token = PlatformToken("2.00stored", expires_at=after(60), fetched_at=NOW)

    with pytest.raises(tree.CredentialExpired):
        at.collector.read(access(), "authorisation", {})


def test_the_next_visit_follows_the_calls_that_are_left() -> None:
    """Soon after a post, hours later at night; a fixed interval goes before all."""
    at, rich = stand(), access(collecting_basis="x").account
    fixed = access(collecting_basis="x", collect_seconds="2").account
    at.ledger = Ledger(already=20)

    calm = at.collector.next_visit(rich, now=NOW, posts=[])
    soon = at.collector.next_visit(rich, now=NOW, posts=[after(-60)])
    at.ledger = Ledger(already=75)
    spent = at.collector.next_visit(rich, now=NOW, posts=[])

    assert at.collector.next_visit(fixed, now=NOW, posts=[]) == after(2)
    assert NOW < soon < calm < spent
    assert at.collector.next_visit(access().account, now=NOW, posts=[]) == after(6 * 3600)


def test_under_a_new_post_comments_are_read_without_asking_first() -> None:
    """Somebody is likely to have written; after three such rounds the counters are asked again,
    for the sake of mentions."""
    at = stand(unread_count=unread(), to_me=comments())
    cursor = COUNTED | {f"count.{MID}": "0"}

    for _ in range(4):
        _, cursor = round_of(at, cursor, FRESH)

    assert paths(at) == [*["comments/to_me"] * 3, "remind/unread_count"]


@pytest.mark.parametrize(
    ("count", "known", "read_hours_ago", "is_read"),
    [
        (40, 39, 1, True),
        (300, 299, 1, False),
        (300, 290, 1, True),
        (300, 299, 5, True),
        (300, 299, None, True),
        (40, 40, None, False),
        (39, 40, None, False),
    ],
    ids=["one page", "one of many", "many of many", "has waited", "never", "none", "deleted"],
)
def test_comments_under_a_post_are_read_when_that_is_worth_its_calls(
    count: int, known: int, read_hours_ago: float | None, is_read: bool
) -> None:
    """One that was approved late waits for others where reading costs several calls; what we do
    not know of is remembered until then."""
    read_at = {} if read_hours_ago is None else {MID: after(-3600 * read_hours_ago)}
    inbox = InboxCursor(counts={MID: known}, under_at=read_at)

    assert worth_reading_under(inbox, {MID: count}, NOW) == ([MID] if is_read else [])


def test_a_comment_the_platform_had_counted_is_not_counted_again() -> None:
    """Else it would hide one that is approved late."""
    early = comment(NEW, created_at=weibo_moment(after(-120)))
    late = comment(NEW + 1, created_at=weibo_moment(after(60)))
    at = stand(to_me=comments(late, early))
    cursor = COUNTED | {"todo": "comments_to_me", f"count.{MID}": "5"}

    page = at.collector.read(access(), "inbox", cursor)

    assert page.cursor[f"count.{MID}"] == "6"
    assert len(page.incoming) == 2


def test_the_cursor_survives_being_stored() -> None:
    """Every part of it."""
    inbox = InboxCursor(
        streams={"mentions": StreamCursor(7, 5, 9)},
        todo=("mentions", "under:77"),
        swept_at=NOW,
        counted_at=after(1),
        seen_at=after(2),
        refused={"comments_to_me": "10014"},
        counts={"77": 3},
        under=UnderPost(2, 60),
        under_at={"77": after(3)},
        straight=2,
    )

    assert InboxCursor.parse(inbox.fields()) == inbox
    assert InboxCursor.parse(InboxCursor().fields()) == InboxCursor()
