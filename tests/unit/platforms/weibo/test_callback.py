"""The door for private messages."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.accounts.account import AccountAccess
from bot.domain.replies.reply import Answered, Channel, Incoming, LinkCard, ReplyKind
from bot.domain.text import weibo_length
from bot.platforms.weibo.callback import SeenNonces, WeiboCallback, signature
from bot.ports.platform import CallbackRefused
from tests.factories import NOW
from tests.unit.platforms.weibo.stand import SECRET, UID, FixedClock, access

NONCES = count(57155157)
CALLBACK = WeiboCallback(access(), FixedClock())
PUSH = {
    "type": "text",
    "receiver_id": int(UID),
    "sender_id": 2900000002,
    "created_at": "Mon Nov 23 09:59:58 +0800 2026",
    "text": "请问怎么办理？",
    "data": {},
}


def query(at: datetime = NOW, secret: str = SECRET, **more: str) -> dict[str, str]:
    timestamp, nonce = str(int(at.timestamp() * 1000)), str(next(NONCES))
    signed = signature(secret, timestamp, nonce)
    return {"signature": signed, "timestamp": timestamp, "nonce": nonce} | more


def decode(**changes: object) -> Incoming:
    return CALLBACK.decode(query(), json.dumps(PUSH | changes).encode())


def test_the_signature_is_the_one_of_the_vendors_example() -> None:
    """SHA-1 over app secret, timestamp and nonce, sorted."""
    assert (
        signature("xyz123xyz", "1397022061823", "57155157")
        == "90e4c22c90a58f26526c2dd5b6c56c8822edeaa1"
    )


def test_the_address_is_confirmed_with_the_echo() -> None:
    """As the platform asks when the address is registered."""
    assert CALLBACK.verify_url(query(echostr="dnPdpTZz85")) == "dnPdpTZz85"


@pytest.mark.parametrize(
    "bad",
    [
        {},
        {"signature": "0" * 40, "timestamp": "1", "nonce": "1"},
        query(secret="another"),
        query() | {"nonce": "1"},
        query() | {"signature": "签名"},
        query(NOW - timedelta(minutes=11)),
        query(NOW + timedelta(minutes=11)),
        query() | {"timestamp": "²"},
    ],
    ids=["empty", "zeros", "secret", "nonce", "not hex", "old", "future", "no number"],
)
def test_what_is_not_signed_freshly_is_refused(bad: dict[str, str]) -> None:
    """For the confirmation and for pushes alike."""
    with pytest.raises(CallbackRefused) as raised:
        CALLBACK.decode(bad, json.dumps(PUSH).encode())
    with pytest.raises(CallbackRefused):
        CALLBACK.verify_url(bad)

    assert raised.value.status == 403


def test_without_a_secret_nothing_is_accepted() -> None:
    """An empty key would let everybody sign."""
    door = WeiboCallback(AccountAccess(access().account, {}), FixedClock())

    with pytest.raises(CallbackRefused):
        door.verify_url(query(secret=""))


def test_the_fan_service_may_have_a_secret_of_its_own() -> None:
    """It goes before the app's."""
    secrets = {"app_secret": SECRET, "fan_service_secret": "another"}
    door = WeiboCallback(AccountAccess(access().account, secrets), FixedClock())

    assert door.verify_url(query(secret="another", echostr="e")) == "e"


def test_a_private_message_is_decoded_and_kept_unaltered() -> None:
    """Sender, words, moment, and the body as it came."""
    body = json.dumps(PUSH, ensure_ascii=False).encode()

    said = CALLBACK.decode(query(), body)

    assert (said.channel, said.kind) == (Channel.WEIBO_MESSAGE, ReplyKind.MESSAGE)
    assert (said.sender, said.recipient, said.text) == ("2900000002", UID, "请问怎么办理？")
    assert said.said_at == datetime(2026, 11, 23, 1, 59, 58, tzinfo=UTC)
    assert said.raw.encode() == body
    assert said.is_known_type


@pytest.mark.parametrize(
    ("changes", "kind", "name", "is_known"),
    [
        ({"type": "position", "data": {"longitude": "1"}}, ReplyKind.MESSAGE, "position", True),
        ({"type": "voice"}, ReplyKind.MESSAGE, "voice", True),
        ({"type": "image", "data": {"tovfid": 8}}, ReplyKind.MESSAGE, "image", True),
        ({"type": "event", "data": {"subtype": "follow"}}, ReplyKind.EVENT, "follow", True),
        ({"type": "event", "data": {"subtype": "click"}}, ReplyKind.EVENT, "click", True),
        ({"type": "event", "data": {"subtype": "dance"}}, ReplyKind.EVENT, "dance", False),
        (
            {"type": "mention", "data": {"subtype": "status", "key": "5"}},
            ReplyKind.EVENT,
            "mention_status",
            True,
        ),
        ({"type": "hologram", "data": [1]}, ReplyKind.MESSAGE, "hologram", False),
        ({"data": None, "text": None, "created_at": 7}, ReplyKind.MESSAGE, "text", True),
    ],
)
def test_every_type_is_told_apart_and_none_is_dropped(
    changes: dict, kind: ReplyKind, name: str, is_known: bool
) -> None:
    """Unknown ones are kept and marked."""
    said = decode(**changes)

    assert (said.kind, said.type_name, said.is_known_type) == (kind, name, is_known)


def test_a_pushed_mention_names_what_the_collector_will_bring() -> None:
    """It has no words of its own, so it must not take the collected one's place."""
    said = decode(type="mention", data={"subtype": "status", "key": "5367298751725667"})

    assert said.target == "5367298751725667"
    assert said.key != "mention:5367298751725667"


def test_the_same_push_has_the_same_key_and_another_word_another() -> None:
    """There is no message id; two messages in one second stay two."""
    again = decode(data={})
    reordered = CALLBACK.decode(
        query(NOW + timedelta(seconds=5)), json.dumps(dict(reversed(PUSH.items()))).encode()
    )

    assert decode().key == again.key == reordered.key
    keys = {
        decode().key,
        decode(text="在吗").key,
        decode(sender_id=3).key,
        decode(data={"a": 1}).key,
    }
    assert len(keys) == 4


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<xml/>",
        b"[]",
        b'{"type": "text"}',
        b"\xff\xfe",
        b'{"type":"text","sender_id":1,"receiver_id":1900000001,"data":{"a":NaN}}',
        b"[" * 100_000,
        b" " * (1024 * 1024 + 1),
    ],
)
def test_a_body_that_is_no_push_is_refused(body: bytes) -> None:
    """With a reason, never with a crash."""
    with pytest.raises(CallbackRefused):
        CALLBACK.decode(query(), body)


def test_a_push_for_another_account_is_refused() -> None:
    """The app secret may serve several accounts."""
    with pytest.raises(CallbackRefused):
        decode(receiver_id=1)


def test_half_an_emoji_does_not_break_the_row() -> None:
    """Weibo may cut a text inside one; what is kept can be stored."""
    body = json.dumps(PUSH).replace("\\uff1f", "\\ud83d").encode()

    said = CALLBACK.decode(query(), body)

    assert said.text == "请问怎么办理?"
    assert said.key.encode()


def test_the_passive_answer_has_the_ids_swapped_and_its_data_encoded() -> None:
    """As the vendor's example."""
    body, media_type = CALLBACK.encode_answer(
        decode(), Answered("已收到，工作日内回复。", "收到"), at=NOW
    )

    answer = json.loads(body)
    assert media_type == "application/json"
    assert answer == {
        "result": True,
        "sender_id": UID,
        "receiver_id": "2900000002",
        "type": "text",
        "data": "%7B%22text%22%3A%22%E5%B7%B2%E6%94%B6%E5%88%B0%EF%BC%8C%E5%B7%A5%E4%BD%9C"
        "%E6%97%A5%E5%86%85%E5%9B%9E%E5%A4%8D%E3%80%82%22%7D",
    }


GUIDE = LinkCard(
    "办事指南", "材料和窗口", "https://www.example.gov.cn/1", "https://p.example.gov.cn/1.jpg"
)


def test_an_article_of_a_rule_is_a_card() -> None:
    """All four parts, under the platform's names."""
    body, _ = CALLBACK.encode_answer(decode(), Answered(GUIDE.words, "指南", GUIDE), at=NOW)

    answer = json.loads(body)
    (shown,) = json.loads(unquote(answer["data"]))["articles"]
    assert answer["type"] == "articles"
    assert shown == {
        "display_name": "办事指南",
        "summary": "材料和窗口",
        "image": "https://p.example.gov.cn/1.jpg",
        "url": "https://www.example.gov.cn/1",
    }


def test_an_article_without_a_picture_is_told_in_words() -> None:
    """No page says that a card may lack one; a follower must get something in any case."""
    bare = replace(GUIDE, picture_url="")
    body, _ = CALLBACK.encode_answer(decode(), Answered(bare.words, "指南", bare), at=NOW)

    answer = json.loads(body)
    assert answer["type"] == "text"
    assert json.loads(unquote(answer["data"]))["text"] == bare.words


def test_no_answer_is_the_empty_acknowledgement() -> None:
    """The platform then does not push again."""
    assert CALLBACK.encode_answer(decode(), None, at=NOW)[0] == b""


@given(st.text(min_size=1, max_size=900))
def test_an_answer_always_fits(text: str) -> None:
    """A longer one would show nothing at all; a cut is marked."""
    body, _ = CALLBACK.encode_answer(decode(), Answered(text, "收到"), at=NOW)

    shown = json.loads(unquote(json.loads(body)["data"]))["text"]
    assert weibo_length(shown) < 300
    assert shown == text or (shown.endswith("…") and text.startswith(shown[:-1]))


def test_a_signature_carries_one_body_only() -> None:
    """The query is signed, the body is not: whoever saw a push could else send other words. The
    same push again is the platform trying again, each time under a signature of its own or not."""
    door, seen = WeiboCallback(access(), FixedClock()), query()
    body = json.dumps(PUSH).encode()

    first = door.decode(seen, body)
    again = door.decode(seen, body)
    with pytest.raises(CallbackRefused) as refused:
        door.decode(seen, json.dumps(PUSH | {"text": "汇款到这个账户"}).encode())
    other = door.decode(query(), json.dumps(PUSH | {"text": "另一句"}).encode())

    assert first.key == again.key != other.key
    assert refused.value.status == 403


def test_used_signatures_are_forgotten_when_they_are_stale_anyway() -> None:
    """Memory does not grow for ever, and nothing fresh is forgotten."""
    nonces, body = SeenNonces(), b"{}"
    nonces.is_taken("1", body, now=NOW)
    nonces.is_taken("2", body, now=NOW + timedelta(minutes=17))

    assert nonces.is_taken("1", b"other", now=NOW + timedelta(minutes=20))
    assert not nonces.is_taken("1", b"other", now=NOW + timedelta(minutes=36))
    assert nonces.is_taken("2", b"other", now=NOW + timedelta(minutes=34))
