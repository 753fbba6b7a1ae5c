"""Customer-service messages: windows and allowances."""

import pytest

from tests.unit.sandbox.wechat.desk import FAN


def send(desk, openid=FAN, **changes):
    body = {"touser": openid, "msgtype": "text", "text": {"content": "答复"}, **changes}
    return desk.post("message/custom/send", body)["errcode"]


def test_a_message_allows_five_answers_within_two_days(desk):
    """45047 for the sixth; a new message renews the allowance; 45015 after 48 hours."""
    desk.act("follower_writes", openid=FAN, text="问")
    assert [send(desk) for _ in range(6)] == [0] * 5 + [45047]

    desk.act("follower_writes", openid=FAN, text="再问")
    assert send(desk) == 0
    desk.wait(48 * 3600)
    desk._token = ""
    assert send(desk) == 45015


def test_a_tap_on_the_menu_allows_three_within_a_minute(desk):
    """A click opens a short window only."""
    desk.act("follower_clicks", openid=FAN, key="QA")
    assert [send(desk) for _ in range(4)] == [0, 0, 0, 45047]

    desk.wait(60)

    assert send(desk) == 45015


def test_nobody_can_be_written_to_unasked(desk):
    """45015 without an interaction or after leaving, 40003 for a stranger."""
    assert send(desk) == 45015
    assert send(desk, "oStranger") == 40003
    desk.act("follower_writes", openid=FAN, text="问")
    desk.act("follower_unsubscribes", openid=FAN)
    assert send(desk) == 45015


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        pytest.param({"text": {"content": ""}}, 44004, id="empty"),
        pytest.param({"text": {"content": ["问"]}}, 44004, id="no text"),
        pytest.param({"text": {"content": "答" * 683}}, 45002, id="over 2,048 bytes"),
        pytest.param({"msgtype": "film", "film": {}}, 40008, id="type"),
        pytest.param({"msgtype": "image", "image": {"media_id": "no"}}, 40007, id="picture"),
        pytest.param({"msgtype": "news", "news": {"articles": [{}, {}]}}, 45008, id="two articles"),
        pytest.param(
            {"msgtype": "news", "news": {"articles": [{"title": "指南", "url": "指南"}]}},
            40066,
            id="no link",
        ),
        pytest.param(
            {"msgtype": "mpnewsarticle", "mpnewsarticle": {"article_id": "no"}}, 53600, id="article"
        ),
    ],
)
def test_a_message_that_cannot_be_shown_is_refused_and_costs_nothing(desk, changes, code):
    """A refused message leaves the allowance as it was."""
    desk.act("follower_writes", openid=FAN, text="问")

    assert send(desk, **changes) == code
    assert desk.city()["followers"][FAN]["grants"]["message"]["left"] == 5


def test_a_follower_may_refuse_messages(desk):
    """48002 for one who switched them off, 43019 for one on the black list."""
    desk.act("follower_writes", openid=FAN, text="问")
    desk.act("follower_refuses", openid=FAN)
    assert send(desk) == 48002
    desk.act("follower_refuses", openid=FAN, refuses_messages=False, is_blacklisted=True)
    assert send(desk) == 43019


def test_typing_needs_a_fresh_interaction(desk):
    """45080 without one in 30 s, 45081 when repeated, 45072 for an unknown command."""

    def typing(command="Typing"):
        return desk.post("message/custom/typing", {"touser": FAN, "command": command})["errcode"]

    assert typing() == 45080
    desk.act("follower_writes", openid=FAN, text="问")
    assert [typing(), typing(), typing("Wait"), typing("CancelTyping")] == [0, 45081, 45072, 0]


def test_writing_to_somebody_who_left_may_say_so(make_desk):
    """By the other switch it is 43004."""
    desk = make_desk(switches={"left_follower_refusal": 43004})
    desk.act("follower_writes", openid=FAN, text="问")
    desk.act("follower_unsubscribes", openid=FAN)

    assert send(desk) == 43004


def test_a_follower_sees_the_conversation(desk):
    """Words and cards, from both sides, on a page the home page leads to."""
    desk.act("follower_writes", openid=FAN, text="补贴怎么申请")
    send(desk)
    card = {"title": "办事指南", "description": "", "url": "https://www.yunling.example/1"}
    send(desk, msgtype="news", news={"articles": [card]})

    home, page = (desk.request("GET", path).text for path in ("/", f"/followers/city/{FAN}"))

    assert f"/followers/city/{FAN}" in home
    for words in ("补贴怎么申请", "答复", "办事指南", card["url"], "客服消息"):
        assert words in page
    assert desk.request("GET", "/followers/city/nobody").status_code == 404
