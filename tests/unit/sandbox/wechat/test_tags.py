"""Tags and the black list, with the limits of the reference."""

import pytest

from tests.unit.sandbox.wechat.desk import FAN


def test_a_tag_is_made_renamed_used_and_deleted(desk):
    """Its members are listed and counted, and lose it with the tag."""
    number = desk.post("tags/create", {"tag": {"name": "企业"}})["tag"]["id"]
    desk.post("tags/update", {"tag": {"id": number, "name": "企业服务"}})
    desk.post("tags/members/batchtagging", {"openid_list": [FAN], "tagid": number})

    members = desk.post("user/tag/get", {"tagid": number, "next_openid": ""})
    tags = desk.get("tags/get")["tags"]
    desk.post("tags/delete", {"tag": {"id": number}})

    assert members == {"count": 1, "data": {"openid": [FAN]}, "next_openid": FAN}
    assert {"id": number, "name": "企业服务", "count": 1} in tags
    assert desk.post("tags/getidlist", {"openid": FAN}) == {"tagid_list": []}


@pytest.mark.parametrize(
    ("name", "body", "code"),
    [
        ("tags/create", {"tag": {"name": "字" * 31}}, 45158),
        ("tags/create", {"tag": {"name": "星标组"}}, 45157),
        ("tags/create", {"tag": {"name": " "}}, 45157),
        ("tags/update", {"tag": {"id": 2, "name": "新"}}, 45058),
        ("tags/delete", {"tag": {"id": 777}}, 45159),
        ("tags/members/batchtagging", {"openid_list": [FAN], "tagid": 777}, 45159),
        ("tags/members/batchtagging", {"openid_list": ["o"] * 51, "tagid": 2}, 40032),
        ("tags/members/batchtagging", {"openid_list": ["oStranger"], "tagid": 2}, 49003),
        ("tags/members/batchblacklist", {"openid_list": ["o"] * 21}, 40032),
        ("tags/getidlist", {"openid": "oStranger"}, 49003),
        ("user/tag/get", {"tagid": 2, "next_openid": "oStranger"}, 40003),
        ("user/info/batchget", {"user_list": [{"openid": FAN}] * 101}, 40032),
        ("user/info/batchget", {"user_list": [{"openid": "oStranger"}]}, 40003),
        ("user/info/updateremark", {"openid": FAN, "remark": "字" * 10}, 40092),
    ],
)
def test_what_is_over_a_limit_or_unknown_is_refused(desk, name, body, code):
    """With the number of the reference."""
    assert desk.post(name, body)["errcode"] == code


def test_an_account_has_a_hundred_tags_and_a_follower_twenty(desk):
    """45056 and 45059 beyond."""
    numbers = [
        desk.post("tags/create", {"tag": {"name": f"标签{n}"}})["tag"]["id"] for n in range(100)
    ]
    for number in numbers[:20]:
        desk.post("tags/members/batchtagging", {"openid_list": [FAN], "tagid": number})

    one_more = {"openid_list": [FAN], "tagid": numbers[20]}
    assert desk.post("tags/create", {"tag": {"name": "又一个"}})["errcode"] == 45056
    assert desk.post("tags/members/batchtagging", one_more)["errcode"] == 45059


def test_the_silenced_get_no_answer(desk):
    """43019 to a customer-service message until they are pardoned."""
    answer = {"touser": FAN, "msgtype": "text", "text": {"content": "答"}}
    desk.act("follower_writes", openid=FAN, text="问")
    desk.post("tags/members/batchblacklist", {"openid_list": [FAN]})
    refused = desk.post("message/custom/send", answer)["errcode"]

    desk.post("tags/members/batchunblacklist", {"openid_list": [FAN]})

    assert refused == 43019
    assert desk.post("message/custom/send", answer)["errcode"] == 0
    assert desk.post("tags/members/getblacklist", {})["total"] == 0
