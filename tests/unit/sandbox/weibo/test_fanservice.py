"""Private messages: signed pushes, passive answers, and the window of active ones."""

import json
from typing import Any
from urllib.parse import quote

import pytest

from bot.sandbox.weibo.letters import EventSubtype, Letter, deliver, open_mention_window
from bot.sandbox.weibo.push import InvalidAnswer, push_of, read_answer, signature, verification
from tests.unit.sandbox.weibo.stand import CITIZEN, UID, Stand, make_stand

REPLY = "/2/messages/reply.json"
FANS = {"callback_url": "https://bot.example.gov.cn/weibo/fans"}


def write(stand: Stand, text: str = "请问怎么办理？", **changes: Any) -> Any:
    letter = Letter(account="fabu", text=text, **changes)
    return deliver(stand.world, stand.world.users[UID], letter)


def answer(stand: Stand, **changes: Any) -> Any:
    fields = {"type": "text", "receiver_id": CITIZEN, "data": '{"text": "您好，已转办。"}'}
    return stand.post(REPLY, **(fields | changes))


def passive(content: Any, **changes: Any) -> bytes:
    table = {
        "result": True,
        "sender_id": str(UID),
        "receiver_id": str(CITIZEN),
        "type": "text",
        "data": quote(json.dumps(content, ensure_ascii=False)),
    }
    return json.dumps(table | changes).encode()


ARTICLE = {
    "display_name": "办事指南",
    "summary": "",
    "image": "https://p.example.gov.cn/1.jpg",
    "url": "https://www.example.gov.cn/1",
}


def articles(change: dict[str, str]) -> dict[str, Any]:
    return {"articles": [ARTICLE | change]}


def test_the_signature_is_that_of_the_documentation() -> None:
    """The published vector."""
    assert signature("xyz123xyz", "1397022061823", "57155157") == (
        "90e4c22c90a58f26526c2dd5b6c56c8822edeaa1"
    )


def test_a_push_is_signed_json_without_a_message_id() -> None:
    """The query carries the signature; the body has exactly six keys."""
    stand = make_stand(account=FANS)
    account = stand.world.users[UID]

    outgoing = push_of(stand.world, account, write(stand)).build(1)

    assert "signature=" in outgoing.url
    assert "timestamp=1795147205000" in outgoing.url
    assert outgoing.content_type == "application/json"
    assert json.loads(outgoing.body) == {
        "type": "text",
        "receiver_id": UID,
        "sender_id": CITIZEN,
        "created_at": "Fri Nov 20 12:00:05 +0800 2026",
        "text": "请问怎么办理？",
        "data": {},
    }


def test_the_callback_address_is_checked_by_an_echo() -> None:
    """Anything but the echostr fails."""
    stand = make_stand(account=FANS)
    push = verification(stand.world, stand.world.users[UID])

    echo = push.build(1).url.rpartition("echostr=")[2]

    assert push.judge(echo.encode()).is_accepted
    assert not push.judge(b"ok").is_accepted


def test_a_passive_answer_lands_in_the_conversation() -> None:
    """An empty body is fine and says nothing; a good one is shown, a bad one noted."""
    stand = make_stand(account=FANS)
    push = push_of(stand.world, stand.world.users[UID], write(stand))

    verdicts = [push.judge(body) for body in (b"", passive({"text": "已收到。"}), b"success")]

    lines = stand.world.conversation(UID, CITIZEN).lines
    assert all(verdict.is_accepted for verdict in verdicts)
    assert [(line.kind, line.text, line.note) for line in lines[1:]] == [
        ("text", "已收到。", ""),
        ("invalid", "success", "not JSON"),
    ]


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (passive({"text": "好"}, result="true"), "result"),
        (passive({"text": "好"}, sender_id=str(CITIZEN)), "sender_id"),
        (passive({"text": "好"}, receiver_id=str(UID)), "receiver_id"),
        (passive({"text": "好"}, data='{"text": "好"}'), "percent-encoded"),
        (passive({"text": "好"}, data={"text": "好"}), "percent-encoded"),
        (passive({"text": ""}), "does not fit"),
        (passive({"text": "好"}, type="image"), "image"),
        (passive({"articles": []}, type="articles"), "does not fit"),
        (passive(articles({}) | {"articles": [ARTICLE] * 9}, type="articles"), "does not fit"),
        (passive(articles({"url": "www.example.gov.cn"}), type="articles"), "does not fit"),
        (passive(articles({"display_name": " "}), type="articles"), "does not fit"),
        (passive(articles({"image": ""}), type="articles"), "without a picture"),
    ],
)
def test_a_wrong_passive_answer_is_not_shown(body: bytes, reason: str) -> None:
    """Ids must be swapped and data a percent-encoded JSON string."""
    with pytest.raises(InvalidAnswer, match=reason):
        read_answer(body, UID, CITIZEN)


def test_an_article_is_shown_as_one_and_its_picture_is_a_doubt() -> None:
    """Whether a card may lack its picture is not documented: a switch says so."""
    body = passive(articles({"image": ""}), type="articles")

    kind, data = read_answer(passive(articles({}), type="articles"), UID, CITIZEN)

    assert (kind, data["articles"]) == ("articles", [ARTICLE])
    assert read_answer(body, UID, CITIZEN, pictures=False)[0] == "articles"


def test_the_account_answers_freely_for_48_hours() -> None:
    """After that 20301 until the citizen writes again."""
    stand = make_stand()
    before = answer(stand)
    write(stand)

    within = [answer(stand) for _ in range(3)]
    stand.clock.shift(48 * 3600 + 1)
    after = answer(stand)

    assert before["error_code"] == 20301
    assert all(one["result"] is True for one in within)
    assert within[0]["receiver_id"] == CITIZEN
    assert after["error_code"] == 20301


def test_a_mention_allows_one_answer() -> None:
    """The second is refused."""
    stand = make_stand()
    stand.world.citizen(CITIZEN)
    open_mention_window(stand.world, UID, CITIZEN)

    assert answer(stand)["result"] is True
    assert answer(stand)["error_code"] == 20301


def test_unfollowing_closes_the_window() -> None:
    """Nothing may be sent to who has left."""
    stand = make_stand()
    write(stand)
    write(stand, text="", kind="event", subtype=EventSubtype.UNFOLLOW)

    assert answer(stand)["error_code"] == 20301


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"data": json.dumps({"text": "长" * 301})}, 20013),
        ({"data": "%7B%22text%22%3A1%7D"}, 10017),
        ({"data": "您好"}, 10017),
        ({"type": "image"}, 10017),
        ({"receiver_id": ""}, 20301),
    ],
)
def test_a_wrong_active_answer_is_refused(change: dict[str, str], code: int) -> None:
    """data is JSON, form-encoded once and not percent-encoded again."""
    stand = make_stand()
    write(stand)

    assert answer(stand, **change)["error_code"] == code


def test_menus_have_one_to_three_buttons() -> None:
    """264XX for anything else."""
    stand = make_stand()
    button = {"type": "click", "name": "最新政策", "key": "policy_latest"}
    path = "/2/messages/menu/create.json"

    assert stand.get("/2/messages/menu/show.json")["error_code"] == 26402
    assert stand.post(path, menus=json.dumps({"button": [button] * 4}))["error_code"] == 26401
    assert stand.post(path, menus=json.dumps({"button": [button]})) == {"result": True}
    assert stand.get("/2/messages/menu/show.json") == {"menu": {"button": [button]}}


def test_a_picture_message_can_be_fetched_by_its_receiver() -> None:
    """By tovfid; vfid is the sender's view."""
    stand = make_stand()
    note = write(stand, text="", kind="image")

    good = stand.ask("GET", "/2/mss/msget", fid=note.data["tovfid"])
    bad = stand.ask("GET", "/2/mss/msget", fid=note.data["vfid"])

    assert good.picture is not None
    assert good.picture.body.startswith(b"\x89PNG")
    assert bad.body["error_code"] == 10017
