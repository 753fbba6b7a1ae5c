"""WeChat's callbacks, from query and body to an Incoming and back to an answer."""

from typing import Any

import orjson
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from lxml import etree

from bot.domain.accounts.account import AccountAccess
from bot.domain.replies.reply import Answered, Channel, Incoming, ReplyKind
from bot.platforms.wechat.callback import WechatCallback
from bot.platforms.wechat.crypto import Envelope, signature_of
from bot.ports.platform import CallbackRefused
from tests import factories
from tests.fakes.clock import StillClock

TOKEN, APP_ID = "InventedToken", "wx0000000000000001"
KEY, OLD_KEY = "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C", "A" * 43
NOW = str(int(StillClock().now().timestamp()))
FAN, HOUSE = "oEXAMPLEopenid00000000000001", "gh_0123456789ab"


def door(*, encrypted: bool = True, **options: str) -> WechatCallback:
    secrets = {"token": TOKEN} | (
        {"aes_key": KEY, "aes_key_previous": OLD_KEY} if encrypted else {}
    )
    account = factories.account(options={"app_id": APP_ID} | options)
    return WechatCallback(AccountAccess(account, secrets), StillClock())


def xml(kind: str, nodes: str) -> str:
    return (
        f"<xml><ToUserName><![CDATA[{HOUSE}]]></ToUserName>"
        f"<FromUserName><![CDATA[{FAN}]]></FromUserName><CreateTime>{NOW}</CreateTime>"
        f"<MsgType><![CDATA[{kind}]]></MsgType>{nodes}</xml>"
    )


def text_push(words: str = "请问补贴怎么申请？", number: str = "23456789012345678") -> str:
    return xml("text", f"<Content><![CDATA[{words}]]></Content><MsgId>{number}</MsgId>")


def event_push(name: str, nodes: str = "") -> str:
    return xml("event", f"<Event><![CDATA[{name}]]></Event>{nodes}")


def plainly(message: str, *, at: str = NOW) -> Incoming:
    query = {"timestamp": at, "nonce": "n", "signature": signature_of(TOKEN, at, "n")}
    return door(encrypted=False).decode(query, message.encode())


def sealed_push(message: str, *, key: str = KEY, at: str = NOW) -> tuple[dict[str, str], bytes]:
    sealed = Envelope(APP_ID, [key]).seal(message.encode())
    query = {
        "timestamp": at,
        "nonce": "n",
        "signature": signature_of(TOKEN, at, "n"),
        "msg_signature": signature_of(TOKEN, at, "n", sealed),
        "encrypt_type": "aes",
    }
    body = f"<xml><ToUserName>{HOUSE}</ToUserName><Encrypt><![CDATA[{sealed}]]></Encrypt></xml>"
    return query, body.encode()


def test_an_address_is_verified_with_its_echo() -> None:
    """The echo goes back as it came."""
    signed = {"timestamp": "1", "nonce": "2", "signature": signature_of(TOKEN, "1", "2")}

    assert door().verify_url(signed | {"echostr": "4375120948345356249"}) == "4375120948345356249"
    with pytest.raises(CallbackRefused):
        door().verify_url(signed | {"nonce": "3"})


def test_a_text_becomes_an_incoming() -> None:
    """Who, what, when, the raw text, and the key by which a double is known."""
    incoming = plainly(text_push())

    assert incoming.channel is Channel.WECHAT_MESSAGE
    assert incoming.kind is ReplyKind.MESSAGE
    assert (incoming.sender, incoming.recipient) == (FAN, HOUSE)
    assert incoming.text == "请问补贴怎么申请？"
    assert incoming.key == "message:23456789012345678"
    assert incoming.said_at == StillClock().now()
    assert incoming.raw == text_push()


def test_a_text_from_an_article_names_its_article() -> None:
    """The push counts articles from 1, comments from 0; we keep the latter."""
    nodes = (
        "<Content>电话打不通</Content><MsgId>7</MsgId><MsgDataId>2247480002</MsgDataId><Idx>2</Idx>"
    )

    assert plainly(xml("text", nodes)).target == "2247480002:1"


@pytest.mark.parametrize("key", [KEY, OLD_KEY], ids=["current", "previous"])
def test_an_encrypted_push_is_read_under_either_key(key: str) -> None:
    """What is kept is the decrypted text, readable after keys have changed."""
    incoming = door().decode(*sealed_push(text_push(), key=key))

    assert incoming.raw == text_push()


def test_in_compatible_mode_only_the_encrypted_part_counts() -> None:
    """Its plain part is not covered by any signature."""
    query, body = sealed_push(text_push("真的"))
    forged = body.replace(b"<Encrypt>", b"<Content>forged</Content><Encrypt>")

    assert door().decode(query, forged).text == "真的"


def test_a_json_push_is_read_and_answered_in_json() -> None:
    """The format is a setting of the console."""
    said = {
        "ToUserName": HOUSE,
        "FromUserName": FAN,
        "CreateTime": int(NOW),
        "MsgType": "text",
        "Content": "你好",
        "MsgId": 7,
    }
    query, body = sealed_push(orjson.dumps(said).decode())
    as_json = orjson.dumps({"Encrypt": etree.fromstring(body).findtext("Encrypt")})
    incoming = door().decode(query, as_json)

    answer, media_type = door().encode_answer(
        incoming, Answered("您好", "问候"), at=StillClock().now()
    )

    sealed = orjson.loads(answer)
    inside = orjson.loads(Envelope(APP_ID, [KEY]).open(sealed["Encrypt"]))
    assert incoming.key == "message:7"
    assert media_type == "application/json"
    assert inside["Content"] == "您好"


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"msg_signature": "0" * 40}, 403),
        ({"msg_signature": ""}, 403),
        ({"msg_signature": "签名"}, 403),
        ({"timestamp": str(int(NOW) - 601)}, 403),
        ({"timestamp": str(int(NOW) + 601)}, 403),
        ({"timestamp": "soon"}, 403),
    ],
    ids=["wrong", "empty", "not ascii", "old", "future", "no number"],
)
def test_a_push_that_is_not_signed_for_now_is_refused(changes: dict[str, str], status: int) -> None:
    """Nothing of it is decoded."""
    query, body = sealed_push(text_push())

    with pytest.raises(CallbackRefused) as refused:
        door().decode(query | changes, body)

    assert refused.value.status == status


def test_an_account_with_a_key_takes_no_plain_push() -> None:
    """The plain signature does not cover the body, so it proves little."""
    query, _ = sealed_push(text_push())

    with pytest.raises(CallbackRefused):
        door().decode(query, text_push().encode())


def test_an_account_without_a_token_refuses_everything() -> None:
    """An empty token would be known to all."""
    account = AccountAccess(factories.account(), {})
    signed = {"timestamp": NOW, "nonce": "n", "signature": signature_of("", NOW, "n")}

    with pytest.raises(CallbackRefused):
        WechatCallback(account, StillClock()).decode(signed, text_push().encode())


@pytest.mark.parametrize(
    "body",
    [
        "",
        "<xml>",
        "just words",
        "[1,2]",
        "{broken",
        "<xml></xml>",
        '<!DOCTYPE x [<!ENTITY a "b">]><xml>&a;</xml>',
        '<?xml version="1.0"?><!DOCTYPE xml SYSTEM "file:///etc/passwd"><xml/>',
        xml("text", "").replace(NOW, "tomorrow"),
    ],
)
def test_a_body_that_is_no_push_is_refused(body: str) -> None:
    """With a proper refusal, not with an error of a parser."""
    with pytest.raises(CallbackRefused):
        plainly(body)


def test_a_follower_may_write_about_doctypes() -> None:
    """Only declarations of the document itself are refused."""
    assert plainly(text_push("<!DOCTYPE html>")).text == "<!DOCTYPE html>"


def test_a_body_of_more_than_a_million_bytes_is_refused() -> None:
    """No push is that long."""
    with pytest.raises(CallbackRefused) as refused:
        plainly(text_push("长" * 400_000))

    assert refused.value.status == 413


def test_an_unknown_type_is_kept_and_marked() -> None:
    """Nothing is dropped because it is odd."""
    incoming = plainly(xml("hologram", "<MsgId>9</MsgId><Depth>3</Depth>"))

    assert not incoming.is_known_type
    assert "<Depth>3</Depth>" in incoming.raw


@pytest.mark.parametrize(
    ("name", "known"), [("subscribe", True), ("CLICK", True), ("debug_demo", False)]
)
def test_an_event_is_known_by_sender_time_name_and_content(name: str, known: bool) -> None:
    """The same push again has the same key, another scene another one."""
    first = plainly(event_push(name, "<EventKey>a</EventKey>"))
    again = plainly(event_push(name, "<EventKey>a</EventKey>"))
    other = plainly(event_push(name, "<EventKey>b</EventKey>"))

    assert first.key == again.key != other.key
    assert first.channel is Channel.WECHAT_EVENT
    assert first.is_known_type is known


PUBLISHED = (
    "<PublishEventInfo><publish_id>2247503051</publish_id><publish_status>0</publish_status>"
    "<article_id>ART</article_id><article_detail><count>2</count>"
    "<item><idx>1</idx><article_url>http://mp.weixin.qq.com/s/1</article_url></item>"
    "<item><idx>2</idx><article_url>http://mp.weixin.qq.com/s/2</article_url></item>"
    "</article_detail></PublishEventInfo>"
)


@pytest.mark.parametrize(
    "name",
    ["PUBLISHJOBFINISH", "FREEPUBLISHJOBFINISH", "MASSSENDJOBFINISH", "publishjobfinish"],
)
def test_a_publish_report_is_read_under_each_of_its_names(name: str) -> None:
    """The documentation and owners disagree on the name; the content decides."""
    incoming = plainly(event_push(name, PUBLISHED))

    assert incoming.job is not None
    assert incoming.job.job_ids == {"job_id": "publish:2247503051"}
    assert incoming.job.succeeded
    assert len(incoming.job.urls) == 2
    assert incoming.key == "publish:2247503051:0"


def test_a_failed_publish_report_says_why() -> None:
    """In Chinese, with the articles that failed."""
    nodes = (
        "<PublishEventInfo><publish_id>1</publish_id><publish_status>2</publish_status>"
        "<fail_idx>1</fail_idx><fail_idx>2</fail_idx></PublishEventInfo>"
    )

    job = plainly(event_push("PUBLISHJOBFINISH", nodes)).job

    assert job is not None
    assert job.evidence is not None
    assert not job.succeeded
    assert job.evidence["failed_articles"] == "1,2"
    assert "原创" in job.evidence["cause"]


@pytest.mark.parametrize(
    ("status", "succeeded"), [("send success", True), ("err(40002)", False), ("send fail", False)]
)
def test_a_mass_report_names_its_job_and_addresses(status: str, succeeded: bool) -> None:
    """Nodes may be empty, as they are when the send failed."""
    nodes = (
        f"<MsgID>1000001625</MsgID><Status><![CDATA[{status}]]></Status><SentCount>3</SentCount>"
        "<CopyrightCheckResult><Count>0</Count><ResultList><![CDATA[]]></ResultList>"
        "</CopyrightCheckResult><ArticleUrlResult><Count>1</Count><ResultList><item>"
        "<ArticleIdx>1</ArticleIdx><ArticleUrl>http://mp.weixin.qq.com/s/1</ArticleUrl>"
        "</item></ResultList></ArticleUrlResult>"
    )

    job = plainly(event_push("MASSSENDJOBFINISH", nodes)).job

    assert job is not None
    assert job.job_ids == {"job_id": "mass:1000001625"}
    assert job.succeeded is succeeded
    assert job.urls == ("http://mp.weixin.qq.com/s/1",)


def test_without_words_the_answer_is_the_acknowledgement() -> None:
    """In clear, in every mode."""
    incoming = plainly(text_push())

    assert door().encode_answer(incoming, None, at=StillClock().now()) == (b"success", "text/plain")


def answered(text: str) -> Any:
    """The answer to a text, opened as the platform would."""
    incoming = door().decode(*sealed_push(text_push()))
    answer, _ = door().encode_answer(incoming, Answered(text, "问候"), at=StillClock().now())
    parts = {node.tag: node.text for node in etree.fromstring(answer)}
    signed = parts["TimeStamp"], parts["Nonce"], parts["Encrypt"]
    assert parts["MsgSignature"] == signature_of(TOKEN, *signed)
    return etree.fromstring(Envelope(APP_ID, [KEY]).open(parts["Encrypt"]))


@given(st.text(min_size=1, max_size=900))
@example("\x00\ufffe\uffff\ud800")
def test_any_answer_is_well_formed_goes_back_and_fits(text: str) -> None:
    """Whatever staff wrote, also the mark that would end a CDATA section."""
    message = answered(text + "]]>")

    assert message.findtext("ToUserName") == FAN
    assert message.findtext("FromUserName") == HOUSE
    assert len((message.findtext("Content") or "").encode()) <= 2048


def test_an_answer_comes_through_unaltered() -> None:
    """Line breaks and markup included."""
    assert answered("您好 <a href='x'>&\n二").findtext("Content") == "您好 <a href='x'>&\n二"
