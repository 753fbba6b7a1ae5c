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
        pytest.param({"msgtype": "film", "film": {}}, 40008, id="type"),
        pytest.param({"msgtype": "image", "image": {"media_id": "no"}}, 40007, id="picture"),
        pytest.param({"msgtype": "news", "news": {"articles": [{}, {}]}}, 45008, id="two articles"),
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
