"""Reading back one's own posts."""

from dataclasses import replace

from bot.sandbox.weibo.ids import base62_of_mid
from tests.unit.sandbox.weibo.stand import CITIZEN, LINK, UID, Stand, make_stand

TIMELINE = "/2/statuses/user_timeline.json"


def stand_with_posts(count: int) -> Stand:
    stand = make_stand()
    for number in range(count):
        stand.posted.append(stand.share(f"第{number}条 {LINK} ")["id"])
        stand.clock.shift(60)
    return stand


def test_only_the_newest_five_come_back_whatever_the_count() -> None:
    """A sixth post is out of sight, though counted."""
    stand = stand_with_posts(7)

    body = stand.get(TIMELINE, count=50)

    assert [one["id"] for one in body["statuses"]] == stand.posted[:1:-1]
    assert body["total_number"] == 7
    assert body["next_cursor"] == 0


def test_trim_user_leaves_the_bare_uid() -> None:
    """The user key changes its type."""
    assert stand_with_posts(1).get(TIMELINE, trim_user=1)["statuses"][0]["user"] == UID


def test_the_ids_list_holds_strings() -> None:
    """user_timeline/ids gives the same posts as strings."""
    stand = stand_with_posts(2)

    ids = stand.get("/2/statuses/user_timeline/ids.json")["statuses"]

    assert ids == [str(one) for one in reversed(stand.posted)]


def test_somebody_elses_timeline_is_refused() -> None:
    """21335."""
    assert make_stand().get(TIMELINE, uid=CITIZEN)["error_code"] == 21335


def test_a_late_post_is_nowhere_until_its_time() -> None:
    """A read-back that comes too early must not conclude that the post is absent."""
    stand = stand_with_posts(1)
    status = stand.world.statuses[stand.posted[0]]
    status.visible_at = stand.clock.now() + 90

    early = stand.get("/2/statuses/show.json", id=status.id)
    stand.clock.shift(91)
    late = stand.get("/2/statuses/show.json", id=status.id)

    assert early["error_code"] == 20101
    assert late["id"] == status.id


def test_a_hidden_post_is_still_its_authors() -> None:
    """Its author finds it with a state key, nobody else finds it."""
    stand = stand_with_posts(1)
    stand.world.statuses[stand.posted[0]].hidden = True

    assert stand.get(TIMELINE)["statuses"][0]["state"] == 1


def test_count_is_one_call_for_many_posts() -> None:
    """Unknown ids are left out, none is 20001, more than a hundred 20009."""
    stand = stand_with_posts(2)
    ids = ",".join(str(one) for one in [*stand.posted, 7])

    body = stand.get("/2/statuses/count.json", ids=ids)

    assert body == [
        {"id": one, "comments": 0, "reposts": 0, "attitudes": 0} for one in stand.posted
    ]
    assert stand.get("/2/statuses/count.json")["error_code"] == 20001
    many = ",".join(["7"] * 101)
    assert stand.get("/2/statuses/count.json", ids=many)["error_code"] == 20009


def test_a_destroyed_post_is_given_back_and_gone() -> None:
    """The second time it does not exist."""
    stand = stand_with_posts(1)

    first = stand.post("/2/statuses/destroy.json", id=stand.posted[0])
    second = stand.post("/2/statuses/destroy.json", id=stand.posted[0])

    assert first["id"] == stand.posted[0]
    assert second["error_code"] == 20101


def test_an_app_without_the_right_destroys_nothing() -> None:
    """10014, and the post stays."""
    stand = stand_with_posts(1)
    stand.world.switches = replace(stand.world.switches, destroying="closed")

    assert stand.post("/2/statuses/destroy.json", id=stand.posted[0])["error_code"] == 10014
    assert not stand.world.statuses[stand.posted[0]].deleted


def test_nobody_destroys_another_users_post() -> None:
    """20102."""
    stand = stand_with_posts(1)
    stand.world.citizen(CITIZEN)
    stand.world.statuses[stand.posted[0]].uid = CITIZEN

    assert stand.post("/2/statuses/destroy.json", id=stand.posted[0])["error_code"] == 20102


def test_mid_and_id_are_exchanged() -> None:
    """queryid undoes querymid."""
    stand = stand_with_posts(1)
    post = stand.posted[0]

    mid = stand.get("/2/statuses/querymid.json", id=post, type=1)["mid"]

    assert mid == base62_of_mid(post)
    assert stand.get("/2/statuses/queryid.json", mid=mid, type=1, isBase62=1) == {"id": str(post)}
