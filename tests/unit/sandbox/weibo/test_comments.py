"""Comments and mentions: writing, collecting, paging."""

from typing import Any

import pytest

from bot.sandbox.weibo.comments import announce, arrive
from bot.sandbox.weibo.records import Comment
from tests.unit.sandbox.weibo.stand import CITIZEN, UID, Stand, make_stand

TO_ME = "/2/comments/to_me.json"


def comment(stand: Stand, text: str = "请问个体户适用吗？", **changes: Any) -> Comment:
    """A citizen's comment under the newest post."""
    stand.world.citizen(CITIZEN, "市民甲")
    fields = {
        "id": stand.world.ids.next(),
        "status_id": stand.world.newest_of(UID).id,
        "uid": CITIZEN,
        "text": text,
        "created_at": stand.clock.now(),
    }
    made = Comment(**(fields | changes))
    arrive(stand.world, made)
    return made


def stand_with_post(**kwargs: Any) -> Stand:
    stand = make_stand(**kwargs)
    stand.share()
    return stand


def ids(body: Any) -> list[int]:
    return [one["id"] for one in body["comments"]]


def test_the_inbox_holds_what_others_wrote() -> None:
    """to_me lacks the account's own comment, by_me the citizen's, timeline has both."""
    stand = stand_with_post()
    theirs = comment(stand)
    post = stand.world.newest_of(UID).id
    mine = stand.post("/2/comments/create.json", id=post, comment="感谢关注")

    assert ids(stand.get(TO_ME)) == [theirs.id]
    assert ids(stand.get("/2/comments/by_me.json")) == [mine["id"]]
    assert set(ids(stand.get("/2/comments/timeline.json"))) == {theirs.id, mine["id"]}
    assert ids(stand.get("/2/comments/show.json", id=post)) == [mine["id"], theirs.id]


def test_pages_follow_the_cursor_and_overlap_at_max_id() -> None:
    """max_id is inclusive, since_id is not, next_cursor is the next max_id."""
    stand = stand_with_post()
    made = [comment(stand, f"问题{number}").id for number in range(5)]

    first = stand.get(TO_ME, count=2)
    second = stand.get(TO_ME, count=2, max_id=first["next_cursor"])
    last = stand.get(TO_ME, count=2, max_id=second["next_cursor"])
    newer = stand.get(TO_ME, since_id=made[2])

    assert ids(first) == [made[4], made[3]]
    assert ids(second) == [made[2], made[1]]
    assert (ids(last), last["next_cursor"]) == ([made[0]], 0)
    assert ids(newer) == [made[4], made[3]]
    assert ids(stand.get(TO_ME, max_id=made[2], count=1)) == [made[2]]
    assert ids(stand.get(TO_ME, page=2, count=2)) == [made[2], made[1]]
    assert first["total_number"] == 5


def test_a_short_page_is_not_the_last_one() -> None:
    """Deleted comments are taken out after the cut."""
    stand = stand_with_post()
    made = [comment(stand, f"问题{number}") for number in range(4)]
    made[3].deleted = True

    body = stand.get(TO_ME, count=2)

    assert ids(body) == [made[2].id]
    assert body["next_cursor"] == made[1].id


def test_the_count_is_cut_at_fifty() -> None:
    """A client that asks for 200 gets 50 and a cursor."""
    stand = stand_with_post()
    for number in range(60):
        comment(stand, f"问题{number}")

    body = stand.get(TO_ME, count=200)

    assert len(body["comments"]) == 50
    assert body["next_cursor"] > 0


def test_a_comment_approved_late_appears_with_its_old_id() -> None:
    """A collector that only looks above its high-water mark never sees it."""
    stand = stand_with_post()
    waiting = comment(stand, "待精选", approved=False)
    seen = comment(stand, "已显示")
    before = stand.get(TO_ME)
    pending = before["comments"][0]["status"]["pending_approval_count"]

    waiting.approved = True
    announce(stand.world, waiting)

    assert (ids(before), pending) == ([seen.id], 1)
    assert ids(stand.get(TO_ME, since_id=seen.id)) == []
    assert ids(stand.get(TO_ME)) == [seen.id, waiting.id]


@pytest.mark.parametrize(("switch", "has_user"), [("missing", False), ("stub", True)])
def test_a_deleted_author_leaves_a_comment_without_a_name(switch: str, has_user: bool) -> None:
    """The user key is missing or a stub; text and id stay."""
    stand = stand_with_post(deleted_author=switch)
    comment(stand)
    stand.world.users[CITIZEN].deleted = True

    one = stand.get(TO_ME)["comments"][0]

    assert ("user" in one) is has_user
    assert one.get("user", {}).get("screen_name", "") == ""


def test_texts_in_lists_are_escaped_and_strange_keys_come_along() -> None:
    """A client must unescape and must ignore what it does not know."""
    stand = stand_with_post()
    comment(stand, "<b>5>3&2</b>")

    one = stand.get(TO_ME)["comments"][0]

    assert one["text"] == "&lt;b&gt;5&gt;3&amp;2&lt;/b&gt;"
    assert "analysis_extra" in one
    assert "rid" in one["status"]


def test_an_answer_names_the_citizen_unless_told_not_to() -> None:
    """The default puts 回复@name: before the text."""
    stand = stand_with_post()
    asked = comment(stand)
    path, fields = "/2/comments/reply.json", {"id": asked.status_id, "cid": asked.id}

    named = stand.post(path, comment="适用。", **fields)
    bare = stand.post(path, comment="适用，见第五条。", without_mention=1, **fields)

    assert named["text"] == "回复@市民甲:适用。"
    assert named["reply_comment"]["id"] == asked.id
    assert bare["text"] == "适用，见第五条。"
    assert named["rootid"] == asked.id


@pytest.mark.parametrize(
    ("path", "change", "code"),
    [
        ("create", {"rip": ""}, 10017),
        ("create", {"comment": "长" * 141}, 20012),
        ("create", {"comment": " "}, 20008),
        ("create", {"id": 7}, 20101),
        ("create", {"comment": "含违规词"}, 20202),
        ("reply", {"cid": 7}, 20201),
        ("reply", {"cid": ""}, 20204),
        ("destroy", {}, 20203),
    ],
)
def test_writing_is_refused_with_the_platforms_code(
    path: str, change: dict[str, Any], code: int
) -> None:
    """Each mistake has its own code."""
    stand = stand_with_post(refused_words=[{"word": "违规词", "code": 20021}])
    asked = comment(stand)
    fields = {"id": asked.status_id, "cid": asked.id, "comment": "适用。"} | change

    assert stand.post(f"/2/comments/{path}.json", **fields)["error_code"] == code


def test_the_same_answer_twice_is_refused() -> None:
    """20019, as for posts."""
    stand = stand_with_post()
    asked = comment(stand)
    fields = {"id": asked.status_id, "cid": asked.id, "comment": "适用。"}
    stand.post("/2/comments/reply.json", **fields)

    assert stand.post("/2/comments/reply.json", **fields)["error_code"] == 20019


def test_unread_counts_tell_which_stream_is_new() -> None:
    """A comment that names the account counts in two streams; reading one resets that one."""
    stand = stand_with_post()
    comment(stand, "@示例市发布 请问个体户适用吗？")
    path = "/2/remind/unread_count.json"

    before = stand.get(path, uid=UID)
    stand.get(TO_ME)
    after = stand.get(path, uid=UID)

    assert (before["cmt"], before["mention_cmt"]) == (1, 1)
    assert (after["cmt"], after["mention_cmt"]) == (0, 1)
    assert ids(stand.get("/2/comments/mentions.json"))
    assert stand.get(path, uid=CITIZEN)["error_code"] == 21335


def test_filters_choose_by_author() -> None:
    """1 = whom the account follows, 2 = strangers, source 2 = groups only."""
    stand = stand_with_post()
    comment(stand)

    assert ids(stand.get(TO_ME, filter_by_author=1)) == []
    assert len(ids(stand.get(TO_ME, filter_by_author=2))) == 1
    assert ids(stand.get(TO_ME, filter_by_source=2)) == []
