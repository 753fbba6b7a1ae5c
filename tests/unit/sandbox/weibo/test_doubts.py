"""The switches of what nobody has confirmed: each answers both ways."""

from typing import Any

import pytest

from bot.sandbox.weibo.calls import Call
from bot.sandbox.weibo.dispatch import dispatch
from bot.sandbox.weibo.letters import Letter, deliver
from tests.unit.sandbox.weibo.stand import CITIZEN, UID, Stand, make_stand
from tests.unit.sandbox.weibo.test_comments import comment, stand_with_post

HOUR = 3600


def spent(at: Stand) -> Stand:
    """The calls of the day are used up."""
    while at.code_of(at.get("/2/account/get_uid.json")) == 0:
        pass
    return at


@pytest.mark.parametrize(
    ("rule", "fresh_after_hours"), [("beijing", 12), ("utc", 20), ("rolling", 24)]
)
def test_a_new_day_begins_where_the_switch_says(rule: str, fresh_after_hours: int) -> None:
    """It is noon in Beijing when the calls are spent."""
    at = spent(make_stand(day_begins=rule))

    at.clock.shift(fresh_after_hours * HOUR - 60)
    before = at.get("/2/account/get_uid.json")
    at.clock.shift(120)
    after = at.get("/2/account/get_uid.json")

    assert (at.code_of(before), at.code_of(after)) == (10023, 0)


@pytest.mark.parametrize("code", [20019, 20017, 20111])
def test_a_repeated_text_is_refused_with_the_code_of_the_switch(code: int) -> None:
    """Three are documented for much the same."""
    at = make_stand(dedup_code=code)
    at.share()

    assert at.code_of(at.share()) == code


def test_pages_may_overlap() -> None:
    """The next one then begins with the last item of this one; none is left out."""
    at = stand_with_post(page_overlap=True)
    made = [comment(at, f"第{number}问").id for number in range(5)]
    seen: list[int] = []
    max_id = 0
    for _ in range(9):
        body = at.get("/2/comments/to_me.json", count=2, max_id=max_id)
        seen += [one["id"] for one in body["comments"]]
        max_id = body["next_cursor"]
        if not max_id:
            break

    assert len(seen) > 5
    assert sorted(set(seen)) == sorted(made)


def test_the_inbox_may_show_only_the_newest() -> None:
    """Older ones are under their posts all the same."""
    at = stand_with_post(inbox_cap=2)
    made = [comment(at, f"第{number}问").id for number in range(5)]

    to_me = at.get("/2/comments/to_me.json")["comments"]
    under = at.get("/2/comments/show.json", id=at.world.newest_of(UID).id)["comments"]

    assert [one["id"] for one in to_me] == made[:2:-1]
    assert len(under) == 5


def test_large_counters_may_be_words() -> None:
    """Small ones stay numbers."""
    at = make_stand(account={"followers": 12_300}, followers_as_text=True)
    at.world.citizen(CITIZEN).followers = 9_999

    assert at.get("/2/users/show.json", uid=UID)["followers_count"] == "1.2万"
    assert at.get("/2/users/show.json", uid=CITIZEN)["followers_count"] == 9_999


@pytest.mark.parametrize(
    ("rule", "keys"), [("echo", {"result", "data"}), ("bare", {"result"}), ("empty", set())]
)
def test_a_private_message_that_is_taken_is_answered_as_the_switch_says(
    rule: str, keys: set[str]
) -> None:
    """None of it is documented."""
    at = make_stand(reply_answer=rule)
    deliver(at.world, at.world.users[UID], Letter("fabu", "怎么办理？"))

    answer = at.post(
        "/2/messages/reply.json", type="text", data='{"text":"您好"}', receiver_id=CITIZEN
    )

    assert keys <= answer.keys()
    assert ("sender_id" in answer) is (rule == "echo")


def test_letters_to_everybody_may_be_limited() -> None:
    """By the day."""
    at = make_stand(sendall_a_day=1)
    wanted = {"touser": [CITIZEN], "text": {"content": "通知"}, "msgtype": "text"}

    def sent() -> Any:
        fields = {"access_token": at.token}
        path = "/2/messages/sendall.json"
        return dispatch(at.world, Call("POST", path, fields, json=wanted)).body

    first, second = sent(), sent()

    assert first["result"] is True
    assert second["errcode"] == "100002"


def test_tags_may_be_taken_out_of_an_article() -> None:
    """Their words stay."""
    at = make_stand(article_tags=["table", "td"])

    at.post(
        "/proxy/article/publish.json",
        title="题",
        content="<p>一</p><table><tr><td>二</td></tr></table>",
        cover="https://p.example/1.jpg",
        text="解读",
    )

    (article,) = at.world.articles.values()
    assert article.content == "<p>一</p><tr>二</tr>"


@pytest.mark.parametrize(("said", "code"), [("refused", 26402), ("empty", 0)])
def test_no_menu_is_refused_or_empty(said: str, code: int) -> None:
    """The page of menu/show does not tell."""
    body = make_stand(no_menu=said).get("/2/messages/menu/show.json")

    assert body.get("error_code", 0) == code
    assert not body.get("menu")
