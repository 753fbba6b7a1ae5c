"""Pictures, voices and videos of followers against the simulated WeChat."""

from typing import Any

import pytest

from bot.domain.accounts.account import AccountAccess, Mode
from bot.domain.errors import PlatformUnavailable, TargetGone
from bot.domain.replies.reply import Channel, Incoming
from bot.platforms.wechat.callback import WechatCallback
from bot.sandbox.faults import FaultKind
from tests import factories as make
from tests.integration.platforms.wechat_stage import (
    FAN,
    NAME,
    SECRETS,
    Stage,
    listening,
    wait_for,
)

GET = "*/media/get"


def access_on(stage: Stage) -> AccountAccess:
    return stage.walk(Mode.PUBLISH).access


def sent(stage: Stage, type_name: str, **fields: Any) -> Incoming:
    """What our callback hears when a follower sends it."""
    heard: list[Incoming] = []
    with listening(WechatCallback(access_on(stage), stage.clock), heard) as address:
        keys = {"token": SECRETS["token"], "aes_key": SECRETS["aes_key"], "callback_url": address}
        stage.wechat.act("change_account", account=NAME, changes=keys)
        stage.wechat.act("follower_sends", account=NAME, openid=FAN, type=type_name, fields=fields)
        wait_for(lambda: bool(heard))
    return heard[0]


def named(media: str, type_name: str = "image") -> Incoming:
    raw = f"<xml><MsgType>{type_name}</MsgType><MediaId>{media}</MediaId></xml>"
    return make.incoming(channel=Channel.WECHAT_MESSAGE, type_name=type_name, raw=raw)


@pytest.mark.parametrize(
    ("type_name", "begins"),
    [
        ("image", b"\x89PNG"),
        ("voice", b"#!AMR"),
        ("video", b"\x00\x00\x00\x18ftyp"),
        ("shortvideo", b"\x00\x00\x00\x18ftyp"),
    ],
)
def test_what_a_follower_sent_is_fetched_by_its_id(
    stage: Stage, type_name: str, begins: bytes
) -> None:
    """A video from where the platform says it lies."""
    found = stage.attachments.fetch(access_on(stage), sent(stage, type_name))

    assert found is not None
    assert found.content.startswith(begins)


def test_what_the_platform_has_no_more_is_gone_for_good(stage: Stage) -> None:
    """It is said in words that name the three days."""
    with pytest.raises(TargetGone) as gone:
        stage.attachments.fetch(access_on(stage), named("ended"))

    assert gone.value.code == "40007"
    assert "三天" in gone.value.explanation.cause


def test_a_dead_token_is_renewed_on_the_way(stage: Stage) -> None:
    """As for every other call."""
    access, said = access_on(stage), sent(stage, "image")
    stage.attachments.fetch(access, said)
    stage.fault(FaultKind.ERROR, GET, code=42001)

    assert stage.attachments.fetch(access, said) is not None


def test_a_gateways_page_is_no_file(stage: Stage) -> None:
    """Nobody is shown it as a picture."""
    said = sent(stage, "image")
    stage.fault(FaultKind.HTML_200, GET)

    with pytest.raises(PlatformUnavailable):
        stage.attachments.fetch(access_on(stage), said)


@pytest.mark.parametrize(
    "said",
    [
        named("x", "text"),
        make.incoming(type_name="image", raw=""),
        make.incoming(type_name="image", raw="<xml><!DOCTYPE x></xml>"),
        make.incoming(type_name="image", channel=Channel.WEIBO_MESSAGE),
    ],
    ids=["text", "erased", "broken", "another platform"],
)
def test_where_nothing_came_the_platform_is_not_asked(stage: Stage, said: Incoming) -> None:
    """Words, and what was erased."""
    assert stage.attachments.fetch(access_on(stage), said) is None
    assert stage.wechat.calls(GET) == []
