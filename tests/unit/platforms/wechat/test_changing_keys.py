"""A change of the callback token and key while followers go on writing."""

import pytest
from lxml import etree

from bot.domain.accounts.account import AccountAccess
from bot.domain.replies.reply import Answered, LinkCard
from bot.platforms.wechat.callback import WechatCallback
from bot.platforms.wechat.crypto import Envelope, signature_of
from bot.ports.platform import CallbackRefused
from tests import factories
from tests.fakes.clock import StillClock

APP_ID = "wx0000000000000001"
NEW = ("NewInventedToken", "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C")
OLD = ("OldInventedToken", "A" * 43)
AT = str(int(StillClock().now().timestamp()))
MESSAGE = (
    "<xml><ToUserName>gh_0123456789ab</ToUserName><FromUserName>oFAN</FromUserName>"
    f"<CreateTime>{AT}</CreateTime><MsgType>text</MsgType><Content>你好</Content>"
    "<MsgId>1</MsgId></xml>"
)
UNTIL = "2026-11-23T03:00:00+00:00"
"""An hour after the still clock's start."""


def door(clock: StillClock) -> WechatCallback:
    secrets = {"token": NEW[0], "aes_key": NEW[1]}
    secrets |= {"token_previous": OLD[0], "aes_key_previous": OLD[1]}
    options = {"app_id": APP_ID, "keys_previous_until": UNTIL}
    return WechatCallback(AccountAccess(factories.account(options=options), secrets), clock)


def push(token: str, key: str, at: str = AT) -> tuple[dict[str, str], bytes]:
    sealed = Envelope(APP_ID, [key]).seal(MESSAGE.encode())
    query = {"timestamp": at, "nonce": "n", "msg_signature": signature_of(token, at, "n", sealed)}
    return query, f"<xml><Encrypt><![CDATA[{sealed}]]></Encrypt></xml>".encode()


@pytest.mark.parametrize("pair", [NEW, OLD], ids=["new", "old"])
def test_an_answer_goes_back_under_the_keys_its_push_came_under(pair: tuple[str, str]) -> None:
    """The console still holds the old pair until somebody saves the new one there."""
    callback = door(StillClock())
    incoming = callback.decode(*push(*pair))

    body, _ = callback.encode_answer(incoming, Answered("您好", "问候"), at=StillClock().now())

    parts = {node.tag: node.text for node in etree.fromstring(body)}
    signed = parts["TimeStamp"], parts["Nonce"], parts["Encrypt"]
    assert parts["MsgSignature"] == signature_of(pair[0], *signed)
    assert "您好".encode() in Envelope(APP_ID, [pair[1]]).open(parts["Encrypt"])


def test_an_address_is_verified_under_either_token() -> None:
    """Saving the console's form asks for the echo under the new one at once."""
    for token, _ in (NEW, OLD):
        query = {"timestamp": AT, "nonce": "n", "signature": signature_of(token, AT, "n")}
        assert door(StillClock()).verify_url(query | {"echostr": "7"}) == "7"


@pytest.mark.parametrize(
    ("pair", "seconds"),
    [((OLD[0], NEW[1]), 0), ((NEW[0], OLD[1]), 0), (OLD, 3600)],
    ids=["old token with new key", "new token with old key", "after the date"],
)
def test_other_pairs_and_ended_ones_are_refused(pair: tuple[str, str], seconds: int) -> None:
    """The two change together, and the old pair ends at its date."""
    clock = StillClock()
    clock.pass_seconds(seconds)
    at = str(int(clock.now().timestamp()))

    with pytest.raises(CallbackRefused) as refused:
        door(clock).decode(*push(*pair, at=at))

    assert refused.value.status == 403


def test_a_card_is_answered_as_one_article() -> None:
    """The shape of the platform's manual; a passive answer carries no second one."""
    callback = door(StillClock())
    incoming = callback.decode(*push(*NEW))
    card = LinkCard("住房补贴<办法>", "云政发〔2026〕1号", "https://mp.weixin.qq.com/s/x")

    body, _ = callback.encode_answer(
        incoming, Answered("见文章", "搜索", card), at=StillClock().now()
    )

    sealed = etree.fromstring(body).findtext("Encrypt")
    message = etree.fromstring(Envelope(APP_ID, [NEW[1]]).open(sealed))
    assert message.findtext("MsgType") == "news"
    assert message.findtext("ArticleCount") == "1"
    assert message.findtext("Articles/item/Title") == "住房补贴<办法>"
    assert message.findtext("Articles/item/Url") == "https://mp.weixin.qq.com/s/x"
