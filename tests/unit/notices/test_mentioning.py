"""A robot mentions the one person a notice is for; others read it unmentioned."""

import json
from typing import Any

import httpx
import pytest

from bot.domain.notices.channel import ChannelKind, Notice, NoticeChannel
from bot.domain.notices.personal import PersonalKind
from bot.notices.senders import senders
from tests.factories import NOW
from tests.fakes.clock import StillClock

SECRETS = {"url": "https://robot.example/send"}


def sent(kind: ChannelKind, *to: str) -> Any:
    """What the robot of this kind gets."""
    heard: list[Any] = []

    def answer(request: httpx.Request) -> httpx.Response:
        heard.append(json.loads(request.content))
        return httpx.Response(200, json={"errcode": 0, "code": 0})

    notice = Notice(
        id="ntc_1",
        channel="nch_1",
        key="li:7:0",
        kind=PersonalKind.CASE_NEAR,
        title="您的办理件临近或超过期限",
        text="20261123-000001（咨询）",
        page="",
        created_at=NOW,
        to=to,
    )
    with httpx.Client(transport=httpx.MockTransport(answer)) as http:
        ways = senders(http, StillClock(NOW))
        ways[kind].send(NoticeChannel("nch_1", "群", kind), SECRETS, notice)
    return heard[0]


def test_each_robot_mentions_in_its_own_way() -> None:
    """By id or telephone number; 钉钉 wants it in the words too, 飞书 only there."""
    wecom = sent(ChannelKind.WECOM, "LiWenjing", "13800000000")
    dingtalk = sent(ChannelKind.DINGTALK, "li001")
    feishu = sent(ChannelKind.FEISHU, 'ou_1"x')

    assert wecom["text"]["mentioned_list"] == ["LiWenjing"]
    assert wecom["text"]["mentioned_mobile_list"] == ["13800000000"]
    assert dingtalk["at"] == {"atMobiles": [], "atUserIds": ["li001"]}
    assert dingtalk["text"]["content"].startswith("@li001 您的办理件")
    assert feishu["content"]["text"].startswith('<at user_id="ou_1&quot;x"></at> 您的办理件')


@pytest.mark.parametrize("kind", [ChannelKind.WECOM, ChannelKind.DINGTALK, ChannelKind.FEISHU])
def test_what_is_for_everybody_mentions_nobody(kind: ChannelKind) -> None:
    """The message is as it always was."""
    body = json.dumps(sent(kind), ensure_ascii=False)

    assert "mentioned" not in body
    assert '"at"' not in body
    assert "<at" not in body
