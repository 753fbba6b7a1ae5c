"""Counting the comments of our posts: what was approved late, and which posts are gone."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import httpx
import pytest

from bot.domain.accounts.budgets import Purpose
from bot.platforms.weibo.addresses import id_at
from bot.platforms.weibo.inbox_cursor import InboxCursor, StreamCursor, UnderPost
from bot.platforms.weibo.inbox_rounds import worth_going_deeper, worth_reading_under
from bot.ports.platform import LivePost
from tests.factories import NOW, after
from tests.unit.platforms.weibo.inbox import (
    COUNTED,
    LIVE,
    NEW,
    SWEPT,
    comment,
    comments,
    counts,
    paths,
    requests,
    round_of,
    unread,
)
from tests.unit.platforms.weibo.stand import MID, access, refusal, stand, status, weibo_moment

EARLIER = after(-5 * 3600).isoformat()


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


def test_what_lies_deeper_than_one_round_is_read_by_the_next_ones() -> None:
    """The newest 200 again, then on from where the last round stopped, until the oldest has been
    read; then nothing is left to do."""
    shown = [id_at(NOW) - n for n in range(700)]

    def page(request: httpx.Request) -> httpx.Response:
        most = int(request.url.params["max_id"]) or NEW
        rest = [one for one in shown if one <= most]
        following = rest[50] if len(rest) > 50 else 0
        items = [comment(one) for one in rest[:50]]
        return httpx.Response(200, json=comments(*items, next_cursor=following))

    at = stand(comments_show=page)
    read = COUNTED | {"todo": f"under:{MID}"}

    first, after_first = round_of(at, read, LIVE)
    second, after_second = round_of(at, after_first | {"todo": f"under:{MID}"}, LIVE)
    third, after_third = round_of(at, after_second | {"todo": f"under:{MID}"}, LIVE)

    found = [{int(i.platform_id) for p in pages for i in p.incoming} for pages in (first, second)]
    assert found[0] == set(shown[:400])
    assert found[1] == {*shown[:200], *shown[400:600]}
    assert {int(i.platform_id) for p in third for i in p.incoming} >= set(shown[600:])
    assert after_first[f"deep.{MID}"] == str(shown[400])
    assert f"deep.{MID}" not in after_third


def test_one_post_at_a_time_is_read_deeper_and_not_often() -> None:
    """The day's calls stay what they are."""
    inbox = InboxCursor(
        counts={MID: 900, "77": 900},
        deep={MID: 5, "77": 5},
        under_at={MID: after(-5 * 3600), "77": after(-5 * 3600)},
    )
    rested = replace(inbox, under_at={MID: after(-3600), "77": after(-3600)})

    assert worth_going_deeper(inbox, NOW) == [MID]
    assert worth_going_deeper(rested, NOW) == []


def test_going_deeper_reads_only_what_was_not_read_yet() -> None:
    """Half a round, from where the last one stopped; counting begins it."""
    at = stand(
        to_me=comments(),
        unread_count=unread(),
        count=httpx.Response(200, json=counts(900)),
        comments_show=[comments(comment(NEW - n), next_cursor=NEW - n - 1) for n in range(9)],
    )
    known = {f"count.{MID}": "900", f"deep.{MID}": str(NEW), f"under_at.{MID}": EARLIER}

    _, cursor = round_of(at, SWEPT | {"seen_at": NOW.isoformat()} | known, LIVE)

    asked = [
        r.url.params["max_id"] for r in requests(at) if r.url.path.endswith("comments/show.json")
    ]
    assert asked == [str(NEW - n) for n in range(4)]
    assert cursor[f"deep.{MID}"] == str(NEW - 4)


def test_a_post_that_is_counted_no_more_has_vanished() -> None:
    """Deleted on the web page, or by the platform."""
    other = LivePost("pst_2", {"platform_post_id": "77"}, after(-4 * 3600))
    at = stand(unread_count=unread(), count=httpx.Response(200, json=counts(0)))

    pages, _ = round_of(at, SWEPT | {"seen_at": NOW.isoformat()}, LIVE, other)

    assert [one.post_id for page in pages for one in page.vanished] == ["pst_2"]
    assert [dict(page.counted) for page in pages if page.counted] == [{"pst_1": 0}]


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
        deep={"77": 41},
    )

    assert InboxCursor.parse(inbox.fields()) == inbox
    assert InboxCursor.parse(InboxCursor().fields()) == InboxCursor()
