"""What staff read of each kind of push."""

import pytest

from bot.domain.ids import AccountId
from bot.platforms.wechat.decoding import incoming_of
from bot.platforms.wechat.pushes import read_push

HEAD = (
    "<ToUserName>gh_0123456789ab</ToUserName><FromUserName>oFAN</FromUserName>"
    "<CreateTime>1790002000</CreateTime>"
)
CODE = "<ScanCodeInfo><ScanType>qrcode</ScanType><ScanResult>云01</ScanResult></ScanCodeInfo>"
PICTURES = "<SendPicsInfo><Count>2</Count><PicList><item/><item/></PicList></SendPicsInfo>"
PLACE = "<SendLocationInfo><Label>示例路1号</Label><Poiname></Poiname></SendLocationInfo>"
ONE = (
    "<List><TemplateId>T1</TemplateId><SubscribeStatusString>accept</SubscribeStatusString></List>"
)
TWO = (
    "<List><TemplateId>T2</TemplateId><SubscribeStatusString>reject</SubscribeStatusString></List>"
)
SENT = "<List><TemplateId>T1</TemplateId><MsgID>9</MsgID><ErrorStatus>success</ErrorStatus></List>"


@pytest.mark.parametrize(
    ("event", "nodes", "shown"),
    [
        ("subscribe", "<EventKey>qrscene_12</EventKey>", "［关注］qrscene_12"),
        ("SCAN", "<EventKey>12</EventKey><Ticket>T</Ticket>", "［扫描二维码］12"),
        (
            "LOCATION",
            "<Latitude>23.1</Latitude><Longitude>113.3</Longitude>",
            "［上报位置］23.1,113.3",
        ),
        ("CLICK", "<EventKey>V1_QA</EventKey>", "［点击菜单］V1_QA"),
        (" CLICK ", "<EventKey>V1_QA</EventKey>", "［点击菜单］V1_QA"),
        ("VIEW", "<EventKey>https://a.example</EventKey>", "［点击菜单链接］https://a.example"),
        ("scancode_waitmsg", f"<EventKey>6</EventKey>{CODE}", "［扫码］云01"),
        ("pic_weixin", f"<EventKey>6</EventKey>{PICTURES}", "［从相册发图］2 张"),
        ("location_select", f"<EventKey>6</EventKey>{PLACE}", "［选择位置］示例路1号"),
        (
            "TEMPLATESENDJOBFINISH",
            "<MsgID>2</MsgID><Status>success</Status>",
            "［模板消息发送结果］success",
        ),
        ("MASSSENDJOBFINISH", "<Status>send success</Status>", "［群发结果］成功"),
        (
            "MASSSENDJOBFINISH",
            "<Status>err(10001)</Status>",
            "［群发结果］群发审核未通过：涉嫌广告",
        ),
        ("MASSSENDJOBFINISH", "<Status>err(77)</Status>", "［群发结果］未知结果（err(77)）"),
        (
            "PUBLISHJOBFINISH",
            "<PublishEventInfo><publish_status>0</publish_status></PublishEventInfo>",
            "［发布结果］成功",
        ),
        (
            "MASSSENDJOBFINISH",
            "<PublishEventInfo><publish_status>4</publish_status></PublishEventInfo>",
            "［群发结果］平台受理后没有发布：平台审核未通过",
        ),
        (
            "subscribe_msg_popup_event",
            f"<SubscribeMsgPopupEvent>{ONE}{TWO}</SubscribeMsgPopupEvent>",
            "［订阅通知授权］T1 accept、T2 reject",
        ),
        (
            "subscribe_msg_sent_event",
            f"<SubscribeMsgSentEvent>{SENT}</SubscribeMsgSentEvent>",
            "［订阅通知发送结果］T1 success",
        ),
        (
            "kf_switch_session",
            "<FromKfAccount>甲@gh</FromKfAccount><ToKfAccount>乙@gh</ToKfAccount>",
            "［客服转接］甲@gh → 乙@gh",
        ),
        ("verify_expired", "<ExpiredTime>1790000000</ExpiredTime>", "［认证过期］2026-09-21"),
        ("naming_verify_fail", "<FailReason>材料不全</FailReason>", "［名称认证失败］材料不全"),
        ("card_pass_check", "<CardId>c</CardId>", "［card_pass_check］"),
    ],
)
def test_an_event_says_what_happened(event: str, nodes: str, shown: str) -> None:
    """In Chinese, with what matters of it; unknown ones by the platform's own name."""
    body = f"<xml>{HEAD}<MsgType>event</MsgType><Event>{event}</Event>{nodes}</xml>"

    incoming = incoming_of(AccountId("acc_1"), read_push(body.encode()), body)

    assert incoming.text == shown
    assert incoming.is_known_type is (event != "card_pass_check")
    assert incoming.raw == body


def test_a_consent_in_json_may_be_one_object() -> None:
    """The JSON form has an object where there is a single template."""
    body = (
        '{"ToUserName":"gh","FromUserName":"oFAN","CreateTime":1790002000,"MsgType":"event",'
        '"Event":"subscribe_msg_change_event","List":{"TemplateId":"T1",'
        '"SubscribeStatusString":"reject"}}'
    )

    incoming = incoming_of(AccountId("acc_1"), read_push(body.encode()), body)

    assert incoming.text == "［订阅通知变更］T1 reject"


@pytest.mark.parametrize(
    "event",
    ["user_info_modified", "user_authorization_revoke", "user_authorization_cancellation"],
)
def test_an_event_about_a_person_is_theirs(event: str) -> None:
    """The platform sends it; the follower it is about stands in `OpenID`."""
    nodes = "<OpenID>oWHO</OpenID><AppID>wx1</AppID><RevokeInfo>301</RevokeInfo>"
    body = f"<xml>{HEAD}<MsgType>event</MsgType><Event>{event}</Event>{nodes}</xml>"

    assert incoming_of(AccountId("acc_1"), read_push(body.encode()), body).sender == "oWHO"
