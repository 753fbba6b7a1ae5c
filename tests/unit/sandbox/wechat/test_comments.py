"""Comments on articles: reading, electing, replying, and what is gone."""

import pytest

from tests.unit.sandbox.wechat.desk import FAN


def published(desk):
    media_id = desk.draft(need_open_comment=1)
    number = desk.post("freepublish/submit", {"media_id": media_id})["msg_data_id"]
    desk.wait(1.0)
    return number


def comment(desk, number, text="何时发放？", openid=FAN):
    act = {"msg_data_id": number, "text": text, "openid": openid}
    return desk.act("follower_comments", **act)["user_comment_id"]


def listed(desk, number, **changes):
    body = {"msg_data_id": number, "index": 0, "begin": 0, "count": 49, "type": 0, **changes}
    return desk.post("comment/list", body)


def test_comments_are_listed_elected_and_answered(desk):
    """A reply and an election show in the list; each comment takes one reply."""
    number = published(desk)
    first, second = comment(desk, number), comment(desk, number, "写得清楚", openid="")
    asked = {"msg_data_id": number, "index": 0, "user_comment_id": first}

    assert desk.post("comment/reply/add", {**asked, "content": "下月"})["errcode"] == 0
    assert desk.post("comment/markelect", asked)["errcode"] == 0

    one, other = listed(desk, number)["comment"]
    assert (one["reply"]["content"], one["comment_type"]) == ("下月", 1)
    assert other["user_comment_id"] == second
    assert "openid" not in other
    assert listed(desk, number, type=2)["total"] == 1
    assert desk.post("comment/reply/add", {**asked, "content": "再答"})["errcode"] == 88005


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        pytest.param({"count": 50}, 0, id="count of 50"),
        pytest.param({"count": 51}, 88010, id="count of 51"),
        pytest.param({"count": 0}, 88010, id="count of 0"),
        pytest.param({"msg_data_id": 1}, 88001, id="unknown article"),
        pytest.param({"index": 1}, 88001, id="index counts from 0"),
    ],
)
def test_a_list_call_is_held_to_its_range(desk, changes, code):
    """Pages and articles outside the range have their numbers."""
    assert listed(desk, published(desk), **changes)["errcode"] == code


def test_a_comment_its_writer_deleted_is_gone(desk):
    """88004 for a comment taken back, 88008 for one that never was."""
    number = published(desk)
    gone = comment(desk, number)
    desk.act("follower_deletes_comment", msg_data_id=number, user_comment_id=gone)

    def reply(user_comment_id):
        body = {"msg_data_id": number, "user_comment_id": user_comment_id, "content": "答"}
        return desk.post("comment/reply/add", body)["errcode"]

    assert (reply(gone), reply(99)) == (88004, 88008)
    assert listed(desk, number)["total"] == 0


def test_published_articles_may_have_no_comments(make_desk):
    """By the other switch, articles that were not mass-sent answer 88001."""
    desk = make_desk(switches={"comments_for_published": False})

    assert listed(desk, published(desk))["errcode"] == 88001


def test_without_the_privilege_there_are_no_comments(make_desk):
    """88000 for every comment call."""
    desk = make_desk(comment_privilege=False)

    assert listed(desk, 1)["errcode"] == 88000


def test_the_old_shape_has_strings_and_a_list(make_desk):
    """By the other switch numbers are strings and the reply stands in a list."""
    desk = make_desk(switches={"reply_shape": "array"})
    number = published(desk)
    asked = {"msg_data_id": number, "user_comment_id": comment(desk, number)}
    desk.post("comment/reply/add", {**asked, "content": "下月"})

    (one,) = listed(desk, number)["comment"]

    assert one["user_comment_id"] == "1"
    assert one["reply"][0]["content"] == "下月"


def test_nobody_comments_where_comments_are_closed(desk):
    """Closing an article's comments stops readers, opening lets them again."""
    number = published(desk)
    body = {"msg_data_id": number, "index": 0}
    desk.post("comment/close", body)
    act = {"msg_data_id": number, "text": "还有吗"}

    assert "closed" in desk.act("follower_comments", **act)["error"]
    desk.post("comment/open", body)
    assert desk.act("follower_comments", **act) == {"user_comment_id": 1}


def test_an_editor_answers_by_hand(desk):
    """In the console, where words can be changed and taken away again."""
    number = published(desk)
    asked = {"msg_data_id": number, "user_comment_id": comment(desk, number)}

    desk.act("editor_answers_comment", **asked, text="请看办事指南")
    answered = listed(desk, number)["comment"][0]["reply"]["content"]
    desk.act("editor_answers_comment", **asked)

    assert answered == "请看办事指南"
    assert "reply" not in listed(desk, number)["comment"][0]
    assert "error" in desk.act("editor_answers_comment", **asked | {"user_comment_id": 99})
